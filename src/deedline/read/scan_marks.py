"""The picture of a page → what is drawn on it beside words: bullets, rules, the cells of ruled tables.

Runs inside the confined child. Places given are in points, `[left, top, right, bottom]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Box = list[float]

_RULE_ACROSS, _RULE_DOWN = 30.0, 16.0  # points: a drawn line is no shorter, a stroke of a letter hardly as long
_SMALLEST_CELL = 8.0
_DISC = (1.2, 9.0)  # points across
_FULL = 0.6  # of its box that a disc fills
_ALIKE = 4.0  # points within which edges of cells are one
_MOST_DISCS, _MOST_CELLS = 2_000, 5_000


@dataclass(frozen=True, slots=True)
class Marks:
    """`ink` is true where the page is dark and no rule is drawn; `grids` are the rows of each table's cells, None
    where a cell above or beside covers the place."""

    ink: Any
    dots: list[Box]
    rules: list[Box]
    grids: list[list[list[Box | None]]]


def find_marks(picture: Any, scale: float) -> Marks:
    """The marks of a page in grey; `scale` is points a pixel."""
    import cv2
    import numpy as np

    calm = cv2.GaussianBlur(picture, (3, 3), 0)
    dark, _ = cv2.threshold(calm, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    ink = ((calm < dark) * 255).astype(np.uint8)
    across = _drawn(ink, (max(3, round(_RULE_ACROSS / scale)), 1))
    down = _drawn(ink, (1, max(3, round(_RULE_DOWN / scale))))
    joined = cv2.dilate(across | down, np.ones((3, 3), np.uint8), iterations=2)
    bare = (ink > 0) & ~(cv2.dilate(across | down, np.ones((3, 3), np.uint8)) > 0)
    rules = [*_boxes(across, scale), *_boxes(down, scale)]
    return Marks(bare, _discs(bare.astype(np.uint8), scale), rules, _grids(joined, scale))


def _drawn(ink: Any, size: tuple[int, int]) -> Any:
    """What of the ink is a line as long as `size`; small gaps that a scan leaves are closed first."""
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
    gap = cv2.getStructuringElement(cv2.MORPH_RECT, (5, 2) if size[0] > 1 else (2, 5))
    return cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, gap), cv2.MORPH_OPEN, kernel)


def _boxes(mask: Any, scale: float) -> list[Box]:
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    return [_box(stats[i][:4], scale) for i in range(1, min(count, _MOST_CELLS))]


def _box(place: Sequence[int], scale: float) -> Box:
    left, top, wide, high = map(int, place)
    return [round(edge * scale, 2) for edge in (left, top, left + wide, top + high)]


def _discs(ink: Any, scale: float) -> list[Box]:
    """Small full discs and squares."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    found: list[Box] = []
    for left, top, wide, high, area in stats[1:count]:
        least, most = min(wide, high) * scale, max(wide, high) * scale
        if _DISC[0] <= least and most <= _DISC[1] and most <= 1.3 * least + scale and area >= _FULL * wide * high:
            found.append(_box((left, top, wide, high), scale))
    return found if len(found) <= _MOST_DISCS else []


def _grids(rules: Any, scale: float) -> list[list[list[Box | None]]]:
    """The tables from top to bottom: the holes in drawn lines are cells, those of one outline one table."""
    import cv2

    outlines, tree = cv2.findContours(rules, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None or len(outlines) > _MOST_CELLS:
        return []
    tables: dict[int, list[Box]] = {}
    for outline, (_, _, _, parent) in zip(outlines, tree[0], strict=True):
        box = _box(cv2.boundingRect(outline), scale)
        wide, high = box[2] - box[0], box[3] - box[1]
        full = cv2.contourArea(outline) * scale * scale >= 0.8 * wide * high
        if parent >= 0 and full and min(wide, high) >= _SMALLEST_CELL:
            tables.setdefault(int(parent), []).append(box)
    grids = [_grid(cells) for cells in tables.values()]
    return sorted((grid for grid in grids if any(sum(c is not None for c in row) >= 2 for row in grid)), key=_top)


def _grid(cells: Sequence[Box]) -> list[list[Box | None]]:
    tops, lefts = _edges(box[1] for box in cells), _edges(box[0] for box in cells)
    rows: list[list[Box | None]] = [[None] * len(lefts) for _ in tops]
    for box in cells:
        rows[_nearest(tops, box[1])][_nearest(lefts, box[0])] = box
    return rows


def _edges(places: Any) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _ALIKE:
            found.append(place)
    return found


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - place))


def _top(grid: list[list[Box | None]]) -> float:
    return min(box[1] for row in grid for box in row if box is not None)
