"""The lines of the original around an item, with its printed words marked: what proves each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deedline.model.item import Item
from deedline.model.text import Span

# What is marked as a value inside the item's words; the first that covers a character names it.
VALUES = ("deadline", "body", "quantity", "figure", "name", "status", "report")
WORDS = "item"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one line; `mark` is "" outside the item, "item" in its words, else a value's name."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the original: its 1-based number and its pieces; `inside` says that the item stands on it."""

    number: int
    pieces: tuple[Piece, ...]
    inside: bool


def value_spans(item: Item) -> tuple[tuple[str, str, tuple[Span, ...]], ...]:
    """Each value of the item that is printed: what it is, its words, where they stand."""
    report = item.report
    found = [
        *(("deadline", value.as_printed, value.spans) for value in item.deadlines),
        *(("body", value.as_printed, value.spans) for value in item.bodies),
        *(("quantity", value.as_printed, value.spans) for value in item.quantities),
        *(("name", value.as_printed, value.spans) for value in item.names),
    ]
    if report:
        found.append(("status", report.as_printed, report.status_spans))
        found.append(("report", report.narrative, report.spans))
        found.extend(("figure", value.as_printed, value.spans) for value in report.figures)
        found.extend(("deadline", value.as_printed, value.spans) for value in report.deadlines)
    return tuple(value for value in found if value[1])


def excerpt(text: str, item: Item, around: int = 2) -> tuple[SourceLine, ...]:
    """The item's lines and `around` lines before and after, from the document's whole `text`."""
    lines = text.split("\n")
    first, last = max(1, item.lines[0] - around), min(len(lines), item.lines[1] + around)
    start = sum(map(len, lines[: first - 1])) + first - 1
    marks = _marks(item, Span(start, start + sum(len(line) + 1 for line in lines[first - 1 : last])))
    found = []
    for number in range(first, last + 1):
        line = lines[number - 1]
        pieces = tuple(_pieces(line, marks[: len(line)]))
        found.append(SourceLine(number, pieces, item.lines[0] <= number <= item.lines[1]))
        marks = marks[len(line) + 1 :]
    return tuple(found)


def marked_words(text: str, item: Item) -> tuple[Piece, ...]:
    """The item's words as shown, cut into pieces by what is marked in them; `text` is the document's whole text.

    Each character shown is found again in the item's spans of the original, in order; white space that only one of
    the two has is passed over.
    """
    if not item.spans:
        return (Piece(item.text, WORDS),)
    window = Span(min(span.start for span in item.spans), max(span.end for span in item.spans))
    marks = _marks(item, window)
    original = [index for span in item.spans for index in range(span.start, span.end)]
    at = 0
    painted: list[str] = []
    for character in item.text:
        there = at
        while there < len(original) and text[original[there]] != character and text[original[there]].isspace():
            there += 1
        found = there < len(original) and text[original[there]] == character
        painted.append(marks[original[there] - window.start] if found else (painted[-1] if painted else WORDS))
        at = there + 1 if found else at
    return tuple(_pieces(item.text, painted))


def _marks(item: Item, window: Span) -> list[str]:
    """For each character of the window, what it is marked as."""
    marks = [""] * (window.end - window.start)

    def paint(spans: Iterable[Span], mark: str) -> None:
        for span in spans:
            start, end = max(span.start, window.start), min(span.end, window.end)
            if start < end:
                marks[start - window.start : end - window.start] = [mark] * (end - start)

    paint(item.spans, WORDS)
    values = value_spans(item)
    for mark in reversed(VALUES):  # the most telling is painted last
        for kind, _, spans in values:
            if kind == mark:
                paint(spans, mark)
    return marks


def _pieces(line: str, marks: list[str]) -> Iterator[Piece]:
    start = 0
    for index in range(1, len(line) + 1):
        if index == len(line) or marks[index] != marks[start]:
            yield Piece(line[start:index], marks[start])
            start = index
