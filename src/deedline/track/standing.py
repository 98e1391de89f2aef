"""A commitment at a date: each day that it promises, whether that is ahead or past, and what reports say of it.

In: an entry, the reports on it, a day. Out: its standing. Refuses to take the clock's word for the day, and to call
anything missed: it says that a day is past and that no report says it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from deedline.knowledge.milestones import Milestone, milestones_of
from deedline.model.attainment import Attainment
from deedline.model.entry import Entry
from deedline.model.values import BY_PERSON, DeadlineKind, Report, StatusCode
from deedline.track.told import Told, is_ahead, prints, told_done

_MOST_READ = 20  # days of an item, beside its last, of which the words of reports are read
DONE = frozenset({StatusCode.COMPLETED, StatusCode.COMPLETED_EARLY, StatusCode.EXCEEDED})


class StandingCode(StrEnum):
    """Where a commitment, or one of the days that it promises, stands at a date."""

    UNDATED = "undated"
    RECURRING = "recurring"
    NOT_YET_DUE = "not_yet_due"
    DUE_SOON = "due_soon"
    DONE = "done"
    TOLD_DONE = "told_done"  # not by the status: by the words or figures of a report, as the machine reads them
    ON_SCHEDULE = "on_schedule"  # a day on the way is past, and the report after it calls the whole on schedule
    BEGUN = "begun"  # past; its document says that it begins on a day no later than its own: nothing is waited for
    NO_REPORT = "no_report"
    LATE = "late"


PAST = frozenset({StandingCode.NO_REPORT, StandingCode.LATE})  # due, and no report says that it is done


@dataclass(frozen=True, slots=True)
class Kept:
    """A promised day and what reports say of its being kept: `code` is None where none says that it is done."""

    milestone: Milestone
    code: StandingCode | None = None
    told: Told | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One promised day: where it stands, `days` until it (negative: since it was), and the words that tell it done,
    with their place where they are of the entry's own document."""

    milestone: Milestone
    code: StandingCode
    days: int
    told: Told | None
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands: `days` until it is due (negative: since it was), None without a date; `report` is what
    it rests on; `told` are the words of it that tell it as done. `stages` are all the days that it promises, the
    earliest first; `milestone` is that of `due`, the last unless another is asked for."""

    entry_id: str
    code: StandingCode
    due: date | None
    days: int | None
    report: Report | None
    reasons: tuple[str, ...]
    told: Told | None = None
    stages: tuple[Stage, ...] = ()
    milestone: Milestone | None = None


def at_stage(standing: Standing, stage: Stage) -> Standing:
    """The standing of an entry by one of the days that it promises, in place of the last."""
    return replace(
        standing,
        code=stage.code,
        due=stage.milestone.due,
        days=stage.days,
        reasons=(stage.reason,),
        told=stage.told,
        milestone=stage.milestone,
    )


def standing_at(
    entry: Entry,
    reports: Sequence[Report],
    as_of: date,
    *,
    within: int = 90,
    kept: Sequence[Kept] | None = None,
) -> Standing:
    """The standing of an entry on the day `as_of`; only reports of that day or before count, the newest first.

    `within` is how many days ahead count as due soon. `kept` is what `days_kept` says for that day, where it is known.
    """
    report = next(iter(_newest_first(reports, as_of)), None)
    days = days_kept(entry, reports, as_of) if kept is None else kept
    if not days:
        code, reason = _without_a_day(entry, report)
        return Standing(entry.id, code, None, None, report, (reason,))
    view = _View(as_of, timedelta(days=within), report, days[-1].milestone.due, entry.dated)
    stages = tuple(_stage(each, view) for each in days)
    last = stages[-1]
    reasons = (last.reason, *_on_the_way(stages, as_of))
    found = Standing(entry.id, last.code, last.milestone.due, last.days, report, reasons, last.told, stages)
    return replace(found, milestone=last.milestone)


def days_kept(
    entry: Entry, reports: Sequence[Report], as_of: date, figures: Sequence[Attainment] = ()
) -> tuple[Kept, ...]:
    """Every day that an entry promises, with what the reports of `as_of` or before say of its being kept: by status, by
    `figures` (how far the entry's own report goes towards what it promises), or by their words, which are read for the
    first days of an item that promises very many, and for its last."""
    newest_first = _newest_first(reports, as_of)
    own = entry.item.report if entry.item.report in newest_first else None
    since = [
        each for each in newest_first if each is own or entry.dated is None or (each.as_of or date.min) > entry.dated
    ]
    reached = [each for each in figures if own is not None and not is_ahead(own, each.actual_quantity)]
    telling = _Telling(newest_first, since, reached, own)
    days, unread = milestones_of(entry.item), replace(telling, since=())
    read = {*days[:_MOST_READ], *days[-1:]}
    return tuple(_kept(entry, each, telling if each in read else unread, as_of) for each in days)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What tells of an entry: all reports, the newest first; those of them made after it was promised, or upon it; and
    the figures of its `own` report that are not told as still ahead."""

    reports: Sequence[Report]
    since: Sequence[Report]
    figures: Sequence[Attainment]
    own: Report | None


def _newest_first(reports: Sequence[Report], as_of: date) -> list[Report]:
    known = [report for report in reports if report.as_of is not None and report.as_of <= as_of]
    return sorted(known, key=lambda report: report.as_of or date.min, reverse=True)


def _kept(entry: Entry, milestone: Milestone, telling: _Telling, as_of: date) -> Kept:
    newest = next(iter(telling.reports), None)
    if newest is not None and newest.status in DONE:
        return Kept(milestone, StandingCode.DONE, None, f"{_said(newest)} on {newest.as_of}")
    if milestone.due < as_of and (reached := _reached(milestone, telling.figures)):
        return Kept(milestone, StandingCode.TOLD_DONE, None, reached)
    if not _falls_short(milestone, telling.figures):
        for each in telling.since:
            if told := told_done(entry.item, milestone, each):
                here = told if each is telling.own else replace(told, spans=())  # another's are of its own document
                return Kept(milestone, StandingCode.TOLD_DONE, here, _told(told, milestone, each))
    return Kept(milestone)


def _without_a_day(entry: Entry, report: Report | None) -> tuple[StandingCode, str]:
    if report is not None and report.status in DONE:
        return StandingCode.DONE, f"{_said(report)} on {report.as_of}"
    if any(deadline.kind is DeadlineKind.EACH for deadline in entry.item.deadlines):
        return StandingCode.RECURRING, "promised again and again, without a last day"
    return StandingCode.UNDATED, "no date is promised"


@dataclass(frozen=True, slots=True)
class _View:
    """The day that is judged by, how far ahead counts as soon, the newest report, the last day promised, and that from
    which the document dates."""

    as_of: date
    within: timedelta
    report: Report | None
    last: date
    dated: date | None


def _stage(kept: Kept, view: _View) -> Stage:
    """Where one promised day stands."""
    days = (kept.milestone.due - view.as_of).days
    code, reason = (kept.code, kept.reason) if kept.code is not None else _untold(kept.milestone, view)
    return Stage(kept.milestone, code, days, kept.told, reason)


def _untold(milestone: Milestone, view: _View) -> tuple[StandingCode, str]:
    """Where a day stands that no report says is kept."""
    due, as_of, report = milestone.due, view.as_of, view.report
    is_due = f"to begin by {due}" if milestone.begins else f"due {due}"
    if due >= as_of:
        code = StandingCode.DUE_SOON if due - as_of <= view.within else StandingCode.NOT_YET_DUE
        return code, f"{is_due}, in {(due - as_of).days} days"
    if milestone.begins and view.dated is not None and due <= view.dated:
        return StandingCode.BEGUN, f"begins by {due}, as its document of {view.dated} says"
    if report is None or report.as_of is None or report.as_of <= due:
        return StandingCode.NO_REPORT, f"{is_due}, {(as_of - due).days} days ago; no report since was found"
    since = f"{(report.as_of - due).days} days later"
    if due != view.last and report.status is StatusCode.ON_SCHEDULE:
        return StandingCode.ON_SCHEDULE, f"{is_due}; {_said(report)} {since}"
    return StandingCode.LATE, f"{is_due}; {_said(report)} {since}, and no report says that it is done"


def _reached(milestone: Milestone, figures: Sequence[Attainment]) -> str:
    """What says that the figures about a day are all reached; empty where one is not, or none is reported."""
    about = _about(milestone, figures)
    if not about or any(each.share is None or each.share < 1 or not _counts_the_same(each) for each in about):
        return ""
    pairs = (f"{each.actual_quantity.as_printed} of {each.target_quantity.as_printed}" for each in about)
    return f"by the figures of the report it is reached: {'; '.join(pairs)}"


def _counts_the_same(figure: Attainment) -> bool:
    """Whether both figures are in one unit, or in one that the other names too."""
    promised, reported = figure.target_quantity.unit, figure.actual_quantity.unit
    return promised in reported or reported in promised


def _falls_short(milestone: Milestone, figures: Sequence[Attainment]) -> bool:
    return any(each.share is not None and each.share < 1 for each in _about(milestone, figures))


def _about(milestone: Milestone, figures: Sequence[Attainment]) -> list[Attainment]:
    return [each for each in figures if prints(milestone.clause, each.target_quantity.as_printed)]


def _told(told: Told, milestone: Milestone, report: Report) -> str:
    """What was told, and by how many days after the promised one, where the words name a later one."""
    late = (told.first - milestone.due).days if told.first is not None else 0
    after = f", {late} days after {milestone.due}" if late > 0 else ""
    return f"the report of {report.as_of} tells it as done: “{told.quote}”{after}"


def _on_the_way(stages: Sequence[Stage], as_of: date) -> list[str]:
    """What to know of the days before the last: which have passed, and which comes next."""
    before = stages[:-1]
    past = [stage for stage in before if stage.milestone.due < as_of]
    ahead = [stage for stage in before if stage.milestone.due >= as_of]
    return [
        *(f"promised day past, “{_named(stage)}”: {stage.reason}" for stage in past),
        *(f"next promised day, “{_named(stage)}”: {stage.reason}" for stage in ahead[:1]),
    ]


def _named(stage: Stage) -> str:
    """The time as printed, or the day that a person holds it to be."""
    return stage.milestone.as_printed or stage.milestone.due.isoformat()


def _said(report: Report) -> str:
    if report.rule == BY_PERSON:
        return f"held by a person to be {report.status or 'without a status'}"
    return f"reported as “{report.as_printed}”"
