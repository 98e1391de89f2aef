"""Every number that words print, however they mean it: to tell a figure that is absent from one read otherwise."""

from __future__ import annotations

import re
from functools import cache

from deedline.find.numerals import numerals, read_number
from deedline.knowledge.fold import passage_of

_ARABIC = r"[0-9]+(?:[ ,][0-9]{3})*(?:\.[0-9]+)?"
_LONGEST = 40  # characters of one number


def printed_numbers(text: str, language: str) -> frozenset[float]:
    """The numbers that a text prints in digits or in words, with their scale; those of years and ordinals too."""
    matching = passage_of(text).matching.text.lower()
    found: set[float] = set()
    for match in _runs(language).finditer(matching):
        run = match.group()[:_LONGEST].strip(" -")
        plain = re.match(_ARABIC, run)
        for words in (run, plain.group() if plain else "", *run.split(" ")):
            value = read_number(words, language)
            if value is not None:
                found.add(float(value))
    return frozenset(found)


@cache
def _runs(language: str) -> re.Pattern[str]:
    """Digits and numerals of a language, one after another."""
    known = numerals(language)
    words = sorted({*known.digits, *known.powers, *known.scales, *known.joins}, key=lambda word: (-len(word), word))
    latin = "|".join(re.escape(word) for word in words if word.isascii() and word.isalpha())
    other = "".join(re.escape(word) for word in words if not word.isascii() and len(word) == 1)
    pieces = [_ARABIC, *([rf"\b(?:{latin})\b"] if latin else []), *([f"[{other}]"] if other else [])]
    return re.compile(f"(?:(?:{'|'.join(pieces)})[ -]?){{1,12}}")
