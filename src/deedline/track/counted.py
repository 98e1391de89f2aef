"""Over what time a reported figure counts, and whether that is the time of what was promised.

In: a promised figure with the reported one that speaks of it, and the report. Out: the same, held apart where the two
are of different times: a sum of two years is no share of a promise for each, and visitors of this year are none of the
next. Refuses to reckon one time from the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deedline.knowledge.fold import fold, passage
from deedline.knowledge.milestones import Milestone, milestones_of
from deedline.knowledge.patterns import MARK
from deedline.knowledge.told import telling
from deedline.model.attainment import Attainment
from deedline.model.item import Item
from deedline.model.text import MappedText
from deedline.model.values import Deadline, DeadlineKind, Quantity, Report
from deedline.track.standing import DONE
from deedline.track.told import CLAUSE, MOST_TOLD, SENTENCE, is_ahead, narrative_of, offsets_of, place_of, prints

_MANY_DAYS = 800  # before a report: a time that stands further back tells no day of its figures
_LENGTHS = {"month": 31, "quarter": 92, "half_year": 184}  # days of what a figure repeats over; all others are years
_YEARS = frozenset({"year", "fiscal_year", "school_year", "assessment_year"})
_YEAR = 366
_LONG = 200  # days of a time that is counted as one, not as the day up to which something is counted
_SLACK = 31  # days by which a counted time may be longer than the promised one


def milestone_of(milestones: Sequence[Milestone], attainment: Attainment | None) -> Milestone | None:
    """The promised day that a figure belongs to: the first whose words hold it, else the last."""
    if not milestones:
        return None
    printed = attainment.target_quantity.as_printed if attainment is not None else ""
    return next((each for each in milestones if prints(each.clause, printed)), milestones[-1])


def recurs(attainment: Attainment, milestone: Milestone | None) -> bool:
    """Whether a figure is promised for each of several times, not once."""
    each = attainment.target_quantity.per != "" and attainment.baseline is None
    return each or (milestone is not None and milestone.kind is DeadlineKind.EACH)


def held_apart(item: Item, found: Attainment, window: Callable[[], date | None]) -> Attainment:
    """An attainment, with why its figures are not held against each other and without a share where the report counts
    over another time than was promised, or tells the figure as still ahead.

    `window` gives the first day of the time that the opening of a list prints for the item; asked only where needed.
    """
    if found.apart or item.report is None:
        return found
    why = _why_apart(item, item.report, found, window)
    return replace(found, share=None, apart=why) if why else found


def _why_apart(item: Item, report: Report, found: Attainment, window: Callable[[], date | None]) -> str:
    figure, done = found.actual_quantity, report.status in DONE
    if not done and (found.share or 0) >= 1 and is_ahead(report, figure):
        return "the report tells its figure as still ahead"
    if found.level:  # may be read at any time
        ahead = item.due is None or report.as_of is None or item.due >= report.as_of
        down = found.lower_is_better and found.baseline is None and (found.share or 0) < 1
        return "less is better, and no figure tells where it started" if down and ahead and not done else ""
    stands = _stands(report, figure)
    return _too_long(report, found, stands) or _of_another(item, report, found, stands, window)


def _too_long(report: Report, found: Attainment, stands: _Stands) -> str:
    """Why a figure is added up over longer than each of the times for which it is promised."""
    per = found.target_quantity.per
    if (per not in _YEARS and per not in _LENGTHS) or found.actual_quantity.per:
        return ""
    since = stands.time.earliest if stands.time is not None and stands.time.kind is DeadlineKind.FROM else None
    until = counted_until(report, found.actual_quantity) or report.as_of
    long = _LENGTHS.get(per, _YEAR) + _SLACK
    if since is not None and until is not None and (until - since).days > long:
        return f"the promise is for each {per.replace('_', ' ')}, and the report counts since {since}"
    if stands.says("several"):
        return f"the promise is for each {per.replace('_', ' ')}, and the report adds up several years"
    return ""


def _of_another(
    item: Item, report: Report, found: Attainment, stands: _Stands, window: Callable[[], date | None]
) -> str:
    """Why a figure counts what was before the promised time began, or one part of it alone."""
    milestone = milestone_of(milestones_of(item), found)
    if report.status in DONE or milestone is None or milestone.begins or stands.says("early"):
        return ""
    if milestone.as_printed and not prints(milestone.near, found.target_quantity.as_printed):
        return ""  # the time may be of something else
    since = milestone.since or window()
    until = counted_until(report, found.actual_quantity) or stands.until or report.as_of
    if since is None or until is None or since >= milestone.due:
        return ""
    if until < since:
        return f"the promised time begins on {since}, and the report counts up to {until}"
    part = stands.part
    if part is not None and report.as_of is not None and part[0] > since and part[1] < report.as_of:
        return f"the promised time begins on {since}, and the report counts {part[0]} to {part[1]} alone"
    return ""


def counted_until(report: Report, figure: Quantity | None) -> date | None:
    """The last day up to which a reported figure counts, where its sentence names one: 「截至2024年9月底」."""
    if report.as_of is None:
        return None
    words = narrative_of(report)
    text = words.shown.text
    at = place_of(report, words.shown, figure) if figure is not None else -1
    days: list[tuple[int, date]] = []
    for start, end, limit in _times(report, words.shown):
        past = limit.latest is not None and 0 <= (report.as_of - limit.latest).days <= _MANY_DAYS
        if not past or limit.kind is DeadlineKind.FROM or (at >= 0 and not _leads_to(text, start, end, at)):
            continue
        window = passage(MappedText.original(f"{text[max(0, start - 20) : start]}{MARK}{text[end : end + 4]}"))
        until = any(pattern.regex.search(window.matching.text) for pattern in telling()["until"])
        if limit.latest is not None and (until or limit.kind is DeadlineKind.DURING):
            days.append((start, limit.latest))
    return max(days)[1] if days else None


@dataclass(frozen=True, slots=True)
class _Stands:
    """What the sentence of a reported figure says of its time: the nearest time before it, whether that stands in the
    figure's own clause, and the sentence."""

    time: Deadline | None
    near: bool
    sentence: str

    @property
    def until(self) -> date | None:
        """The last day of the time that the figure's own clause names."""
        own = self.near and self.time is not None and self.time.kind is not DeadlineKind.FROM
        return self.time.latest if own and self.time is not None else None

    @property
    def part(self) -> tuple[date, date] | None:
        """The first and last day of a longer time, such as a year, that the figure's own clause names."""
        if self.until is None or self.time is None or self.time.earliest is None:
            return None
        return (self.time.earliest, self.until) if (self.until - self.time.earliest).days >= _LONG else None

    def says(self, role: str) -> bool:
        """Whether words of a role stand in the sentence."""
        return any(pattern.regex.search(self.sentence) for pattern in telling()[role])


def _stands(report: Report, figure: Quantity) -> _Stands:
    words = narrative_of(report)
    text = words.shown.text
    at = place_of(report, words.shown, figure)
    if at < 0:
        return _Stands(None, False, "")
    before = [
        (limit, text[end:at]) for start, end, limit in _times(report, words.shown) if _leads_to(text, start, end, at)
    ]
    time, between = before[-1] if before else (None, "")
    first = max((found.end() for found in SENTENCE.finditer(text, 0, at)), default=0)
    stop = SENTENCE.search(text, at)
    sentence = passage(MappedText.original(text[first : stop.start() if stop else len(text)]))
    return _Stands(time, CLAUSE.search(fold(between)) is None, sentence.matching.text)


def _times(report: Report, narrative: MappedText) -> list[tuple[int, int, Deadline]]:
    """The times that a report tells as past, with where they stand, in the order of its words."""
    found: list[tuple[int, int, Deadline]] = []
    text, place = narrative.text, 0
    offsets = narrative.offsets if offsets_of(report) else ()
    for limit in report.deadlines[:MOST_TOLD]:
        if offsets and limit.spans:  # a time of the status is none of the narrative, though both print the same year
            start = bisect_left(offsets, limit.spans[0].start)
            start = start if start < len(offsets) and offsets[start] == limit.spans[0].start else -1
        else:
            start = text.find(limit.as_printed, place) if limit.as_printed else -1
        if start < 0 or limit.latest is None or limit.promised:
            continue
        place = start + len(limit.as_printed)
        found.append((start, place, limit))
    return found


def _leads_to(text: str, start: int, end: int, at: int) -> bool:
    """Whether a time stands before a figure in its sentence."""
    return start <= at and SENTENCE.search(text, end, max(end, at)) is None
