"""A text cut into what is marked in it and what is not."""

from __future__ import annotations

from collections.abc import Iterable


def marked_text(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text as runs, each with whether it is marked; `spans` are half-open, in order, none touching another."""
    runs, at = [], 0
    for start, end in spans:
        runs += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(words, marked) for words, marked in [*runs, (text[at:], False)] if words]
