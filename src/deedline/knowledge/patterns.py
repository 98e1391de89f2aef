"""Named patterns: regular expressions as data, each carrying the examples that the tests run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deedline.errors import KnowledgeError
from deedline.knowledge.fold import fold_regex

MARK = "◆"  # stands for a time where a pattern looks at the words around it

_REFERENCE = re.compile(r"\(\?&(\w+)\)")
_OWN_KEYS = {"name", "regex", "accept", "refuse"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule: `regex` runs on a passage's matching form; `data` holds the file's further keys for the rule."""

    name: str
    regex: re.Pattern[str]
    accept: tuple[str, ...]
    refuse: tuple[str, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PatternFile:
    """A pattern file as loaded: where it stands, its patterns in order, and its further tables."""

    where: str
    patterns: tuple[Pattern, ...]
    tables: Mapping[str, Any]

    def named(self, name: str) -> Pattern:
        """The pattern of that name; KnowledgeError where there is none."""
        for pattern in self.patterns:
            if pattern.name == name:
                return pattern
        raise KnowledgeError(f"{self.where}: no pattern is named {name!r}; name one of its [[pattern]] tables so")


def _expand(source: str, fragments: Mapping[str, str], where: str, depth: int = 0) -> str:
    if depth > 20:
        raise KnowledgeError(f"{where}: fragments refer to each other in a circle; break it")

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in fragments:
            raise KnowledgeError(f"{where}: (?&{name}) names no fragment; add it to [fragments] or correct the name")
        return "(?:" + _expand(fragments[name], fragments, where, depth + 1) + ")"

    return _REFERENCE.sub(replace, source)


def parse_patterns(text: str, where: str) -> PatternFile:
    """Read one pattern file.

    `[fragments]` are named pieces that `(?&name)` puts in place; each `[[pattern]]` has `name`, `regex` (written
    for the matching form: half-width ASCII, either script), `accept` and `refuse` examples, and whatever further
    keys its user reads. Raises KnowledgeError with the file's name where the file breaks these rules.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{where}: not readable as TOML ({error}); mend the line it names") from error
    fragments = data.pop("fragments", {})
    patterns: list[Pattern] = []
    for number, entry in enumerate(data.pop("pattern", ()), 1):
        name = entry.get("name")
        if not name or "regex" not in entry:
            raise KnowledgeError(f"{where}: pattern {number} needs both a name and a regex")
        if not entry.get("accept"):
            raise KnowledgeError(f"{where}: pattern {name!r} has no accepted example; give at least one")
        source = fold_regex(_expand(entry["regex"], fragments, f"{where}, pattern {name!r}"))
        try:
            regex = re.compile(source)
        except re.error as error:
            raise KnowledgeError(f"{where}: pattern {name!r} is no regular expression ({error})") from error
        further = {key: value for key, value in entry.items() if key not in _OWN_KEYS}
        patterns.append(Pattern(name, regex, tuple(entry["accept"]), tuple(entry.get("refuse", ())), further))
    names = [pattern.name for pattern in patterns]
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise KnowledgeError(f"{where}: patterns share the name {', '.join(twice)}; names must differ")
    return PatternFile(where, tuple(patterns), data)


@cache
def load_patterns(file: Path) -> PatternFile:
    """The patterns of a file, read and compiled once a process."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{file}: cannot be read ({error}); knowledge files come with Deedline") from error
    return parse_patterns(text, f"{file.parent.name}/{file.name}")
