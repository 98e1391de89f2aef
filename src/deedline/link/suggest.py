"""Which pairs are worth a look: the union of what words, vectors and rare shared names bring, at any size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deedline.link.lexical import Ints, Scores
from deedline.link.prepare import Sides

SHOWN = 20  # candidates that each of words and vectors may bring for a query
_COMMON_NAME = 12  # a name held by more targets than this is not rare
_EXACT = 20_000  # beyond so many targets vectors only score what words and names bring
_STRIDE = 512  # queries compared with all targets at a time


@dataclass(frozen=True, slots=True)
class Choice:
    """A query's candidates: sorted indices into the targets, and how their words score."""

    targets: Ints
    scores: Scores


def suggest(sides: Sides, shown: int = SHOWN) -> list[Choice]:
    """For each query the targets worth scoring, at least `shown` of them where there are as many that share a word."""
    named = _by_name(sides)
    dense = _by_vector(sides, shown)
    chosen = []
    for number, bag in enumerate(sides.query.words):
        scores = sides.words.score(bag)
        found = {*_top(scores.bm25, shown).tolist(), *_top(scores.cosine, shown).tolist()}
        found.update(dense[number].tolist(), named.get(number, ()))
        targets = np.array(sorted(found), np.int64)
        chosen.append(Choice(targets, scores.at(targets)))
    return chosen


def _top(values: NDArray[np.float64] | NDArray[np.float32], count: int) -> Ints:
    """Indices of the highest values above zero, ties to the lower index."""
    if len(values) > count:
        bound = np.partition(values, -count)[-count]
        pool = np.flatnonzero(values >= bound)
    else:
        pool = np.arange(len(values))
    pool = pool[values[pool] > 0]
    return pool[np.argsort(-values[pool], kind="stable")][:count]


def _by_vector(sides: Sides, shown: int) -> list[Ints]:
    """Nearest targets by vector, exact, a stride of queries at a time so that memory stays bounded."""
    if len(sides.target.vectors) > _EXACT:
        return [np.zeros(0, np.int64)] * len(sides.query.vectors)
    found: list[Ints] = []
    vectors = sides.query.vectors
    for start in range(0, len(vectors), _STRIDE):
        likeness = vectors[start : start + _STRIDE] @ sides.target.vectors.T
        found.extend(_top(row, shown) for row in likeness)
    return found


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
