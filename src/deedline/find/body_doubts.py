"""What is doubtful about the bodies that a passage closes with, in words for the person who decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deedline.find.body_lists import BodyList
from deedline.find.body_scene import Entry
from deedline.model.passage import Passage
from deedline.model.text import Span


@dataclass(frozen=True, slots=True)
class BodyDoubt:
    """A doubt about a printed name: a kebab-case code, what happened, and where.

    Codes: misprinted-body, truncated-body, ambiguous-body, unknown-body, ended-body, unclosed-bodies.
    """

    code: str
    message: str
    spans: tuple[Span, ...]


def doubts_of(passage: Passage, found: BodyList, dated: date | None) -> Iterator[BodyDoubt]:
    """Every doubt that reading a closing list leaves, in the order of its names."""
    for entry in found.entries:
        reason = _reason(entry, dated)
        if reason is not None:
            as_printed, spans = passage.quote(entry.start, entry.end)
            yield BodyDoubt(reason[0], f"printed {as_printed!r}: {reason[1]}", spans)
    if found.unclosed and all(entry.rule != "cut" for entry in found.entries):
        _, spans = passage.quote(found.start, found.end)
        message = "the closing list of bodies lacks a bracket; more names may be lost. Compare it with the original"
        yield BodyDoubt("unclosed-bodies", message, spans)


def _reason(entry: Entry, dated: date | None) -> tuple[str, str] | None:
    """The code and the words of what is doubtful about a name, or None."""
    if entry.body is None:
        return _why_open(entry)
    named = f"read as {entry.name} ({entry.body.id})"
    if entry.rule == "misprint":
        return "misprinted-body", f"{named}, the one name that is nearly the same. Accept or correct it"
    if entry.rule == "cut":
        return "truncated-body", f"{named}, the one name that begins so. Accept or correct it"
    ended = entry.body.valid_until
    if dated and ended and ended < dated:
        return "ended-body", f"{named}, which ended on {ended.isoformat()}. See its successors"
    return None


def _why_open(entry: Entry) -> tuple[str, str] | None:
    if entry.rule == "generic":
        return None
    if entry.rivals:
        code = "truncated-body" if entry.rule == "cut" else "ambiguous-body"
        return code, f"may stand for any of {', '.join(entry.rivals)}; left open. Say which it is"
    return "unknown-body", "no body of that name is known; kept as printed. Add it to the bodies or correct it"
