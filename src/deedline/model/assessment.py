"""What Deedline computes beside an official status: never instead of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deedline.model.text import Span


class AssessmentCode(StrEnum):
    """What the printed figures and dates bear out."""

    REACHED = "reached"
    TOLD_DONE = "told_done"  # no figure; the words of the report tell it as done
    NEAR = "near"  # below a figure that was promised as approximate, by no more than a tenth
    SHORT = "short"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    LATE = "late"  # no figure; it was due, and neither status nor words of the report say that it is done
    NOT_COMPARABLE = "not_comparable"  # reported as done; a figure was promised, and none reported to hold against it
    NOT_DUE = "not_due"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A computed verdict at a date with its reasons.

    `disagrees` where the official status says otherwise; `share` is the attained part of what was promised and
    `elapsed` of the time for it, None where they cannot be told. `late` where it was due before the report, and neither
    status, words nor figures of that say that it is done. `told` are the words that tell it as done, as the machine
    reads them, and `told_spans` where they stand; empty without such words. `done_late`: by how many days after a
    promised day words of the report tell it as done; None where no words tell of such a day.
    """

    as_of: date
    verdict: AssessmentCode
    reasons: tuple[str, ...]
    disagrees: bool
    share: float | None = None
    elapsed: float | None = None
    late: bool = False
    told: str = ""
    told_spans: tuple[Span, ...] = ()
    done_late: int | None = None
