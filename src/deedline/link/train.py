"""Trains the linking models from labels: logistic regression, cross-validated, thresholds from what was held out.

Everything is plain arithmetic in a fixed order, so the same labels give the same weights. No figure in a model's
report is measured on labels that the measured weights had seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deedline.link.features import Pairs
from deedline.link.lexical import Floats
from deedline.link.regression import FOLDS, Bools, fit, fold_of, probability
from deedline.link.rows import Ints
from deedline.link.score import HEADS, SHOWN, Head, Model, Thresholds, best_of, chosen, select, shown
from deedline.link.train_verdicts import Told, train_ladder
from deedline.model.link import Task

_REPEATS = 5  # ways of cutting the folds; what is held out is judged by the mean, so that no one cut decides
_RIDGE = {Task.CONTINUITY: 10.0, Task.ADOPTION: 15.0}  # how strongly weights are held back
_FIRST_RIDGE = {Task.CONTINUITY: 10.0, Task.ADOPTION: 15.0}  # the same for which strong relation it is: fewer labels
# Precision asked, held out, of what is stated without review: one wrong step joins two undertakings for good.
_STATED = {Task.CONTINUITY: 0.93, Task.ADOPTION: 0.75}
_SUBJECT = 0.8  # the same, at most, of the statement that the subject is one
_STEPS = np.round(np.arange(0.05, 0.96, 0.01), 2)

_LEFT_OUT = frozenset({"best_clause", "clauses", "query_length"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pairs of one comparison whose queries a reader has labelled.

    `grade` is 0 none, 1 related, 2 and 3 the weaker and stronger strong relation; `open` marks pairs on which readers
    differ, which count neither way; `group` names what must not be split between folds; `missed` counts strong labels
    whose pair was not among the candidates; `source` says whose labels they are. `told` is the verdict that the reader
    gave on the pair's query, as its place on the ladder of verdicts; -1 where none was given.
    """

    pairs: Pairs
    rivals: Ints
    grade: Ints
    open: Bools
    group: Sequence[str]
    source: Sequence[str]
    missed: Mapping[str, int]
    told: Ints | None = None


def _truths(grade: Ints) -> dict[str, tuple[Bools, Bools]]:
    """For each head: which rows it learns from, and what is true of them."""
    every = np.ones(len(grade), bool)
    return {"linked": (every, grade >= 1), "strong": (every, grade >= 2), "first": (grade >= 2, grade >= 3)}


def _heads(table: Floats, grade: Ints, rows: Bools, task: Task) -> dict[str, Head]:
    ridge = dict.fromkeys(HEADS, _RIDGE[task]) | {"first": _FIRST_RIDGE[task]}
    return {
        name: fit(table[rows & use], truth[rows & use], ridge[name]) for name, (use, truth) in _truths(grade).items()
    }


def _chances(heads: Mapping[str, Head], table: Floats) -> dict[str, Floats]:
    return {name: probability(table @ head.weights + head.intercept) for name, head in heads.items()}


def train(
    task: Task, labelled: Labelled, embedder: str, *, folds: int = FOLDS, unseen: Labelled | None = None
) -> Model:
    """A model on all labels, its thresholds and report from labels held out fold by fold.

    `unseen` are labels of another kind of comparison, which the model is measured on and does not learn from.
    """
    features = tuple(name for name in labelled.pairs.names if name not in _LEFT_OUT)
    raw = select(labelled.pairs, features)
    mean, spread = np.round(raw.mean(axis=0), 5), np.round(raw.std(axis=0).clip(1e-3), 5)
    table = (raw - mean) / spread
    usable = ~labelled.open
    held = {name: np.zeros(len(table)) for name in HEADS}
    for cut in range(_REPEATS):
        fold = np.array([fold_of(group, folds, cut) for group in labelled.group])
        for number in range(folds):
            heads = _heads(table, labelled.grade, usable & (fold != number), task)
            for name, chance in _chances(heads, table[fold == number]).items():
                held[name][fold == number] += chance / _REPEATS
    limits = _thresholds(labelled, held, _STATED[task])
    report = _report(labelled, held, limits, folds)
    ladder = None
    if labelled.told is not None and (labelled.told >= 0).any():
        picked = chosen(held["strong"], labelled.rivals, limits)
        rows = shown(labelled.pairs, held["linked"], picked, SHOWN[task])
        told = Told(labelled.pairs.query, labelled.told, labelled.group, labelled.source)
        ladder, report["verdicts"] = train_ladder(told, rows, held, folds)
    heads = _heads(table, labelled.grade, usable, task)
    if unseen is not None:
        apart = (select(unseen.pairs, features) - mean) / spread
        report["within_an_edition"] = _report(unseen, _chances(heads, apart), limits, folds)["all"]
    return Model(task, embedder, features, mean, spread, heads, limits, report, ladder)


def counts(picked: Bools, labelled: Labelled, rows: Bools, least: int = 2) -> tuple[int, int, int]:
    """Right, wrong and missed among the picked, for grades from `least` up."""
    true = labelled.grade >= least
    right = int((picked & true & rows).sum())
    wrong = int((picked & ~true & ~labelled.open & rows).sum())
    lost = sum(count for source, count in labelled.missed.items() if source in set(np.array(labelled.source)[rows]))
    return right, wrong, int((true & rows).sum()) - right + (lost if least == 2 else 0)


def figures(right: int, wrong: int, missed: int) -> dict[str, float | int]:
    """Precision, recall and F1 with the counts behind them."""
    return {
        "precision": round(right / max(right + wrong, 1), 3),
        "recall": round(right / max(right + missed, 1), 3),
        "f1": round(2 * right / max(2 * right + wrong + missed, 1), 3),
        "right": right,
        "wrong": wrong,
        "missed": missed,
    }


def _best(score: Callable[[float], float]) -> float:
    """The step with the highest score, of several the middle one: a peak's edge promises more than it keeps."""
    values = np.array([score(float(step)) for step in _STEPS])
    top = np.flatnonzero(values >= values.max() - 1e-9)
    return float(_STEPS[top[len(top) // 2]])


def _thresholds(labelled: Labelled, held: Mapping[str, Floats], stated: float) -> Thresholds:
    chance, first = held["strong"], best_of(held["strong"], labelled.rivals)
    true, wrong = labelled.grade >= 2, (labelled.grade < 2) & ~labelled.open
    total = int(true.sum()) + sum(labelled.missed.values())

    def f1(strong: float, further: float) -> float:
        picked = (first & (chance >= strong)) | (chance >= further)
        right = int((picked & true).sum())
        return 2 * right / max(right + int((picked & wrong).sum()) + total, 1)

    further = _best(lambda step: max(f1(float(s), step) for s in _STEPS[::4] if s <= step) if step >= 0.1 else 0.0)
    strong = _best(lambda step: f1(step, further) if step <= further else 0.0)
    return Thresholds(
        strong=strong,
        further=further,
        sure=max(strong, _precise(held["strong"], labelled, 2, stated)),
        linked=_precise(held["linked"], labelled, 1, min(stated, _SUBJECT)),
    )


def _precise(chance: Floats, labelled: Labelled, least: int, stated: float) -> float:
    """The lowest step from which the picked are right as often as is asked of what is stated."""
    every = np.ones(len(chance), bool)
    for step in _STEPS:
        right, wrong, _ = counts(chance >= step, labelled, every, least)
        if right + wrong and right / (right + wrong) >= stated:
            return float(step)
    return 0.99


def _report(labelled: Labelled, held: Mapping[str, Floats], limits: Thresholds, folds: int) -> dict[str, Any]:
    picked = chosen(held["strong"], labelled.rivals, limits)
    sure = picked & (held["strong"] >= limits.sure)
    source = np.array(labelled.source)
    report: dict[str, Any] = {
        "measured_on": f"labels held out: {folds} folds by query, cut in {_REPEATS} ways",
        "pairs": len(picked),
    }
    for name in ("all", *sorted(set(labelled.source))):
        rows = source == name if name != "all" else np.ones(len(picked), bool)
        report[name] = {
            "queries": len(set(labelled.pairs.query[rows].tolist())),
            "strong": figures(*counts(picked, labelled, rows)),
            "stated_without_review": figures(*counts(sure, labelled, rows)),
            "related_or_stronger": figures(*counts(held["linked"] >= limits.linked, labelled, rows, 1)),
        }
    report["reliability"] = _reliability(held["strong"], labelled)
    return report


def _reliability(chance: Floats, labelled: Labelled) -> list[dict[str, float | int]]:
    """Of the pairs given about each probability, how many are true."""
    rows = []
    for low in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        inside = (chance >= low) & (chance < low + 0.1 + 1e-9 * (low == 0.9)) & ~labelled.open
        if inside.sum():
            rows.append(
                {"from": low, "pairs": int(inside.sum()), "true": round(float((labelled.grade[inside] >= 2).mean()), 3)}
            )
    return rows
