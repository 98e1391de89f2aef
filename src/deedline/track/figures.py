"""A figure with the words that stand around it, so that two of them can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from deedline.knowledge.fold import fold, passage_of
from deedline.model.values import Basis, Quantity

_BEFORE, _AFTER = 30, 20  # characters of its sentence that are looked at
_SENTENCE_END = re.compile(r"[。;!?]|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,、:()]")
_LETTERS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]{4,}")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity, which it is of its fellows, the words around it (those of its own clause in `near`), and its
    sentence with "#" in its place."""

    quantity: Quantity
    order: int
    words: frozenset[str]
    near: frozenset[str]
    window: str

    @property
    def kind(self) -> str:
        """What it can be compared with: "ratio", a currency, "time", or "count"."""
        unit = self.quantity.unit
        return unit if unit == "ratio" or (len(unit) == 3 and unit.isascii() and unit.isupper()) else "count"


def place_figures(quantities: Sequence[Quantity], text: str, wanted: Set[Basis]) -> list[Figure]:
    """The quantities of the wanted kinds with the words that stand around them in `text`."""
    plain = _bare(text)
    figures: list[Figure] = []
    at = 0
    for quantity in quantities:
        printed = _bare(quantity.as_printed, like=text)
        start = plain.find(printed, at)
        at = start + 1 if start >= 0 else at
        if quantity.basis not in wanted:
            continue
        before, after = _around(plain, start, start + len(printed)) if start >= 0 else ("", "")
        clause = (_CLAUSE_END.split(before)[-1], _bare(quantity.unit, like=text), _CLAUSE_END.split(after)[0])
        near = _pairs_of_letters(" ".join(clause))
        words = near | _pairs_of_letters(before) | _pairs_of_letters(after)
        figures.append(Figure(quantity, len(figures), words, near, f"{before}#{after}"))
    return figures


def shared_runs(text: str, words: Set[str]) -> list[str]:
    """What of a text is made up of `words` (as a Figure holds them), in runs as printed, longest first."""
    passage = passage_of(text)
    folded = passage.matching.text.lower()
    marked = {place for word in words for start in _places(folded, word) for place in range(start, start + len(word))}
    runs: list[str] = []
    start = None
    for place in range(len(folded) + 1):
        if place in marked:
            start = place if start is None else start
        elif start is not None:
            runs.append(passage.quote(start, place)[0].strip())
            start = None
    return sorted(dict.fromkeys(runs), key=lambda run: -len(run))


def _places(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


def _bare(words: str, like: str = "") -> str:
    """Folded, and in a text with ideographs without white space."""
    folded = fold(words)
    return folded if (like or words).isascii() else _SPACES.sub("", folded)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after, within the sentence."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    before = before[max((found.end() for found in _SENTENCE_END.finditer(before)), default=0) :]
    stop = _SENTENCE_END.search(after)
    return before, after[: stop.start()] if stop else after


def _pairs_of_letters(text: str) -> frozenset[str]:
    """Neighbouring ideographs two by two, and Latin words."""
    found: set[str] = set()
    for run in _LETTERS.findall(text):
        found |= {run.lower()} if run.isascii() else {run[i : i + 2] for i in range(len(run) - 1)}
    return frozenset(found)
