"""Other libraries that read times, each as one function: text and the day it was written → the intervals it read.

Every reader is given the benefit of the doubt: all the values that a library offers count, lengths are laid from the
day of writing on, and a date without a day is taken as its whole month or year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

Interval = tuple[date | None, date | None]
Reader = Callable[[str, date, str], list[Interval]]

_DAYS = {"year": 365.25, "month": 30.44, "week": 7, "day": 1}


def deedline(text: str, written: date, language: str) -> list[Interval]:
    """Deedline's own reading, with Hong Kong's calendars."""
    from deedline.find.deadlines import find_deadlines
    from deedline.knowledge.fold import passage_of
    from deedline.knowledge.load import jurisdiction

    found = find_deadlines(passage_of(text), written, jurisdiction("hk"), language)
    return [(deadline.earliest, deadline.latest) for deadline in found]


def jionlp(text: str, written: date, _language: str) -> list[Interval]:
    """jionlp's `ner.extract_time`; Chinese only."""
    import jionlp as library

    base = datetime(written.year, written.month, written.day).timestamp()
    found = library.ner.extract_time(text, time_base=base)
    return [interval for entry in found for interval in _jionlp_intervals(entry["detail"], written)]


def _jionlp_intervals(detail: dict[str, Any], written: date) -> Iterable[Interval]:
    time = detail["time"]
    if detail["type"] == "time_delta":
        lengths = time if isinstance(time, list) else [time]
        for length in lengths:
            yield written, written + timedelta(days=sum(_DAYS.get(unit, 0) * n for unit, n in length.items()))
    elif isinstance(time, list):
        yield _day(time[0]), _day(time[1])


def recognizers(text: str, written: date, language: str) -> list[Interval]:
    """recognizers-text-date-time; the end of its ranges is the day after."""
    from recognizers_date_time import Culture, recognize_datetime

    culture = Culture.Chinese if language == "zh" else Culture.English
    reference = datetime(written.year, written.month, written.day)
    intervals: list[Interval] = []
    for result in recognize_datetime(text, culture, reference=reference):
        values = (result.resolution or {}).get("values") or []
        intervals += [interval for value in values if value and (interval := _recognized(value, written))]
    return intervals


def _recognized(value: dict[str, str], written: date) -> Interval | None:
    if value["type"] == "duration":
        return written, written + timedelta(seconds=float(value["value"]))
    if "value" in value:
        return _day(value["value"]), _day(value["value"])
    end = _day(value.get("end"))
    interval = _day(value.get("start")), end and end - timedelta(days=1)
    return interval if any(interval) else None


def dateparser(text: str, written: date, language: str) -> list[Interval]:
    """dateparser's `search_dates`, each find widened to the period that dateparser says it is."""
    import dateparser as library
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": datetime(written.year, written.month, written.day)}
    intervals: list[Interval] = []
    for words, moment in search_dates(text, languages=[language], settings=settings) or []:
        data = library.date.DateDataParser(languages=[language], settings=settings).get_date_data(words)
        intervals.append(_widened(moment.date(), data.period))
    return intervals


def _widened(day: date, period: str) -> Interval:
    if period == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if period == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed[:10]) if printed and re.match(r"\d{4}-\d\d-\d\d", printed) else None


@cache
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(reader: Reader) -> Reader:
    """The same reader, given the text in Simplified characters."""
    return lambda text, written, language: reader(_simplifier().convert(text), written, language)


READERS: dict[str, Reader] = {
    "deedline": deedline,
    "jionlp": jionlp,
    "jionlp, text in Simplified": simplified(jionlp),
    "recognizers-text-date-time": recognizers,
    "recognizers-text-date-time, text in Simplified": simplified(recognizers),
    "dateparser": dateparser,
    "dateparser, text in Simplified": simplified(dateparser),
}
