"""Words as runs of characters, their rarity, and an inverted index that scores one text against many.

Chinese prints no spaces and segmenters lose a quarter of the terms of Traditional text, so the index is over runs
of one to three ideographs; Latin words and numbers stay whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from deedline.link.rows import Ints, Rows, rows_of, stretches

Floats = NDArray[np.float64]
Ids = NDArray[np.int32]

_RUN = re.compile(r"[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?")
_MOST_MET = 16_000  # entries of the index that one text may meet, so that its cost does not grow with the others
_SATURATION, _LENGTH_WEIGHT = 1.2, 0.75  # BM25's k1 and b, at their customary values
_GROUPS = 512  # of so many groups of values the highest are looked at first, to find the highest of all


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

    ids: Ids
    counts: Ids


@dataclass(frozen=True, slots=True)
class Bags:
    """Bags of many texts in order: the numbers of their grams, and in the same places how often each occurs."""

    ids: Rows[np.int32]
    counts: Ids

    def __getitem__(self, number: int) -> Bag:
        start = self.ids.starts[number]
        return Bag(self.ids[number], self.counts[start : start + self.ids.sizes[number]])


def bags_of(listed: Iterable[Bag]) -> Bags:
    """Bags taken one by one."""
    counts = bytearray()

    def ids() -> Iterable[Ids]:
        for bag in listed:
            counts.extend(bag.counts.tobytes())
            yield bag.ids

    rows = rows_of(ids(), np.int32)
    return Bags(rows, np.frombuffer(counts, np.int32))


def numbered(counted: Counter[str], numbers: dict[str, int]) -> Bag:
    """A text by numbers; a gram that has none yet is given the next."""
    return _bag([numbers.setdefault(gram, len(numbers)) for gram in counted], counted)


def _bag(ids: Sequence[int], counted: Counter[str]) -> Bag:
    """A bag of the grams that have a number, which is not below zero."""
    numbers, counts = np.array(ids, np.int32), np.array(list(counted.values()), np.int32)
    order = np.argsort(numbers)[int((numbers < 0).sum()) :]
    return Bag(numbers[order], counts[order])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Grams of all texts that are compared, numbered; `weights` say how rare each is among them, never below zero."""

    numbers: Mapping[str, int]
    weights: Floats

    def bag(self, counted: Counter[str]) -> Bag:
        """A text by numbers; grams that no text of the vocabulary holds are left out."""
        return _bag(list(map(self.numbers.get, counted, repeat(-1))), counted)

    def mass(self, ids: Ids) -> float:
        """The summed weight of grams."""
        return float(self.weights[ids].sum())

    def norm(self, bag: Bag) -> float:
        """The length of the vector of weighted grams."""
        return float(np.sqrt(((self.weights[bag.ids] * (1 + np.log(bag.counts))) ** 2).sum()))


def vocabulary(numbers: Mapping[str, int], *texts: Bags) -> Vocabulary:
    """The numbered grams of some texts, the rarer the heavier."""
    counts = sum(np.bincount(bags.ids.values, minlength=len(numbers)) for bags in texts)
    total = sum(len(bags.ids) for bags in texts)
    return Vocabulary(numbers, np.log((total + 1) / (counts + 0.5)).clip(0))


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
    ids: Ids
    counts: Ids
    place: Ints


class Shelf:
    """Many texts' grams, text by text, to be compared with a text a few at a time."""

    def __init__(self, bags: Bags, words: Vocabulary) -> None:
        self.words, self.bags, self.size = words, bags, len(bags.ids)
        each = [bags[number] for number in range(self.size)]
        lengths = np.array([bag.counts.sum() for bag in each])
        mean = lengths.mean() if len(lengths) else 1.0
        self.damping = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / max(mean, 1.0))
        self.mass = np.array([words.mass(bag.ids) for bag in each]).clip(1e-9)
        self.norm = np.array([words.norm(bag) for bag in each]).clip(1e-9)
        self._asked = np.zeros(len(words.numbers))

    def gather(self, chosen: Ints) -> Gathered:
        """The grams of some of the texts."""
        ids = self.bags.ids
        places, owner = stretches(ids.starts[chosen], ids.sizes[chosen])
        return Gathered(chosen, ids.values[places], self.bags.counts[places], owner)

    def met(self, ids: Ids, values: Floats, among: Ids) -> Floats:
        """For each of `among` its value in `values`, which go with `ids`; zero where it is none of those."""
        self._asked[ids] = values
        met = self._asked[among]
        self._asked[ids] = 0
        return met

    def weights_met(self, ids: Ids, among: Ids) -> Floats:
        """The weight of each of `among` that is one of `ids`, zero of the others."""
        return self.met(ids, self.words.weights[ids], among)

    def shared(self, ids: Ids, gathered: Gathered) -> Floats:
        """The summed weight of the given grams that each gathered text holds."""
        met = self.weights_met(ids, gathered.ids)
        return np.asarray(np.bincount(gathered.place, met, len(gathered.chosen)), np.float64)

    def score(self, bag: Bag, gathered: Gathered) -> Scores:
        """A bag against each gathered text."""
        times = self.met(bag.ids, 1 + np.log(bag.counts), gathered.ids)
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
            asked=shared / max(self.words.mass(bag.ids), 1e-9),
            held=shared / self.mass[gathered.chosen],
        )


class Index:
    """An inverted index: for each gram the texts of a shelf that hold it."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        ids = shelf.bags.ids
        order = np.argsort(ids.values, kind="stable")
        self.owners = np.repeat(np.arange(shelf.size, dtype=np.int32), ids.sizes)[order]
        self.counts = shelf.bags.counts[order]
        self.bounds = np.searchsorted(ids.values[order], np.arange(len(shelf.words.numbers) + 1))

    def best(self, bag: Bag, count: int) -> set[int]:
        """The texts that come first by BM25 and by cosine, so many of each.

        The rarest grams are looked up first, and no more once so many texts were met that the others, common ones,
        would hardly change who comes first: a text costs about the same among thousands as among hundreds.
        """
        shelf = self.shelf
        starts, sizes = self.bounds[bag.ids], self.bounds[bag.ids + 1] - self.bounds[bag.ids]
        rarest = np.argsort(sizes, kind="stable")
        sizes[rarest[np.cumsum(sizes[rarest]) > _MOST_MET]] = 0
        rows, place = stretches(starts, sizes)
        where, held = self.owners[rows], self.counts[rows]
        weight = shelf.words.weights[bag.ids][place]
        times = (1 + np.log(bag.counts))[place]
        cosine = np.bincount(where, weight**2 * times * (1 + np.log(held)), shelf.size) / shelf.norm
        bm25 = np.bincount(where, weight * held * (_SATURATION + 1) / (held + shelf.damping[where]), shelf.size)
        return {number for scores in (bm25, cosine) for number in top(np.asarray(scores, np.float64), count).tolist()}


def top(values: NDArray[np.float64] | NDArray[np.float32], count: int) -> Ints:
    """Indices of the highest values above zero, ties to the lower index."""
    pool = np.flatnonzero(values >= _bound(values, count))
    pool = pool[values[pool] > 0]
    if len(pool) > count:
        held = values[pool]
        pool = pool[held >= np.partition(held, -count)[-count]]
    return pool[np.argsort(-values[pool], kind="stable")][:count]


def _bound(values: NDArray[np.float64] | NDArray[np.float32], count: int) -> float:
    """What so many values reach at least: the last of that many highest of groups. Costs one look at each value."""
    whole = len(values) // _GROUPS * _GROUPS
    if not whole or count > _GROUPS:
        return 0.0
    highest = values[:whole].reshape(-1, _GROUPS).max(axis=0)
    return max(0.0, float(np.partition(highest, -count)[-count]))
