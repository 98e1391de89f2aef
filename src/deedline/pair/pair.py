"""The main path: the items of two editions in two languages → what stands beside what, and where they differ.

Refuses to compare words: two languages share few. Only what is read of them is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp

from deedline.model.entry import Entry
from deedline.model.item import ItemKind
from deedline.model.pairing import Discrepancy, DiscrepancyCode, ItemPair, ItemPairs
from deedline.pair.align import Step, across, align, between, windows
from deedline.pair.compare import compare, whole
from deedline.pair.fit import fit
from deedline.pair.folding import Said, Side, said, together

_FIRM, _LEAD = 0.5, 0.5  # from which fit, and from which lead over the next best, a pair leaves no doubt
_JOINING = 0.7  # what it takes off the fit to join two items: two that stand alone come first
_LEAST_RATIO = 0.05

_RIVALS = 0.5  # how much a better counterpart elsewhere takes off
_AT_LEAST, _LIKE = -1.5, 0.3  # fit and likeness from which two items are paired that are left at one place

Likeness = Sequence[Sequence[float]]
Ranges = Sequence[tuple[int, int]]
Cell = tuple[tuple[int, ...], tuple[int, ...]]


class Fits:
    """How well the items of two editions fit, alone and two joined, each computed once.

    An item that has a much better counterpart elsewhere fits less: two neighbours that changed places are not taken
    for each other. `ranges` are those in which counterparts are looked for.
    """

    def __init__(self, one: Side, other: Side, likeness: Likeness, ranges: Ranges) -> None:
        self.sides = [[said(*each) for each in zip(side.entries, side.numbers, strict=True)] for side in (one, other)]
        lengths = [sum(each.length for each in side) for side in self.sides]
        self._ratio = max(lengths[1] / max(lengths[0], 1), _LEAST_RATIO)
        self.likeness = likeness
        self._known: dict[Cell, float] = {}
        self._rows: list[list[float]] = [[] for _ in one.entries]
        self._columns: list[list[float]] = [[] for _ in other.entries]
        for row, (low, high) in enumerate(ranges):
            for column in range(low, high):
                alone = self.alone(row, column)
                self._rows[row].append(alone)
                self._columns[column].append(alone)
        self._best = [[max(held, default=0.0) for held in listed] for listed in (self._rows, self._columns)]

    def alone(self, row: int, column: int) -> float:
        """How well two items fit by themselves."""
        return self._fit((row,), (column,))

    def said(self, place: int, numbers: tuple[int, ...]) -> Said:
        """What one item says, or several joined."""
        parts = [self.sides[place][number] for number in numbers]
        return parts[0] if len(parts) == 1 else together(parts)

    def __call__(self, rows: tuple[int, ...], columns: tuple[int, ...]) -> float:
        """How well items of the first edition fit items of the other, by their numbers, among all others."""
        fits = self._fit(rows, columns)
        if len(rows) == len(columns) == 1:
            better = max(self._best[0][rows[0]], self._best[1][columns[0]]) - fits
            return fits - _RIVALS * max(better, 0.0)
        return fits

    def _fit(self, rows: tuple[int, ...], columns: tuple[int, ...]) -> float:
        key = rows, columns
        if key not in self._known:
            like = [self.likeness[row][column] for row in rows for column in columns]
            if len(like) == 1:
                found = fit(self.said(0, rows), self.said(1, columns), like[0], self._ratio)
            elif min(self((row,), (column,)) for row in rows for column in columns) <= 0 or not self._join(
                rows, columns
            ):
                found = -_JOINING
            else:
                found = fit(self.said(0, rows), self.said(1, columns), sum(like) / len(like), self._ratio) - _JOINING
            self._known[key] = found
        return self._known[key]

    def _join(self, rows: tuple[int, ...], columns: tuple[int, ...]) -> bool:
        """Whether items stand under one heading and number, as what one edition prints as one item may in the other."""
        for place, numbers in enumerate((rows, columns)):
            items = [self.sides[place][number].entries[0].item for number in numbers]
            if len({(item.kind, item.number, item.path) for item in items}) > 1:
                return False
        return True

    def lead(self, step: Step) -> float:
        """By how much a step fits better than the best other counterpart that either end of it could have."""
        if len(step.one) > 1 or len(step.other) > 1:
            return _LEAD
        own = self.alone(step.one[0], step.other[0])
        others = [*self._rows[step.one[0]], *self._columns[step.other[0]]]
        rivals = sorted(others, reverse=True)
        for _ in range(2):  # its own fit stands in its row and in its column
            if own in rivals:
                rivals.remove(own)
        return own - max(rivals[0] if rivals else 0.0, 0.0)


def pair_items(one: Side, other: Side, likeness: Likeness) -> ItemPairs:
    """Pair the items of two editions, each in reading order; `likeness` says how alike in meaning any two are, 0 to 1.

    Every item is in one pair or in none. The same items give the same pairs.
    """
    if not one.entries or not other.entries:
        return _told(one.entries, other.entries, ())
    ranges = windows(likeness, len(other.entries))
    fits = Fits(one, other, likeness, ranges)
    size = len(one.entries), len(other.entries)
    steps = align(ranges, size[1], fits)
    steps += across(steps, size, fits.alone, likeness)
    steps += between(steps, size, lambda row, column: _may_be(fits, row, column))
    pairs = [_pair(step, fits) for step in sorted(steps, key=lambda step: step.one)]
    return _told(one.entries, other.entries, tuple(pairs))


def _may_be(fits: Fits, row: int, column: int) -> float | None:
    """How well two items fit that stand at the same place with nothing else beside them; None where they do not."""
    found = fits.alone(row, column)
    return found if found > _AT_LEAST and fits.likeness[row][column] >= _LIKE else None


def _pair(step: Step, fits: Fits) -> ItemPair:
    first, second = fits.said(0, step.one), fits.said(1, step.other)
    found = compare(first, second)
    if step.moved:
        place = Discrepancy(
            DiscrepancyCode.ORDER, "in another place", whole(first.entries[0]), whole(second.entries[0])
        )
        found = (place, *found)
    lead = fits.lead(step)
    sure = step.score >= _FIRM and lead >= _LEAD
    score = 1 / (1 + exp(-(step.score + min(lead, 2.0)) / 1.5))
    ids = [tuple(entry.id for entry in side.entries) for side in (first, second)]
    return ItemPair(ids[0], ids[1], round(score, 3), sure, found)


def _told(one: Sequence[Entry], other: Sequence[Entry], pairs: tuple[ItemPair, ...]) -> ItemPairs:
    """Pairs with what is in none of them, and all discrepancies: items that one edition has not come first."""
    paired = [{item for pair in pairs for item in pair.one}, {item for pair in pairs for item in pair.other}]
    lone = [
        [entry for entry in side if entry.id not in known] for side, known in zip((one, other), paired, strict=True)
    ]
    code, what = DiscrepancyCode.MISSING, "in one edition only"
    missing = [
        *(Discrepancy(code, what, whole(entry), None) for entry in lone[0]),
        *(Discrepancy(code, what, None, whole(entry)) for entry in lone[1]),
    ]
    held = [Counter(entry.item.kind for entry in side) for side in (one, other)]
    return ItemPairs(
        pairs=pairs,
        only_one=tuple(entry.id for entry in lone[0]),
        only_other=tuple(entry.id for entry in lone[1]),
        discrepancies=(*missing, *(each for pair in pairs for each in pair.discrepancies)),
        counts={kind: (held[0][kind], held[1][kind]) for kind in ItemKind if held[0][kind] != held[1][kind]},
    )
