"""How the clauses of two texts meet: what each promises first, and the two clauses that are most alike.

A text opens with what is promised and ends with what it is good for. Two measures often share the end alone: that
rain may be weathered, that universities may compute.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deedline.link.lexical import Floats, Ids, Shelf
from deedline.link.prepare import Sides
from deedline.link.rows import Ints, spans_of


@dataclass(frozen=True, slots=True)
class _Laid:
    """Clauses of several targets laid end to end: their grams with weights, where each clause starts, what it weighs,
    whose it is."""

    words: Shelf
    ids: Ids
    starts: Ints
    mass: Floats
    owner: Ints

    def shared(self, ids: Ids) -> Floats:
        """Of each clause the weight of the grams that are among those given."""
        return np.asarray(np.add.reduceat(self.words.weights_met(ids, self.ids), self.starts))


def clause_features(sides: Sides, number: int, chosen: Ints) -> dict[str, Floats]:
    """For one query and its candidates, each 0 to 1 by the weight of rare grams: how much of the query's first clause
    the target holds, of the target's first the query, the less of the two; of the target's clauses the best held; and
    how much of each other the two most alike clauses hold."""
    nothing = np.zeros(len(chosen))
    laid, words = _laid(sides, chosen), sides.query.words[number]
    asking = [ids for ids in sides.query.clauses[number] if len(ids)]
    if laid is None or not asking:
        names = ("first_asked", "first_held", "first_least", "best_held", "clause_pair")
        return dict.fromkeys(names, nothing)
    known = sides.words.words
    first_asked = sides.words.shared(asking[0], sides.words.gather(chosen)) / max(known.mass(asking[0]), 1e-9)
    held = laid.shared(words.ids) / laid.mass
    first_held, best, pair = nothing.copy(), nothing.copy(), nothing.copy()
    first_held[laid.owner[::-1]] = held[::-1]  # of a target's clauses the first is written last
    np.maximum.at(best, laid.owner, held)
    for ids in asking:
        shared = laid.shared(ids)
        np.maximum.at(pair, laid.owner, shared / np.maximum(laid.mass, known.mass(ids)))
    return {
        "first_asked": first_asked,
        "first_held": first_held,
        "first_least": np.minimum(first_asked, first_held),
        "best_held": best,
        "clause_pair": pair,
    }


def _laid(sides: Sides, chosen: Ints) -> _Laid | None:
    """The clauses of the chosen targets; None where they print nothing that can be compared."""
    clauses, owner = sides.target.clauses.of(chosen)
    if not len(clauses):
        return None
    grams = sides.target.clauses.grams
    ids, _ = grams.gather(clauses)
    starts, _ = spans_of(grams.sizes[clauses])
    return _Laid(
        words=sides.words,
        ids=ids,
        starts=starts,
        mass=np.add.reduceat(sides.words.words.weights[ids], starts).clip(1e-9),
        owner=owner,
    )
