"""Rows that a page's end cuts → one row each, on the page where it begins.

A row is cut where no rule closes it at the table's lower end. Some programs close each part of a cut row: there it
is cut where a cell breaks off in mid-sentence and the next page's row goes on with it. A header repeated in between
stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from deedline.read.pdf_cells import Cell, Row
from deedline.read.pdf_lines import Line
from deedline.read.pdf_paragraphs import Paragraph, breaks_off, is_marked, reaches_over

_MOST_HEADERS = 3  # rows that a table repeats on each page
_NEAR = 4.0  # points that a table's width may differ by from page to page
_SENTENCE = 6  # characters of a line that may be a sentence's rather than a number, a label or a header

Parts = list[Line | Row]


def join_cut_rows(pages: Sequence[Parts]) -> None:
    """Puts rows together in place: the rest of a cut row leaves its page for the row that it was cut from. Rows
    without a word, which such a rest may be, are dropped."""
    last: tuple[Parts, int] | None = None  # where the row stands that the next page may go on with
    for parts in pages:
        if not parts:
            continue
        first = _below_header(parts, last)
        alone = first == len(parts) - 1
        if last is not None and first is not None and _take_rest(last, parts, first) and alone:
            continue  # the page holds the middle of a row
        last = (parts, len(parts) - 1) if parts and isinstance(parts[-1], Row) else None
    for parts in pages:
        parts[:] = [part for part in parts if isinstance(part, Line) or part.length]


def _take_rest(last: tuple[Parts, int], parts: Parts, first: int) -> bool:
    """Joins the row at `first` to the one before the page's end where it is the rest of it; whether it was."""
    held, at = last
    row, rest = held[at], parts[first]
    if not isinstance(row, Row) or not isinstance(rest, Row) or not _are_alike(row, rest):
        return False
    if not row.cut and not _goes_on(row, rest):
        return False
    held[at] = _joined(row, rest)
    del parts[first]
    return True


def _below_header(parts: Parts, last: tuple[Parts, int] | None) -> int | None:
    """Where the first row stands that no header is; None where the page begins otherwise."""
    heads = _heads(*last) if last else []
    first = 0
    for part, head in zip(parts, heads, strict=False):
        if not isinstance(part, Row) or _words(part) != head:
            break
        first += 1
    return first if first < len(parts) and isinstance(parts[first], Row) else None


def _heads(parts: Parts, at: int) -> list[list[str]]:
    """The words of the first rows of the table that the row stands in, without the row itself."""
    row, first = parts[at], at
    while first and isinstance(row, Row):
        above = parts[first - 1]
        if not isinstance(above, Row) or not _are_alike(above, row):
            break
        first -= 1
    return [_words(part) for part in parts[first : min(at, first + _MOST_HEADERS)] if isinstance(part, Row)]


def _words(row: Row) -> list[str]:
    return ["".join(line.text for lines in cell for line in lines) for cell in row.cells]


def _are_alike(row: Row, other: Row) -> bool:
    return len(row.cells) == len(other.cells) and abs(row.width - other.width) <= _NEAR


def _goes_on(row: Row, rest: Row) -> bool:
    """Whether a row closed by a rule breaks off in mid-sentence, and the other goes on with it: in a cell whose last
    line is full, below a first cell that is empty or goes on as well."""
    over = [_is_cut(cell, below) for cell, below in zip(row.cells, rest.cells, strict=True)]
    return any(over) and (over[0] or not rest.cells[0])


def _is_cut(cell: Cell, below: Cell) -> bool:
    if not cell or not below or len(cell[-1][-1].text) < _SENTENCE:
        return False
    return breaks_off(cell[-1][-1].text) and _reaches_over(cell, below)


def _reaches_over(cell: Cell, below: Cell) -> bool:
    paragraph = Paragraph(0, list(cell[-1]), is_marked(cell[-1][0].text))
    return reaches_over(paragraph, below[0][0])


def _joined(row: Row, rest: Row) -> Row:
    cells = tuple(_cell(cell, below) for cell, below in zip_longest(row.cells, rest.cells, fillvalue=()))
    return replace(row, cells=cells, length=row.length + rest.length, cut=rest.cut)


def _cell(cell: Cell, below: Cell) -> Cell:
    if cell and below and _reaches_over(cell, below):
        return (*cell[:-1], (*cell[-1], *below[0]), *below[1:])
    return (*cell, *below)
