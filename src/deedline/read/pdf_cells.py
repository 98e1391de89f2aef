"""A table's grid and the glyphs in it → rows of cells, each cell its paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from deedline.read.pdf_lines import Line, mark_drawn_bullets, read_lines
from deedline.read.pdf_paragraphs import Measure, Paragraph, close_stretched, goes_on, is_marked, usual_leading
from deedline.read.pdf_sheets import Glyph
from deedline.read.pdf_strokes import Stroke
from deedline.read.pdf_tables import Grid

_MOST_PADDING = 12.0
_LONG = 12.0  # points: a rule across is no shorter
_ON_EDGE = 2.5  # points that a rule may lie beside the edge that it closes

Cell = tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: for each cell its paragraphs, for each paragraph its lines; its box; the size most of it is set in.

    `width` is its table's; `cut` tells that no rule closes the table below it, so that the page's end may cut it.
    """

    cells: tuple[Cell, ...]
    box: Stroke
    size: float
    length: int
    width: float = 0.0
    cut: bool = False


def read_rows(grid: Grid, glyphs: Sequence[Glyph], strokes: Sequence[Stroke]) -> tuple[list[Row], list[Glyph]]:
    """The rows of a table from top to bottom, with those without a word; and the glyphs that stand in no cell."""
    rows: list[Row] = []
    left = list(glyphs)
    near = [stroke for stroke in strokes if grid.box.top <= stroke.top <= grid.box.bottom]
    lines: list[list[list[Line]]] = []
    for boxes in grid.rows:
        held: list[list[Line]] = []
        for box in boxes:
            inside = [glyph for glyph in left if box is not None and _stands_in(glyph, box)]
            taken = {id(glyph) for glyph in inside}
            left = [glyph for glyph in left if id(glyph) not in taken]
            held.append(read_lines(inside))
        lines.append(held)
    _settle_columns(grid, lines)
    for held in lines:
        for inner in held:
            mark_drawn_bullets(inner, near if inner else ())
    measure = usual_leading(cell for row in lines for cell in row)
    for boxes, held in zip(grid.rows, lines, strict=True):
        every = [line for cell in held for line in cell]
        cells = tuple(tuple(_paragraphs(cell, measure)) for cell in held)
        size = max(every, key=lambda line: len(line.text)).size if every else 0.0
        length = sum(len(line.text) for line in every)
        rows.append(Row(cells, _bounds(boxes, grid), size, length, grid.box.right - grid.box.left))
    if rows and not _is_closed(grid.box, strokes):
        rows[-1] = replace(rows[-1], cut=True)
    return rows, left


def _is_closed(box: Stroke, strokes: Iterable[Stroke]) -> bool:
    """Whether rules, or the lower edges of boxes, run along half of the table's lower edge."""
    across = [
        (max(box.left, stroke.left), min(box.right, stroke.right))
        for stroke in strokes
        if stroke.right - stroke.left >= _LONG
        and min(abs(stroke.bottom - box.bottom), abs(stroke.top - box.bottom)) <= _ON_EDGE
    ]
    return sum(max(0.0, right - left) for left, right in across) >= 0.5 * (box.right - box.left)


def _stands_in(glyph: Glyph, box: Stroke) -> bool:
    middle, height = (glyph.left + glyph.right) / 2, glyph.base - 0.35 * glyph.size
    return box.left <= middle <= box.right and box.top <= height <= box.bottom


def _bounds(boxes: Sequence[Stroke | None], grid: Grid) -> Stroke:
    held = [box for box in boxes if box is not None]
    if not held:
        return grid.box
    return Stroke(held[0].left, held[0].top, max(box.right for box in held), max(box.bottom for box in held))


def _settle_columns(grid: Grid, lines: Sequence[Sequence[Sequence[Line]]]) -> None:
    """Gives the lines of each cell its edges as their column's: the padding is the table's, as wide right as left. A
    cell that holds nothing but entries of a list, or the rest of one, stands further in than its padding."""
    held = [
        (box, cell)
        for boxes, cells in zip(grid.rows, lines, strict=True)
        for box, cell in zip(boxes, cells, strict=True)
        if box is not None and cell
    ]
    insets = sorted(max(0.0, min(line.left for line in cell) - box.left) for box, cell in held)
    padding = min(_MOST_PADDING, insets[len(insets) // 10]) if insets else 0.0
    for box, cell in held:
        for line in cell:
            line.column = (box.left + padding, box.right - padding)
        close_stretched(cell)


def _paragraphs(lines: Sequence[Line], measure: Measure) -> list[tuple[Line, ...]]:
    """The cell's lines by paragraph; lines that are all centred are one."""
    if len(lines) > 1 and all(_is_centred(line) for line in lines) and not any(is_marked(line.text) for line in lines):
        return [tuple(lines)]
    found: list[Paragraph] = []
    for line in lines:
        if found and goes_on(found[-1], line, 0, measure):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph(0, [line], is_marked(line.text)))
    return [tuple(paragraph.lines) for paragraph in found]


def _is_centred(line: Line) -> bool:
    before, after = line.left - line.column[0], line.column[1] - line.right
    return abs(before - after) <= 0.8 * line.size
