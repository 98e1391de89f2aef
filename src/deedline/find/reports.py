"""Read the progress that a government reports of an indicator: the status as printed and as coded, and the rest.

Which words are a status is data: `status.toml` of a language, and of a place with words of its own. A status opens the
report or one of its sentences and is closed by a punctuation mark; what its words do inside a sentence is narrative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise

from deedline.find.quantities import find_quantities
from deedline.knowledge.load import Jurisdiction, jurisdictions, language_patterns
from deedline.knowledge.patterns import Pattern
from deedline.model.passage import Passage
from deedline.model.values import Basis, Quantity, Report, StatusCode

# A sentence opens at the start, behind a full stop, and on a new line.
_OPENING = re.compile(r"(?:\A|(?<=[。;!?\n])|(?<=\. )|(?<=\.\n))\s{0,40}(?=\S)")
_CLOSING = " \t\n.。,，、;；:：!！"
_LONGEST_STATUS = 120
_TOPIC = "status"


@dataclass(frozen=True, slots=True)
class _Status:
    """A status in a passage's matching text."""

    start: int
    end: int
    code: StatusCode


def split_statuses(passage: Passage) -> tuple[Passage, ...]:
    """A cell's clean text cut before each status that opens a sentence, in order; empty for empty text.

    Statuses of every place and language are looked for, so that a cell can be cut before its document's place is
    known. Words before the first status stand alone, as a report without a status.
    """
    return _cut(passage, [status.start for status in _statuses(passage, None, None)])


def opens_with_status(passage: Passage, place: Jurisdiction, language: str) -> bool:
    """Whether the first words of a cell's clean text are a status."""
    first = next(_statuses(passage, place, language), None)
    return first is not None and not passage.matching.text[: first.start].strip()


def read_report(passage: Passage, as_of: date | None, place: Jurisdiction, language: str) -> tuple[Report, ...]:
    """The reports that a cell's clean text holds: one a status, or a single one without a status.

    `as_of` is the day that the document speaks of. `narrative` is what is said besides the status, as shown; figures
    are read as reached unless their words say otherwise. `deadlines` is left empty: the caller knows how to read times.
    """
    pieces = _cut(passage, [status.start for status in _statuses(passage, place, language)])
    return tuple(_read(piece, as_of, place, language) for piece in pieces)


def _read(piece: Passage, as_of: date | None, place: Jurisdiction, language: str) -> Report:
    status = next(_statuses(piece, place, language), None)
    if status is None:
        return Report(as_of, None, "", piece.shown.text, piece.shown.spans(), (), _figures(piece, place, language))
    printed, status_spans = piece.quote(status.start, status.end)
    rest = _part(piece, status.end, len(piece.matching))
    told = rest.shown.slice(len(rest.shown) - len(rest.shown.text.lstrip(_CLOSING)))
    figures = _figures(rest, place, language)
    return Report(as_of, status.code, printed, told.text, told.spans(), status_spans, figures)


def _figures(passage: Passage, place: Jurisdiction, language: str) -> tuple[Quantity, ...]:
    return find_quantities(passage, place, language, Basis.ACTUAL) if passage.matching else ()


def _statuses(passage: Passage, place: Jurisdiction | None, language: str | None) -> Iterator[_Status]:
    text = passage.matching.text
    patterns = _patterns(place, language)
    for opening in _OPENING.finditer(text):
        words = text[opening.end() : opening.end() + _LONGEST_STATUS]
        for pattern in patterns:
            if match := pattern.regex.search(words):
                start, end = (opening.end() + at for at in match.span("status"))
                yield _Status(start, end, StatusCode(pattern.data["code"]))
                break


def _patterns(place: Jurisdiction | None, language: str | None) -> tuple[Pattern, ...]:
    """A place's own statuses before those of a language; all there are of what is None."""
    places = jurisdictions() if place is None else (place,)
    own = [each.patterns(_TOPIC).patterns for each in places if each.folder.joinpath(f"{_TOPIC}.toml").is_file()]
    languages = sorted({tongue for each in places for tongue in each.languages}) if language is None else [language]
    return tuple(chain(*own, *(language_patterns(tongue, _TOPIC).patterns for tongue in languages)))


def _cut(passage: Passage, starts: list[int]) -> tuple[Passage, ...]:
    bounds = sorted({0, *starts, len(passage.matching)})
    pieces = (_part(passage, start, end) for start, end in pairwise(bounds))
    return tuple(piece for piece in pieces if piece.shown)


def _part(passage: Passage, start: int, end: int) -> Passage:
    """Part of a passage by indices into its matching text, without white space at its ends."""
    if start >= end:
        return Passage(passage.shown.slice(0, 0), passage.matching.slice(0, 0))
    offsets = passage.matching.offsets
    return Passage(
        passage.shown.between(offsets[start], offsets[end - 1] + 1).strip(), passage.matching.slice(start, end).strip()
    )
