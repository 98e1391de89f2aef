"""Years that start in one calendar year and end in the next: 2024–25年度, the 2024/25 school year, this financial year.

Where they start is the jurisdiction's `calendars`; a place without one reads them as calendar years.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from deedline.find.moments import ONE_DAY, Moment, months_later
from deedline.find.time_grammar import Grammar
from deedline.find.time_setting import Setting


def split_year(unit: str) -> Callable[[Mapping[str, str], Setting], Moment | None]:
    """Years that start in one calendar year and end in the next: "2024–25", "2024/25", "this financial year"."""

    def read(parts: Mapping[str, str], setting: Setting) -> Moment | None:
        month, day = setting.place.calendars.get(unit, (1, 1))
        if "year" not in parts:
            return _relative_split(unit, parts, setting)
        first = _full_year(setting.words.number(parts["year"]))
        last = _second_year(first, parts.get("to"), setting.words) if first else None
        if first is None or last is None:
            return None
        start, end = date(first, month, day), date(last, month, day) - ONE_DAY
        if last == first + 1 and ("quarter" in parts or "half" in parts):
            return _part(start, parts, setting.words)
        return Moment(start, end, unit if last == first + 1 else "period")

    return read


def _part(start: date, parts: Mapping[str, str], words: Grammar) -> Moment | None:
    """A quarter or a half of the year that begins on `start`."""
    name, months = ("quarter", 3) if "quarter" in parts else ("half", 6)
    which = words.value(name, parts[name]) or words.number(parts[name])
    if which is None:
        return None
    return Moment(months_later(start, months * (which - 1)), months_later(start, months * which) - ONE_DAY, name)


def _full_year(number: int | None) -> int | None:
    return number + 2000 if number is not None and number < 100 else number


def _second_year(first: int, printed: str | None, words: Grammar) -> int | None:
    """The year in which "2024–25" or "2021–24" ends; None where it does not follow the first."""
    if printed is None:
        return first + 1
    last = words.number(printed)
    if last is None:
        return None
    if len(printed) == 2:
        last += first // 100 * 100 + (100 if first % 100 == 99 else 0)
    return last if first < last <= first + 30 else None


def _relative_split(unit: str, parts: Mapping[str, str], setting: Setting) -> Moment | None:
    step = setting.words.value("relative", parts["relative"])
    if setting.today is None or step is None:
        return Moment(None, None, unit)
    month, day = setting.place.calendars.get(unit, (1, 1))
    start = date(setting.today.year, month, day)
    if start > setting.today:
        start = start.replace(year=start.year - 1)
    start = start.replace(year=start.year + step)
    return Moment(start, start.replace(year=start.year + 1) - ONE_DAY, unit)


def two_part_year(parts: Mapping[str, str], setting: Setting) -> Moment | None:
    """「2024–25年」: a financial year where the second follows the first, else those calendar years."""
    first = int(parts["year"])
    last = _second_year(first, parts["to"], setting.words)
    if last is None or last > first + 1:
        return Moment(date(first, 1, 1), date(last, 12, 31), "period") if last else None
    return split_year("fiscal_year")(parts, setting)
