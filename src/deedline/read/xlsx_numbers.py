"""A number in a workbook → what its cell shows: percentages, thousands, money, days. Excel's formats, as far as needed.

Days are shown as 2025-12-31 whatever the order of their parts in the format, since 03/04/2025 tells no one which is
the month; a format without a day shows 2025-12, one without a month 2025.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss", **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
}  # fmt: skip
_PART = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<one>.)|(?P<fill>[_*].)|\[(?P<aside>[^\]]*)\]'
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+,*)|(?P<day>[yYmMdDhHsSgGeEbB]+|AM/PM|A/P)|(?P<other>.)",
    re.S,
)
_ASIDE_MONEY = re.compile(r"\$([^-]*)")
_MOST_DECIMALS = 15
_LONGEST_FORMAT = 255
_EXACT = 1e15  # from here on a number holds fewer digits than it would show
_LAST_DAY = 2_958_466  # of year 9999
_SKIPPED_DAY = 60  # the 29 February 1900 that Excel counts and that never was


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a format: what it is, and its characters."""

    kind: str
    words: str


def shown(number: float, code: str, *, from_1904: bool = False) -> str:
    """What a cell with that number and format shows."""
    if not math.isfinite(number):
        return ""
    sections = _sections(code[:_LONGEST_FORMAT])
    chosen = sections[0]
    if number < 0 and len(sections) > 1:
        chosen, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        chosen = sections[2]
    if _is_day(chosen) and (day := _day(number, from_1904)) is not None:
        return _shown_day(day, chosen)
    if any(part.kind == "digits" for part in chosen):
        return _shown_number(number, chosen)
    return _plain(number)


def _sections(code: str) -> list[list[_Part]]:
    """The parts of a format, for positive numbers, negative ones and nought."""
    sections: list[list[_Part]] = [[]]
    if code.lower() == GENERAL.lower():
        return sections
    for match in _PART.finditer(code):
        kind = match.lastgroup or "other"
        words = match[kind]
        if kind == "other" and words == ";":
            sections.append([])
        elif kind == "aside":
            money = _ASIDE_MONEY.match(words)
            elapsed = set(words.lower()) <= set("hms") and words
            sections[-1].append(_Part("words", money[1]) if money else _Part("day" if elapsed else "fill", words))
        else:
            sections[-1].append(_Part("words" if kind == "one" else kind, words))
    return sections


def _is_day(parts: list[_Part]) -> bool:
    letters = "".join(part.words.lower() for part in parts if part.kind == "day")
    return any(sign in letters for sign in "ymdhs") and not any("0" in p.words for p in parts if p.kind == "digits")


def _day(number: float, from_1904: bool) -> datetime | None:
    """The moment of a serial number; None outside the calendar."""
    if not 0 <= number < _LAST_DAY:
        return None
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if number >= _SKIPPED_DAY else 31)
    try:
        return first + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return None


def _shown_day(day: datetime, parts: list[_Part]) -> str:
    letters = "".join(part.words.lower() for part in parts if part.kind == "day")
    has_time = "h" in letters or "s" in letters
    dated = "y" in letters or "d" in letters or "e" in letters or ("m" in letters and not has_time)
    time = day.strftime("%H:%M") if has_time else ""
    if not dated:
        return time
    precise = f"{day.year:04}"
    if "m" in letters or "d" in letters:
        precise += f"-{day.month:02}"
    if "d" in letters:
        precise += f"-{day.day:02}"
    return f"{precise} {time}".strip()


def _shown_number(number: float, parts: list[_Part]) -> str:
    """The number in the places that the format gives its digits, with what the format prints around them."""
    digits, *others = [part.words for part in parts if part.kind == "digits"]
    if others or abs(number) >= _EXACT or any(part.kind == "day" for part in parts):  # 1 1/2 and 1.5E+00
        return _plain(number)
    after_last = digits.rstrip(",")
    percents = sum(part.words == "%" for part in parts if part.kind == "other")
    value = Decimal(repr(abs(number))).scaleb(2 * percents - 3 * (len(digits) - len(after_last)))
    whole, _, decimals = after_last.partition(".")
    places = min(len(decimals), _MOST_DECIMALS)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    said = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if "." in said:
        least = len(decimals.rstrip("#?"))
        head, _, tail = said.partition(".")
        said = f"{head}.{tail[:least]}{tail[least:].rstrip('0')}".rstrip(".")
    if "," not in whole:
        said = said.zfill(whole.count("0") + (len(said) - len(said.partition(".")[0])))
    sign = "-" if number < 0 and rounded else ""
    return sign + _around(parts, said)


def _around(parts: list[_Part], said: str) -> str:
    """The literal words of a format round the digits."""
    kept = (part for part in parts if part.kind in ("digits", "words", "other"))
    return "".join(said if part.kind == "digits" else part.words for part in kept).strip()


def _plain(number: float) -> str:
    """A number without a format: whole ones without a point, others with as many digits as they have."""
    return f"{number:.0f}" if number == int(number) and abs(number) < _EXACT else f"{number:.15g}"
