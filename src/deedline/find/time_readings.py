"""Times read: what days each Time of a text names, one small reader a unit of `deadlines.toml`.

Input the Times of a text and the Setting they are said in, output Readings: where the words stand and their Moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deedline.find.moments import ONE_DAY, Moment, months_later, months_of, spanning
from deedline.find.numeric_days import digits_day, season
from deedline.find.split_years import split_year, two_part_year
from deedline.find.time_grammar import Grammar, Time
from deedline.find.time_setting import Setting, later, year_of

__all__ = ["Reading", "Setting", "later", "read_times"]

_LONGEST_JOIN = 24  # characters that may stand between two joined times, or before them to make "and" a range


@dataclass(frozen=True, slots=True)
class Reading:
    """One time, or two joined to a range, as indices into the matching text, with the days it names."""

    start: int
    end: int
    unit: str
    rule: str
    moment: Moment
    is_range: bool = False


def read_times(times: Sequence[Time], text: str, setting: Setting) -> list[Reading]:
    """The days that the Times of `text` name, in order; those that make no date are left out, ranges made one."""
    readings: list[Reading] = []
    for time in _with_units(times, text, setting.words):
        known = _moment(time, setting)
        if known is None:
            continue
        reading = Reading(time.start, time.end, time.unit, time.rule, known)
        last = readings[-1] if readings else None
        if last is not None and not last.is_range and _joined(last, reading, text, setting.words) == "range":
            whole = spanning(last.moment, known)
            if whole is not None:
                readings[-1] = replace(last, end=reading.end, rule="range", moment=whole, is_range=True)
                setting = replace(setting, before=whole if whole.end else setting.before)
                continue
        readings.append(reading)
        setting = replace(setting, before=known) if known.end is not None else setting
    return readings


def _with_units(times: Sequence[Time], text: str, words: Grammar) -> list[Time]:
    """Times whose unit stands only after the next one take it over: 「2023–24至2027–28年度」, 「2024至2026年」."""
    named: list[Time] = []
    for time in reversed(times):
        following = named[-1] if named else None
        joined = following is not None and _joined(time, following, text, words) != ""
        if time.unit == "pair":
            takes_over = joined and following is not None and "to" in following.parts
            named.append(replace(time, unit=following.unit if takes_over and following else "fiscal_year"))
        elif time.unit != "bare_year":
            named.append(time)
        elif joined:
            named.append(replace(time, unit="year"))
    return named[::-1]


def _joined(left: Time | Reading, right: Time | Reading, text: str, words: Grammar) -> str:
    """ "range", "list", or "" where the words between two times do not join them."""
    gap = text[left.end : right.start]
    if len(gap) > _LONGEST_JOIN:
        return ""
    for join in words.joins:
        needed = join.data.get("preceded")  # such as "between", which makes "and" a range
        before = text[max(0, left.start - _LONGEST_JOIN) : left.start]
        if join.regex.search(gap) and (needed is None or re.search(needed, before)):
            return str(join.data["reading"])
    return ""


def _moment(time: Time, setting: Setting) -> Moment | None:
    """The days that a Time names; None where its parts make no date (30 February) or it only looked like a time."""
    reading = _READINGS.get(time.unit)
    try:
        return reading(time.parts, setting) if reading else None
    except (ValueError, OverflowError):
        return None


def _of_year(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    year, own = year_of(parts, setting)
    return _part_of(year, parts, own, setting.words)


def _this_year(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    """「年底前」, "by the end of the year": of the year named before it or of the document's, whichever is later."""
    year = year_of(parts, setting)[0]
    if setting.today is not None:
        year = max(year or 0, setting.today.year)
    return _part_of(year, parts, False, setting.words)


def _part_of(year: int | None, parts: Mapping[str, str], own: bool, words: Grammar) -> Moment:
    part = words.value("part", parts.get("part", ""))
    if year is None:
        return Moment(None, None, "vague" if part else "year", own)
    if part is None:
        return months_of(year, 1, 12, "year", own)
    first, last = words.values["months_of_part"][part]
    return months_of(year, first, last, "vague", own)


def _half(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    year, own = year_of(parts, setting)
    half = setting.words.value("half", parts["half"])
    return months_of(year, half * 6 - 5, half * 6, "half", own) if year else Moment(None, None, "half", own)


def _quarter(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    year, own = year_of(parts, setting)
    quarter = setting.words.value("quarter", parts["quarter"]) or setting.words.number(parts["quarter"])
    if year is None or quarter is None:
        return Moment(None, None, "quarter", own)
    return months_of(year, quarter * 3 - 2, quarter * 3, "quarter", own)


def _month(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    year, own = year_of(parts, setting)
    word = parts["month"]
    month = setting.words.value("month", word) or setting.words.number(word)
    part = setting.words.value("part", parts.get("part", ""))
    if year is None or month is None:
        return Moment(None, None, "third" if part else "month", own)
    return _third(months_of(year, month, month, "month", own), part, setting.words)


def _third(month: Moment, part: str | None, words: Grammar) -> Moment:
    if part is None or month.start is None or month.end is None:
        return month
    first, last = words.values["days_of_part"][part]
    end = month.end.replace(day=min(last, month.end.day))
    return Moment(month.start.replace(day=first), end, "third", month.own_year)


def _day(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    whole = _month(parts, setting)
    day = setting.words.number(parts["day"])
    if whole is None or whole.start is None or day is None:
        return Moment(None, None, "day", bool(whole and whole.own_year))
    until = setting.words.number(parts["until"]) if "until" in parts else None
    start, end = whole.start.replace(day=day), whole.start.replace(day=until or day)
    return Moment(start, end, "period" if until else "day", whole.own_year) if start <= end else None


def _relative_month(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    step = setting.words.value("relative", parts["relative"]) if "relative" in parts else 0
    if setting.today is None or step is None:
        return Moment(None, None, "month")
    first = months_later(setting.today.replace(day=1), step)
    whole = months_of(first.year, first.month, first.month, "month")
    return _third(whole, setting.words.value("part", parts.get("part", "")), setting.words)


def _relative_quarter(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    step = setting.words.value("relative", parts["relative"])
    if setting.today is None or step is None:
        return Moment(None, None, "quarter")
    first = months_later(setting.today.replace(month=(setting.today.month - 1) // 3 * 3 + 1, day=1), 3 * step)
    return months_of(first.year, first.month, first.month + 2, "quarter")


def _first_months(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    year, own = year_of(parts, setting)
    if year is None:
        return Moment(None, None, "period", own)
    end = later(date(year - 1, 12, 31), parts, setting.words)
    return Moment(date(year, 1, 1), end, "period", own) if end else None


def _years(parts: Mapping[str, str], _: Setting) -> Moment | None:
    first, last = int(parts["year"]), int(parts["to"])
    return Moment(date(first, 1, 1), date(last, 12, 31), "period") if first <= last else None


def _term(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    step = setting.words.value("relative", parts["relative"]) or 0
    known = setting.place.term_at(setting.dated) if setting.dated else None
    if known is not None and step:
        known = setting.place.term_at(known.end + ONE_DAY)
    return Moment(known.start, known.end, "term") if known else Moment(None, None, "term")


def _within(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    """Counted from the day of the document; where that is unknown, from the time named before.

    The first day is left out, as Cap. 1 s. 71 has it: within three years of 16 October 2024 is by 16 October 2027.
    """
    start = setting.today
    if start is None and setting.before is not None:
        start = setting.before.end
    return Moment(start, later(start, parts, setting.words), "period") if start else Moment(None, None, "period")


def _ahead(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    if setting.today is None:
        return Moment(None, None, "period")
    return Moment(setting.today, later(setting.today, parts, setting.words), "period")


def _following(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    if setting.before is None or setting.before.end is None:
        return Moment(None, None, "period")
    return Moment(setting.before.end + ONE_DAY, later(setting.before.end, parts, setting.words), "period")


def _each(_: Mapping[str, str], __: Setting) -> Moment:
    return Moment(None, None, "period")


def _vague(_: Mapping[str, str], setting: Setting) -> Moment:
    return Moment(setting.today, None, "vague")


_READINGS: dict[str, Callable[[Mapping[str, str], Setting], Moment | None]] = {
    "day": _day,
    "digits_day": digits_day,
    "season": season,
    "month": _month,
    "relative_month": _relative_month,
    "quarter": _quarter,
    "relative_quarter": _relative_quarter,
    "half": _half,
    "year": _of_year,
    "this_year": _this_year,
    "years": _years,
    "first_months": _first_months,
    "fiscal_year": split_year("fiscal_year"),
    "two_part_year": two_part_year,
    "school_year": split_year("school_year"),
    "assessment_year": split_year("assessment_year"),
    "term": _term,
    "within": _within,
    "ahead": _ahead,
    "following": _following,
    "each": _each,
    "vague": _vague,
}
