"""The best way to lay two sequences side by side in order: one to one, two to one, or nothing beside it.

Dynamic programming over the pairs that can be, near the path of those that leave no doubt; what is left over is then
paired across the order, where it fits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_ANCHOR = 0.42  # likeness above which two items that like each other best are taken for a point of the path
_REACH = 4  # points of the path, before and after, within which an item may find its counterpart
_AROUND = 4

Fit = Callable[[tuple[int, ...], tuple[int, ...]], float]


@dataclass(frozen=True, slots=True)
class Step:
    """Indices of one side beside those of the other; `moved` says that they stand across the order."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    score: float
    moved: bool = False


def windows(likeness: Sequence[Sequence[float]], count: int) -> list[tuple[int, int]]:
    """For each item of one side the range of the other's `count` items, half-open, in which its counterpart may be."""
    points = _anchors(likeness, count)
    rows, found = [row for row, _ in points], []
    for row in range(len(likeness)):
        place = bisect_left(rows, row)
        low = points[place - _REACH][1] - _AROUND if place >= _REACH else 0
        high = points[place + _REACH][1] + _AROUND if place + _REACH < len(points) else count
        found.append((max(0, low), min(count, high)))
    return found


def _anchors(likeness: Sequence[Sequence[float]], count: int) -> list[tuple[int, int]]:
    """Pairs that like each other best, as many as stand in one order."""
    best_row = [max(range(len(likeness)), key=lambda row: likeness[row][column]) for column in range(count)]
    mutual = []
    for row, values in enumerate(likeness):
        column = max(range(count), key=values.__getitem__)
        if best_row[column] == row and values[column] >= _ANCHOR:
            mutual.append((row, column))
    return _increasing(mutual)


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, sorted by their first number, in which the second increases too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, column) in enumerate(pairs):
        place = bisect_left(tails, column)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [column]
        ends[place : place + 1] = [number]
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def align(ranges: Sequence[tuple[int, int]], count: int, fit: Fit) -> list[Step]:
    """The steps of the best path: pairs whose fit is above 0, in order; items in none of them have no counterpart."""
    best: list[dict[int, float]] = [{}]
    came: list[dict[int, tuple[int, int, float]]] = [{}]
    best[0] = dict.fromkeys(range(count + 1), 0.0)
    came[0] = dict.fromkeys(range(1, count + 1), (0, 1, 0.0))
    for row in range(1, len(ranges) + 1):
        low, high = ranges[row - 1]
        values: dict[int, float] = {}
        origins: dict[int, tuple[int, int, float]] = {}
        reached = 0.0
        for column in range(count + 1):
            value, origin = best[row - 1][column], (1, 0, 0.0)
            if column and values[column - 1] > value:
                value, origin = values[column - 1], (0, 1, 0.0)
            if low < column <= high:
                for back, across in ((1, 1), (1, 2), (2, 1)):
                    if row < back or column < across or column - across < low:
                        continue
                    score = fit(tuple(range(row - back, row)), tuple(range(column - across, column)))
                    if score > 0 and best[row - back][column - across] + score > value:
                        value, origin = best[row - back][column - across] + score, (back, across, score)
            values[column], origins[column] = value, origin
            reached = max(reached, value)
        best.append(values)
        came.append(origins)
    return _walked(came, len(ranges), count)


def _walked(came: Sequence[dict[int, tuple[int, int, float]]], row: int, column: int) -> list[Step]:
    steps = []
    while row or column:
        back, across, score = came[row][column] if row else (0, 1, 0.0)
        if back and across:
            steps.append(Step(tuple(range(row - back, row)), tuple(range(column - across, column)), score))
        row, column = row - back, column - across
    return steps[::-1]


def across(steps: Sequence[Step], size: tuple[int, int], fit: Callable[[int, int], float]) -> list[Step]:
    """Pairs of what the steps left over, best first, wherever they stand; `moved` where they cross a step."""
    left, free = left_over(steps, size)
    scored = sorted(
        ((fit(row, column), row, column) for row in left for column in free),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    found: list[Step] = []
    for score, row, column in scored:
        if score > 0 and row in left and column in free:
            left.remove(row)
            free.remove(column)
            found.append(Step((row,), (column,), score, moved=_crosses(row, column, steps)))
    return found


def between(steps: Sequence[Step], size: tuple[int, int], fit: Callable[[int, int], float | None]) -> list[Step]:
    """Pairs of what is left alone on both sides between the same two steps, where `fit` allows it."""
    left, free = left_over(steps, size)
    gaps: dict[int, tuple[list[int], list[int]]] = {}
    straight = [step for step in steps if not step.moved]
    for place, numbers in enumerate((left, free)):
        for number in numbers:
            before = sum((step.one, step.other)[place][0] < number for step in straight)
            gaps.setdefault(before, ([], []))[place].append(number)
    found = []
    for rows, columns in gaps.values():
        if len(rows) == len(columns) == 1 and (score := fit(rows[0], columns[0])) is not None:
            found.append(Step((rows[0],), (columns[0],), score))
    return found


def left_over(steps: Sequence[Step], size: tuple[int, int]) -> tuple[list[int], list[int]]:
    """The numbers of either side that no step holds."""
    used = {row for step in steps for row in step.one}, {column for step in steps for column in step.other}
    return [n for n in range(size[0]) if n not in used[0]], [n for n in range(size[1]) if n not in used[1]]


def _crosses(row: int, column: int, steps: Sequence[Step]) -> bool:
    return any((step.one[0] < row) != (step.other[0] < column) for step in steps)
