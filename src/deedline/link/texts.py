"""Texts folded, cut into grams, clauses and runs of characters, each once; what is kept of many lies in arrays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from deedline.knowledge.fold import passage_of
from deedline.knowledge.patterns import Pattern, parse_patterns
from deedline.link.lexical import Bag, Bags, Floats, Ids, bags_of, grams, numbered
from deedline.link.rows import Ints, Rows, rows_of, spans_of, stretches

_CLAUSE = re.compile(r"[;。:!?]|(?<!\d),|,(?!\d)")
_STOPS = " ,;:。!?"
_SHORT_CLAUSE = 8  # a piece of fewer characters says too little to be compared by itself
_LONG_RUN = 4  # characters in common that are seldom chance
_LEAD = 8  # the kind of action stands in the first characters of a clause
_AT_HAND = 4096  # texts of which what was made is kept until other texts push it out
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits without pattern: runs of characters become numbers by it
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of many texts in order: `grams` has a row of numbers for each clause, and the clauses of text `n` are
    the `sizes[n]` from `starts[n]` on."""

    grams: Rows[np.int32]
    starts: Ints
    sizes: Ints

    def __getitem__(self, number: int) -> list[Ids]:
        start = int(self.starts[number])
        return [self.grams[clause] for clause in range(start, start + int(self.sizes[number]))]

    def of(self, chosen: Ints) -> tuple[Ints, Ints]:
        """The clauses of some texts that hold any grams, and for each which of the chosen it belongs to."""
        clauses, owner = stretches(self.starts[chosen], self.sizes[chosen])
        told = self.grams.sizes[clauses] > 0
        return clauses[told], owner[told]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one side, read: see `prepare.Side`."""

    given: Sequence[str]
    bare: Sequence[str]
    words: Bags
    clauses: Clauses
    runs: Rows[np.uint64]
    actions: Floats
    leading: Floats


def read_texts(given: Sequence[str], numbers: dict[str, int]) -> Texts:
    """Texts read one by one; grams that are new are numbered."""
    bared, actions, leading, clauses, sizes = list[str](), list[bytes](), list[bytes](), list[Ids](), list[int]()

    def words() -> Iterator[Bag]:
        for read in map(_read, given):
            bared.append(read.bare)
            actions.append(read.actions)
            leading.append(read.leading)
            yield numbered(read.grams, numbers)
            clauses.extend(numbered(clause, numbers).ids for clause in read.clauses)
            sizes.append(len(read.clauses))

    return Texts(
        given=given,
        words=bags_of(words()),
        bare=bared,
        clauses=Clauses(rows_of(clauses, np.int32), *spans_of(sizes)),
        runs=rows_of(map(_runs, bared), np.uint64),
        actions=_marks(actions),
        leading=_marks(leading),
    )


@cache
def action_patterns() -> tuple[Pattern, ...]:
    """Kinds of action, in the order of their file."""
    file = resources.files("deedline.knowledge.link").joinpath("actions.toml")
    return parse_patterns(file.read_text(encoding="utf-8"), "link/actions.toml").patterns


def clauses_of(text: str) -> list[str]:
    """A folded text cut at its stops, a piece too short to say anything joined to its neighbour."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if spans and min(end - start, spans[-1][1] - spans[-1][0]) <= _SHORT_CLAUSE:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    pieces = [text[start:end].strip(_STOPS) for start, end in spans]
    return [piece for piece in pieces if piece] or [text]


@dataclass(frozen=True, slots=True)
class _Read:
    """A text folded, its letters and digits alone, cut into clauses, counted, and its kinds of action marked."""

    bare: str
    clauses: Sequence[Counter[str]]
    grams: Counter[str]
    actions: bytes
    leading: bytes


@lru_cache(maxsize=_AT_HAND)
def _read(text: str) -> _Read:
    """A text made ready; kept, because a document is compared with several others in a row."""
    folded = passage_of(text).matching.text
    clauses = clauses_of(folded)
    opened = " ; ".join(clause[:_LEAD] for clause in clauses)
    counted = [grams(clause, (2,)) for clause in clauses]
    return _Read(bare(folded), counted, grams(folded), _actions(folded), _actions(opened))


@lru_cache(maxsize=_AT_HAND)
def read_heading(text: str) -> Counter[str]:
    """Grams of one and two characters."""
    return grams(passage_of(text).matching.text, (1, 2))


def bare(text: str) -> str:
    """Letters, digits and ideographs alone, of a folded text."""
    return _NOT_WORDS.sub("", text).lower()


def _actions(text: str) -> bytes:
    return bytes(bool(pattern.regex.search(text)) for pattern in action_patterns())


def _marks(listed: Sequence[bytes]) -> Floats:
    """Marks of kinds of action, a row a text."""
    return np.frombuffer(b"".join(listed), np.uint8).reshape(len(listed), len(action_patterns())).astype(np.float64)


def _runs(text: str) -> NDArray[np.uint64]:
    """The distinct runs of four characters as numbers, sorted. That two runs have one number is as good as excluded."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    size = max(len(codes) - _LONG_RUN + 1, 0)
    mixed = np.zeros(size, np.uint64)
    for start in range(_LONG_RUN):
        mixed = mixed * _MIX + codes[start : start + size]
    return np.unique(mixed)
