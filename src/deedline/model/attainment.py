"""How far a reported figure goes towards the promised one."""

from __future__ import annotations

from dataclasses import dataclass

from deedline.model.values import Quantity


@dataclass(frozen=True, slots=True)
class Attainment:
    """A promised figure and the reported one that speaks of the same thing.

    `share` is how much of the way is gone, 1.0 where the target is reached: from the baseline where there is one
    ((actual - baseline) / (target - baseline)), else actual / target, or target / actual where less is better. It may
    be below 0 or above 1, and is None where the target leaves no way to go, or where `apart` says why the two are not
    held against each other: they are of different times, or one is of a step before the other. `unit` is the target's.
    `actual` may be a sum (a baseline and a reported change); then `actual_quantity` is the reported part. `level` says
    that the promise is of a state, such as a rate, not of a sum that grows from nothing. `reasons` say in plain words
    why the two figures were taken for each other.
    """

    baseline: float | None
    target: float
    actual: float
    share: float | None
    lower_is_better: bool
    unit: str
    target_quantity: Quantity
    actual_quantity: Quantity
    reasons: tuple[str, ...]
    level: bool = False
    apart: str = ""
