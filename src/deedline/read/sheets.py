"""What the readers of spreadsheets share: rows of cells → pieces, one row a line, each with its place in its sheet.

A piece's `anchor` is "Sheet!12", or "12" where the file has no named sheets; the cells of a row stand in their columns
from A on, so that the cell of index 1 in it is B12. A line that heads what follows is a heading; everything else is a
row, whatever it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from deedline.errors import LimitError, ReadError
from deedline.model.columns import column_letters
from deedline.model.document import BlockKind
from deedline.read.reading import Piece

SHEET, ROW, LINE, SECTION = "sheet-name", "sheet-row", "sheet-line", "sheet-section"
MAX_ROWS = 100_000  # that hold words, in all sheets together
MAX_COLUMNS = 256
MAX_CELL = 100_000  # characters


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as its sheet numbers it, its cells from column A on; `heads` where one cell reaches over several."""

    number: int
    cells: Sequence[str]
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows in order; `name` is empty where the file has one without a name."""

    name: str
    rows: Iterable[SheetRow]


def sheet_pieces(sheets: Iterable[Sheet], name: str) -> list[Piece]:
    """The pieces of all sheets; a sheet without words leaves none.

    Rows of one cell above the first with several are lines of running text: the title that people write over a table.
    Raises LimitError over the limits, naming the cell, and ReadError where no sheet holds any words.
    """
    made: list[Piece] = []
    filled = 0
    for sheet in sheets:
        rows: list[Piece] = []
        for row in _rows(sheet, name):
            rows.append(row)
            filled += 1
            if filled > MAX_ROWS:
                raise LimitError(f"{name}: more than {MAX_ROWS:,} rows hold words. Split the file, then add its parts")
        if rows and sheet.name:
            made.append(Piece(BlockKind.FURNITURE, (sheet.name,), rule=SHEET, anchor=sheet.name))
        made.extend(rows)
    if not made:
        raise ReadError(f"{name}: no sheet of it holds any words. Open it in its program and look whether it is empty")
    return made


def _rows(sheet: Sheet, name: str) -> Iterator[Piece]:
    """The rows of a sheet that hold words."""
    above = True
    for row in sheet.rows:
        held = [index for index, words in enumerate(row.cells) if words and not words.isspace()]
        if not held:
            continue
        _check(row, held[-1], f"{name} ({sheet.name})" if sheet.name else name)
        anchor = f"{sheet.name}!{row.number}" if sheet.name else str(row.number)
        alone = len(held) == 1
        above = above and alone
        if alone and (above or row.heads):
            kind = BlockKind.PARAGRAPH if above else BlockKind.HEADING
            yield Piece(kind, (row.cells[held[0]],), rule=LINE if above else SECTION, anchor=anchor)
        else:
            yield Piece(BlockKind.ROW, tuple(row.cells[: held[-1] + 1]), rule=ROW, anchor=anchor)


def _check(row: SheetRow, last: int, where: str) -> None:
    if last >= MAX_COLUMNS:
        cell = f"{column_letters(last)}{row.number}"
        most = f"the first {MAX_COLUMNS} columns are read"
        raise LimitError(f"{where}, cell {cell}: holds words, and {most}. Take out the columns that say nothing")
    longest = max(range(last + 1), key=lambda index: len(row.cells[index]))
    if len(row.cells[longest]) > MAX_CELL:
        cell = f"{column_letters(longest)}{row.number}"
        raise LimitError(
            f"{where}, cell {cell}: more than {MAX_CELL:,} characters. Move what it says to a file of text"
        )
