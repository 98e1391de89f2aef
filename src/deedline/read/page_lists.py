"""What a browser prints before the entries of a page's list, and how Word and DocBook count theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from deedline.read.markup import Element, local

_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_CN_STYLES = frozenset({"cjk-ideographic", "trad-chinese-informal", "simp-chinese-informal", "cjk-decimal"})
RULES = {"decimal": "arabic-dot", "cn": "cn-numeral", "stem": "stem"}


def in_letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def in_roman(number: int) -> str:
    """4 → iv; digits where Roman numerals do not reach."""
    if not 0 < number < 4000:
        return str(number)
    printed = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        printed += letters * count
    return printed


def in_chinese(number: int) -> str:
    """12 → 十二; digits over 99."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    before = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return before + (_DIGITS[ones] if ones else "")


def printed_number(number: int, style: str) -> str:
    """A number in the style of a list: decimal, lower-alpha, upper-alpha, lower-roman, upper-roman, cn, stem."""
    if style.endswith("alpha"):
        return in_letters(number).upper() if style.startswith("upper") else in_letters(number)
    if style.endswith("roman"):
        return in_roman(number).upper() if style.startswith("upper") else in_roman(number)
    if style == "cn":
        return in_chinese(number)
    if style == "stem" and 0 < number <= len(_STEMS):
        return _STEMS[number - 1]
    return str(number)


@dataclass(slots=True)
class PageList:
    """A list under way. `numbered` entries are numbered in reading; a list inside one of its own style is bullets
    with their numbers as marks."""

    ordered: bool
    numbered: bool
    style: str
    number: int
    step: int

    @property
    def rule(self) -> str:
        """The marker rule of its entries."""
        return RULES.get(self.style, "lettered")

    def next_marker(self, said: str | None) -> str:
        """The number that is printed before the next entry, `said` where the file gives one; empty for a bullet."""
        if not self.ordered:
            return ""
        given = _whole(said)
        self.number = given if given is not None else self.number + self.step
        return printed_number(self.number, self.style) + ("、" if self.style in ("cn", "stem") else ".")


def page_list(element: Element, outer: Sequence[PageList]) -> PageList:
    """The list that an `ul` or `ol` begins inside `outer`."""
    ordered = local(element) == "ol"
    declared = _STYLE.search(element.get("style") or "")
    named = declared[1].lower() if declared else ""
    style = (
        "cn"
        if named in _CN_STYLES
        else "stem"
        if named == "cjk-heavenly-stem"
        else _TYPES.get(element.get("type") or "1", "decimal")
    )
    if named in _TYPES.values():
        style = named
    backwards = ordered and element.get("reversed") is not None
    start = _whole(element.get("start"))
    first = start if start is not None else sum(local(child) == "li" for child in element) if backwards else 1
    step = -1 if backwards else 1
    numbered = ordered and all(each.style != style for each in outer if each.numbered)
    return PageList(ordered, numbered, style, first - step, step)


def _whole(printed: str | None) -> int | None:
    found = re.fullmatch(r"\s*(-?\d{1,9})\s*", printed or "", re.ASCII)
    return int(found[1]) if found else None


def first_number(printed: str | None, otherwise: int) -> int:
    """A whole number as a file gives it, or another where it gives none."""
    given = _whole(printed)
    return otherwise if given is None else given
