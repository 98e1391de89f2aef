"""The lines of a text, and how its converter broke them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_SAMPLE = 2000
_FEWEST_LINES, _FEW_LINES = 12, 3
_NARROWEST, _WIDEST = 40, 140  # columns of a page of running text


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the original: its 1-based number, the offset of its first character, its words without line end."""

    number: int
    start: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.text.strip()

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How lines were broken: at a fixed `width` in columns (0 where a line is a paragraph), and whether a blank at
    the line's end tells that the paragraph ends there."""

    width: int
    ends_marked: bool


def split_lines(text: str) -> tuple[SourceLine, ...]:
    """Every line, the empty ones too; LF, CRLF and CR end a line."""
    lines: list[SourceLine] = []
    for match in _LINE.finditer(text):
        if match.start() == len(text) and lines:
            break
        lines.append(SourceLine(len(lines) + 1, match.start(), match.group(1)))
    return tuple(lines)


def columns(text: str) -> int:
    """Width on a fixed-width screen: two for a wide character, one for another."""
    return len(text) + sum(unicodedata.east_asian_width(ch) in "WF" for ch in text)


def wrapping(lines: Sequence[SourceLine]) -> Wrapping:
    """How these lines were broken, judged on the first 2,000 that are printed on.

    Lines were broken at a width where many run to nearly the same width and none is much longer. Where lines that
    end without a blank run nearly full, and others end with one, the blank marks a paragraph's end, which is how PDF
    converters leave text; then a few full lines are enough.
    """
    printed = [line.text for line in lines if line.text.strip()][:_SAMPLE]
    if len(printed) < _FEWEST_LINES or sum("\t" in text for text in printed) > 0.1 * len(printed):
        return Wrapping(0, False)
    longest = sorted(columns(text.strip()) for text in printed)[int(0.98 * (len(printed) - 1))]
    bare = sorted(columns(text) for text in printed if text == text.rstrip())
    marked = len(printed) - len(bare)
    if marked >= _FEW_LINES and (full := _full_width(bare, longest, share=0.8)):
        return Wrapping(full, True)
    return Wrapping(_full_width(sorted(columns(text.strip()) for text in printed), longest, share=0.3), False)


def _full_width(widths: Sequence[int], longest: int, *, share: float) -> int:
    """The width that at least `share` of these sorted widths come near; 0 where there is none of a page's size."""
    if len(widths) < _FEW_LINES:
        return 0
    full = widths[int(0.9 * (len(widths) - 1))]
    near = sum(0.85 * full <= width <= 1.15 * full for width in widths)
    fits = _NARROWEST <= full <= _WIDEST and longest <= 1.4 * full and near >= share * len(widths)
    return full if fits else 0
