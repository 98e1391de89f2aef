"""A figure with the words that stand around it, so that two of them can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from deedline.knowledge.fold import fold, passage_of
from deedline.model.values import Basis, Quantity

_BEFORE, _AFTER = 30, 20  # characters of its sentence that are looked at
_CLAUSE, _SENTENCE = 60, 160  # characters on either side that its own clause, and its sentence, may reach
_SENTENCE_END = re.compile(r"[。;!?]|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,、:()]")
_LETTERS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]{4,}")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity, which it is of its fellows, the words around it (those of its own clause in `near`, of all its
    sentence in `sentence`), and its clause and these words with "#" in its place."""

    quantity: Quantity
    order: int
    words: frozenset[str]
    near: frozenset[str]
    sentence: frozenset[str]
    window: str
    clause: str

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
        figures.append(_figure(quantity, len(figures), _place(plain, start, printed), _bare(quantity.unit, like=text)))
    return figures


@dataclass(frozen=True, slots=True)
class _Place:
    """A text and where in it a figure stands; both 0 in an empty one where it does not."""

    text: str
    start: int
    end: int


def _place(text: str, start: int, printed: str) -> _Place:
    return _Place(text, start, start + len(printed)) if start >= 0 else _Place("", 0, 0)


def _figure(quantity: Quantity, order: int, place: _Place, unit: str) -> Figure:
    before, after = _around(place, _BEFORE, _AFTER)
    near = _pairs_of_letters(" ".join((_CLAUSE_END.split(before)[-1], unit, _CLAUSE_END.split(after)[0])))
    words = near | _pairs_of_letters(before) | _pairs_of_letters(after)
    first, last = _around(place, _CLAUSE, _CLAUSE)
    clause = f"{_CLAUSE_END.split(first)[-1]}#{unit}{_CLAUSE_END.split(last)[0]}"
    sentence = _pairs_of_letters(" # ".join(_around(place, _SENTENCE, _SENTENCE)))
    return Figure(quantity, order, words, near, sentence, f"{before}#{after}", clause)


def letter_pairs(words: str, like: str) -> frozenset[str]:
    """What words are made of, as a Figure of the text `like` holds its own."""
    return _pairs_of_letters(_bare(words, like=like))


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


def _around(place: _Place, most_before: int, most_after: int) -> tuple[str, str]:
    """The words before and after, within the sentence."""
    before = place.text[max(0, place.start - most_before) : place.start]
    after = place.text[place.end : place.end + most_after]
    before = before[max((found.end() for found in _SENTENCE_END.finditer(before)), default=0) :]
    stop = _SENTENCE_END.search(after)
    return before, after[: stop.start()] if stop else after


def _pairs_of_letters(text: str) -> frozenset[str]:
    """Neighbouring ideographs two by two, and Latin words."""
    found: set[str] = set()
    for run in _LETTERS.findall(text):
        found |= {run.lower()} if run.isascii() else {run[i : i + 2] for i in range(len(run) - 1)}
    return frozenset(found)
