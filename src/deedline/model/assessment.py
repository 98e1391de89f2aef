"""What Deedline computes beside an official status: never instead of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AssessmentCode(StrEnum):
    """What the printed figures and dates bear out."""

    REACHED = "reached"
    SHORT = "short"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    OVERDUE = "overdue"
    NOT_DUE = "not_due"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A computed verdict at a date with its reasons. `disagrees` where the official status says otherwise; `share` is
    the attained part of what was promised and `elapsed` of the time for it, None where they cannot be told."""

    as_of: date
    verdict: AssessmentCode
    reasons: tuple[str, ...]
    disagrees: bool
    share: float | None = None
    elapsed: float | None = None
