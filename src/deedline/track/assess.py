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
from deedline.model.values import Basis, Comparator, DeadlineKind, Quantity, Report, StatusCode
from deedline.track.counted import counted_until, milestone_of, recurs
from deedline.track.standing import DONE
from deedline.track.told import Told, told_done, told_late

PACE_MARGIN = 0.04  # how far the attained share may trail the elapsed time before that is called behind
RATES_WITHIN = 90  # days before its end: from then on a rate that trails the time is called behind
NEAR = 0.9  # what of a figure that was promised as approximate must be there to be near it
_NOT_HELD = "not held against each other: "
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
    milestone = milestone_of(milestones, attainment)
    until = counted_until(report, attainment.actual_quantity if attainment is not None else None) or as_of
    pace = _pace(item, milestone, attainment, (window, promised_on), until)
    last = milestones[-1] if milestones else None
    shared = attainment is not None and attainment.share is not None
    told = told_done(item, last, report) if last is not None and not shared and report.status not in DONE else None
    if attainment is not None and attainment.share is not None:
        verdict, reason = _by_share(attainment, attainment.share, report, milestone, pace, as_of)
    else:
        verdict, reason = _by_day(item, attainment, told, (last, as_of))
    after, when = _done_late(item, report, milestones, verdict)
    also = (_told(each) for each in figures if each is not attainment)
    found = Assessment(
        as_of=as_of,
        verdict=verdict,
        reasons=(reason, *when, *(attainment.reasons if attainment is not None else ()), *also),
        disagrees=_disagrees(report.status, verdict),
        share=attainment.share if attainment is not None else None,
        elapsed=pace.elapsed if pace is not None else None,
        late=_is_late(report, last, verdict, as_of),
        done_late=after,
    )
    return replace(found, told=told.quote, told_spans=told.spans) if told is not None else found


def _done_late(
    item: Item, report: Report, milestones: Sequence[Milestone], verdict: AssessmentCode
) -> tuple[int | None, tuple[str, ...]]:
    """By how many days after a promised one the report tells the deed as done, and a sentence that says so."""
    if report.status not in DONE and verdict not in (AssessmentCode.REACHED, AssessmentCode.TOLD_DONE):
        return None, ()
    found = [(told, each) for each in milestones if (told := told_late(item, each, report)) is not None]
    if not found:
        return None, ()
    days = [((told.first or each.due) - each.due).days for told, each in found]
    said = (
        f"the report tells it as done {after} days after {each.due}: “{told.quote}”"
        for after, (told, each) in zip(days, found, strict=True)
    )
    return max(days), tuple(said)


def _told(attainment: Attainment) -> str:
    promised, reported = attainment.target_quantity.as_printed, attainment.actual_quantity.as_printed
    if attainment.apart:
        return f"also promised {promised}: reported {reported}, {_NOT_HELD}{attainment.apart}"
    share = "" if attainment.share is None else f", {attainment.share:.0%} of it"
    return f"also promised {promised}: reported {reported}{share}"


def _pace(
    item: Item,
    milestone: Milestone | None,
    attainment: Attainment | None,
    since: tuple[date | None, date | None],
    until: date,
) -> _Pace | None:
    """The part of the time for a promise that has gone by; None for a promise that recurs or only begins then, for
    which half the time says nothing of half the work.

    `since` are the first day of a list's window and that of the promise. A window that has not begun is not the time
    of what is reported: that is counted from the promise.
    """
    window, promised_on = since
    if milestone is None or milestone.begins:
        return None
    again = any(each.kind is DeadlineKind.EACH for each in item.deadlines)
    if recurs(attainment, milestone) if attainment is not None else again:
        return None
    first = milestone.since or window or promised_on
    if first is not None and first > until:
        first = promised_on
    if first is None or first >= milestone.due:
        return None
    return _Pace(first, until, min(1.0, max(0.0, (until - first).days / (milestone.due - first).days)))


def _by_day(
    item: Item, attainment: Attainment | None, told: Told | None, at: tuple[Milestone | None, date]
) -> tuple[AssessmentCode, str]:
    """What can be said without a share: by status, words and day. `at`: the last promised day, and that of today."""
    (milestone, as_of), status = at, item.report.status if item.report is not None else None
    why = f"{_NOT_HELD}{attainment.apart}" if attainment is not None and attainment.apart else ""
    also = f"; {why}" if why else ""
    if status in DONE:
        promised = next(filter(_counts, item.quantities), None)
        if promised is None:
            return AssessmentCode.REACHED, "reported as done; no figure to compare it with"
        none = f"no figure of the report was found for {promised.as_printed}"
        return AssessmentCode.NOT_COMPARABLE, f"reported as done; {why or none}"
    if told is not None:
        return AssessmentCode.TOLD_DONE, f"the report tells it as done: “{told.quote}”{also}"
    if milestone is None:
        return (
            AssessmentCode.UNDATED,
            f"no date is promised; {why}" if why else "no date and no figure to compare it with",
        )
    if milestone.due < as_of:
        ago = (as_of - milestone.due).days
        return (
            AssessmentCode.LATE,
            f"due {milestone.due}, {ago} days before {as_of}; no words of the report say it is done{also}",
        )
    return AssessmentCode.NOT_DUE, f"due {milestone.due}; {why or 'no figure to compare it with'}"


def _counts(promised: Quantity) -> bool:
    """Whether a promised figure is one that words alone do not show to be kept: more than one of a thing."""
    return promised.basis in (Basis.TARGET, Basis.CHANGE) and promised.value != 1


def _by_share(
    attainment: Attainment, share: float, report: Report, milestone: Milestone | None, pace: _Pace | None, as_of: date
) -> tuple[AssessmentCode, str]:
    attained = _attained(attainment, share)
    due = f", due {milestone.due}" if milestone is not None else ""
    if share >= 1:
        return AssessmentCode.REACHED, f"{attained} is reached"
    if report.status in DONE or (milestone is not None and milestone.due < as_of):
        near = attainment.target_quantity.comparator is Comparator.ABOUT and share >= NEAR
        return (AssessmentCode.NEAR if near else AssessmentCode.SHORT), _printed(attainment, share, report, due)
    if pace is None or milestone is None:
        untimed = "; promised again and again, so no time is counted" if recurs(attainment, milestone) else ""
        return AssessmentCode.ON_PACE, f"{attained}{due}{untimed}"
    told = f"{attained} with {pace.elapsed:.0%} of the time from {pace.since} gone by {pace.until}{due}"
    if share >= pace.elapsed - PACE_MARGIN or _keeps_whole_steps(attainment, pace.elapsed):
        return AssessmentCode.ON_PACE, told
    left = (milestone.due - as_of).days
    if not _is_rate(attainment):
        return AssessmentCode.BEHIND, told
    uneven = f"{told}; a rate need not move evenly, and {left} days are left"
    return (AssessmentCode.BEHIND if left <= RATES_WITHIN else AssessmentCode.ON_PACE), uneven


def _attained(attainment: Attainment, share: float) -> str:
    """The share in words: of what was promised, or of the way from where it starts."""
    if attainment.baseline is None:
        return f"{share:.0%} of what was promised"
    start, target = (_figure(value, attainment) for value in (attainment.baseline, attainment.target))
    return f"{share:.0%} of the way from {start} to {target}"


def _is_rate(attainment: Attainment) -> bool:
    """Whether a figure is a rate, or what is to come down: neither is added up from day to day."""
    return attainment.unit == "ratio" or attainment.lower_is_better


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
    if attainment.lower_is_better:
        less = f"; less is better ({share:.0%}{way})" if way else "; less is better"
        return f"{said}{due}; {_figure(attainment.actual, attainment)} where {promised} was promised{less}"
    return f"{said}{due}; {_figure(attainment.actual, attainment)} of {promised} printed ({share:.0%}{way})"


def _figure(value: float, attainment: Attainment) -> str:
    if attainment.unit == "ratio":
        return f"{value * 100:.4g}%"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


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
