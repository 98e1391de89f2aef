"""From features to probabilities and relations: small linear models whose weights are data.

A model has three heads, each a logistic regression over the same features: `linked` (any relation), `strong` (the
relation that counts) and `first` (the stronger of the two strong ones, given that it is strong). Choices within a
query compete: the best needs less certainty than a further one of the same kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deedline.errors import KnowledgeError
from deedline.knowledge.load import search_path
from deedline.link.features import Pairs
from deedline.link.lexical import Floats
from deedline.link.rows import Ints
from deedline.link.verdicts import Ladder, plain_ladder, read_ladder
from deedline.model.link import Relation, Task

HEADS = ("linked", "strong", "first")
_WORTH = 0.02  # a candidate less likely than this to be related is not shown
_ROWS = 65_536  # pairs scored at a time: the copies that it takes stay small


STRONG_OF = {
    Task.CONTINUITY: (Relation.SAME, Relation.NEXT),
    Task.ADOPTION: (Relation.ANSWERS, Relation.PARTLY),
}


SHOWN = {Task.CONTINUITY: 3, Task.ADOPTION: 10}  # candidates kept for each query, for review


@dataclass(frozen=True, slots=True)
class Head:
    """Weights in the order of the model's features, on features scaled by the model's mean and spread."""

    weights: Floats
    intercept: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which a pair counts: `strong` for a query's best choice, `further` for another beside it,
    `sure` for stating it without review, `linked` for stating that subject or programme are one."""

    strong: float
    further: float
    sure: float
    linked: float


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model; `report` is what its training measured, kept with it; `ladder` are the weights of verdicts."""

    task: Task
    embedder: str
    features: tuple[str, ...]
    mean: Floats
    spread: Floats
    heads: Mapping[str, Head]
    thresholds: Thresholds
    report: Mapping[str, Any]
    ladder: Ladder | None = None

    def probability(self, head: str, pairs: Pairs) -> Floats:
        """The probability of a head for every pair, rounded so that it prints the same everywhere."""
        weights = self.heads[head]
        chance = np.zeros(len(pairs.query))
        for start in range(0, len(chance), _ROWS):
            rows = slice(start, start + _ROWS)
            some = Pairs(pairs.query[rows], pairs.target[rows], pairs.names, pairs.table[rows])
            scaled = (select(some, self.features) - self.mean) / self.spread
            chance[rows] = np.round(1 / (1 + np.exp(-(scaled @ weights.weights + weights.intercept))), 4)
        return chance


def select(pairs: Pairs, features: tuple[str, ...]) -> Floats:
    """The columns of the named features."""
    if not len(pairs.query):
        return np.zeros((0, len(features)))
    missing = [name for name in features if name not in pairs.names]
    if missing:
        raise KnowledgeError(
            f"the model wants the features {', '.join(missing)}, which are not measured; train it again"
        )
    return np.asarray(pairs.table[:, [pairs.names.index(name) for name in features]], np.float64)


def model_file(task: Task) -> Traversable:
    """Where a task's weights are: `link/` in the first folder of DEEDLINE_KNOWLEDGE that has them, else Deedline's."""
    name = f"{task}.json"
    folders = [root.joinpath("link") for root in search_path()]
    return next(
        (folder.joinpath(name) for folder in folders if folder.joinpath(name).is_file()), folders[-1].joinpath(name)
    )


def learned_files() -> tuple[Traversable, ...]:
    """Every file that decides which links are made and what is said of them: with other content links may be others."""
    own = resources.files("deedline.knowledge.link")
    common = [own.joinpath(name) for name in ("actions.toml", "centres.json", "reasons.toml")]
    return (*common, *(model_file(task) for task in Task))


@cache
def load_model(task: Task) -> Model:
    """The weights of a task; KnowledgeError where they cannot be read."""
    file = model_file(task)
    try:
        return read_model(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise KnowledgeError(
            f"{file}: cannot be read ({error}); run deedline train, or install Deedline anew"
        ) from error


def read_model(data: Mapping[str, Any]) -> Model:
    """A model from its plain values; KnowledgeError where they are not whole."""
    try:
        return Model(
            task=Task(data["task"]),
            embedder=data["embedder"],
            features=tuple(data["features"]),
            mean=np.array(data["mean"], np.float64),
            spread=np.array(data["spread"], np.float64),
            heads={
                name: Head(np.array(data["heads"][name]["weights"]), data["heads"][name]["intercept"]) for name in HEADS
            },
            thresholds=Thresholds(**data["thresholds"]),
            report=data.get("report", {}),
            ladder=read_ladder(data["verdicts"]) if "verdicts" in data else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(
            f"the linking model is not whole ({error}); run deedline train, or install again"
        ) from error


def plain_model(model: Model) -> dict[str, Any]:
    """The model as plain values, rounded to what matters."""
    limits = model.thresholds
    ladder = {} if model.ladder is None else {"verdicts": plain_ladder(model.ladder)}
    return {
        "task": str(model.task),
        "embedder": model.embedder,
        "features": list(model.features),
        "mean": np.round(model.mean, 5).tolist(),
        "spread": np.round(model.spread, 5).tolist(),
        "heads": {
            name: {"weights": np.round(head.weights, 5).tolist(), "intercept": round(head.intercept, 5)}
            for name, head in model.heads.items()
        },
        "thresholds": {
            "strong": limits.strong, "further": limits.further, "sure": limits.sure, "linked": limits.linked,
        },
        **ladder,
        "report": dict(model.report),
    }  # fmt: skip


def best_of(chance: Floats, group: Ints) -> NDArray[np.bool_]:
    """Marks the likeliest of each group, of equals the first."""
    order = np.lexsort((-chance, group))
    marks = np.zeros(len(chance), bool)
    marks[order[_firsts(group[order])]] = True
    return marks


def _firsts(ordered: Ints) -> NDArray[np.bool_]:
    """Marks where each run of equal numbers begins."""
    marks = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=marks[1:])
    return marks


def chosen(strong: Floats, rivals: Ints, limits: Thresholds) -> NDArray[np.bool_]:
    """Which pairs are given the strong relation: a group's best from one threshold, the others from a higher one."""
    best = best_of(strong, rivals) & (strong >= limits.strong)
    return np.asarray(best | (strong >= max(limits.further, limits.strong)))


def rivals_of(pairs: Pairs) -> Ints:
    """Groups within which choices compete: a query's measures, and its indicators."""
    if not len(pairs.query):
        return pairs.query
    return pairs.query * 2 + (pairs.column("indicator") > 0)


def shown(pairs: Pairs, linked: Floats, picked: NDArray[np.bool_], most: int) -> list[int]:
    """Rows worth showing: the picked, and of each query the likeliest of the rest, `most` with them."""
    order = np.lexsort((pairs.target, -linked, ~picked, pairs.query))
    place = np.arange(len(order))
    rank = place - np.maximum.accumulate(np.where(_firsts(pairs.query[order]), place, 0))
    kept: list[int] = order[picked[order] | ((rank < most) & (linked[order] >= _WORTH))].tolist()
    return kept
