"""What is measured of a pair: features that a person understands, all in one table with their names.

A pair is a query (a proposal, or the later of two commitments) and a target. Everything is computed for the query's
candidates alone, so the cost grows with the number of queries and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from deedline.link.lexical import Floats, Ints
from deedline.link.prepare import Side, Sides
from deedline.link.suggest import Choice

_CLOSE = 0.45  # below this likeness two tokens share no meaning; what is above it counts
_TOGETHER = ("blend", "cosine", "meaning_asked", "vector", "held", "bm25")  # for which choices compete


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs, sorted by query, then target: indices into the two sides, and the table of features."""

    query: Ints
    target: Ints
    names: tuple[str, ...]
    table: Floats

    def column(self, name: str) -> Floats:
        """One feature of every pair."""
        return self.table[:, self.names.index(name)]


def measure(sides: Sides, choices: Sequence[Choice]) -> Pairs:
    """The features of each query with each of its candidates."""
    columns: dict[str, list[Floats]] = defaultdict(list)
    for number, choice in enumerate(choices):
        for name, values in _words(sides, number, choice).items():
            columns[name].append(values)
        for part in (_meaning, _context, _form):
            for name, values in part(sides, number, choice.targets).items():
                columns[name].append(values)
    query = np.repeat(np.arange(len(choices)), [len(choice.targets) for choice in choices])
    target = np.concatenate([np.zeros(0, np.int64), *(choice.targets for choice in choices)])
    joined = {name: np.concatenate(values) for name, values in columns.items()}
    if joined:
        joined["blend"] = (
            joined["cosine"] * 2 + joined["meaning_asked"] * 3 + joined["meaning_held"] * 3 + joined["vector"]
        )
        joined |= _competition(joined, query, target, sides)
    names = tuple(joined)
    table = np.stack([joined[name] for name in names], axis=1) if names else np.zeros((0, 0))
    return Pairs(query, target, names, table)


def _words(sides: Sides, number: int, choice: Choice) -> dict[str, Floats]:
    """Overlap of grams weighted by rarity: whole texts, long runs, the best and the worst met clause, names."""
    query, target, chosen = sides.query, sides.target, choice.targets
    known = sides.words.words
    met = [sides.words.shared(bag)[chosen] / max(known.mass(bag), 1e-9) for bag in query.clauses[number]]
    return {
        "cosine": choice.scores.cosine,
        "asked": choice.scores.asked,
        "held": choice.scores.held,
        "bm25": choice.scores.bm25 / max(known.mass(query.words[number]), 1e-9),
        "runs": np.log1p([len(query.runs[number] & target.runs[other]) for other in chosen]),
        "best_clause": np.max(met, axis=0),
        "worst_clause": np.min(met, axis=0),
        "names": np.array([_shared_names(query, number, target, other) for other in chosen], np.float64),
    }


def _shared_names(query: Side, number: int, target: Side, other: int) -> float:
    """Printed names of either text that the other holds, longer ones counting more, damped."""
    held = [name for name in query.names[number] if name in target.bare[other]]
    held += [name for name in target.names[other] if name in query.bare[number] and name not in held]
    return float(np.log1p(sum(len(name) for name in held)))


def _meaning(sides: Sides, number: int, chosen: Ints) -> dict[str, Floats]:
    """Likeness of vectors: whole texts, and token by token in both directions (each finds its best counterpart)."""
    query, target = sides.query, sides.target
    states, weights = query.states[number], query.weights[number]
    whole = target.vectors[chosen] @ query.vectors[number]
    lengths = np.array([len(target.states[other]) for other in chosen])
    if not len(states) or not lengths.sum():
        nothing = np.zeros(len(chosen))
        return {"vector": whole.astype(np.float64), "meaning_asked": nothing, "meaning_held": nothing, "unmet": nothing}
    joined = np.concatenate([target.states[other] for other in chosen])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    likeness = joined @ states.T
    best = np.maximum.reduceat(likeness, starts, axis=0)
    close = np.maximum(best - _CLOSE, 0)
    back = np.maximum(likeness.max(axis=1) - _CLOSE, 0)
    other_weights = np.concatenate([target.weights[other] for other in chosen])
    held = np.add.reduceat(back * other_weights, starts) / np.add.reduceat(other_weights, starts)
    return {
        "vector": whole.astype(np.float64),
        "meaning_asked": close @ weights / weights.sum(),
        "meaning_held": held,
        "unmet": (best < _CLOSE) @ weights / weights.sum(),
    }


def _context(sides: Sides, number: int, chosen: Ints) -> dict[str, Floats]:
    """What stands above and around: headings against texts and headings, the bodies that own both."""
    query, target = sides.query, sides.target
    heading, words = query.heading_words[number], query.words[number]
    known = sides.words.words
    owners = {mention.body_id for mention in query.entries[number].item.bodies if mention.body_id}
    others = [{mention.body_id for mention in target.entries[other].item.bodies if mention.body_id} for other in chosen]
    return {
        "heading_in_text": sides.words.shared(heading)[chosen] / max(known.mass(heading), 1e-9),
        "text_in_heading": sides.headings.shared(words)[chosen] / sides.headings.mass[chosen],
        "headings": sides.headings.shared(heading)[chosen] / sides.headings.mass[chosen],
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
    size = max(len(query.bare[number]), 1)
    sizes = np.array([max(len(target.bare[other]), 1) for other in chosen], np.float64)
    return {
        "actions": _agreement(query.actions[number], target.actions[chosen]),
        "leading_actions": _agreement(query.leading[number], target.leading[chosen]),
        "leading_asked": target.actions[chosen] @ query.leading[number] / max(query.leading[number].sum(), 1),
        "figures": np.array([_shared_figures(query, number, target, other) for other in chosen]),
        "query_length": np.full(len(chosen), np.log(size)),
        "target_length": np.log(sizes),
        "length_ratio": np.abs(np.log(sizes / size)),
        "clauses": np.full(len(chosen), np.log(max(len(query.clauses[number]), 1))),
        "indicator": np.array([float(target.entries[other].item.kind == "indicator") for other in chosen]),
    }


def _agreement(one: Floats, many: Floats) -> Floats:
    """Cosine of one row of marks with each of many."""
    return np.asarray(many @ one / np.sqrt(max(one.sum(), 1) * many.sum(axis=1).clip(1)))


def _shared_figures(query: Side, number: int, target: Side, other: int) -> float:
    """Share of the printed times and figures that agree in value, of those of the text that has fewer."""
    pairs = []
    for side, index in ((query, number), (target, other)):
        item = side.entries[index].item
        times = {("time", d.earliest, d.latest) for d in item.deadlines if d.promised}
        pairs.append(times | {(q.unit, q.value, q.per) for q in item.quantities})
    if not pairs[0] or not pairs[1]:
        return 0.0
    return len(pairs[0] & pairs[1]) / min(len(pairs[0]), len(pairs[1]))


def _competition(columns: dict[str, Floats], query: Ints, target: Ints, sides: Sides) -> dict[str, Floats]:
    """How a pair stands among the query's other choices, the target's other suitors, and their neighbours.

    A measure and an indicator do not compete: one undertaking may well be both.
    """
    found: dict[str, Floats] = {}
    rivals = query * 2 + (columns["indicator"] > 0)
    for name in _TOGETHER:
        values = columns[name]
        found[f"{name}_rank"], found[f"{name}_gap"] = _standing(values, rivals)
        found[f"{name}_back_rank"], found[f"{name}_back_gap"] = _standing(values, target)
    found["best_blend"] = columns["blend"] - found["blend_gap"]
    neighbours = _neighbours(columns["blend"], query, target, sides)
    return found | neighbours


def _standing(values: Floats, group: Ints) -> tuple[Floats, Floats]:
    """Rank within the group (0 the best; damped) and the lead over the best other, negative behind the best."""
    order = np.lexsort((-values, group))
    ranks, gaps = np.zeros(len(values)), np.zeros(len(values))
    starts = np.flatnonzero(np.r_[True, np.diff(group[order]) != 0]) if len(order) else np.zeros(0, np.int64)
    for start, end in zip(starts, [*starts[1:], len(order)], strict=True):
        rows = order[start:end]
        ranks[rows] = np.log1p(np.arange(len(rows)))
        best = values[rows[0]]
        gaps[rows] = values[rows] - best
        if len(rows) > 1:
            gaps[rows[0]] = best - values[rows[1]]
    return ranks, gaps


def _neighbours(blend: Floats, query: Ints, target: Ints, sides: Sides) -> dict[str, Floats]:
    """The target's likeness to the query's siblings (parts of one recommendation, one section), and the section's
    likeness to the query: what is near in the document is near in subject."""
    family = _groups([entry.item.parent or entry.item.path for entry in sides.query.entries])
    section = _groups([entry.item.path for entry in sides.target.entries])
    siblings = _others(blend, family[query], target)
    mates = _others(blend, section[target], query)
    return {
        "siblings_mean": siblings[0],
        "siblings_best": siblings[1],
        "section_mean": mates[0],
        "section_best": mates[1],
    }


def _groups(keys: Sequence[object]) -> Ints:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)


def _others(blend: Floats, group: Ints, shared: Ints) -> tuple[Floats, Floats]:
    """For each pair: mean and best blend of the pairs of its group that share one end, its own left out.

    Half the pair's own blend where there is no such pair.
    """
    gathered: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, key in enumerate(zip(group.tolist(), shared.tolist(), strict=True)):
        gathered[key].append(row)
    mean, best = blend / 2, blend / 2
    for rows in gathered.values():
        if len(rows) < 2:
            continue
        values = blend[rows]
        total = values.sum()
        order = np.sort(values)
        for place, row in enumerate(rows):
            mean[row] = (total - values[place]) / (len(rows) - 1)
            best[row] = order[-2] if values[place] == order[-1] else order[-1]
    return mean, best
