"""Trains the weights of verdicts on chances that were themselves measured on labels held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deedline.link.lexical import Floats
from deedline.link.regression import fit, fold_of
from deedline.link.rows import Ints
from deedline.link.verdicts import LADDER, Chances, Ladder, figures_of

_RIDGE = 5.0
_CUTS = range(100, 105)  # ways of cutting the folds, other than those in which the chances were held out


@dataclass(frozen=True, slots=True)
class Told:
    """For each candidate pair: its query, the verdict a reader gave on that (place on LADDER, -1 for none), the name
    of what must not be split between folds, and whose label it is."""

    query: Ints
    verdict: Ints
    group: Sequence[str]
    source: Sequence[str]


def train_ladder(
    told: Told, shown: Sequence[int], held: Mapping[str, Floats], folds: int
) -> tuple[Ladder, dict[str, Any]]:
    """The weights, and what they reach on proposals held out a second time; `shown` are the rows that count."""
    first = {int(told.query[row]): row for row in reversed(range(len(told.query)))}
    rows = [row for row in first.values() if told.verdict[row] >= 0]
    of: dict[int, list[Chances]] = {int(told.query[row]): [] for row in rows}
    for row in shown:
        if int(told.query[row]) in of:
            of[int(told.query[row])].append(
                Chances(*(float(held[name][row]) for name in ("linked", "strong", "first")))
            )
    table = np.array([figures_of(of[int(told.query[row])]) for row in rows])
    truth = told.verdict[rows]
    ladder = _fit(table, truth)
    guessed = _held_out(table, truth, [told.group[row] for row in rows], folds)
    report = {name: _figures(truth[use], guessed[:, use]) for name, use in _parts([told.source[row] for row in rows])}
    return ladder, report


def _fit(table: Floats, truth: Ints) -> Ladder:
    mean, spread = np.round(table.mean(axis=0), 5), np.round(table.std(axis=0).clip(1e-3), 5)
    heads = [fit((table - mean) / spread, truth >= step, _RIDGE) for step in range(1, len(LADDER))]
    return Ladder(mean, spread, np.array([head.weights for head in heads]), np.array([h.intercept for h in heads]))


def _held_out(table: Floats, truth: Ints, group: Sequence[str], folds: int) -> Ints:
    """Verdicts by weights that had not seen them: a row for each way of cutting the folds."""
    guessed = np.zeros((len(_CUTS), len(truth)), np.int64)
    for line, cut in enumerate(_CUTS):
        fold = np.array([fold_of(name, folds, cut) for name in group])
        for number in sorted(set(fold.tolist())):
            out = fold == number
            if not out.all():
                guessed[line, out] = _fit(table[~out], truth[~out]).choose(table[out])
    return guessed


def _parts(source: Sequence[str]) -> list[tuple[str, Any]]:
    names = np.array(source)
    return [("all", np.ones(len(names), bool)), *((name, names == name) for name in sorted(set(names.tolist())))]


def _figures(truth: Ints, guessed: Ints) -> dict[str, Any]:
    """Means over the ways of cutting: accuracy, F1 of each verdict and their mean; and what the commonest would get."""
    right = guessed == truth
    f1 = []
    for place in range(len(LADDER)):
        hits = (right & (truth == place)).sum(axis=1)
        f1.append(float((2 * hits / ((guessed == place).sum(axis=1) + (truth == place).sum()).clip(1)).mean()))
    return {
        "proposals": len(truth),
        "accuracy": round(float(right.mean()), 3),
        "macro_f1": round(float(np.mean(f1)), 3),
        "f1": {str(code): round(value, 3) for code, value in zip(LADDER, f1, strict=True)},
        "of_the_commonest": round(float(np.bincount(truth).max() / max(len(truth), 1)), 3),
    }
