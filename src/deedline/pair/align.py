"""The best way to lay two sequences side by side in order: one to one, two to one, or nothing beside it.

Dynamic programming over the pairs that can be, near the path of those that leave no doubt; what is left over is then
paired across the order, where it fits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

_ANCHOR = 0.42  # likeness above which two items that like each other best are taken for a point of the path
_REACH = 4  # points of the path, before and after, within which an item may find its counterpart
_AROUND = 4
# Of two documents that share little, so many pairs of items are tried in the order of the text, then across it the
# nearest few of each item: every one of 5,000 beside every other would take minutes.
_MOST_CELLS, _NEAREST = 300_000, 12

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
    points = _anchors(likeness)
    rows, found = [row for row, _ in points], []
    for row in range(len(likeness)):
        place = bisect_left(rows, row)
        low = points[place - _REACH][1] - _AROUND if place >= _REACH else 0
        high = points[place + _REACH][1] + _AROUND if place + _REACH < len(points) else count
        found.append((max(0, low), min(count, high)))
    return found if sum(high - low for low, high in found) <= _MOST_CELLS else _narrowed(found, count)


def _narrowed(ranges: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The part of each range about the place that its row has in the whole; neither begins earlier than one before."""
    wide = max(_MOST_CELLS // len(ranges), 2 * _AROUND)
    found = []
    for row, (low, high) in enumerate(ranges):
        start = min(max(low, row * count // len(ranges) - wide // 2), max(low, high - wide))
        found.append((start, min(high, start + wide)))
    return found


def _anchors(likeness: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs that like each other best, as many as stand in one order."""
    best_row = [column.index(max(column)) for column in zip(*likeness, strict=True)]
    mutual = []
    for row, values in enumerate(likeness):
        highest = max(values)
        column = values.index(highest)
        if best_row[column] == row and highest >= _ANCHOR:
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


@dataclass(frozen=True, slots=True)
class _Row:
    """The best sums up to a row, for the columns from `low` on, and how each was reached: rows back, columns back,
    fit. Beyond its last column nothing was gained, so that the last sum holds there."""

    low: int
    sums: list[float]
    origins: list[tuple[int, int, float]]

    def sum_at(self, column: int) -> float:
        """The best sum up to a column."""
        return self.sums[min(column - self.low, len(self.sums) - 1)]

    def origin_at(self, column: int) -> tuple[int, int, float]:
        """How the best sum up to a column was reached."""
        return self.origins[column - self.low] if column - self.low < len(self.origins) else (0, 1, 0.0)


def align(ranges: Sequence[tuple[int, int]], count: int, fit: Fit) -> list[Step]:
    """The steps of the best path: pairs whose fit is above 0, in order; items in none of them have no counterpart.

    `ranges` neither begin nor end earlier than the one before.
    """
    rows = [_Row(0, [0.0], [(0, 0, 0.0)])]
    for row, (low, high) in enumerate(ranges, 1):
        made = _Row(low, [rows[-1].sum_at(low)], [(1, 0, 0.0)])
        for column in range(low + 1, high + 1):
            value, origin = _best_step(rows, row, column, low, fit)
            if made.sums[-1] > value:
                value, origin = made.sums[-1], (0, 1, 0.0)
            made.sums.append(value)
            made.origins.append(origin)
        rows.append(made)
    return _walked(rows, len(ranges), count)


def _best_step(rows: Sequence[_Row], row: int, column: int, low: int, fit: Fit) -> tuple[float, tuple[int, int, float]]:
    """The best sum that ends with a row left alone, or beside this column."""
    value, origin = rows[row - 1].sum_at(column), (1, 0, 0.0)
    for back, beside in ((1, 1), (1, 2), (2, 1)):
        if row < back or column - beside < low:
            continue
        score = fit(tuple(range(row - back, row)), tuple(range(column - beside, column)))
        if score > 0 and rows[row - back].sum_at(column - beside) + score > value:
            value, origin = rows[row - back].sum_at(column - beside) + score, (back, beside, score)
    return value, origin


def _walked(rows: Sequence[_Row], row: int, column: int) -> list[Step]:
    steps = []
    while row and column:
        back, beside, score = rows[row].origin_at(column)
        if back and beside:
            steps.append(Step(tuple(range(row - back, row)), tuple(range(column - beside, column)), score))
        row, column = row - back, column - beside
    return steps[::-1]


def across(
    steps: Sequence[Step],
    size: tuple[int, int],
    fit: Callable[[int, int], float],
    likeness: Sequence[Sequence[float]],
) -> list[Step]:
    """Pairs of what the steps left over, best first, wherever they stand; `moved` where they cross a step."""
    left, free = map(set, left_over(steps, size))
    scored = sorted(
        ((fit(row, column), row, column) for row, column in _tried(sorted(left), sorted(free), likeness)),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    found: list[Step] = []
    for score, row, column in scored:
        if score > 0 and row in left and column in free:
            left.remove(row)
            free.remove(column)
            found.append(Step((row,), (column,), score, moved=_crosses(row, column, steps)))
    return found


def _tried(left: Sequence[int], free: Sequence[int], likeness: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """Every one beside every other; where these are too many, each of the first beside those that it is most like."""
    few = len(left) * len(free) <= _MOST_CELLS
    for row in left:
        yield from ((row, column) for column in (free if few else nlargest(_NEAREST, free, likeness[row].__getitem__)))


def between(steps: Sequence[Step], size: tuple[int, int], fit: Callable[[int, int], float | None]) -> list[Step]:
    """Pairs of what is left alone on both sides between the same two steps, where `fit` allows it."""
    left, free = left_over(steps, size)
    gaps: dict[int, tuple[list[int], list[int]]] = {}
    straight = [step for step in steps if not step.moved]
    for place, numbers in enumerate((left, free)):
        firsts = sorted((step.one, step.other)[place][0] for step in straight)
        for number in numbers:
            before = bisect_left(firsts, number)
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
