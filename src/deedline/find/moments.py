"""Days: calendar arithmetic that knows no words. A Moment is what some words can mean, never more precise than they.

A year is twelve months, the end of a year a quarter of them; 30 February is no day at all.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """First and last day that the words can mean (None where they leave it open) and how precisely they say so.

    `own_year` is False where the year was taken from the words before or from the document's day.
    """

    start: date | None
    end: date | None
    precision: str
    own_year: bool = True


def months_later(day: date, months: int) -> date:
    """`day` moved by whole months; a month's last day stays a month's last day. ValueError beyond the calendar."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = divmod(ordinal, 12)
    last = calendar.monthrange(year, month + 1)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if was_last else min(day.day, last))


def months_of(year: int, first: int, last: int, precision: str, own_year: bool = True) -> Moment:
    """From the first day of one month to the last day of another of the same year."""
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Moment(date(year, first, 1), end, precision, own_year)


def spanning(first: Moment, last: Moment) -> Moment | None:
    """From one moment to another, the one without a year of its own in the other's; None where that runs backwards."""
    start, end = first.start, last.end
    if start is None or end is None:
        return Moment(start, end, "period", first.own_year)
    if last.own_year and not first.own_year:
        start = months_later(start, 12 * (end.year - start.year))
        start = months_later(start, -12) if start > end else start
    elif end < start and not last.own_year:
        end = months_later(end, 12)
    return Moment(start, end, "period", first.own_year or last.own_year) if start <= end else None
