"""Words as runs of characters, their rarity, and an inverted index that scores one text against many.

Chinese prints no spaces and segmenters lose a quarter of the terms of Traditional text, so the index is over runs
of one to three ideographs; Latin words and numbers stay whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RUN = re.compile(r"[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?")
_COMMON = 4000  # a gram in more texts than this tells none from another, and would make the cost grow with the square
_SATURATION, _LENGTH_WEIGHT = 1.2, 0.75  # BM25's k1 and b, at their customary values


def grams(text: str, sizes: Sequence[int] = (1, 2, 3)) -> Counter[str]:
    """Runs of ideographs of the given sizes, and whole Latin words and numbers, of a folded text."""
    found: Counter[str] = Counter()
    for match in _RUN.finditer(text.lower()):
        run = match.group()
        if run[0].isascii():
            found[run] += 1
            continue
        for size in sizes:
            found.update(run[start : start + size] for start in range(len(run) - size + 1))
    return found


@dataclass(frozen=True, slots=True)
class Bag:
    """A text's distinct grams by number, sorted, and how often each occurs."""

    ids: Ints
    counts: Floats


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Grams of all texts that are compared, numbered; `weights` say how rare each is among them, never below zero."""

    numbers: dict[str, int]
    weights: Floats

    def bag(self, counted: Counter[str]) -> Bag:
        """A text by numbers; grams that no text of the vocabulary holds are left out."""
        ids = np.array([self.numbers.get(gram, -1) for gram in counted], np.int64)
        counts = np.array(list(counted.values()), np.float64)
        order = np.argsort(ids)[int((ids < 0).sum()) :]
        return Bag(ids[order], counts[order])

    def mass(self, bag: Bag) -> float:
        """The summed weight of the distinct grams."""
        return float(self.weights[bag.ids].sum())

    def norm(self, bag: Bag) -> float:
        """The length of the vector of weighted grams."""
        return float(np.sqrt(((self.weights[bag.ids] * (1 + np.log(bag.counts))) ** 2).sum()))


def vocabulary(texts: Sequence[Counter[str]]) -> Vocabulary:
    """Grams numbered in the order of their first text, the rarer the heavier."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(text.keys())
    counts = np.array(list(seen.values()), np.float64)
    weights = np.log((len(texts) + 1) / (counts + 0.5)).clip(0) if len(counts) else counts
    return Vocabulary({gram: number for number, gram in enumerate(seen)}, weights)


@dataclass(frozen=True, slots=True)
class Scores:
    """One text against every text of an index: arrays in the index's order.

    `bm25` is the usual score; `cosine` compares weighted grams; `asked` is the share of the query's weight that the
    other text holds, `held` the share of the other's weight that the query holds.
    """

    bm25: Floats
    cosine: Floats
    asked: Floats
    held: Floats

    def at(self, chosen: Ints) -> Scores:
        """The scores of some of the texts."""
        return Scores(self.bm25[chosen], self.cosine[chosen], self.asked[chosen], self.held[chosen])


class Index:
    """Postings of many texts' grams."""

    def __init__(self, bags: Sequence[Bag], words: Vocabulary) -> None:
        self.words, self.size = words, len(bags)
        owners = np.repeat(np.arange(len(bags)), [len(bag.ids) for bag in bags])
        ids = np.concatenate([np.zeros(0, np.int64), *(bag.ids for bag in bags)])
        counts = np.concatenate([np.zeros(0), *(bag.counts for bag in bags)])
        order = np.argsort(ids, kind="stable")
        self.owners, self.counts = owners[order], counts[order]
        self.bounds = np.searchsorted(ids[order], np.arange(len(words.numbers) + 1))
        lengths = np.array([bag.counts.sum() for bag in bags])
        mean = lengths.mean() if len(lengths) else 1.0
        self.damping = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / max(mean, 1.0))
        self.mass = np.array([words.mass(bag) for bag in bags]).clip(1e-9)
        self.norm = np.array([words.norm(bag) for bag in bags]).clip(1e-9)

    def _hits(self, bag: Bag) -> tuple[Ints, Ints]:
        """Rows of the postings of a bag's grams, and for each row the place of its gram in the bag."""
        starts, sizes = self.bounds[bag.ids], self.bounds[bag.ids + 1] - self.bounds[bag.ids]
        sizes = np.where(sizes <= _COMMON, sizes, 0)
        place = np.repeat(np.arange(len(bag.ids)), sizes)
        before = np.cumsum(sizes) - sizes
        return np.repeat(starts - before, sizes) + np.arange(len(place)), place

    def score(self, bag: Bag) -> Scores:
        """A bag against every text of the index."""
        rows, place = self._hits(bag)
        where, count = self.owners[rows], self.counts[rows]
        weight = self.words.weights[bag.ids][place]
        times = (1 + np.log(bag.counts))[place]
        shared = np.bincount(where, weight, self.size)
        product = np.bincount(where, weight**2 * times * (1 + np.log(count)), self.size)
        scored = np.bincount(where, weight * count * (_SATURATION + 1) / (count + self.damping[where]), self.size)
        return Scores(
            bm25=np.asarray(scored, np.float64),
            cosine=product / self.norm / max(self.words.norm(bag), 1e-9),
            asked=shared / max(self.words.mass(bag), 1e-9),
            held=shared / self.mass,
        )

    def shared(self, bag: Bag) -> Floats:
        """The summed weight of the grams that each text of the index shares with a bag."""
        rows, place = self._hits(bag)
        return np.asarray(np.bincount(self.owners[rows], self.words.weights[bag.ids][place], self.size), np.float64)
