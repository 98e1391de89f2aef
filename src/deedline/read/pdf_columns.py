"""Where the columns of a PDF's pages begin and end, settled once the running heads are gone.

A paragraph's end is told by how far its last line is from its column's edge, so a page with few lines has its edges
from the pages that have many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deedline.read.pdf_lines import Line

_MANY = 6  # lines whose edges are the column's own
_NEAR = 0.12  # of a column's width that the beginnings of two pages' columns may lie apart


def settle_columns(pages: Iterable[Sequence[Line]]) -> None:
    """Gives the lines of each page their column's edges anew. A page's lines that were parted into columns keep to
    their own column; those of a page that was not have the edges of most such pages where they are few."""
    whole: list[list[Line]] = []
    for lines in pages:
        columns: dict[tuple[float, float], list[Line]] = {}
        for line in lines:
            columns.setdefault(line.column, []).append(line)
        for held in columns.values():
            _set(held, min(line.left for line in held), max(line.right for line in held))
        whole += [held for held in columns.values() if not held[0].parted]
    settled = sorted((held for held in whole if len(held) >= _MANY), key=lambda held: held[0].column[1])
    if not settled:
        return
    for held in whole:
        if len(held) < _MANY:
            left, right = min(held[0].column[0], _beside(held, settled)[0]), _beside(held, settled)[1]
            _set(held, left, max(held[0].column[1], right))


def _beside(held: Sequence[Line], settled: Sequence[Sequence[Line]]) -> tuple[float, float]:
    """The edges of the columns that begin near these lines: the right one that most reach, the left one above it."""
    begin = held[0].column[0]
    edges = [lines[0].column for lines in settled]
    near = [edge for edge in edges if abs(edge[0] - begin) <= _NEAR * (edge[1] - edge[0])] or edges
    return near[len(near) // 2]


def _set(lines: Iterable[Line], left: float, right: float) -> None:
    for line in lines:
        line.column = (left, right)
