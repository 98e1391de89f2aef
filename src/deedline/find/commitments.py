"""Commitments whose owner is printed once for many: in a letter's address, a heading, or a line below them.

What names an owner, where commitments begin and end, and which sentences are some by themselves is the place's data
(`commitments.toml`). A commitment that closes with bodies of its own belongs to these, as a measure does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from deedline.find.bodies import BodyDoubt, Segment, close_bodies, listed_bodies, names_from
from deedline.find.draft import Draft
from deedline.find.measures import draft_measure
from deedline.find.outline import Placed
from deedline.knowledge.commitments import CommitmentWords, commitment_words
from deedline.knowledge.fold import passage
from deedline.knowledge.load import Jurisdiction
from deedline.model.document import BlockKind, Document
from deedline.model.item import LineRole
from deedline.model.passage import Passage
from deedline.model.values import Mention, Role

_LONGEST_LINE = 400  # characters at a line's beginning, or its end, that may name an owner, close or open a list
_ENTRIES = (BlockKind.BULLET, BlockKind.NUMBERED)
_SENTENCE_END = re.compile(r"(?<=[。!?;])|(?<=[.!?;])\s+")
_NOBODY = Segment(0, 0)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A commitment before its owner is known: its place and words, the bodies it names, and its list's opening."""

    placed: Placed
    words: Passage
    closing: Segment
    support: tuple[Mention, ...]
    outer: int | None = None


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and what is in force for the next block."""

    words: CommitmentWords
    document: Document
    place: Jurisdiction
    drafts: list[Draft] = field(default_factory=list)
    owner: Segment = _NOBODY
    scope: tuple[str, ...] = ()
    opened: bool = True
    since: int = 0  # the first draft that a line naming the owner of what is above it still may own
    nested: list[tuple[int, int]] = field(default_factory=list)  # levels and drafts of the entries that enclose


def names_owners(placed: Sequence[Placed], place: Jurisdiction) -> bool:
    """Whether a line of the document fits a pattern by which its place tells owners, openings or commitments."""
    words = commitment_words(place)
    return bool(words) and any(
        words.owner(line[:_LONGEST_LINE]) is not None
        or words.fits("opens", line[-_LONGEST_LINE:])
        or any(_sentences(passage(each.block.text), words))
        for each in placed
        if _is_line(each)
        for line in (passage(each.block.text).matching.text,)
    )


def find_commitments(placed: Sequence[Placed], document: Document, place: Jurisdiction) -> tuple[Draft, ...]:
    """Commitments in reading order, each with its owner, those who act with it, and the list that it is a part of."""
    reading = _Reading(commitment_words(place), document, place)
    reading.opened = not reading.words.by_role["opens"]
    for entry in placed:
        if entry.block.kind is BlockKind.FURNITURE or not entry.block.text:
            continue
        if _is_line(entry):
            _read_line(reading, entry)
        elif entry.role is None and entry.block.kind in _ENTRIES and reading.opened:
            _read_entry(reading, entry)
    return tuple(reading.drafts)


def _is_line(entry: Placed) -> bool:
    """Whether a block is a heading or running text rather than an entry of a list."""
    return entry.role is LineRole.HEADING or (entry.role is None and entry.block.kind is BlockKind.PARAGRAPH)


def _read_line(reading: _Reading, entry: Placed) -> None:
    """A heading or a paragraph: what it puts in force, and the commitments among its sentences."""
    reading.nested.clear()
    if reading.scope and entry.path[: len(reading.scope)] != reading.scope:
        _put_in_force(reading, _NOBODY, ())
    line = passage(entry.block.text)
    text = line.matching.text
    named = reading.words.owner(text[:_LONGEST_LINE])
    if named is not None:
        start, end, above = named
        owner = listed_bodies(_part(line, start, end), reading.document.metadata.dated, reading.place)
        if above:
            _own_above(reading, owner)
        else:
            _put_in_force(reading, owner, entry.path if entry.role is LineRole.HEADING and entry.block.level else ())
    elif entry.role is LineRole.HEADING:
        reading.since = len(reading.drafts)
    if reading.words.fits("closes", text[:_LONGEST_LINE]):
        reading.opened = False
    if reading.words.fits("opens", text[-_LONGEST_LINE:]):
        reading.opened = True
    if entry.role is None and reading.opened and named is None and _closed(reading, line).mentions:
        _read_entry(reading, entry)
    elif entry.role is None:
        for part in _sentences(line, reading.words):
            _keep(reading, _Entry(entry, part, _closed(reading, part), _support(reading, part)))


def _put_in_force(reading: _Reading, owner: Segment, scope: tuple[str, ...]) -> None:
    """The owner of what follows; where it is named again, nothing changes."""
    if owner.mentions and [each.body_id for each in owner.mentions] == [e.body_id for e in reading.owner.mentions]:
        return
    reading.opened = not reading.words.by_role["opens"]
    reading.owner, reading.scope, reading.since = owner, scope, len(reading.drafts)


def _own_above(reading: _Reading, owner: Segment) -> None:
    """The commitments above the line, up to the one before it or a heading, get the bodies that it names."""
    for i in range(reading.since, len(reading.drafts)):
        draft = reading.drafts[i]
        if any(each.role is Role.LEAD for each in draft.item.bodies):
            continue
        bodies = (*owner.mentions, *_besides(draft.item.bodies, owner.mentions))
        kept = tuple(issue for issue in draft.issues if issue.code != "no-body")
        reading.drafts[i] = replace(draft, item=replace(draft.item, bodies=bodies), issues=kept)
    reading.since = len(reading.drafts)


def _read_entry(reading: _Reading, entry: Placed) -> None:
    """An entry, or a paragraph that closes with bodies: one commitment, a part of the entry that encloses it."""
    words = passage(entry.block.text)
    level = entry.block.level if entry.block.kind is BlockKind.BULLET else -1
    reading.nested = [each for each in reading.nested if each[0] < level]
    outer = reading.nested[-1][1] if reading.nested else None
    closing = _closed(reading, words)
    own = _part(words, 0, closing.end) if closing.mentions and closing.end else words
    reading.nested.append((level, len(reading.drafts)))
    _keep(reading, _Entry(entry, own, closing, _support(reading, own), outer))


def _closed(reading: _Reading, words: Passage) -> Segment:
    closing = close_bodies(words, reading.document.metadata.dated, reading.place)
    return Segment(0, closing.end, closing.mentions, closing.doubts)


def _support(reading: _Reading, words: Passage) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for start in reading.words.supports(words.matching.text):
        named = names_from(words, start, reading.document.metadata.dated, reading.place)
        found.extend(_besides(named, found))
    return tuple(found)


def _keep(reading: _Reading, entry: _Entry) -> None:
    """The entry as a draft with its bodies: its own, else its owner; then those who act with it."""
    owner = reading.owner
    bodies = list(entry.closing.mentions or owner.mentions)
    doubts = list(entry.closing.doubts)
    if not entry.closing.mentions and owner.doubts and len(reading.drafts) == reading.since:
        doubts.extend(owner.doubts)
    bodies.extend(_besides(entry.support, bodies))
    outer = reading.drafts[entry.outer] if entry.outer is not None else None
    opening = outer.passage if outer is not None and outer.passage.matching.text.endswith(":") else None
    if outer is not None and opening is not None:
        shared = [replace(each, role=Role.INHERITED) for each in outer.item.bodies if each.role is Role.JOINT]
        bodies.extend(_besides(shared, bodies))
    if not bodies:
        message = "no responsible body is printed with this commitment, nor above it"
        doubts.append(BodyDoubt("no-body", message, entry.words.shown.spans()))
    draft = draft_measure(
        entry.placed, [entry.placed.block], entry.words.shown, tuple(bodies), doubts, reading.document
    )
    if outer is not None:
        lead_in = opening.shown.text if opening is not None else ""
        draft = replace(draft.under(outer, lead_in), lead_in=opening)
    reading.drafts.append(draft)


def _besides(more: Sequence[Mention], bodies: Sequence[Mention]) -> Iterator[Mention]:
    """Those of `more` that are not among `bodies`; behind others, none of them leads."""
    there = {each.body_id or each.name for each in bodies}
    for each in more:
        if (each.body_id or each.name) not in there:
            yield replace(each, role=Role.JOINT) if bodies and each.role is Role.LEAD else each


def _sentences(line: Passage, words: CommitmentWords) -> Iterator[Passage]:
    """The sentences of running text that are commitments by themselves."""
    start = 0
    text = line.matching.text
    for end in (*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)):
        if text[start:end].strip() and words.fits("sentence", text[start:end].strip()):
            yield _part(line, start, end)
        start = end


def _part(words: Passage, start: int, end: int) -> Passage:
    """Part of a passage by indices into its matching text, without white space at its ends; not empty."""
    offsets = words.matching.offsets
    return passage(words.shown.between(offsets[start], offsets[end - 1] + 1).strip())
