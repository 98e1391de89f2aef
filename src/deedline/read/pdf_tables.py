"""Ruled pages of a PDF → the boxes of their tables' cells. The only module that knows pdfplumber.

It is asked to find cells among the strokes that `pdf_strokes` gives and reads no file; what is printed in a cell comes
from the glyphs that everything else is made of. Runs inside the confined child.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deedline.read.pdf_sheets import Sheet
from deedline.read.pdf_strokes import Stroke

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


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A page as pdfplumber's finder of tables asks of it: its bounds and the edges of what is drawn."""

    bbox: tuple[float, float, float, float]
    edges: list[dict[str, object]]


def find_grids(sheet: Sheet) -> list[Grid]:
    """The tables of a page from top to bottom; none where no rules are drawn."""
    if not is_ruled(sheet):
        return []
    from pdfplumber.table import TableFinder

    edges = [edge for stroke in sheet.strokes for edge in _edges(stroke)]
    page: Any = _Ruled((0.0, 0.0, sheet.width, sheet.height), edges)
    tables = TableFinder(page, {"explicit_horizontal_lines": _open_ends(sheet)}).tables
    return sorted((grid for grid in map(_grid, tables) if _is_table(grid)), key=lambda grid: grid.box.top)


def _edges(stroke: Stroke) -> Iterator[dict[str, object]]:
    """The four sides of a stroke; those of a thin one fall together as the finder snaps them."""
    left, top, right, bottom = stroke
    across, down = {"orientation": "h", "width": right - left}, {"orientation": "v", "height": bottom - top}
    for y in (top, bottom):
        yield {"object_type": "rect_edge", "x0": left, "x1": right, "top": y, "bottom": y, **across}
    for x in (left, right):
        yield {"object_type": "rect_edge", "x0": x, "x1": x, "top": top, "bottom": bottom, **down}


def _open_ends(sheet: Sheet) -> list[float]:
    """Where the lines down the page begin and end: a row that the page's end cuts may have no line across there."""
    down = [s for s in sheet.strokes if s.right - s.left <= _THIN and s.bottom - s.top >= _LONG]
    return [min(s.top for s in down), max(s.bottom for s in down)] if len(down) >= 3 else []


def _grid(table: Any) -> Grid:
    rows = tuple(tuple(Stroke(*cell) if cell else None for cell in row.cells) for row in table.rows)
    return Grid(Stroke(*table.bbox), rows)


def _is_table(grid: Grid) -> bool:
    """A frame round running text, or one column of boxes, is no table."""
    return any(sum(cell is not None for cell in row) >= 2 for row in grid.rows)
