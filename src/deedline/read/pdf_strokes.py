"""What is drawn on a page of a PDF → strokes with their places, and how much of it a picture covers.

A path that draws several lines or boxes gives a stroke for each. Places are in points from the top left corner of the
page as it is shown. Runs inside the confined child.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

_MOST = 20_000  # strokes of a page
_MOST_POINTS = 400_000  # of a page's paths that are looked at one by one
_DEEPEST = 3  # drawings inside drawings
_STRAIGHT = 0.1  # points that a line across or down may lean by

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Stroke(NamedTuple):
    """The bounds of something drawn: a line where it is thin, else a box."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """How places in a page's own space turn into places as shown."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        size = (self.right - self.left, self.top - self.bottom)
        return size if self.turned in (0, 180) else (size[1], size[0])

    def place(self, x: float, y: float) -> _Point:
        """Where a point is shown."""
        match self.turned:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def box(self, points: Sequence[_Point]) -> Stroke:
        """The bounds of points as they are shown."""
        placed = [self.place(x, y) for x, y in points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return Stroke(min(xs), min(ys), max(xs), max(ys))


def strokes_of(page: Any, frame: Frame) -> tuple[list[Stroke], float]:
    """The strokes of a page of pypdfium2, at most 20,000; and the share of it that its largest picture covers."""
    from pypdfium2 import raw

    strokes: list[Stroke] = []
    pictured, points = 0.0, 0
    for thing, matrix in _things(page.raw, _SAME, 0):
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE:
            bounds = frame.box(_corners(thing, matrix))
            area = (bounds.right - bounds.left) * (bounds.bottom - bounds.top)
            pictured = max(pictured, area / max(1.0, frame.size[0] * frame.size[1]))
        elif len(strokes) < _MOST:
            points += raw.FPDFPath_CountSegments(thing)
            parts = _parts(thing, matrix) if points <= _MOST_POINTS else [_corners(thing, matrix)]
            strokes += [frame.box(part) for part in parts if part]
    return strokes[:_MOST], pictured


def _things(parent: Any, matrix: _Matrix, level: int) -> Iterator[tuple[Any, _Matrix]]:
    """The paths and pictures of a page or drawing, each with how its space lies in the page's."""
    from pypdfium2 import raw

    count = raw.FPDFFormObj_CountObjects(parent) if level else raw.FPDFPage_CountObjects(parent)
    for i in range(max(count, 0)):
        thing = raw.FPDFFormObj_GetObject(parent, i) if level else raw.FPDFPage_GetObject(parent, i)
        kind = raw.FPDFPageObj_GetType(thing) if thing else raw.FPDF_PAGEOBJ_UNKNOWN
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield thing, matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and level < _DEEPEST - 1:
            yield from _things(thing, _within(_matrix(thing), matrix), level + 1)


def _matrix(thing: Any) -> _Matrix:
    from pypdfium2 import raw

    told = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, told):
        return _SAME
    return (told.a, told.b, told.c, told.d, told.e, told.f)


def _within(inner: _Matrix, outer: _Matrix) -> _Matrix:
    (a, b, c, d, e, f), (p, q, r, s, _, _) = inner, outer
    x, y = _moved((e, f), outer)
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y)


def _moved(point: _Point, matrix: _Matrix) -> _Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _corners(thing: Any, matrix: _Matrix) -> list[_Point]:
    """The bounds of an object, the breadth of its lines included; nothing where it has none."""
    from pypdfium2 import raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return []
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    return corners if matrix is _SAME else [_moved(corner, matrix) for corner in corners]


def _parts(path: Any, matrix: _Matrix) -> list[list[_Point]]:
    """The points of each line and box that a path draws."""
    pieces = list(_pieces(path, _within(_matrix(path), matrix)))
    if len(pieces) == 1 and len(_straight(*pieces[0])) == 1:
        return [_corners(path, matrix)]
    return [part for points, curved in pieces for part in _straight(points, curved)]


def _pieces(path: Any, matrix: _Matrix) -> Iterator[tuple[list[_Point], bool]]:
    """The points of each part of a path that is drawn without lifting the pen, and whether it is curved."""
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
    curved = False
    for i in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, curved
            points, curved = [], False
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_moved((x.value, y.value), matrix))
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, curved


def _straight(points: list[_Point], curved: bool) -> list[list[_Point]]:
    """One line or box, a curve as a whole, or the lines across and down of another figure."""
    if curved or (_few(x for x, _ in points) and _few(y for _, y in points)):
        return [points]
    lines = [
        [one, other] for one, other in pairwise(points) if _few((one[0], other[0]), 1) or _few((one[1], other[1]), 1)
    ]
    return lines or [points]


def _few(places: Sequence[float] | Iterator[float], most: int = 2) -> bool:
    """Whether places along one side are so many at most, a lean aside."""
    kept: list[float] = []
    for place in places:
        if not any(abs(place - other) <= _STRAIGHT for other in kept):
            kept.append(place)
            if len(kept) > most:
                return False
    return True
