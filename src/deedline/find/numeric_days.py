"""Days that digits or holidays name: 30/6/2025 in either order, Christmas of a year; the doubt where both fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from deedline.find.moments import Moment
from deedline.find.time_setting import Setting, year_of
from deedline.knowledge.milestones import EITHER_ORDER
from deedline.model.item import Issue, Item


def digits_day(parts: Mapping[str, str], _: Setting) -> Moment | None:
    """The day of 30/6/2025, or from the one to the other where either number may be the month: 3/4/2026."""
    one, two, year = int(parts["one"]), int(parts["two"]), int(parts["year"])
    days = sorted({day for day in (_day(year, two, one), _day(year, one, two)) if day is not None})
    return Moment(days[0], days[-1], "period" if len(days) > 1 else "day") if days else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def season(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    """A holiday or a season of a year; vague where it moves or has no sharp edge."""
    year, own = year_of(parts, setting)
    known = setting.words.value("season", parts["season"])
    if year is None or known is None:
        return Moment(None, None, "vague", own)
    first, last = date(year, *known["from"]), date(year, *known["to"])
    precise = "day" if first == last else "period"
    return Moment(first, last, "vague" if known.get("wide") else precise, own)


def doubts_of_days(items: Iterable[Item]) -> Iterator[Issue]:
    """A doubt for each time of an item that digits print in an order that nothing tells."""
    for item in items:
        for limit in item.deadlines:
            if limit.rule == EITHER_ORDER and limit.precision == "period":
                told = f"{limit.as_printed!r} may begin with its day or its month, so the later of both is taken"
                message = f"{told}; correct the item's due date if it is wrong"
                yield Issue("unclear-day", message, limit.spans, item.lines[0], item.key)
