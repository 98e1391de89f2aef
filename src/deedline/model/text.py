"""Text that remembers where each of its characters came from.

Offsets are code points into the decoded text of the original document, so every value that is read from cleaned
text can be traced to, and re-read from, the original.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in the original text: `start` included, `end` not."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} does not run forwards from 0")


@dataclass(frozen=True, slots=True)
class MappedText:
    """Cleaned text with, for each character, its offset in the original; offsets increase strictly.

    Cleaning for display only ever drops characters; folding for matching may also replace one character by one
    other. Nothing is ever inserted, so a quote re-reads from its spans.
    """

    text: str
    offsets: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError(f"{len(self.text)} characters but {len(self.offsets)} offsets")

    @classmethod
    def original(cls, text: str, start: int = 0) -> MappedText:
        """The text as it stands in the original from offset `start` on."""
        return cls(text, tuple(range(start, start + len(text))))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def slice(self, start: int, end: int | None = None) -> MappedText:
        """Characters `start` to `end` (indices into `text`) with their offsets."""
        return MappedText(self.text[start:end], self.offsets[start:end])

    def strip(self) -> MappedText:
        """Without white space at either end."""
        left = len(self.text) - len(self.text.lstrip())
        return self.slice(left, len(self.text.rstrip())) if left < len(self.text) else self.slice(0, 0)

    def keep(self, indices: Iterable[int]) -> MappedText:
        """Only the characters at `indices`, which increase."""
        kept = tuple(indices)
        return MappedText("".join(self.text[i] for i in kept), tuple(self.offsets[i] for i in kept))

    def __add__(self, other: MappedText) -> MappedText:
        return MappedText(self.text + other.text, self.offsets + other.offsets)

    @classmethod
    def join(cls, pieces: Iterable[MappedText]) -> MappedText:
        """The pieces one after another, in time linear in their length."""
        listed = list(pieces)
        offsets = tuple(offset for piece in listed for offset in piece.offsets)
        return cls("".join(piece.text for piece in listed), offsets)

    def parts(self, mark: str, escape: str = "") -> Iterator[MappedText]:
        """What stands between `mark`s, without blanks at its ends; one right behind `escape` parts nothing."""
        start = 0
        for i, ch in enumerate(self.text):
            if ch == mark and not (escape and i and self.text[i - 1] == escape):
                yield self.slice(start, i).strip()
                start = i + 1
        yield self.slice(start).strip()

    def between(self, start: int, end: int) -> MappedText:
        """Characters whose original offset lies in `start`..`end` (half-open)."""
        return self.slice(bisect_left(self.offsets, start), bisect_left(self.offsets, end))

    def index_at(self, offset: int) -> int:
        """Index of the last character that stands at or before the original `offset`; -1 where none does."""
        return bisect_right(self.offsets, offset) - 1

    def spans(self) -> tuple[Span, ...]:
        """Runs of neighbouring offsets, in order: what to re-read from the original to get `text` back."""
        runs: list[Span] = []
        start = previous = -1
        for offset in self.offsets:
            if start < 0:
                start = offset
            elif offset != previous + 1:
                runs.append(Span(start, previous + 1))
                start = offset
            previous = offset
        if start >= 0:
            runs.append(Span(start, previous + 1))
        return tuple(runs)


def spans_of_part(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """Where characters `start` to `end` of the text that `spans` re-read to stand in the original."""
    found: list[Span] = []
    passed = 0
    for span in spans:
        first, last = max(start - passed, 0), min(end - passed, span.end - span.start)
        if first < last:
            found.append(Span(span.start + first, span.start + last))
        passed += span.end - span.start
    return tuple(found)


def reread(original: str, spans: Iterable[Span]) -> str:
    """The words that `spans` point at in the original text."""
    return "".join(original[span.start : span.end] for span in spans)
