"""An indicator's report, figures and dates → what they bear out, beside what was said officially.

In: an item, its attainment, the day the promise was made, a day. Out: an assessment. Refuses to overwrite a status.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from deedline.knowledge.milestones import Milestone, milestones_of
from deedline.model.assessment import Assessment, AssessmentCode
from deedline.model.attainment import Attainment
from deedline.model.item import Item
from deedline.model.values import Comparator, DeadlineKind, Quantity, Report, StatusCode
from deedline.track.standing import DONE
from deedline.track.told import Told, counted_until, is_ahead, told_done

PACE_MARGIN = 0.04  # how far the attained share may trail the elapsed time before that is called behind
NEAR = 0.9  # what of a figure that was promised as approximate must be there to be near it
_COMPARED = {
    Comparator.ABOUT: "about ",
    Comparator.AT_LEAST: "at least ",
    Comparator.MORE: "more than ",
    Comparator.AT_MOST: "at most ",
    Comparator.LESS: "less than ",
}
_REPORTED = {
    StatusCode.COMPLETED: "reported completed",
    StatusCode.COMPLETED_EARLY: "reported completed early",
    StatusCode.EXCEEDED: "reported exceeded",
    StatusCode.ON_SCHEDULE: "reported on schedule",
    StatusCode.IN_PROGRESS: "reported in progress",
}


@dataclass(frozen=True, slots=True)
class _Pace:
    """The time for a promise: its first and last day, the day up to which figures count, and the part gone by then."""

    since: date
    until: date
    elapsed: float


def assess(
    item: Item,
    attainment: Attainment | None,
    promised_on: date | None,
    as_of: date,
    figures: Sequence[Attainment] = (),
    *,
    window: date | None = None,
) -> Assessment | None:
    """The assessment of an indicator at `as_of`; None where it has no report.

    `attainment` decides; where the item promises several figures, `figures` are all that the report speaks of, and the
    reasons tell how far each of the others goes. Time is counted from the first day of the window that the text prints
    for the figure, else from that of the list's opening (`window`), else from `promised_on`, the latest day on which
    the promise can have been made, to the day up to which the report counts.
    """
    report = item.report
    if report is None:
        return None
    milestones = milestones_of(item)
    milestone = _speaking(milestones, attainment)
    pace = _pace(item, milestone, window or promised_on, counted_until(report, _actual(attainment)) or as_of)
    last = milestones[-1] if milestones else None
    told = (
        told_done(item, last, report) if last is not None and attainment is None and report.status not in DONE else None
    )
    if attainment is not None and attainment.share is not None and not _is_planned(attainment, report):
        verdict, reason = _by_share(attainment, attainment.share, report, milestone, pace, as_of)
    else:
        verdict, reason = _by_day(report, last, told, as_of)
    also = (_told(each) for each in figures if each is not attainment)
    found = Assessment(
        as_of=as_of,
        verdict=verdict,
        reasons=(reason, *(attainment.reasons if attainment is not None else ()), *also),
        disagrees=_disagrees(report.status, verdict),
        share=attainment.share if attainment is not None else None,
        elapsed=pace.elapsed if pace is not None else None,
        late=_is_late(report, last, verdict, as_of),
    )
    return replace(found, told=told.quote, told_spans=told.spans) if told is not None else found


def _is_planned(attainment: Attainment, report: Report) -> bool:
    """Whether the figure that would reach the promise is only told as ahead."""
    return (attainment.share or 0) >= 1 and report.status not in DONE and is_ahead(report, attainment.actual_quantity)


def _actual(attainment: Attainment | None) -> Quantity | None:
    return attainment.actual_quantity if attainment is not None else None


def _speaking(milestones: Sequence[Milestone], attainment: Attainment | None) -> Milestone | None:
    """The promised day that a figure belongs to: the first whose words hold it, else the last."""
    if not milestones:
        return None
    printed = attainment.target_quantity.as_printed if attainment is not None else ""
    return next((each for each in milestones if printed and printed in each.clause), milestones[-1])


def _told(attainment: Attainment) -> str:
    promised, reported = attainment.target_quantity.as_printed, attainment.actual_quantity.as_printed
    share = "" if attainment.share is None else f", {attainment.share:.0%} of it"
    return f"also promised {promised}: reported {reported}{share}"


def _pace(item: Item, milestone: Milestone | None, promised_on: date | None, until: date) -> _Pace | None:
    """The part of the time for a promise that has gone by; None for a promise that recurs or only begins then, for
    which half the time says nothing of half the work."""
    if milestone is None or milestone.begins:
        return None
    since = milestone.since or promised_on
    if since is None or since >= milestone.due or any(each.kind is DeadlineKind.EACH for each in item.deadlines):
        return None
    return _Pace(since, until, min(1.0, max(0.0, (until - since).days / (milestone.due - since).days)))


def _by_day(report: Report, milestone: Milestone | None, told: Told | None, as_of: date) -> tuple[AssessmentCode, str]:
    if report.status in DONE:
        return AssessmentCode.REACHED, "reported as done; no figure to compare it with"
    if told is not None:
        return AssessmentCode.TOLD_DONE, f"the report tells it as done: “{told.quote}”"
    if milestone is None:
        return AssessmentCode.UNDATED, "no date and no figure to compare it with"
    if milestone.due < as_of:
        ago = (as_of - milestone.due).days
        return (
            AssessmentCode.LATE,
            f"due {milestone.due}, {ago} days before {as_of}; no words of the report say it is done",
        )
    return AssessmentCode.NOT_DUE, f"due {milestone.due}; no figure to compare it with"


def _by_share(
    attainment: Attainment, share: float, report: Report, milestone: Milestone | None, pace: _Pace | None, as_of: date
) -> tuple[AssessmentCode, str]:
    attained = f"{share:.0%} of what was promised"
    due = f", due {milestone.due}" if milestone is not None else ""
    if share >= 1:
        return AssessmentCode.REACHED, f"{attained} is reached"
    if report.status in DONE or (milestone is not None and milestone.due < as_of):
        near = attainment.target_quantity.comparator is Comparator.ABOUT and share >= NEAR
        return (AssessmentCode.NEAR if near else AssessmentCode.SHORT), _printed(attainment, share, report, due)
    if pace is not None and share < pace.elapsed - PACE_MARGIN and not _keeps_whole_steps(attainment, pace.elapsed):
        gone = f"{pace.elapsed:.0%} of the time from {pace.since} gone by {pace.until}"
        return AssessmentCode.BEHIND, f"{attained} with {gone}{due}"
    return AssessmentCode.ON_PACE, f"{attained}{due}"


def _keeps_whole_steps(attainment: Attainment, elapsed: float) -> bool:
    """Whether what an even pace asks beyond the reported count is less than one more: three of four at nine tenths."""
    if attainment.lower_is_better or attainment.unit == "ratio" or attainment.target != int(attainment.target):
        return False
    start = attainment.baseline or 0.0
    return math.floor(start + (attainment.target - start) * elapsed) <= attainment.actual


def _printed(attainment: Attainment, share: float, report: Report, due: str) -> str:
    """The status beside both figures: "reported completed, due 2024-08-31; 42 of about 45 printed (93%)"."""
    said = _REPORTED[report.status] if report.status is not None else "reported without a status"
    promised = f"{_COMPARED.get(attainment.target_quantity.comparator, '')}{_figure(attainment.target, attainment)}"
    way = "" if attainment.baseline is None else f" of the way from {_figure(attainment.baseline, attainment)}"
    return f"{said}{due}; {_figure(attainment.actual, attainment)} of {promised} printed ({share:.0%}{way})"


def _figure(value: float, attainment: Attainment) -> str:
    return f"{value * 100:.4g}%" if attainment.unit == "ratio" else f"{value:,.10g}"


def _disagrees(status: StatusCode | None, verdict: AssessmentCode) -> bool:
    """Whether the official status claims more, or less, than the figures and dates bear out."""
    if status in DONE:
        return verdict in (AssessmentCode.SHORT, AssessmentCode.NEAR)
    if status is StatusCode.ON_SCHEDULE:
        return verdict in (AssessmentCode.BEHIND, AssessmentCode.SHORT, AssessmentCode.LATE)
    return status is StatusCode.IN_PROGRESS and verdict is AssessmentCode.REACHED


def _is_late(report: Report, last: Milestone | None, verdict: AssessmentCode, as_of: date) -> bool:
    """Whether the last promised day was past, and neither status, figures nor words say that it is done."""
    done = report.status in DONE or verdict in (AssessmentCode.REACHED, AssessmentCode.TOLD_DONE)
    return last is not None and last.due < as_of and not done
