"""The value and the unit of one matched figure, by the kind that its pattern states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from deedline.find.numerals import numerals, read_number

_HALF = Decimal("0.5")
# Kinds whose words alone are the figure, and kinds of which the figure is so many parts.
_FIXED: Mapping[str, Decimal] = {"half": _HALF, "doubling": Decimal(1), "whole": Decimal(1)}
_PARTS: Mapping[str, int] = {"percent": 100, "permille": 1000, "tenths": 10}


def figure_value(kind: str, match: re.Match[str], language: str) -> Decimal | None:
    """The figure as a number: shares as ratios, everything else as it stands; None where it is no number."""
    if kind in _FIXED:
        return _FIXED[kind]
    # a name in two places of one pattern is written number, number__part
    groups = {name.partition("__")[0]: words.strip() for name, words in match.groupdict().items() if words}
    if kind in ("fraction", "proportion", "share"):
        return _ratio(kind, groups, language)
    half = _HALF if groups.get("half") else Decimal(0)
    number = read_number(groups["number"], language) if "number" in groups or not half else Decimal(0)
    if number is None:
        return None
    number += half + (read_number(groups.get("tail", ""), language) or 0) / Decimal(10)
    number *= read_number(groups.get("scale", ""), language) or 1
    return number / _PARTS.get(kind, 1)


def _ratio(kind: str, groups: Mapping[str, str], language: str) -> Decimal | None:
    over, under = (read_number(groups[name], language) for name in ("over", "under"))
    if over is None or not under or (kind == "share" and over >= under):
        return None
    return over / under


def figure_low(kind: str, match: re.Match[str], language: str) -> Decimal | None:
    """The first end of a range, in the same unit as its second (3至5億 starts at 3億); None where there is one end."""
    groups = match.groupdict()
    low, number = (groups.get("low") or "").strip(), (groups.get("number") or "").strip()
    high = read_number(number, language)
    plain = read_number(low, language)
    if high is None or plain is None:
        return None
    lifted = read_number(low + _trailing_scale(number, language), language)
    value = lifted if lifted is not None and lifted <= high else plain
    return value / _PARTS.get(kind, 1)


def currency_code(match: re.Match[str], currencies: Mapping[str, str], own: str) -> str:
    """The ISO 4217 code of a matched amount; its mark (US$) says more than a bare 元, and bare ones are `own`."""
    groups = match.groupdict()
    names = ((groups.get(group) or "").strip().lower() for group in ("mark", "currency"))
    return next((code for code in (currencies.get(name, "") for name in names) if code), own)


def _trailing_scale(number: str, language: str) -> str:
    """The scale words at the end of a number that has digits before them; empty where there are none."""
    known = numerals(language)
    words = [*known.scales, *known.powers]
    rest, scale = number, ""
    while found := next((word for word in words if rest.endswith(word)), None):
        rest = rest.removesuffix(found)
        gap = rest[len(rest.rstrip()) :]
        rest, scale = rest.rstrip(), gap + found + scale
    return scale if rest else ""
