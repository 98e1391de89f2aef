"""How well an item of one edition fits one of the other: a sum of what speaks for and against, above 0 where it does.

All of it holds in any two languages but the likeness of meaning, which is given. The weights were set by hand: no
labelled pairs of real bilingual documents were at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from typing import TypeVar

from deedline.pair.folding import Figure, Said, Time, same_time, same_value

_MEANING, _UNRELATED = 10.0, 0.36  # what likeness counts, and the likeness from which it speaks for a pair
_SPREAD = 0.35  # of the logarithm of lengths, about the ratio of the two languages

T = TypeVar("T", Figure, Time)


def fit(one: Said, other: Said, likeness: float, ratio: float) -> float:
    """How well two items fit; `ratio` is how many characters the other language takes for one of the first."""
    first, second = one.entries[0].item, other.entries[0].item
    found = _MEANING * (likeness - _UNRELATED)
    if first.kind != second.kind:
        found -= 6.0
    if first.number or second.number:
        found += 0.8 if first.number == second.number else -0.4
        found += 0.4 if first.part == second.part else -0.2
    if first.batch != second.batch:
        found -= 1.0
    if one.body_ids or other.body_ids:
        share = len(one.body_ids & other.body_ids) / len(one.body_ids | other.body_ids)
        found += 1.4 * share - 0.5
    found += _shared(one.times, other.times, same_time, 1.5)
    found += _shared((*one.figures, *one.reported_figures), (*other.figures, *other.reported_figures), same_value, 1.8)
    if one.reported != other.reported:
        found -= 0.8
    elif one.reported:
        found += 0.3 if one.status == other.status else -0.2
    if one.tokens and other.tokens:
        found += 0.6 * len(one.tokens & other.tokens) / min(len(one.tokens), len(other.tokens))
    off = abs(log(max(other.length, 1) / max(one.length, 1) / ratio)) / _SPREAD
    return found - 0.2 * min(max(off - 1.0, 0.0), 4.0)


def _shared(one: Sequence[T], other: Sequence[T], same: Callable[[T, T], bool], weight: float) -> float:
    if not one and not other:
        return 0.0
    if not one or not other:
        return -0.3
    left = list(other)
    met = 0
    for each in one:
        found = next((place for place, that in enumerate(left) if same(each, that)), None)
        if found is not None:
            del left[found]
            met += 1
    return weight * met / max(len(one), len(other)) - 0.4
