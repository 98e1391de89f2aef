"""What the marked levels of a submission mean: layouts as data, chosen by the markers that a document uses."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deedline.errors import KnowledgeError
from deedline.knowledge.load import HOME, Jurisdiction

HEADING_LEVELS = {"chapter": 1, "section": 2}


@dataclass(frozen=True, slots=True)
class Layout:
    """A form of document. `levels` maps a marker rule (or "glyph" for all bullets) to chapter, section,
    recommendation or proposal; with `prose_section` a section without entries is itself a proposal."""

    name: str
    kind: str
    needs: frozenset[str]
    levels: Mapping[str, str]
    prose_section: bool


def _read(source: Path) -> tuple[Layout, ...]:
    where = f"{source.parent.name}/{source.name}"
    try:
        entries = tomllib.loads(source.read_text(encoding="utf-8"))["layout"]
        return tuple(
            Layout(e["name"], e["kind"], frozenset(e["needs"]), e["levels"], bool(e["prose_section"])) for e in entries
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise KnowledgeError(f"{where}: {type(error).__name__} {error}; every layout needs all its keys") from error


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout that holds anywhere, in the order in which they are tried."""
    return _read(HOME / "layouts.toml")


@cache
def _own_layouts(folder: Path) -> tuple[Layout, ...]:
    source = folder / "layouts.toml"
    return _read(source) if source.is_file() else ()


def layout_for(kind: str, rules: Collection[str]) -> Layout:
    """The first layout of a kind all of whose needed marker rules are in `rules`; the last one needs none."""
    return next(layout for layout in layouts() if layout.kind == kind and layout.needs <= set(rules))


def heading_rules(place: Jurisdiction, rules: Collection[str]) -> dict[str, int]:
    """The marker rules that head chapters (1) and sections (2) in a place's commitments of which `rules` are used."""
    for layout in _own_layouts(place.folder):
        if layout.kind == "commitments" and layout.needs <= set(rules):
            return {rule: HEADING_LEVELS[role] for rule, role in layout.levels.items() if role in HEADING_LEVELS}
    return {}
