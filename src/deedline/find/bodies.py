"""The bodies of an item: those that close it in brackets, and those that its running words name.

In: a passage, the day its document dates from, its place. Out: a `Closing`, or mentions. Never guesses silently:
every name that was not printed as the place's knowledge has it leaves a `BodyDoubt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from deedline.find.body_doubts import BodyDoubt, doubts_of
from deedline.find.body_lists import BodyList, body_lists
from deedline.find.body_names import read_names
from deedline.find.body_scene import Entry, Scene, canonical
from deedline.knowledge.bodies import BodyIndex, bodies_of
from deedline.knowledge.body_forms import scan_form
from deedline.knowledge.load import Jurisdiction
from deedline.knowledge.mentions import MentionWords, mention_words
from deedline.model.body import Body
from deedline.model.passage import Passage
from deedline.model.values import Mention, Role

__all__ = ["BodyDoubt", "Closing", "Segment", "close_bodies", "listed_bodies", "mentioned_bodies", "names_from"]

_MARKS = re.compile(r"[\s。.;,、:!?]*")
_WORD = re.compile(r"\w")
_LATIN_WORD = re.compile(r"[A-Za-z0-9]")
_FEWEST_WORDS = 4  # letters or ideographs that a remainder needs to count as words of its own
_SHORTEST_LATIN = 3  # letters of an abbreviation that running words may hold by chance otherwise
_CONTEXT = 12
_MOST_JOINTS = 4  # marks and joining words between two names of a run


@dataclass(frozen=True, slots=True)
class Segment:
    """One undertaking of a passage: `start`..`end` of its own words in `matching`, its bodies and doubts."""

    start: int
    end: int
    mentions: tuple[Mention, ...] = ()
    doubts: tuple[BodyDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """The bodies that close a passage.

    `end` is the index in `matching` where the own words of the last segment end: before its closing bracket, and
    without the "；及" that joins it to the next entry. `mentions` and `doubts` are those of all segments, each body
    once. A passage without closing bodies has no segment, most others have one; a bullet that holds several
    undertakings, each closed by its own bracket, has one for each, and a last one without bodies where words follow
    the last bracket.
    """

    mentions: tuple[Mention, ...]
    doubts: tuple[BodyDoubt, ...]
    end: int
    segments: tuple[Segment, ...]


def close_bodies(passage: Passage, dated: date | None, place: Jurisdiction) -> Closing:
    """The bodies that close `passage`, the leading one first; none where it closes with none."""
    text = passage.matching.text
    words = mention_words(place)
    segments: list[Segment] = []
    start = _past_marks(text, 0)
    for found in body_lists(text, bodies_of(place), words, dated):
        mentions = _mentions(passage, found.entries)
        doubts = tuple(doubts_of(passage, found, dated))
        segments.append(Segment(start, max(start, _own_end(text, start, found.start, words)), mentions, doubts))
        start = _past_marks(text, found.end)
    own_end = max(start, _own_end(text, start, len(text), words)) if not segments else segments[-1].end
    if segments and len(_WORD.findall(text, start)) >= _FEWEST_WORDS:
        own_end = max(start, _own_end(text, start, len(text), words))
        segments.append(Segment(start, own_end))
    return Closing(
        mentions=_distinct(mention for segment in segments for mention in segment.mentions),
        doubts=tuple(doubt for segment in segments for doubt in segment.doubts),
        end=own_end,
        segments=tuple(segments),
    )


def listed_bodies(passage: Passage, dated: date | None, place: Jurisdiction) -> Segment:
    """The bodies of a passage that is nothing but a list of them, such as a table's cell."""
    text = passage.matching.text
    scene = Scene(text, scan_form(text), len(text), bodies_of(place), mention_words(place), dated, guess=True)
    found = BodyList(0, len(text), read_names(scene, 0))
    return Segment(0, len(text), _mentions(passage, found.entries), tuple(doubts_of(passage, found, dated)))


def _own_end(text: str, start: int, end: int, words: MentionWords) -> int:
    """`end` without blanks and the words that join this entry to the next."""
    from_here = max(start, end - _CONTEXT)
    joint = words.connector.search(text, from_here, end)
    return joint.start() if joint else end


def _past_marks(text: str, start: int) -> int:
    """Past the blanks and punctuation at `start`, up to an undertaking's own words."""
    marks = _MARKS.match(text, start)
    return marks.end() if marks else start


def _mentions(passage: Passage, entries: Iterable[Entry]) -> tuple[Mention, ...]:
    found = []
    for entry in entries:
        as_printed, spans = passage.quote(entry.start, entry.end)
        body_id = entry.body.id if entry.body else None
        name = entry.name if entry.body or entry.rule == "wing" else _unfolded(passage, entry, as_printed)
        found.append(Mention(as_printed, spans, body_id, name, Role.JOINT, f"closing-{entry.rule}"))
    distinct = _distinct(found)
    return tuple(replace(mention, role=Role.JOINT if i else Role.LEAD) for i, mention in enumerate(distinct))


def _unfolded(passage: Passage, entry: Entry, as_printed: str) -> str:
    """A name that resolves to no body, as shown rather than folded, without the spaces that broke it."""
    at = passage.matching.text.find(entry.name, entry.start, entry.end)
    words = passage.quote(at, at + len(entry.name))[0] if at >= 0 and entry.name else as_printed
    return words if _LATIN_WORD.search(words) else "".join(words.split())


def _distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each body once, at its first mention; those without a body by their words."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.body_id or f"={mention.name}", mention)
    return tuple(first.values())


def mentioned_bodies(passage: Passage, dated: date | None, place: Jurisdiction) -> tuple[Mention, ...]:
    """Every organisation that the passage names anywhere, in order, the longest name at each place."""
    index, words, text = bodies_of(place), mention_words(place), passage.matching.text
    scan = scan_form(text)
    mentions: list[Mention] = []
    free = 0
    for start in [i for i in range(len(scan) - 1) if scan[i : i + 2] in index.lengths]:
        if start < free:
            continue
        length = next((n for n in index.lengths_at(scan, start) if _stands_alone(text, start, n)), 0)
        free = start + length
        body = _running(index, words, text, scan[start:free], start, dated) if length else None
        if body is not None:
            as_printed, spans = passage.quote(start, free)
            mentions.append(Mention(as_printed, spans, body.id, canonical(body), Role.MENTIONED, "running-words"))
    return tuple(mentions)


def names_from(passage: Passage, start: int, dated: date | None, place: Jurisdiction) -> tuple[Mention, ...]:
    """The organisations of a run of names that begins at index `start` of the matching text and ends at other words."""
    index, words, text = bodies_of(place), mention_words(place), passage.matching.text
    scan = scan_form(text)
    mentions: list[Mention] = []
    start = _past_joints(text, start, words)
    while length := next((n for n in index.lengths_at(scan, start) if _stands_alone(text, start, n)), 0):
        body = index.choose(index.by_scan[scan[start : start + length]], dated)
        if body is None:
            break
        as_printed, spans = passage.quote(start, start + length)
        mentions.append(Mention(as_printed, spans, body.id, canonical(body), Role.JOINT, "support"))
        start = _past_joints(text, start + length, words)
    return _distinct(mentions)


def _past_joints(text: str, start: int, words: MentionWords) -> int:
    """Past the blanks, separators and labels at `start`."""
    for _ in range(_MOST_JOINTS):
        while text[start : start + 1].isspace():
            start += 1
        joint = words.separator.match(text, start) or words.label.match(text, start)
        if joint is None or joint.end() == start:
            break
        start = joint.end()
    return start


def _stands_alone(text: str, start: int, length: int) -> bool:
    """Whether Latin words at `start` are whole, begin with a capital, and are no two-letter abbreviation."""
    first, last = text[start], text[start + length - 1]
    inside = bool(start) and _LATIN_WORD.match(text[start - 1]) is not None
    if _LATIN_WORD.match(first) and (length < _SHORTEST_LATIN or first.islower() or inside):
        return False
    after = text[start + length : start + length + 1]
    return not (_LATIN_WORD.match(last) and after and _LATIN_WORD.match(after))


def _running(
    index: BodyIndex, words: MentionWords, text: str, form: str, start: int, dated: date | None
) -> Body | None:
    """The body that a form names in running words; none where the words before it show another place's."""
    if words.elsewhere_before.search(text[max(0, start - _CONTEXT) : start]):
        return None
    return index.choose(index.by_scan[form], dated)
