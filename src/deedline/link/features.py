"""What is measured of a pair: features that a person understands, all in one table with their names.

A pair is a query (a proposal, or the later of two commitments) and a target. Everything is computed for the query's
candidates alone, so the cost grows with the number of queries and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deedline.link.clauses import clause_features
from deedline.link.lexical import Floats, Gathered
from deedline.link.prepare import Side, Sides
from deedline.link.rows import Ints, Rows

_DOUBLE = 300_000  # pairs kept in double precision, more than any documents have that were labelled
_CLOSE = 0.45  # below this likeness two tokens share no meaning; what is above it counts
_TOGETHER = ("blend", "cosine", "meaning_asked", "vector", "held", "bm25")  # for which choices compete
_AMONG = (
    *(f"{name}_{part}" for name in _TOGETHER for part in ("rank", "gap", "back_rank", "back_gap")),
    *("best_blend", "siblings_mean", "siblings_best", "section_mean", "section_best"),
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs, sorted by query, then target: indices into the two sides, and the table of features.

    Up to some hundred thousand pairs the table is in double precision, beyond in single, for it fills the memory.
    """

    query: Ints
    target: Ints
    names: tuple[str, ...]
    table: NDArray[np.floating[Any]]

    def column(self, name: str) -> Floats:
        """One feature of every pair."""
        return np.asarray(self.table[:, self.names.index(name)], np.float64)


def measure(sides: Sides, choices: Sequence[Ints]) -> Pairs:
    """The features of each query with each of its candidates."""
    query = np.repeat(np.arange(len(choices)), [len(chosen) for chosen in choices])
    target = np.concatenate([np.zeros(0, np.int64), *choices])
    names: tuple[str, ...] = ()
    table: NDArray[np.floating[Any]] = np.zeros((0, 0))
    row = 0
    for number, chosen in enumerate(choices):
        own = _own(sides, number, chosen)
        if not names:
            names = (*own, "blend", *_AMONG)
            kind = np.dtype(np.float64 if len(target) <= _DOUBLE else np.float32)
            table = np.zeros((len(target), len(names)), kind)
        table[row : row + len(chosen), : len(own)] = np.stack(list(own.values()), axis=1)
        row += len(chosen)
    pairs = Pairs(query, target, names, table)
    if names:
        column = pairs.column
        blend = column("cosine") * 2 + column("meaning_asked") * 3 + column("meaning_held") * 3 + column("vector")
        table[:, names.index("blend")] = blend
        for name, values in _competition(pairs, sides):
            table[:, names.index(name)] = values
    return pairs


def _own(sides: Sides, number: int, chosen: Ints) -> dict[str, Floats]:
    """What is measured of each of a query's pairs by itself."""
    words, headings = sides.words.gather(chosen), sides.headings.gather(chosen)
    return {
        **_words(sides, number, words),
        **_meaning(sides, number, chosen),
        **_context(sides, number, words, headings),
        **_form(sides, number, chosen),
        **clause_features(sides, number, chosen),
    }


def _words(sides: Sides, number: int, among: Gathered) -> dict[str, Floats]:
    """Overlap of grams weighted by rarity: whole texts, long runs, the best and the worst met clause, names."""
    query, target = sides.query, sides.target
    known, words = sides.words.words, query.words[number]
    scores = sides.words.score(words, among)
    met = [sides.words.shared(ids, among) / max(known.mass(ids), 1e-9) for ids in query.clauses[number]]
    return {
        "cosine": scores.cosine,
        "asked": scores.asked,
        "held": scores.held,
        "bm25": scores.bm25 / max(known.mass(words.ids), 1e-9),
        "runs": np.log1p(_shared_runs(query.runs[number], target.runs, among.chosen)),
        "best_clause": np.max(met, axis=0),
        "worst_clause": np.min(met, axis=0),
        "names": np.array([_shared_names(query, number, target, other) for other in among.chosen.tolist()], np.float64),
    }


def _shared_runs(own: NDArray[np.uint64], others: Rows[np.uint64], chosen: Ints) -> Ints:
    """How many of one text's runs of characters each of the chosen others holds."""
    if not len(own):
        return np.zeros(len(chosen), np.int64)
    runs, owner = others.gather(chosen)
    held = own[np.minimum(np.searchsorted(own, runs), len(own) - 1)] == runs
    return np.bincount(owner[held], minlength=len(chosen))


def _shared_names(query: Side, number: int, target: Side, other: int) -> float:
    """Printed names of either text that the other holds, longer ones counting more, damped."""
    held = [name for name in query.names[number] if name in target.bare[other]]
    held += [name for name in target.names[other] if name in query.bare[number] and name not in held]
    return float(np.log1p(sum(len(name) for name in held)))


def _meaning(sides: Sides, number: int, chosen: Ints) -> dict[str, Floats]:
    """Likeness of vectors: whole texts, and token by token in both directions (each finds its best counterpart)."""
    query, target = sides.query, sides.target
    (states,), weights = query.states.of([number]), query.weights[number]
    whole = target.vectors[chosen] @ query.vectors[number]
    others = target.states.of(chosen.tolist())
    lengths = np.array([len(other) for other in others])
    if not len(states) or not lengths.sum():
        nothing = np.zeros(len(chosen))
        return {"vector": whole.astype(np.float64), "meaning_asked": nothing, "meaning_held": nothing, "unmet": nothing}
    joined = np.concatenate(others)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    likeness = joined @ states.T
    best = np.maximum.reduceat(likeness, starts, axis=0)
    close = np.maximum(best - _CLOSE, 0)
    back = np.maximum(likeness.max(axis=1) - _CLOSE, 0)
    other_weights, _ = target.weights.gather(chosen)
    held = np.add.reduceat(back * other_weights, starts) / np.add.reduceat(other_weights, starts)
    return {
        "vector": whole.astype(np.float64),
        "meaning_asked": close @ weights / weights.sum(),
        "meaning_held": held,
        "unmet": (best < _CLOSE) @ weights / weights.sum(),
    }


def _context(sides: Sides, number: int, texts: Gathered, above: Gathered) -> dict[str, Floats]:
    """What stands above and around: headings against texts and headings, the bodies that own both."""
    query, target, chosen = sides.query, sides.target, texts.chosen
    heading, words = query.heading_words[number].ids, query.words[number].ids
    known, mass = sides.words.words, sides.headings.mass[chosen]
    owners, others = query.bodies[number], [target.bodies[other] for other in chosen.tolist()]
    return {
        "heading_in_text": sides.words.shared(heading, texts) / max(known.mass(heading), 1e-9),
        "text_in_heading": sides.headings.shared(words, above) / mass,
        "headings": sides.headings.shared(heading, above) / mass,
        "heading_vectors": (target.heading_vectors[chosen] @ query.heading_vectors[number]).astype(np.float64),
        "heading_to_text": (target.vectors[chosen] @ query.heading_vectors[number]).astype(np.float64),
        "text_to_heading": (target.heading_vectors[chosen] @ query.vectors[number]).astype(np.float64),
        "same_body": np.array(
            [len(owners & other) / len(owners | other) if owners and other else 0 for other in others]
        ),
    }


def _form(sides: Sides, number: int, chosen: Ints) -> dict[str, Floats]:
    """Kinds of action, figures and times in common, length, kind of item."""
    query, target = sides.query, sides.target
    size, sizes = max(int(query.lengths[number]), 1), np.maximum(target.lengths[chosen], 1)
    figures = query.figures[number]
    return {
        "actions": _agreement(query.actions[number], target.actions[chosen]),
        "leading_actions": _agreement(query.leading[number], target.leading[chosen]),
        "leading_asked": target.actions[chosen] @ query.leading[number] / max(query.leading[number].sum(), 1),
        "figures": np.array([_shared_figures(figures, target.figures[other]) for other in chosen.tolist()]),
        "query_length": np.full(len(chosen), np.log(size)),
        "target_length": np.log(sizes),
        "length_ratio": np.abs(np.log(sizes / size)),
        "clauses": np.full(len(chosen), np.log(max(query.clauses.sizes[number], 1))),
        "indicator": target.indicators[chosen],
    }


def _agreement(one: Floats, many: Floats) -> Floats:
    """Cosine of one row of marks with each of many."""
    return np.asarray(many @ one / np.sqrt(max(one.sum(), 1) * many.sum(axis=1).clip(1)))


def _shared_figures(one: frozenset[object], other: frozenset[object]) -> float:
    """Share of the printed times and figures that agree in value, of those of the text that has fewer."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _competition(pairs: Pairs, sides: Sides) -> Iterator[tuple[str, Floats]]:
    """How a pair stands among the query's other choices, the target's other suitors, and their neighbours.

    A measure and an indicator do not compete: one undertaking may well be both.
    """
    rivals = pairs.query * 2 + (pairs.column("indicator") > 0)
    blend = pairs.column("blend")
    for name in _TOGETHER:
        values = pairs.column(name)
        rank, gap = _standing(values, rivals)
        yield f"{name}_rank", rank
        yield f"{name}_gap", gap
        if name == "blend":
            yield "best_blend", blend - gap
        rank, gap = _standing(values, pairs.target)
        yield f"{name}_back_rank", rank
        yield f"{name}_back_gap", gap
    yield from _neighbours(blend, pairs.query, pairs.target, sides)


def _standing(values: Floats, group: Ints) -> tuple[Floats, Floats]:
    """Rank within the group (0 the best; damped) and the lead over the best other, negative behind the best."""
    ranks, gaps = np.zeros(len(values)), np.zeros(len(values))
    if not len(values):
        return ranks, gaps
    order = np.lexsort((-values, group))
    starts, sizes = _groups_of(group[order])
    first = np.repeat(starts, sizes)
    ranks[order] = np.log1p(np.arange(len(order)) - first)
    gaps[order] = values[order] - values[order[first]]
    led = starts[sizes > 1]
    gaps[order[led]] = values[order[led]] - values[order[led + 1]]
    return ranks, gaps


def _groups_of(ordered: Ints) -> tuple[Ints, Ints]:
    """Where each run of equal numbers starts, and how long it is."""
    starts = np.flatnonzero(np.r_[True, np.diff(ordered) != 0])
    return starts, np.diff(np.r_[starts, len(ordered)])


def _neighbours(blend: Floats, query: Ints, target: Ints, sides: Sides) -> Iterator[tuple[str, Floats]]:
    """The target's likeness to the query's siblings (parts of one recommendation, one section), and the section's
    likeness to the query: what is near in the document is near in subject."""
    family = _groups([entry.item.parent or entry.item.path for entry in sides.query.entries])
    section = _groups([entry.item.path for entry in sides.target.entries])
    for name, group, shared in (("siblings", family[query], target), ("section", section[target], query)):
        mean, best = _others(blend, group, shared)
        yield f"{name}_mean", mean
        yield f"{name}_best", best


def _groups(keys: Sequence[object]) -> Ints:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)


def _others(blend: Floats, group: Ints, shared: Ints) -> tuple[Floats, Floats]:
    """For each pair: mean and best blend of the pairs of its group that share one end, its own left out.

    Half the pair's own blend where there is no such pair.
    """
    mean, best = blend / 2, blend / 2
    if not len(blend):
        return mean, best
    key = group * (int(shared.max()) + 1) + shared
    order = np.lexsort((-blend, key))
    starts, sizes = _groups_of(key[order])
    several = np.repeat(sizes > 1, sizes)
    first, rows = np.repeat(starts, sizes)[several], order[several]
    values, total = blend[rows], np.repeat(np.add.reduceat(blend[order], starts), sizes)[several]
    mean[rows] = (total - values) / (np.repeat(sizes, sizes)[several] - 1)
    highest, second = blend[order[first]], blend[order[first + 1]]
    best[rows] = np.where(values == highest, second, highest)
    return mean, best
