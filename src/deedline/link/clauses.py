"""How the clauses of two texts meet: what each promises first, and the two clauses that are most alike.

A text opens with what is promised and ends with what it is good for. Two measures often share the end alone: that
rain may be weathered, that universities may compute.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deedline.link.lexical import Bag, Floats, Ints
from deedline.link.prepare import Sides


@dataclass(frozen=True, slots=True)
class _Clauses:
    """Clauses of several targets laid end to end: their grams with weights, where each clause starts, what it weighs,
    whose it is."""

    ids: NDArray[np.int32]
    weights: Floats
    starts: Ints
    mass: Floats
    owner: Ints

    def shared(self, bag: Bag) -> Floats:
        """Of each clause the weight of the grams that a text holds."""
        place = np.searchsorted(bag.ids, self.ids)
        held = bag.ids[np.minimum(place, len(bag.ids) - 1)] == self.ids
        return np.asarray(np.add.reduceat(self.weights * held, self.starts))


def clause_features(sides: Sides, number: int, chosen: Ints) -> dict[str, Floats]:
    """For one query and its candidates, each 0 to 1 by the weight of rare grams: how much of the query's first clause
    the target holds, of the target's first the query, the less of the two; of the target's clauses the best held; and
    how much of each other the two most alike clauses hold."""
    nothing = np.zeros(len(chosen))
    laid, words = _laid(sides, chosen), sides.query.words[number]
    asking = [bag for bag in sides.query.clauses[number] if len(bag.ids)]
    if laid is None or not asking:
        names = ("first_asked", "first_held", "first_least", "best_held", "clause_pair")
        return dict.fromkeys(names, nothing)
    known = sides.words.words
    first_asked = sides.words.shared(asking[0], sides.words.gather(chosen)) / max(known.mass(asking[0]), 1e-9)
    held = laid.shared(words) / laid.mass
    first_held, best, pair = nothing.copy(), nothing.copy(), nothing.copy()
    first_held[laid.owner[::-1]] = held[::-1]  # of a target's clauses the first is written last
    np.maximum.at(best, laid.owner, held)
    for bag in asking:
        shared = laid.shared(bag)
        np.maximum.at(pair, laid.owner, shared / np.maximum(laid.mass, known.mass(bag)))
    return {
        "first_asked": first_asked,
        "first_held": first_held,
        "first_least": np.minimum(first_asked, first_held),
        "best_held": best,
        "clause_pair": pair,
    }


def _laid(sides: Sides, chosen: Ints) -> _Clauses | None:
    """The clauses of the chosen targets; None where they print nothing that can be compared."""
    known = sides.words.words
    bags = [(place, bag) for place, other in enumerate(chosen) for bag in sides.target.clauses[other] if len(bag.ids)]
    if not bags:
        return None
    ids = np.concatenate([bag.ids for _, bag in bags])
    starts = np.concatenate([[0], np.cumsum([len(bag.ids) for _, bag in bags])[:-1]]).astype(np.int64)
    weights = known.weights[ids]
    return _Clauses(
        ids=ids,
        weights=weights,
        starts=starts,
        mass=np.add.reduceat(weights, starts).clip(1e-9),
        owner=np.array([place for place, _ in bags], np.int64),
    )
