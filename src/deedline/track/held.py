"""The figures that a person holds to be promised, reached or started from, in place of those read.

In: the attainment as read, a person's figures. Out: the attainment that holds. Refuses to guess a figure
that neither has.
"""

from __future__ import annotations

from collections.abc import Sequence

from deedline.model.attainment import Attainment
from deedline.model.values import Basis, Quantity
from deedline.track.attainment import share_of


def attainment_held(read: Attainment | None, held: Sequence[Quantity]) -> Attainment | None:
    """What a person's figures make of an attainment; None where a target or an actual figure is still missing.

    A figure without a unit is of the unit that was read. Less is better where the target is below the baseline, or
    where reading says so and no baseline is held.
    """
    by_basis = {quantity.basis: quantity for quantity in held}
    target = by_basis.get(Basis.TARGET) or (read.target_quantity if read else None)
    actual = by_basis.get(Basis.ACTUAL) or (read.actual_quantity if read else None)
    if not held or target is None or actual is None:
        return read
    goal = target.value if Basis.TARGET in by_basis or read is None else read.target
    reached = actual.value if Basis.ACTUAL in by_basis or read is None else read.actual
    baseline, lower = read.baseline if read else None, read.lower_is_better if read else False
    if Basis.BASELINE in by_basis:
        baseline = by_basis[Basis.BASELINE].value
        lower = goal < baseline
    told = ", ".join(f"{basis} {quantity.value:g} {quantity.unit}".rstrip() for basis, quantity in by_basis.items())
    return Attainment(
        baseline=baseline,
        target=goal,
        actual=reached,
        share=share_of(baseline, goal, reached, lower=lower),
        lower_is_better=lower,
        unit=target.unit or (read.unit if read else actual.unit),
        target_quantity=target,
        actual_quantity=actual,
        reasons=(f"a person holds: {told}",),
    )
