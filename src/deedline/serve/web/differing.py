"""Two wordings side by side: which runs of words one has and the other has not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import lru_cache
from itertools import accumulate, takewhile

_TOKEN = re.compile(r"[A-Za-z]+|\d[\d,. ]*\d|\d|\s+|.", re.S)
_MOST = 4000  # characters; beyond these, two wordings are shown without marks
_MOST_STEPS = 2_000_000  # of comparing: some tenths of a second; what has too much in common is shown without marks


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words; `own` where the other wording lacks it."""

    text: str
    own: bool


@lru_cache(maxsize=2048)
def differences(earlier: str, later: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both wordings as runs; words, whole figures and single ideographs are what is compared."""
    if max(len(earlier), len(later)) > _MOST:
        return (Run(earlier, False),), (Run(later, False),)
    one, other = _TOKEN.findall(earlier), _TOKEN.findall(later)
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    here, there = one[head : len(one) - tail], other[head : len(other) - tail]
    left, right = [Run("".join(one[:head]), False)], [Run("".join(other[:head]), False)]
    try:
        for kind, a, b, c, d in _Bounded(here, there).get_opcodes():
            left.append(Run("".join(here[a:b]), kind != "equal"))
            right.append(Run("".join(there[c:d]), kind != "equal"))
    except _TooMuchInCommonError:
        return (Run(earlier, False),), (Run(later, False),)
    left.append(Run("".join(one[len(one) - tail :]), False))
    right.append(Run("".join(other[len(other) - tail :]), False))
    return tuple(run for run in left if run.text), tuple(run for run in right if run.text)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


class _TooMuchInCommonError(Exception):
    """To compare these would take too long."""


class _Bounded(SequenceMatcher[str]):
    """A SequenceMatcher that gives up in good time: its work may grow with the cube of what it is given."""

    def __init__(self, one: list[str], other: list[str]) -> None:
        super().__init__(None, one, other, autojunk=False)
        counts = Counter(other)
        self._pairs = [0, *accumulate(counts[word] for word in one)]  # so many of `other` are as one of one[:n]
        self._left = _MOST_STEPS

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """As SequenceMatcher does; what one call compares at most is taken from what is left."""
        self._left -= self._pairs[-1 if ahi is None else ahi] - self._pairs[alo]
        if self._left < 0:
            raise _TooMuchInCommonError
        return super().find_longest_match(alo, ahi, blo, bhi)
