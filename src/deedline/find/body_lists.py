"""Where a passage closes an undertaking with a bracket of bodies' names, and which brackets are something else.

In: the folded text of a passage. Out: its `BodyList`s in order. A bracket is a closing list when its content reads
as names of organisations and it stands where a sentence or an entry ends; an abbreviation behind a name, a remark
or a condition is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from deedline.find.body_names import read_names
from deedline.find.body_scene import Entry, Scene, is_organisation
from deedline.knowledge.bodies import BodyIndex
from deedline.knowledge.body_forms import lookup_key, printed_forms, scan_form
from deedline.knowledge.mentions import MentionWords

_LONGEST_LIST = 400  # characters
_LONGEST_BARE = 120  # characters of a list that has lost its opening bracket
_CONTEXT = 16
_BREAK = re.compile(r"[。.;!?:]")


@dataclass(frozen=True, slots=True)
class BodyList:
    """A closing list: `start` of its bracket, `end` past its closing one (indices in the matching text), its names.

    `unclosed` says that one of its brackets is missing; `inside` that it stands within its sentence, before the full
    stop, not after it.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    unclosed: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A bracket's outer range, its content's range, and whether a half is missing or the text breaks off in it."""

    start: int
    end: int
    inner: tuple[int, int]
    half: bool = False


def body_lists(text: str, index: BodyIndex, words: MentionWords, day: date | None) -> tuple[BodyList, ...]:
    """The closing lists of a passage in order; neighbouring ones are joined."""
    scene = Scene(text, scan_form(text), len(text), index, words, day, guess=False)
    whole, half = _brackets(text, words)
    found = [read for bracket in whole if (read := _closing_list(scene, bracket)) is not None]
    for bracket in half:
        read = _closing_list(scene, bracket)
        if read is not None:
            found = [other for other in found if other.end <= read.start or other.start >= read.end]
            found.append(read)
    return tuple(_joined(_alike_in_place(sorted(found, key=lambda one: one.start)), text))


def _alike_in_place(found: list[BodyList]) -> list[BodyList]:
    """Without those inside their sentences where the last one stands after its own: they are remarks."""
    if found and not found[-1].inside:
        return [one for one in found if not one.inside]
    return found


def _joined(found: list[BodyList], text: str) -> Iterator[BodyList]:
    held: BodyList | None = None
    for one in found:
        if held is not None and not text[held.end : one.start].strip():
            held = replace(held, end=one.end, entries=held.entries + one.entries)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _brackets(text: str, words: MentionWords) -> tuple[list[_Bracket], list[_Bracket]]:
    """The outermost whole brackets, and those of which a half is lost: the last opened, and one closed at the end."""
    openers, closers = set(words.brackets), set(words.brackets.values())
    opened: list[int] = []
    whole: list[_Bracket] = []
    lost: list[_Bracket] = []
    for mark in re.finditer("[" + re.escape("".join(sorted(openers | closers))) + "]", text) if openers else ():
        at = mark.start()
        if mark.group() in openers:
            opened.append(at)
        elif opened:
            start = opened.pop()
            while whole and whole[-1].start > start:
                whole.pop()
            whole.append(_Bracket(start, at + 1, (start + 1, at)))
        elif words.after_closing.search(text[at + 1 : at + 1 + _CONTEXT]) and len(text) - at <= _CONTEXT:
            lost.append(_bare(text, at))
    if opened and len(text) - opened[-1] <= _LONGEST_LIST:
        lost.append(_Bracket(opened[-1], len(text), (opened[-1] + 1, len(text)), half=True))
    return whole, lost


def _bare(text: str, closer: int) -> _Bracket:
    """The range from the last break before a closing bracket that nothing opened."""
    earliest = max(0, closer - _LONGEST_BARE)
    start = earliest
    for mark in _BREAK.finditer(text, earliest, closer):
        start = mark.end()
    return _Bracket(start, closer + 1, (start, closer), half=True)


def _closing_list(scene: Scene, bracket: _Bracket) -> BodyList | None:
    """The bracket read as a list of bodies, or None where its place or its content shows that it is none."""
    start, end = bracket.inner
    if not 1 < end - start <= _LONGEST_LIST:
        return None
    text, words = scene.text, scene.words
    after_sentence = words.sentence_end.search(text[max(0, bracket.start - _CONTEXT) : bracket.start]) is not None
    at_end = len(text) - bracket.end <= _CONTEXT and words.after_closing.search(text[bracket.end :]) is not None
    before_sentence = text[bracket.end : bracket.end + 1] in ("。", ";")
    if not (after_sentence or at_end or before_sentence) or words.aside.search(text[start:end].lstrip()):
        return None
    content_end = start + len(text[start:end].rstrip(" \t\n。.;,、")) if bracket.half else end
    cut = bracket.half and bracket.end == len(text)
    entries = read_names(
        replace(scene, end=content_end, guess=after_sentence or at_end, firm=after_sentence, cut=cut), start
    )
    if not entries or not _believable(scene, entries, after_sentence, bracket.half):
        return None
    if not after_sentence and _abbreviates(scene, bracket.start, entries):
        return None
    return BodyList(bracket.start, bracket.end, entries, bracket.half, not after_sentence)


def _believable(scene: Scene, entries: tuple[Entry, ...], after_sentence: bool, half: bool) -> bool:
    """Whether these names, standing where they do, make a list of those who act."""
    known = sum(entry.rule in ("exact", "wing") for entry in entries)
    near = sum(entry.rule in ("misprint", "cut", "generic") for entry in entries)
    strange = [entry for entry in entries if entry.rule == "unknown"]
    if known:
        return known + near >= len(strange)
    if half or not after_sentence:
        return near > 0 and not strange and after_sentence >= half
    return all(entry.rivals or is_organisation(scene, entry.name) for entry in strange)


def _abbreviates(scene: Scene, start: int, entries: tuple[Entry, ...]) -> bool:
    """Whether the one name in a bracket only shortens the organisation's name that stands right before it."""
    if len(entries) != 1:
        return False
    entry = entries[0]
    before = scene.scan[max(0, start - 80) : start].rstrip()
    if entry.body is not None and any(before.endswith(scan_form(form)) for form in printed_forms(entry.body)):
        return True
    short = scene.scan[entry.start : entry.end]
    if entry.body is not None and lookup_key(short) in map(lookup_key, (entry.body.name_zh, entry.body.name_en)):
        return False
    letters = iter(before[-3 * len(short) - 8 :])
    return not short.isascii() and all(letter in letters for letter in short)
