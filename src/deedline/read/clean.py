"""Cleaning as named steps. Each step only drops characters, or turns a line end into a space; offsets stay true."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from deedline.knowledge.fold import IDEOGRAPH
from deedline.model.text import MappedText

_WIDE = f"{IDEOGRAPH}\u3000-\u303f\uff00-\uffef「」『』《》〈〉（）、。，；：？！"
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]")
_GAP_IN_WIDE = re.compile(f"(?<=[{_WIDE}])\\s+(?=[{_WIDE}])")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_GAP = re.compile(r"\s+")
_EMPHASIS = re.compile(r"\*\*|__|</?(?:b|i|u|strong|em)>")


@dataclass(frozen=True, slots=True)
class Step:
    """One cleaning step by its name."""

    name: str
    apply: Callable[[MappedText], MappedText]


def _without(text: MappedText, pattern: re.Pattern[str]) -> MappedText:
    dropped = {i for match in pattern.finditer(text.text) for i in range(match.start(), match.end())}
    return text.keep(i for i in range(len(text)) if i not in dropped) if dropped else text


def drop_invisible(text: MappedText) -> MappedText:
    """Without zero-width marks, soft hyphens, directional marks and control characters."""
    return _without(text, _INVISIBLE)


def drop_emphasis(text: MappedText) -> MappedText:
    """Without the marks of bold and italic that a converter left."""
    return _without(text, _EMPHASIS)


def join_broken_lines(text: MappedText) -> MappedText:
    """Without line ends (and the white space round them) inside running ideographs."""
    dropped: set[int] = set()
    for gap in _GAP.finditer(text.text):  # a pattern with a line end between blanks would try each of these anew
        sides = text.text[max(0, gap.start() - 1) : gap.start()], text.text[gap.end() : gap.end() + 1]
        if "\n" in gap.group() and all(map(_IS_WIDE.match, sides)):
            dropped.update(range(*gap.span()))
    return text.keep(i for i in range(len(text)) if i not in dropped) if dropped else text


def close_wide_gaps(text: MappedText) -> MappedText:
    """Without white space between ideographs: words cut by a converter, letters spaced by justification."""
    return _without(text, _GAP_IN_WIDE)


def collapse_spaces(text: MappedText) -> MappedText:
    """Every run of white space as one space, none at the ends."""
    stripped = text.strip()
    extra = {i for gap in _GAP.finditer(stripped.text) for i in range(gap.start() + 1, gap.end())}
    kept = stripped.keep(i for i in range(len(stripped)) if i not in extra) if extra else stripped
    return MappedText(_GAP.sub(" ", kept.text), kept.offsets)


RUNNING_WORDS: tuple[Step, ...] = (
    Step("drop-invisible", drop_invisible),
    Step("drop-emphasis", drop_emphasis),
    Step("close-wide-gaps", close_wide_gaps),
    Step("collapse-spaces", collapse_spaces),
)
HEADINGS: tuple[Step, ...] = (
    Step("drop-invisible", drop_invisible),
    Step("drop-emphasis", drop_emphasis),
    Step("join-broken-lines", join_broken_lines),
    Step("collapse-spaces", collapse_spaces),
)


def clean(text: MappedText, steps: tuple[Step, ...] = RUNNING_WORDS) -> MappedText:
    """`text` after each of the steps in turn."""
    for step in steps:
        text = step.apply(text)
    return text


def clean_heading(text: MappedText) -> MappedText:
    """A heading keeps its single spaces, which part its halves, unless justification put one after each letter."""
    spaces = len(re.findall(f"(?<=[{_WIDE}])\\s(?=[{_WIDE}])", text.text))
    letters = len(re.findall(f"[{IDEOGRAPH}]", text.text))
    return clean(text, RUNNING_WORDS if letters and spaces > 0.4 * letters else HEADINGS)
