"""Which pairs are worth a look: the union of what words, vectors and rare shared names bring, at any size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from deedline.link.lexical import top
from deedline.link.prepare import Sides
from deedline.link.rows import Ints

SHOWN = 20  # candidates that each of words and vectors may bring for a query
_COMMON_NAME = 12  # a name held by more targets than this is not rare
_EXACT = 100_000  # beyond so many targets vectors only score what words and names bring
_CELLS = 8_000_000  # likenesses of queries and targets held at a time
_STRIDE = 512  # queries compared with all targets at a time, where there are few targets


def suggest(sides: Sides, shown: int = SHOWN) -> list[Ints]:
    """For each query the targets worth scoring, sorted: at least `shown` where there are as many that share a word."""
    named = _by_name(sides)
    chosen = []
    for number, near in enumerate(_by_vector(sides, shown)):
        found = sides.index.best(sides.query.words[number], shown)
        found.update(near.tolist(), named.get(number, ()))
        chosen.append(np.array(sorted(found), np.int64))
    return chosen


def _by_vector(sides: Sides, shown: int) -> Iterator[Ints]:
    """Nearest targets by vector, exact, a stride of queries at a time so that memory stays bounded."""
    vectors, others = sides.query.vectors, sides.target.vectors
    if len(others) > _EXACT:
        yield from [np.zeros(0, np.int64)] * len(vectors)
        return
    stride = min(_STRIDE, max(1, _CELLS // max(len(others), 1)))
    for start in range(0, len(vectors), stride):
        likeness = vectors[start : start + stride] @ others.T
        for row in likeness:
            yield top(row, shown)


def _by_name(sides: Sides) -> dict[int, set[int]]:
    """Targets that print a rare name which the query prints too."""
    printed: dict[str, list[int]] = defaultdict(list)
    for other, names in enumerate(sides.target.names):
        for name in names:
            printed[name].append(other)
    found: dict[int, set[int]] = defaultdict(set)
    for number, names in enumerate(sides.query.names):
        for name in names:
            if len(printed.get(name, ())) <= _COMMON_NAME:
                found[number].update(printed.get(name, ()))
    return found
