"""A text cut into what is marked in it and what is not."""

from __future__ import annotations

from collections.abc import Sequence

from deedline.operations.wording import Match, marks


def marked_text(found: Sequence[Match]) -> list[tuple[str, str | None]]:
    """The text that matches share, as runs: unmarked (None), as typed (empty), or what the marked words stand for."""
    runs: list[tuple[str, str | None]] = []
    at, text = 0, found[0].text
    for start, end, stands_for in marks(found):
        runs += [(text[at:start], None), (text[start:end], stands_for)]
        at = end
    return [(words, mark) for words, mark in [*runs, (text[at:], None)] if words]


def translations(found: Sequence[Match]) -> list[tuple[str, str]]:
    """What stands in a hit for what was typed: the different words marked, and the typed ones."""
    pairs = [(match.text[a:b], match.stands_for) for match in found if match.stands_for for a, b in match.spans]
    by_typed: dict[str, dict[str, None]] = {}
    for words, typed in pairs:
        by_typed.setdefault(typed, {})[words] = None
    return [(", ".join(words), typed) for typed, words in by_typed.items()]
