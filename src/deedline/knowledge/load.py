"""The one loader: languages and jurisdictions as frozen values, read from knowledge folders on first use."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from deedline.errors import KnowledgeError
from deedline.knowledge.patterns import PatternFile, load_patterns

FOLDERS_VARIABLE = "DEEDLINE_KNOWLEDGE"
HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Term:
    """A government's term of office, both days included."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Calendars, terms and words of one place. `calendars` maps fiscal_year, … to the (month, day) of its start."""

    id: str
    names: Mapping[str, str]
    languages: tuple[str, ...]
    currency: str
    detect: tuple[str, ...]
    calendars: Mapping[str, tuple[int, int]]
    terms: tuple[Term, ...]
    folder: Path

    def term_at(self, day: date) -> Term | None:
        """The term that `day` falls in."""
        return next((term for term in self.terms if term.start <= day <= term.end), None)

    def patterns(self, topic: str) -> PatternFile:
        """The jurisdiction's own pattern file on a topic, such as "status"."""
        return load_patterns(self.folder.joinpath(f"{topic}.toml"))


def search_path() -> tuple[Path, ...]:
    """Folders of jurisdictions: those in DEEDLINE_KNOWLEDGE (separated as PATH is), then Deedline's own."""
    given = [Path(part) for part in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if part]
    return (*given, HOME)


def common_patterns(topic: str) -> PatternFile:
    """Patterns that hold in every language: "markers"."""
    return load_patterns(HOME / f"{topic}.toml")


def language_patterns(language: str, topic: str) -> PatternFile:
    """How a language writes a topic: "deadlines", "quantities", "names"."""
    return load_patterns(HOME / language / f"{topic}.toml")


def layered_patterns(place: Jurisdiction, language: str, topic: str) -> tuple[PatternFile, ...]:
    """A topic's files in the order in which they are asked: the place's own, where it has one, then the language's."""
    own = place.folder.joinpath(f"{topic}.toml")
    return (*((load_patterns(own),) if own.is_file() else ()), language_patterns(language, topic))


@cache
def _read_jurisdiction(folder: Path) -> Jurisdiction:
    where = f"{folder.name}/jurisdiction.toml"
    try:
        data = tomllib.loads(folder.joinpath("jurisdiction.toml").read_text(encoding="utf-8"))
        calendars = {name: (int(day["month"]), int(day["day"])) for name, day in data.get("calendars", {}).items()}
        terms = tuple(Term(term["name"], term["start"], term["end"]) for term in data.get("term", ()))
        _check_languages(data["languages"])
        return Jurisdiction(
            id=data["id"],
            names={key.removeprefix("name_"): value for key, value in data.items() if key.startswith("name_")},
            languages=tuple(data["languages"]),
            currency=data["currency"],
            detect=tuple(data.get("detect", ())),
            calendars=calendars,
            terms=terms,
            folder=folder,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        problem = f"{where}: {type(error).__name__} {error}"
        raise KnowledgeError(f"{problem}; see CONTRIBUTING, 'Add a jurisdiction'") from error


@cache
def languages_of(topic: str) -> tuple[str, ...]:
    """The languages with a file of patterns on a topic, such as "told", in the order in which they are tried."""
    folders = (file.parent for file in HOME.glob(f"*/{topic}.toml"))
    return tuple(sorted((f.name for f in folders if not (f / "jurisdiction.toml").is_file()), reverse=True))


def _check_languages(languages: Iterable[str]) -> None:
    """ValueError where one is no language that Deedline reads: no folder with times of its own."""
    known = languages_of("deadlines")
    for language in languages:
        if language not in known:
            raise ValueError(f"no language {language!r} is read; use {', '.join(sorted(known))}")


def jurisdictions() -> tuple[Jurisdiction, ...]:
    """Every jurisdiction on the search path, sorted by id; of two with one id the first on the path wins."""
    found: dict[str, Jurisdiction] = {}
    for root in search_path():
        if not root.is_dir():
            raise KnowledgeError(f"{root}: no such folder; correct {FOLDERS_VARIABLE}")
        for folder in sorted(root.iterdir(), key=lambda entry: entry.name):
            if folder.is_dir() and folder.joinpath("jurisdiction.toml").is_file():
                place = _read_jurisdiction(folder)
                found.setdefault(place.id, place)
    return tuple(found[key] for key in sorted(found))


def jurisdiction(place: str) -> Jurisdiction:
    """The jurisdiction of that id; KnowledgeError lists those there are."""
    for known in jurisdictions():
        if known.id == place:
            return known
    known_ids = ", ".join(known.id for known in jurisdictions())
    raise KnowledgeError(f"no knowledge of the jurisdiction {place!r}; there is {known_ids} (see {FOLDERS_VARIABLE})")
