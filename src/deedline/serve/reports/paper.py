"""A report as a value that knows no format: headings, paragraphs, tables, figures, with notes that prove them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is a part of the report, 2 a section of a part."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `notes` are its footnotes; `caution` marks what bounds the report, to be set apart."""

    text: str
    notes: tuple[str, ...] = ()
    caution: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, whether its cells are figures (set to the right), and the
    language of its cells where they are a document's words (a BCP 47 tag, empty for the report's own)."""

    head: str
    wide: float = 1.0
    figures: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: as many cells in every row as `columns`. `notes` are footnotes of its caption. `summed` says that the
    last row adds the others up."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars to be drawn: for each of `rows`, top down, as many counts as `series`, stacked from left to right.

    `even` asks for bars of one length, so that each shows its own parts whatever it adds up to.
    """

    rows: tuple[str, ...]
    series: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    even: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption, its text alternative, and the table of all that it draws, which stands beside it."""

    caption: str
    alternative: str
    chart: Chart
    table: Table


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Paper:
    """A report. `language` is its own BCP 47 tag, `wide` says that its tables want the page's long side across.

    `labels` are the few words that a format adds by itself: those of `LABELS`.
    """

    title: str
    subtitle: str
    language: str
    as_of: date
    blocks: tuple[Block, ...]
    labels: tuple[str, str, str]
    wide: bool = False

    @property
    def contents(self) -> str:
        """What a list of contents is called."""
        return self.labels[0]

    @property
    def notes(self) -> str:
        """What the list of notes is called, where they do not stand at the foot of a page."""
        return self.labels[1]

    @property
    def page(self) -> str:
        """What stands before a page's number."""
        return self.labels[2]


LABELS = ("Contents", "Notes", "Page")


def changed(paper: Paper, change: Callable[[str], str]) -> Paper:
    """The paper with every text of it put through `change`."""
    return replace(
        paper,
        title=change(paper.title),
        subtitle=change(paper.subtitle),
        blocks=tuple(_changed(block, change) for block in paper.blocks),
    )


def _changed(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Heading):
        return replace(block, text=change(block.text))
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text), notes=_each(block.notes, change))
    if isinstance(block, Table):
        return _table(block, change)
    drawn = block.chart
    chart = replace(drawn, rows=_each(drawn.rows, change), series=_each(drawn.series, change))
    table = _table(block.table, change)
    return Figure(change(block.caption), change(block.alternative), chart, table)


def _table(table: Table, change: Callable[[str], str]) -> Table:
    return replace(
        table,
        caption=change(table.caption),
        columns=tuple(replace(column, head=change(column.head)) for column in table.columns),
        rows=tuple(_each(row, change) for row in table.rows),
        notes=_each(table.notes, change),
    )


def _each(texts: Sequence[str], change: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(change(text) for text in texts)
