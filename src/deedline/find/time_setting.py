"""What a time may be counted from, and the two questions every reader asks: which year, and how much later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from deedline.find.moments import Moment, months_later
from deedline.find.time_grammar import Grammar
from deedline.knowledge.load import Jurisdiction


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time may be counted from: the day the words were said, the place, the moment named before.

    `counted_from_dated` is False for words first said on an earlier, unknown day; `dated` then only bounds it.
    """

    words: Grammar
    place: Jurisdiction
    dated: date | None
    counted_from_dated: bool = True
    before: Moment | None = None

    @property
    def today(self) -> date | None:
        """The day that "this year" and "within three years" count from, where it is known."""
        return self.dated if self.counted_from_dated else None


def later(day: date, parts: Mapping[str, str], words: Grammar) -> date | None:
    """`day` moved by the number of spans in `parts` ("three years", 十個月); None where no number is told."""
    size = words.value("span", parts["span"])
    word = parts.get("number")
    number = 1 if word is None else words.number(word) or words.value("fraction", word)
    if size is None or number is None:
        return None
    if "days" in size:
        return day + timedelta(days=int(size["days"] * number))
    return months_later(day, int(size["months"] * (number + (0.5 if parts.get("extra") else 0))))


def year_of(parts: Mapping[str, str], setting: Setting) -> tuple[int | None, bool]:
    """The year that the words name or take over, and whether they name it themselves."""
    word = parts.get("year")
    before = setting.before.end if setting.before else None
    if word is None:
        known = before or setting.today
        return (known.year if known else None), False
    number = setting.words.number(word)
    if number is not None and number > 99:
        return number, True
    step = setting.words.value("relative_year", word)
    if isinstance(step, str):
        known = before or setting.today
        return (known.year + (step == "next") if known else None), True
    return (setting.today.year + step if setting.today and step is not None else None), True
