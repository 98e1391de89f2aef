"""Folding for matching: width, dashes, Simplified and variant characters. What is shown is never folded."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

from deedline.model.passage import Passage
from deedline.model.text import MappedText

IDEOGRAPH = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_CJK = re.compile(f"[{IDEOGRAPH}\u3000-\u303f\uff00-\uffef]")
_SPACES = re.compile(r"\s+")


@cache
def variant_table() -> dict[int, str]:
    """Traditional and variant ideographs to one form each; one character to one character.

    The bulk comes from OpenCC's character table; `zh/variants.txt` adds what converters and typists leave
    (lines of "variant canonical").
    """
    import opencc

    ideographs = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))]
    simplified = opencc.OpenCC("t2s").convert("\n".join(ideographs)).split("\n")
    table = {ord(a): b for a, b in zip(ideographs, simplified, strict=True) if len(b) == 1 and a != b}
    listed = resources.files(__package__).joinpath("zh/variants.txt").read_text(encoding="utf-8")
    for line in listed.splitlines():
        if line and not line.startswith("#"):
            variant, canonical = line.split()
            table[ord(variant)] = table.get(ord(canonical), canonical)
    return table


@cache
def _width_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0x00A0, 0x0180), *range(0x2000, 0x2070), *range(0x2460, 0x2500), *range(0xFF00, 0xFFF0)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    table.update(dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-"))
    table.update({ord("～"): "~", ord("〜"): "~", ord("\u3000"): " ", ord("﹕"): ":", ord("﹔"): ";", ord("﹐"): ","})
    return table


@cache
def _table() -> dict[int, str]:
    return {**variant_table(), **_width_table()}


def fold(text: str) -> str:
    """The same number of characters with width, dashes and variants folded."""
    return text.translate(_table())


def fold_regex(source: str) -> str:
    """A pattern's source with its ideographs folded as texts are; its ASCII is left alone."""
    return source.translate(variant_table())


def matching_form(shown: MappedText) -> MappedText:
    """`shown` folded, with white space beside an ideograph or full-width mark dropped."""
    text = shown.text
    if not _SPACES.search(text):
        return MappedText(fold(text), shown.offsets)
    drop: set[int] = set()
    for gap in _SPACES.finditer(text):
        before = text[gap.start() - 1] if gap.start() else ""
        after = text[gap.end()] if gap.end() < len(text) else ""
        if (before and _CJK.match(before)) or (after and _CJK.match(after)):
            drop.update(range(gap.start(), gap.end()))
    kept = shown.keep(i for i in range(len(text)) if i not in drop) if drop else shown
    return MappedText(fold(kept.text), kept.offsets)


def passage(shown: MappedText) -> Passage:
    """Both forms of a cleaned text."""
    return Passage(shown, matching_form(shown))


def passage_of(text: str) -> Passage:
    """A passage of a text that stands alone, offsets from 0: for examples, tests and queries."""
    return passage(MappedText.original(text))
