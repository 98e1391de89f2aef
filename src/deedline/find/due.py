"""The one day that an undertaking is judged by. Deadlines in, a date out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from deedline.model.values import Deadline


def due_of(deadlines: Iterable[Deadline]) -> date | None:
    """The last day by which the undertaking is to be delivered or, for 「由…起」, to have begun.

    The latest where several are promised; None where none is: a past date, a date that only describes, a mere 每年.
    """
    return max((limit.latest for limit in deadlines if limit.promised and limit.latest is not None), default=None)
