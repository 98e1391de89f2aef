"""Words as runs of characters, their rarity, and an inverted index that scores one text against many.

Chinese prints no spaces and segmenters lose a quarter of the terms of Traditional text, so the index is over runs
of one to three ideographs; Latin words and numbers stay whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RUN = re.compile(r"[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?")
_MOST_MET = 16_000  # entries of the index that one text may meet, so that its cost does not grow with the others
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

    ids: NDArray[np.int32]
    counts: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Grams of all texts that are compared, numbered; `weights` say how rare each is among them, never below zero."""

    numbers: dict[str, int]
    weights: Floats

    def bag(self, counted: Counter[str]) -> Bag:
        """A text by numbers; grams that no text of the vocabulary holds are left out."""
        ids = np.array(list(map(self.numbers.get, counted, repeat(-1))), np.int32)
        counts = np.array(list(counted.values()), np.int32)
        order = np.argsort(ids)[int((ids < 0).sum()) :]
        return Bag(ids[order], counts[order])

    def mass(self, bag: Bag) -> float:
        """The summed weight of the distinct grams."""
        return float(self.weights[bag.ids].sum())

    def norm(self, bag: Bag) -> float:
        """The length of the vector of weighted grams."""
        return float(np.sqrt(((self.weights[bag.ids] * (1 + np.log(bag.counts))) ** 2).sum()))


def vocabulary(texts: Iterable[Counter[str]]) -> Vocabulary:
    """Grams numbered in the order of their first text, the rarer the heavier."""
    seen: Counter[str] = Counter()
    total = 0
    for text in texts:
        seen.update(text.keys())
        total += 1
    counts = np.array(list(seen.values()), np.float64)
    weights = np.log((total + 1) / (counts + 0.5)).clip(0) if len(counts) else counts
    return Vocabulary({gram: number for number, gram in enumerate(seen)}, weights)


@dataclass(frozen=True, slots=True)
class Scores:
    """One text against others, in their order.

    `bm25` is the usual score; `cosine` compares weighted grams; `asked` is the share of the query's weight that the
    other text holds, `held` the share of the other's weight that the query holds.
    """

    bm25: Floats
    cosine: Floats
    asked: Floats
    held: Floats


@dataclass(frozen=True, slots=True)
class Gathered:
    """Some of the texts of a shelf with their grams side by side: `place` says to which of the chosen each belongs."""

    chosen: Ints
    ids: NDArray[np.int32]
    counts: NDArray[np.int32]
    place: Ints


class Shelf:
    """Many texts' grams, text by text, to be compared with a text a few at a time."""

    def __init__(self, bags: Sequence[Bag], words: Vocabulary) -> None:
        self.words, self.size = words, len(bags)
        self.sizes = np.array([len(bag.ids) for bag in bags], np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.ids = np.concatenate([np.zeros(0, np.int32), *(bag.ids for bag in bags)])
        self.counts = np.concatenate([np.zeros(0, np.int32), *(bag.counts for bag in bags)])
        lengths = np.array([bag.counts.sum() for bag in bags])
        mean = lengths.mean() if len(lengths) else 1.0
        self.damping = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / max(mean, 1.0))
        self.mass = np.array([words.mass(bag) for bag in bags]).clip(1e-9)
        self.norm = np.array([words.norm(bag) for bag in bags]).clip(1e-9)
        self._asked = np.zeros(len(words.numbers))

    def gather(self, chosen: Ints) -> Gathered:
        """The grams of some of the texts."""
        rows, place = _stretches(self.starts[chosen], self.sizes[chosen])
        return Gathered(chosen, self.ids[rows], self.counts[rows], place)

    def _met(self, bag: Bag, values: Floats, gathered: Gathered) -> Floats:
        """For each gathered gram its value in the bag, zero where the bag does not hold it."""
        self._asked[bag.ids] = values
        met = self._asked[gathered.ids]
        self._asked[bag.ids] = 0
        return met

    def shared(self, bag: Bag, gathered: Gathered) -> Floats:
        """The summed weight of the grams that each gathered text shares with a bag."""
        met = self._met(bag, self.words.weights[bag.ids], gathered)
        return np.asarray(np.bincount(gathered.place, met, len(gathered.chosen)), np.float64)

    def score(self, bag: Bag, gathered: Gathered) -> Scores:
        """A bag against each gathered text."""
        times = self._met(bag, 1 + np.log(bag.counts), gathered)
        rows = np.flatnonzero(times)
        place, count, times = gathered.place[rows], gathered.counts[rows], times[rows]
        weight, damping = self.words.weights[gathered.ids[rows]], self.damping[gathered.chosen]
        size = len(gathered.chosen)
        shared = np.bincount(place, weight, size)
        product = np.bincount(place, weight**2 * times * (1 + np.log(count)), size)
        scored = np.bincount(place, weight * count * (_SATURATION + 1) / (count + damping[place]), size)
        return Scores(
            bm25=np.asarray(scored, np.float64),
            cosine=product / self.norm[gathered.chosen] / max(self.words.norm(bag), 1e-9),
            asked=shared / max(self.words.mass(bag), 1e-9),
            held=shared / self.mass[gathered.chosen],
        )


class Index:
    """An inverted index: for each gram the texts of a shelf that hold it."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        order = np.argsort(shelf.ids, kind="stable")
        self.owners = np.repeat(np.arange(shelf.size, dtype=np.int32), shelf.sizes)[order]
        self.counts = shelf.counts[order]
        self.bounds = np.searchsorted(shelf.ids[order], np.arange(len(shelf.words.numbers) + 1))

    def best(self, bag: Bag, count: int) -> set[int]:
        """The texts that come first by BM25 and by cosine, so many of each.

        The rarest grams are looked up first, and no more once so many texts were met that the others, common ones,
        would hardly change who comes first: a text costs about the same among thousands as among hundreds.
        """
        shelf = self.shelf
        starts, sizes = self.bounds[bag.ids], self.bounds[bag.ids + 1] - self.bounds[bag.ids]
        rarest = np.argsort(sizes, kind="stable")
        sizes[rarest[np.cumsum(sizes[rarest]) > _MOST_MET]] = 0
        rows, place = _stretches(starts, sizes)
        where, held = self.owners[rows], self.counts[rows]
        weight = shelf.words.weights[bag.ids][place]
        times = (1 + np.log(bag.counts))[place]
        cosine = np.bincount(where, weight**2 * times * (1 + np.log(held)), shelf.size) / shelf.norm
        bm25 = np.bincount(where, weight * held * (_SATURATION + 1) / (held + shelf.damping[where]), shelf.size)
        return {number for scores in (bm25, cosine) for number in top(np.asarray(scores, np.float64), count).tolist()}


def top(values: NDArray[np.float64] | NDArray[np.float32], count: int) -> Ints:
    """Indices of the highest values above zero, ties to the lower index."""
    pool = np.flatnonzero(values > 0)
    if len(pool) > count:
        held = values[pool]
        pool = pool[held >= np.partition(held, -count)[-count]]
    return pool[np.argsort(-values[pool], kind="stable")][:count]


def _stretches(starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """The numbers of several stretches of rows in one array, and for each row the number of its stretch."""
    place = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(len(place)), place
