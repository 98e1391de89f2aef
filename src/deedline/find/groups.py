"""Indicators as their rows are stitched together: parts in groups, each group beside the words of its reports."""

from __future__ import annotations

from dataclasses import dataclass, field

from deedline.find.entries import Entry
from deedline.find.tables import TableRow
from deedline.model.text import MappedText


@dataclass(slots=True)
class Part:
    """An entry of an indicator: its words, the openings that it stands under, and the row that it begins on."""

    text: MappedText
    leads: tuple[MappedText, ...]
    depth: int
    row: TableRow


@dataclass(slots=True)
class Group:
    """Rows whose parts and reports stand side by side; `reports` are the paragraphs of their progress cells."""

    rows: list[TableRow]
    parts: list[Part] = field(default_factory=list)
    reports: list[MappedText] = field(default_factory=list)


@dataclass(slots=True)
class Indicator:
    """An indicator under way.

    `printed` is its number as its first row prints it, `current` as the rows have led to it; `strays` are rows that
    print another number beside an entry of its open list. `leads` are the openings in force: of the indicator, of a
    stage within it, of an inner list. `last_words` is the entry or opening that it has come to.
    """

    row: TableRow
    printed: int | None
    current: int | None
    groups: list[Group] = field(default_factory=list)
    strays: list[TableRow] = field(default_factory=list)
    leads: list[Entry] = field(default_factory=list)
    last_words: MappedText | None = None

    @property
    def parts(self) -> list[Part]:
        """All parts in order."""
        return [part for group in self.groups for part in group.parts]
