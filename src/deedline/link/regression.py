"""Logistic regression in plain arithmetic, and folds by name: the same labels give the same weights."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from deedline.link.lexical import Floats
from deedline.link.score import Head

FOLDS = 10

Bools = NDArray[np.bool_]


def fit(table: Floats, truth: Bools, ridge: float) -> Head:
    """Logistic regression by Newton's steps, every weight but the intercept held back by `ridge`."""
    design = np.hstack([table, np.ones((len(table), 1))])
    penalty = np.full(design.shape[1], ridge)
    penalty[-1] = 1e-6
    weights = np.zeros(design.shape[1])
    weights[-1] = np.log((truth.mean() + 1e-3) / (1 - truth.mean() + 1e-3))
    loss = _loss(design, truth, weights, penalty)
    for _ in range(60):
        likely = probability(design @ weights)
        slope = design.T @ (truth - likely) - penalty * weights
        curve = (design * (likely * (1 - likely))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        while (after := _loss(design, truth, weights + step, penalty)) > loss and np.abs(step).max() > 1e-9:
            step = step / 2  # far from the goal a whole step may overshoot it
        weights, done, loss = weights + step, loss - after < 1e-9, after
        if done:
            break
    return Head(weights[:-1], float(weights[-1]))


def probability(score: Floats) -> Floats:
    """Log odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-score.clip(-60, 60))), np.float64)


def _loss(design: Floats, truth: Bools, weights: Floats, penalty: Floats) -> float:
    score = design @ weights
    return float(np.logaddexp(0, score).sum() - score[truth].sum() + (penalty * weights**2).sum() / 2)


def fold_of(group: str, folds: int = FOLDS, cut: int = 0) -> int:
    """The fold of a group in one of the ways of cutting them, by its name alone."""
    return int(sha256(f"{cut}/{group}".encode()).hexdigest()[:8], 16) % folds
