"""What the marked levels of a submission mean: layouts as data, chosen by the markers that a document uses."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from deedline.errors import KnowledgeError
from deedline.knowledge.load import HOME


@dataclass(frozen=True, slots=True)
class Layout:
    """A form of document. `levels` maps a marker rule (or "glyph" for all bullets) to chapter, section,
    recommendation or proposal; with `prose_section` a section without entries is itself a proposal."""

    name: str
    kind: str
    needs: frozenset[str]
    levels: Mapping[str, str]
    prose_section: bool


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout, in the order in which they are tried."""
    source = HOME / "layouts.toml"
    try:
        entries = tomllib.loads(source.read_text(encoding="utf-8"))["layout"]
        return tuple(
            Layout(e["name"], e["kind"], frozenset(e["needs"]), e["levels"], bool(e["prose_section"])) for e in entries
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise KnowledgeError(
            f"layouts.toml: {type(error).__name__} {error}; every layout needs all its keys"
        ) from error


def layout_for(kind: str, rules: Collection[str]) -> Layout:
    """The first layout of a kind all of whose needed marker rules are in `rules`; the last one needs none."""
    return next(layout for layout in layouts() if layout.kind == kind and layout.needs <= set(rules))
