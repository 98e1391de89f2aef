"""Rows of a document → rows of its indicator tables: which cell stands in which column, over page breaks.

In: placed blocks. Out: `TableRow`s in reading order and the header rows. A header repeated on the next page, page
numbers and footnotes in between change nothing; rows without a header of their own go under the last one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deedline.find.markup import Piece, read_cell
from deedline.find.outline import Placed
from deedline.knowledge.fold import passage
from deedline.knowledge.indicators import TableWords
from deedline.model.document import BlockKind
from deedline.model.item import LineRole
from deedline.model.text import Span

NUMBER, INDICATOR, PROGRESS, STATUS, BODY, DATE = "number", "indicator", "progress", "status", "body", "date"
_LONGEST_HEADER = 60
_MOST_COLUMNS = 20


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row under its header. `cells` maps a column to its pieces; `number` is the number cell's as printed, or None.

    `batch` is new or carried where a heading says so; `sub` tells that the number cell names a part ("8.2") or that
    it says the row continues ("48 (cont'd)").
    """

    placed: Placed
    cells: Mapping[str, tuple[Piece, ...]]
    number: int | None
    sub: bool
    batch: str | None
    numbered_table: bool

    def pieces(self, *columns: str) -> tuple[Piece, ...]:
        """The pieces of these columns, in the order of the original."""
        found = [piece for column in columns for piece in self.cells.get(column, ())]
        return tuple(sorted(found, key=lambda piece: piece.text.offsets[0]))

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line of the row."""
        return self.placed.block.lines

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the number is printed, or the row's first words where it is not."""
        first = self.pieces(NUMBER) or self.pieces(INDICATOR, PROGRESS, STATUS)
        return first[0].text.spans() if first else ()


@dataclass(frozen=True, slots=True)
class TableLines:
    """What a document's tables hold: rows in reading order, their headers, the notes under them, and rows that say
    neither an indicator nor a report."""

    rows: tuple[TableRow, ...]
    headers: tuple[Placed, ...]
    notes: tuple[Placed, ...]
    blanks: tuple[Placed, ...]


def read_tables(placed: Sequence[Placed], words: TableWords) -> TableLines:
    """The rows of every table whose header names a column of indicators and at least one more."""
    rows: list[TableRow] = []
    headers: list[Placed] = []
    notes: list[Placed] = []
    blanks: list[Placed] = []
    columns: tuple[str, ...] = ()
    broken = False  # something other than a row stood since the last one
    for entry in placed:
        if entry.block.kind is not BlockKind.ROW:
            if columns and _is_note(entry, words):
                notes.append(entry)
            elif entry.block.kind is not BlockKind.FURNITURE:
                broken = True
            continue
        if entry.role is not None:
            continue
        cells = tuple(read_cell(cell) for cell in entry.block.cells)
        headed = _header(cells, words)
        if headed:
            columns, broken = headed, False
            headers.append(entry)
        elif columns:
            row = _row(entry, cells, columns, words)
            if not row.pieces(INDICATOR, PROGRESS, STATUS):
                blanks.append(entry)
            elif not broken or _goes_on(row, rows):
                broken = False
                rows.append(row)
            else:
                columns = ()
    return TableLines(tuple(rows), tuple(headers), tuple(notes), tuple(blanks))


def _is_note(entry: Placed, words: TableWords) -> bool:
    """Whether a paragraph between rows is a note under the table."""
    if entry.role is LineRole.FOOTNOTE:
        return True
    if entry.block.kind not in (BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NUMBERED):
        return False
    start = passage(entry.block.text.slice(0, _LONGEST_HEADER)).matching.text
    return words.search("footnote", start) is not None


def _header(cells: Sequence[tuple[Piece, ...]], words: TableWords) -> tuple[str, ...]:
    """The columns that a header row names, "" for one it does not know; none where the row is no header."""
    if not 2 <= len(cells) <= _MOST_COLUMNS:
        return ()
    columns = tuple(words.column(_words(cell)) if cell else "" for cell in cells)
    known = {column for column in columns if column}
    return columns if INDICATOR in known and len(known) >= 2 else ()


def _words(cell: Sequence[Piece]) -> str:
    """The words of a short cell in matching form; empty where it is too long for a header or a number."""
    if sum(len(piece.text) for piece in cell) > _LONGEST_HEADER:
        return ""
    return " ".join(passage(piece.text).matching.text for piece in cell)


def _row(entry: Placed, cells: Sequence[tuple[Piece, ...]], columns: tuple[str, ...], words: TableWords) -> TableRow:
    """The row with its cells under their columns; a row short of cells is fitted by whether a number opens it."""
    aligned = list(columns)
    while cells and not cells[-1] and len(cells) > len(columns):
        cells = cells[:-1]
    opens = words.search("number", _words(cells[0])) if cells and cells[0] else None
    if len(cells) < len(columns) and cells and cells[0] and opens is None and NUMBER in aligned:
        aligned.remove(NUMBER)
    held: dict[str, tuple[Piece, ...]] = {}
    for i, cell in enumerate(cells):
        column = aligned[min(i, len(aligned) - 1)]
        held[column] = (*held.get(column, ()), *cell)
    printed = words.search("number", _words(held.get(NUMBER, ())))
    return TableRow(
        placed=entry,
        cells=held,
        number=int(printed["number"]) if printed else None,
        sub=bool(printed and (printed["part"] or printed["continued"])),
        batch=words.batch(entry.path),
        numbered_table=NUMBER in columns,
    )


def _goes_on(row: TableRow, rows: Sequence[TableRow]) -> bool:
    """Whether a row without a header of its own, below something else, still belongs to the table above."""
    if not rows or not row.pieces(INDICATOR, PROGRESS, STATUS):
        return False
    if not row.numbered_table:
        return len(row.cells) == len(rows[-1].cells)
    last = next((earlier.number for earlier in reversed(rows) if earlier.number is not None), 0)
    if row.number is None:
        return not row.pieces(NUMBER)
    return row.number in (1, last, last + 1)
