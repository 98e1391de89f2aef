"""A commitment at a date: not yet due, due soon, due and reported done, due without a report, reported late.

In: an entry, the reports on it, a day. Out: its standing. Refuses to take the clock's word for the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deedline.model.entry import Entry
from deedline.model.values import BY_PERSON, DeadlineKind, Report, StatusCode

DONE = frozenset({StatusCode.COMPLETED, StatusCode.COMPLETED_EARLY, StatusCode.EXCEEDED})


class StandingCode(StrEnum):
    """Where a commitment stands at a date."""

    UNDATED = "undated"
    RECURRING = "recurring"
    NOT_YET_DUE = "not_yet_due"
    DUE_SOON = "due_soon"
    DONE = "done"
    OVERDUE_NO_REPORT = "overdue_no_report"
    REPORTED_LATE = "reported_late"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands: `days` until it is due (negative: since it was), None without a date; `report` is what
    it rests on."""

    entry_id: str
    code: StandingCode
    due: date | None
    days: int | None
    report: Report | None
    reasons: tuple[str, ...]


def standing_at(entry: Entry, reports: Sequence[Report], as_of: date, *, within: int = 90) -> Standing:
    """The standing of an entry on the day `as_of`; only reports of that day or before count, the newest first.

    `within` is how many days ahead count as due soon.
    """
    known = [report for report in reports if report.as_of is not None and report.as_of <= as_of]
    report = max(known, key=lambda r: r.as_of or date.min, default=None)
    due = entry.item.due
    days = (due - as_of).days if due is not None else None
    code, reason = _code(entry, due, report, as_of, within)
    return Standing(entry.id, code, due, days, report, (reason,))


def _code(entry: Entry, due: date | None, report: Report | None, as_of: date, within: int) -> tuple[StandingCode, str]:
    if report is not None and report.status in DONE:
        return StandingCode.DONE, f"{_said(report)} on {report.as_of}"
    if due is None:
        if any(deadline.kind is DeadlineKind.EACH for deadline in entry.item.deadlines):
            return StandingCode.RECURRING, "promised again and again, without a last day"
        return StandingCode.UNDATED, "no date is promised"
    if due >= as_of:
        soon = due - as_of <= timedelta(days=within)
        return (StandingCode.DUE_SOON if soon else StandingCode.NOT_YET_DUE), f"due {due}, in {(due - as_of).days} days"
    if report is not None and report.as_of is not None and report.as_of > due:
        late = (report.as_of - due).days
        return StandingCode.REPORTED_LATE, f"due {due}; {_said(report)} {late} days later"
    return StandingCode.OVERDUE_NO_REPORT, f"due {due}, {(as_of - due).days} days ago; no report since was found"


def _said(report: Report) -> str:
    if report.rule == BY_PERSON:
        return f"held by a person to be {report.status or 'without a status'}"
    return f"reported as “{report.as_printed}”"
