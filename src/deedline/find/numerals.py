"""Numbers as printed: Arabic with separators, Chinese and English numerals, and the two mixed (13億2,700萬)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from deedline.knowledge.fold import fold
from deedline.knowledge.load import language_patterns

_ARABIC = re.compile(r"[0-9]+(?:[ ,][0-9]{3})*(?:\.[0-9]+)?")
_WORD = re.compile(r"[a-z]+")
_MOST_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Numerals:
    """A language's numerals: `digits` stand for themselves, `powers` (ten, hundred, thousand) multiply the digit
    before them, `scales` (萬, 億, million) multiply the whole section before them; `joins` are said between."""

    digits: Mapping[str, int]
    powers: Mapping[str, int]
    scales: Mapping[str, int]
    joins: frozenset[str]


@cache
def numerals(language: str) -> Numerals:
    """The `[numerals]` tables of a language's quantities file, folded as texts are."""
    tables = language_patterns(language, "quantities").tables["numerals"]
    digits, powers, scales = (
        {fold(word): int(value) for word, value in tables[kind].items()} for kind in ("digits", "powers", "scales")
    )
    return Numerals(digits, powers, scales, frozenset(fold(word) for word in tables["joins"]))


def read_number(words: str, language: str) -> Decimal | None:
    """The number that `words` (in matching form) print, or None where they are not one well-formed number.

    Exact: no binary fraction comes in before the caller asks for one. Digits said one by one (二〇二四) are read by
    position; a last digit straight after a power means its tenth (兩萬五 is 25,000).
    """
    if not words or len(words) > _MOST_CHARACTERS:
        return None
    known = numerals(language)
    tokens = _tokens(words.lower(), known)
    if not tokens:
        return None
    if len(tokens) > 1 and all(token in known.digits and known.digits[token] < 10 for token in tokens):
        return Decimal("".join(str(known.digits[token]) for token in tokens))
    return _add_up(tokens, known)


def _tokens(words: str, known: Numerals) -> list[str]:
    """Arabic runs, numeral words and joins, in order; empty where anything else stands between."""
    tokens: list[str] = []
    at = 0
    while at < len(words):
        found = _ARABIC.match(words, at) or _WORD.match(words, at)
        token = found.group() if found else words[at]
        at += len(token)
        if token[0] in " -":
            continue
        if not (token[0].isdecimal() or token in known.joins or _is_numeral(token, known)):
            return []
        tokens.append(token)
    return tokens


def _is_numeral(token: str, known: Numerals) -> bool:
    return token in known.digits or token in known.powers or token in known.scales


@dataclass(slots=True)
class _Sum:
    """Where adding up stands: what is closed, what the section holds, the digit that waits for its power."""

    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    waiting: Decimal | None = None
    last_power: int = 0
    joined: bool = False
    smallest_scale: int = 0

    def digit(self, value: Decimal) -> bool:
        """A number to be multiplied; two in a row are no number unless the first was tens (twenty five)."""
        if self.waiting is None:
            self.waiting = value
            return True
        if self.waiting >= 20 and self.waiting % 10 == 0 and 0 < value < 10 and self.waiting < 100:
            self.waiting += value
            return True
        return False

    def power(self, value: int) -> bool:
        """Ten, hundred, thousand: they fall within a section (三百二十, not 二十三百)."""
        if self.waiting is None and (self.section or value == 0):
            return False
        if 0 < self.last_power <= value:
            return False
        self.section += (1 if self.waiting is None else self.waiting) * value
        self.waiting, self.last_power, self.joined = None, value, False
        return True

    def scale(self, value: int) -> bool:
        """萬, 億, million: they close a section; a larger one straight after lifts all before it (16萬億)."""
        if value == self.smallest_scale:
            return False
        section = self.section + (self.waiting or 0)
        if not section and not self.total:
            section = Decimal(1)
        if self.smallest_scale and value > self.smallest_scale:
            self.total = (self.total + section) * value
        else:
            self.total += section * value
        self.section, self.waiting, self.last_power, self.joined = Decimal(0), None, value, False
        self.smallest_scale = value
        return True


def _add_up(tokens: list[str], known: Numerals) -> Decimal | None:
    state = _Sum()
    shorthand = all(not token[0].isdigit() and not token.isascii() for token in tokens)
    for token in tokens:
        if token in known.joins:
            state.joined = True
            continue
        if token in known.digits:
            fits = state.digit(Decimal(known.digits[token]))
        elif token in known.powers:
            fits = state.power(known.powers[token])
        elif token in known.scales:
            fits = state.scale(known.scales[token])
        else:
            fits = state.waiting is None and state.digit(Decimal(token.replace(",", "").replace(" ", "")))
        if not fits:
            return None
    last = state.waiting or Decimal(0)
    if shorthand and state.last_power >= 100 and 0 < last < 10 and not state.joined:
        last = last * state.last_power / 10
    return state.total + state.section + last
