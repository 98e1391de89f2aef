"""Ruled pages of a PDF → the boxes of their tables' cells. The only module that knows pdfplumber.

It is asked for geometry alone; what is printed in a cell comes from the glyphs that everything else is made of. Runs
inside the confined child.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deedline.read.pdf_sheets import Sheet, Stroke

_THIN = 3.0  # points: a line drawn as a box is no thicker
_LONG = 12.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a page: its bounds, and for each row its cells' boxes, None where a cell above or beside covers it."""

    box: Stroke
    rows: tuple[tuple[Stroke | None, ...], ...]


def is_ruled(sheet: Sheet) -> bool:
    """Whether lines or boxes are drawn as round cells: two at least each way; or three down, as in the middle of a row
    that is longer than a page."""
    across = sum(stroke.right - stroke.left >= _LONG for stroke in sheet.strokes)
    down = sum(stroke.bottom - stroke.top >= _LONG for stroke in sheet.strokes)
    boxes = sum(stroke.right - stroke.left >= _LONG and stroke.bottom - stroke.top >= _LONG for stroke in sheet.strokes)
    return down >= 3 or (across >= 2 and down >= 2) or boxes >= 2


class TableFinder:
    """Finds grids on pages of one file, which is opened by pdfplumber only once a page with rules turns up."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None

    def grids(self, sheet: Sheet) -> list[Grid]:
        """The tables of a page from top to bottom; none where no rules are drawn or pdfplumber cannot read it."""
        if not is_ruled(sheet):
            return []
        try:
            return self._grids(sheet)
        except (MemoryError, RecursionError):
            raise
        except Exception:  # it parses apart from pdfium, and damaged pages break it in many ways: read as plain lines
            return []

    def _grids(self, sheet: Sheet) -> list[Grid]:
        import pdfplumber

        if self._pdf is None:
            self._pdf = pdfplumber.open(io.BytesIO(self._data))
        page = self._pdf.pages[sheet.number - 1]
        left, top = page.cropbox[:2]
        ends = [end + top for end in _open_ends(sheet)]
        found = [_grid(table, left, top) for table in page.find_tables({"explicit_horizontal_lines": ends})]
        page.close()
        return sorted((grid for grid in found if _is_table(grid)), key=lambda grid: grid.box.top)


def _open_ends(sheet: Sheet) -> list[float]:
    """Where the lines down the page begin and end: a row that the page's end cuts may have no line across there."""
    down = [s for s in sheet.strokes if s.right - s.left <= _THIN and s.bottom - s.top >= _LONG]
    return [min(s.top for s in down), max(s.bottom for s in down)] if len(down) >= 3 else []


def _grid(table: Any, left: float, top: float) -> Grid:
    def moved(box: Sequence[float]) -> Stroke:
        return Stroke(box[0] - left, box[1] - top, box[2] - left, box[3] - top)

    rows = tuple(tuple(moved(cell) if cell else None for cell in row.cells) for row in table.rows)
    return Grid(moved(table.bbox), rows)


def _is_table(grid: Grid) -> bool:
    """A frame round running text, or one column of boxes, is no table."""
    return any(sum(cell is not None for cell in row) >= 2 for row in grid.rows)
