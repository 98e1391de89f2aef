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
from deedline.pair.align import Step, across, align, windows
from deedline.pair.compare import compare, whole
from deedline.pair.fit import fit
from deedline.pair.folding import Said, Side, said, together

_FIRM, _LEAD = 0.5, 0.5  # from which fit, and from which lead over the next best, a pair leaves no doubt
_JOINING = 0.7  # what it takes off the fit to join two items: two that stand alone come first
_LEAST_RATIO = 0.05

Likeness = Sequence[Sequence[float]]


class Fits:
    """How well the items of two editions fit, alone and two joined, each computed once."""

    def __init__(self, one: Side, other: Side, likeness: Likeness) -> None:
        self.sides = [[said(*each) for each in zip(side.entries, side.numbers, strict=True)] for side in (one, other)]
        lengths = [sum(each.length for each in side) for side in self.sides]
        self._ratio = max(lengths[1] / max(lengths[0], 1), _LEAST_RATIO)
        self._likeness = likeness
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}

    def said(self, place: int, numbers: tuple[int, ...]) -> Said:
        """What one item says, or several joined."""
        parts = [self.sides[place][number] for number in numbers]
        return parts[0] if len(parts) == 1 else together(parts)

    def __call__(self, rows: tuple[int, ...], columns: tuple[int, ...]) -> float:
        """How well items of the first edition fit items of the other, by their numbers."""
        key = rows, columns
        if key not in self._known:
            self._known[key] = self._fit(rows, columns)
        return self._known[key]

    def _fit(self, rows: tuple[int, ...], columns: tuple[int, ...]) -> float:
        like = [self._likeness[row][column] for row in rows for column in columns]
        if len(like) > 1:
            apart = [self((row,), (column,)) for row in rows for column in columns]
            if min(apart) <= 0 or not (self._may_join(0, rows) and self._may_join(1, columns)):
                return -_JOINING
        fits = fit(self.said(0, rows), self.said(1, columns), sum(like) / len(like), self._ratio)
        return fits - (_JOINING if len(like) > 1 else 0.0)

    def _may_join(self, place: int, numbers: tuple[int, ...]) -> bool:
        """Whether items stand under one heading and number, as what one edition prints as one item may in the other."""
        items = [self.sides[place][number].entries[0].item for number in numbers]
        return len({(item.kind, item.number, item.path) for item in items}) == 1

    def next_best(self, step: Step, ranges: Sequence[tuple[int, int]]) -> float:
        """How well the best other counterpart fits that either end of a step could have."""
        if len(step.one) > 1 or len(step.other) > 1:
            return 0.0
        (row,), (column,) = step.one, step.other
        beside = [self((row,), (there,)) for there in range(*ranges[row]) if there != column]
        above = [
            self((here,), (column,)) for here, (low, high) in enumerate(ranges) if low <= column < high and here != row
        ]
        return max([0.0, *beside, *above])


def pair_items(one: Side, other: Side, likeness: Likeness) -> ItemPairs:
    """Pair the items of two editions, each in reading order; `likeness` says how alike in meaning any two are, 0 to 1.

    Every item is in one pair or in none. The same items give the same pairs.
    """
    if not one.entries or not other.entries:
        return _told(one.entries, other.entries, ())
    fits = Fits(one, other, likeness)
    ranges = windows(likeness, len(other.entries))
    steps = align(ranges, len(other.entries), fits)
    steps += across(steps, len(one.entries), len(other.entries), fits)
    pairs = [_pair(step, fits, ranges, moved=step.moved) for step in sorted(steps, key=lambda step: step.one)]
    return _told(one.entries, other.entries, tuple(pairs))


def _pair(step: Step, fits: Fits, ranges: Sequence[tuple[int, int]], *, moved: bool) -> ItemPair:
    first, second = fits.said(0, step.one), fits.said(1, step.other)
    found = compare(first, second)
    if moved:
        place = Discrepancy(
            DiscrepancyCode.ORDER, "in another place", whole(first.entries[0]), whole(second.entries[0])
        )
        found = (place, *found)
    lead = step.score - fits.next_best(step, ranges)
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
