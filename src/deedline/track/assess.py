"""An indicator's report, figures and dates → what they bear out, beside what was said officially.

In: an item, its attainment, the day the promise was made, a day. Out: an assessment. Refuses to overwrite a status.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from deedline.model.assessment import Assessment, AssessmentCode
from deedline.model.attainment import Attainment
from deedline.model.item import Item
from deedline.model.values import DeadlineKind, StatusCode
from deedline.track.standing import DONE

PACE_MARGIN = 0.05  # how far the attained share may trail the elapsed time before that is called behind


def assess(
    item: Item,
    attainment: Attainment | None,
    promised_on: date | None,
    as_of: date,
    figures: Sequence[Attainment] = (),
) -> Assessment | None:
    """The assessment of an indicator at `as_of`; None where it has no report.

    `promised_on` is the latest day on which the promise can have been made: time elapsed is counted from it, which
    never makes a promise look later than it is. `attainment` decides; where the item promises several figures,
    `figures` are all that the report speaks of, and the reasons tell how far each of the others goes.
    """
    report = item.report
    if report is None:
        return None
    share = attainment.share if attainment is not None else None
    elapsed = _elapsed(item, promised_on, as_of)
    done = report.status in DONE
    verdict, reason = _verdict(item, share, elapsed, as_of, done=done)
    also = (_told(each) for each in figures if each is not attainment)
    reasons = (reason, *(attainment.reasons if attainment is not None else ()), *also)
    return Assessment(as_of, verdict, reasons, _disagrees(report.status, verdict), share, elapsed)


def _told(attainment: Attainment) -> str:
    promised, reported = attainment.target_quantity.as_printed, attainment.actual_quantity.as_printed
    share = "" if attainment.share is None else f", {attainment.share:.0%} of it"
    return f"also promised {promised}: reported {reported}{share}"


def _elapsed(item: Item, promised_on: date | None, as_of: date) -> float | None:
    """The part of the time between promise and due date that has gone by; None for a promise that recurs or only
    begins then, for which half the time says nothing of half the work."""
    open_ended = any(deadline.kind in (DeadlineKind.EACH, DeadlineKind.FROM) for deadline in item.deadlines)
    if item.due is None or promised_on is None or promised_on >= item.due or open_ended:
        return None
    return min(1.0, max(0.0, (as_of - promised_on).days / (item.due - promised_on).days))


def _verdict(
    item: Item, share: float | None, elapsed: float | None, as_of: date, *, done: bool
) -> tuple[AssessmentCode, str]:
    if share is not None:
        return _by_share(item.due, share, elapsed, as_of, done=done)
    due = item.due
    if done:
        return AssessmentCode.REACHED, "reported as done; no figure to compare it with"
    if due is None:
        return AssessmentCode.UNDATED, "no date and no figure to compare it with"
    if due < as_of:
        return AssessmentCode.OVERDUE, f"due {due}, {(as_of - due).days} days before {as_of}"
    return AssessmentCode.NOT_DUE, f"due {due}; no figure to compare it with"


def _by_share(
    due: date | None, share: float, elapsed: float | None, as_of: date, *, done: bool
) -> tuple[AssessmentCode, str]:
    attained = f"{share:.0%} of what was promised"
    when = f", due {due}" if due else ""
    if share >= 1:
        return AssessmentCode.REACHED, f"{attained} is reached"
    if done or (due is not None and due < as_of):
        return AssessmentCode.SHORT, f"{attained}{when}; reported as {'done' if done else 'not done'}"
    if elapsed is not None and share < elapsed - PACE_MARGIN:
        return AssessmentCode.BEHIND, f"{attained} with {elapsed:.0%} of the time gone{when}"
    return AssessmentCode.ON_PACE, f"{attained}{when}"


def _disagrees(status: StatusCode | None, verdict: AssessmentCode) -> bool:
    """Whether the official status claims more, or less, than the figures and dates bear out."""
    if status in DONE:
        return verdict is AssessmentCode.SHORT
    if status is StatusCode.ON_SCHEDULE:
        return verdict in (AssessmentCode.BEHIND, AssessmentCode.SHORT, AssessmentCode.OVERDUE)
    return status is StatusCode.IN_PROGRESS and verdict is AssessmentCode.REACHED
