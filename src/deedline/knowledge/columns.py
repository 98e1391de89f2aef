"""What the words of a spreadsheet's header say that its column holds: see */columns.toml."""

from __future__ import annotations

import re
from functools import cache

from deedline.errors import KnowledgeError
from deedline.knowledge.fold import IDEOGRAPH, passage_of
from deedline.knowledge.load import language_patterns, languages_of
from deedline.knowledge.patterns import Pattern
from deedline.model.columns import Column
from deedline.model.item import ItemKind

_TOPIC = "columns"
_LONGEST = 120
_ASIDE = re.compile(r"\s*\([^()]{0,60}\)\s*$")
_UNIT = re.compile(r"[(（]([^()（）]{0,60})[)）]\s*$")
_IDEOGRAPHS = re.compile(f"[{IDEOGRAPH}]+")
_MARKS = " *:/|-.·_\t"


def written_languages() -> tuple[str, ...]:
    """The languages in which spreadsheets are understood: those with patterns of headers."""
    return languages_of(_TOPIC)


@cache
def _patterns() -> tuple[Pattern, ...]:
    """The patterns of every language, those of headers checked for the columns that they name."""
    files = [language_patterns(tongue, _TOPIC) for tongue in written_languages()]
    for file in files:
        for pattern in file.patterns:
            known = pattern.data.get("column") in tuple(Column) or pattern.data.get("kind") in tuple(ItemKind)
            if not known:
                raise KnowledgeError(
                    f"{file.where}: pattern {pattern.name!r} needs a column, or the kind that it means"
                )
    return tuple(pattern for file in files for pattern in file.patterns)


def column_of(header: str) -> tuple[Column, bool] | None:
    """The column that a header's words head, and whether they do so only beside others; None where they head none.

    A header in two languages is read in each.
    """
    plain = _ASIDE.sub("", passage_of(header[:_LONGEST]).matching.text).strip(_MARKS)
    other = " ".join(_IDEOGRAPHS.sub(" ", plain).split()).strip(_MARKS)
    for words in dict.fromkeys((plain, other, "".join(_IDEOGRAPHS.findall(plain)))):
        for pattern in _patterns() if words else ():
            if "column" in pattern.data and pattern.regex.search(words):
                return Column(pattern.data["column"]), bool(pattern.data.get("weak"))
    return None


def unit_in(header: str) -> str:
    """What stands in brackets behind a header: the unit of its figures, "km" of "Target (km)"."""
    aside = _UNIT.search(header[:_LONGEST])
    return aside[1].strip() if aside else ""


def kind_of(words: str) -> ItemKind | None:
    """The kind of item that a cell names."""
    plain = passage_of(words[:_LONGEST]).matching.text.strip()
    for pattern in _patterns():
        if "kind" in pattern.data and pattern.regex.search(plain):
            return ItemKind(pattern.data["kind"])
    return None
