"""Find printed figures: how they compare, how much, of what, and whether promised, reached or where it started.

What counts as a figure is data (`knowledge/<language>/quantities.toml`); this module only walks it: digits that are
no quantity are blanked out, figure patterns take what is left in order, and the words around each figure say the rest.
A range (10%至70%) gives both its ends, the lower as "at least" and the upper as "at most"; one that falls (28 to 20
weeks) is no range but where a change starts and what it is to reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from deedline.find.figure_words import FigureRules, FigureWords, figure_rules, words_around
from deedline.find.figures import currency_code, figure_low, figure_value
from deedline.knowledge.load import Jurisdiction
from deedline.knowledge.patterns import Pattern
from deedline.model.passage import Passage
from deedline.model.values import Basis, Comparator, Quantity

_BLANK = "\x00"


def find_quantities(passage: Passage, place: Jurisdiction, language: str, default_basis: Basis) -> tuple[Quantity, ...]:
    """Every figure of `passage`, in reading order.

    `default_basis` is TARGET for an item's own words and ACTUAL for a report; the words around a figure may say
    otherwise. `place` gives the currency that a bare 元 or $ means.
    """
    rules = figure_rules(language)
    text = passage.matching.text
    sites = sorted({site.start() for sign in rules.roles["sign"] for site in sign.regex.finditer(text)})
    if not sites:
        return ()
    report = default_basis is Basis.ACTUAL
    for pattern in rules.roles["other"]:
        text = pattern.regex.sub(lambda match: _BLANK * len(match.group()), text)
    found: list[tuple[int, Quantity]] = []
    for pattern in rules.roles["figure"]:
        if pattern.data.get("report") and not report:
            continue
        taken: list[re.Match[str]] = []
        for match in _matches(pattern.regex, text, sites):
            quantities = _read_figure(passage, match, pattern, rules, (place.currency, default_basis))
            found.extend((match.start(), quantity) for quantity in quantities)
            if quantities:
                taken.append(match)
        text = _without(text, taken)
    return tuple(quantity for _, quantity in sorted(found, key=lambda entry: entry[0]))


def _matches(regex: re.Pattern[str], text: str, sites: Sequence[int]) -> Iterator[re.Match[str]]:
    """Matches that begin at one of `sites`, none of them overlapping."""
    reached = 0
    for site in sites:
        if site >= reached and text[site] != _BLANK and (match := regex.match(text, site)):
            yield match
            reached = match.end()


def _without(text: str, taken: Sequence[re.Match[str]]) -> str:
    """The text with these matches blanked out."""
    if not taken:
        return text
    parts: list[str] = []
    end = 0
    for match in taken:
        parts += (text[end : match.start()], _BLANK * len(match.group()))
        end = match.end()
    return "".join((*parts, text[end:]))


def _read_figure(
    passage: Passage, match: re.Match[str], pattern: Pattern, rules: FigureRules, defaults: tuple[str, Basis]
) -> list[Quantity]:
    """The figure that `match` found, as one quantity or as the two ends of a range; empty where it is none."""
    own_currency, default_basis = defaults
    kind = pattern.data["kind"]
    value = figure_value(kind, match, rules.language)
    if value is None:
        return []
    words = words_around(passage, match, rules, report=default_basis is Basis.ACTUAL)
    if not _is_wanted(pattern, words):
        return []
    unit = _unit(passage, match, kind, rules, own_currency)
    basis = _basis(pattern, words, default_basis)

    def quantity(start: int, end: int, comparator: Comparator, number: Decimal, of: Basis) -> Quantity:
        printed, spans = passage.quote(start, end)
        return Quantity(printed, spans, comparator, float(number), unit, of, pattern.name, words.per)

    low = figure_low(kind, match, rules.language)
    if low is None:
        odd = Comparator.MORE if match.groupdict().get("odd") else Comparator.EQUAL
        return [quantity(words.start, words.end, words.comparator or odd, value, basis)]
    starts, ends = (words.start, match.end("first")), (match.start("number"), words.end)
    if words.endpoints or low > value:
        reached = default_basis if words.basis in (None, Basis.BASELINE) else basis
        return [
            quantity(*starts, Comparator.EQUAL, low, Basis.BASELINE),
            quantity(*ends, Comparator.EQUAL, value, reached),
        ]
    return [
        quantity(*starts, Comparator.AT_LEAST, low, basis),
        quantity(*ends, Comparator.AT_MOST, value, basis),
    ]


def _unit(passage: Passage, match: re.Match[str], kind: str, rules: FigureRules, own_currency: str) -> str:
    """ "ratio", a currency's code, or the counter and noun as they are shown, not as they were folded to match."""
    if kind == "money":
        return currency_code(match, rules.currencies, own_currency)
    if kind not in ("measure", "count", "bare"):
        return "ratio"
    groups = match.groupdict()
    named = (name for name in ("counter", "noun") if groups.get(name))
    return "".join(passage.quote(*match.span(name))[0].strip() for name in named)


def _basis(pattern: Pattern, words: FigureWords, default: Basis) -> Basis:
    own = pattern.data.get("basis")
    if own and pattern.data.get("fixed"):
        return Basis(own)
    if words.basis is not None:
        return words.basis
    if own and not (pattern.data.get("unless") == "comparator" and words.comparator):
        return Basis(own)
    return default


def _is_wanted(pattern: Pattern, words: FigureWords) -> bool:
    """Whether a figure that needs words beside it has one of them."""
    needs = pattern.data.get("needs")
    has = {
        "comparator": words.comparator is not None,
        "per": bool(words.per),
        "basis": words.basis in (Basis.BASELINE, Basis.TARGET, Basis.ACTUAL),
        "cue": words.cue,
    }
    return not needs or any(has[need] for need in needs)
