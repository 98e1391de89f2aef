"""Reads a list of organisations' names: exact first, then units, cut names and misprints, each with its doubt.

In: the folded text of a passage and the range of the list. Out: one `Entry` a name, in order. Decides nothing about
whether the range is a list at all; that is `closing`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deedline.find.likeness import alike
from deedline.knowledge.bodies import BodyIndex
from deedline.knowledge.body_forms import lookup_key, printed_forms
from deedline.knowledge.mentions import MentionWords
from deedline.model.body import Body

_SURE_LENGTH = 5  # characters from which likeness counts without a word such as 局 at the end
_MOST_PARTS = 5  # hard-separated parts that one English name may hold, as in "Innovation, Technology and …"


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a list: where it stands in the matching text, the body it names, and how that was read.

    `name` is the body's own name, or the printed words where it names none. `rule` is one of exact, generic, wing,
    misprint, cut, unknown; `rivals` are the ids of the bodies between which the words leave open.
    """

    start: int
    end: int
    body: Body | None
    name: str
    rule: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What reading a list needs: both folded texts (same indices), the list's end, and the knowledge at a day.

    `guess` allows misprints to be resolved by likeness; `cut` says that the text breaks off where the list ends.
    """

    text: str
    scan: str
    end: int
    index: BodyIndex
    words: MentionWords
    day: date | None
    guess: bool
    cut: bool = False


def canonical(body: Body) -> str:
    """The name that stands for a body: Chinese where it has one."""
    return body.name_zh or body.name_en


def read_names(scene: Scene, start: int) -> tuple[Entry, ...]:
    """The names from `start` to the scene's end, in order."""
    entries: list[Entry] = []
    position = _skip(scene, start)
    while position < scene.end:
        entry = _entry_at(scene, position)
        entries.append(entry)
        position = _skip(scene, max(entry.end, position + 1))
    return tuple(entries)


def _skip(scene: Scene, position: int) -> int:
    """Past blanks, separators, labels, and a remark in brackets behind a name."""
    while position < scene.end:
        if scene.text[position].isspace():
            position += 1
            continue
        found = (
            scene.words.separator.match(scene.text, position, scene.end)
            or scene.words.label.match(scene.text, position, scene.end)
            or scene.words.label_after.match(scene.text, position, scene.end)
        )
        if found and found.end() > position:
            position = found.end()
            continue
        past = _past_bracket(scene, position)
        if past == position:
            break
        position = past
    return position


def _past_bracket(scene: Scene, position: int) -> int:
    closer = scene.words.brackets.get(scene.text[position])
    if closer is None:
        return position
    end = scene.text.find(closer, position, scene.end)
    return end + 1 if end >= 0 else position


def _entry_at(scene: Scene, start: int) -> Entry:
    known = _known_at(scene, start)
    if known is None:
        return _unlisted(scene, start)
    for joint, unit_after in scene.words.wings:
        joined = joint.match(scene.text, known.end, scene.end)
        if joined and joined.end() < scene.end:
            other = _entry_at(scene, joined.end())
            unit = other if unit_after else known
            return Entry(start, other.end, unit.body, unit.name, "wing" if unit.body else "unknown", unit.rivals)
    return known


def _known_at(scene: Scene, start: int) -> Entry | None:
    """The longest known name or general phrase that stands at `start` and fills its place in the list."""
    general = scene.words.generic.match(scene.text, start, scene.end)
    if general and _fills(scene, general.end()):
        return Entry(start, general.end(), None, scene.text[start : general.end()], "generic")
    for length in scene.index.lengths_at(scene.scan, start):
        end = start + length
        if end <= scene.end and _fills(scene, end):
            body = scene.index.choose(scene.index.by_scan[scene.scan[start:end]], scene.day)
            if body is not None:
                return Entry(start, end, body, canonical(body), "exact")
    return None


def _fills(scene: Scene, end: int) -> bool:
    """Whether a name that stops at `end` is followed by what may follow a name in a list."""
    rest = end
    while rest < scene.end and scene.text[rest].isspace():
        rest += 1
    if rest == scene.end or scene.text[rest] in scene.words.brackets:
        return True
    followers = (scene.words.separator, scene.words.label_after, *(joint for joint, _ in scene.words.wings))
    return any(follower.match(scene.text, at, scene.end) for follower in followers for at in (end, rest))


def _unlisted(scene: Scene, start: int) -> Entry:
    """A name that is in no list as it stands: punctuated otherwise, two names run together, cut, misprinted, new."""
    ends = _part_ends(scene, start)
    for end in reversed(ends):
        body = _named(scene, start, end)
        if body is not None:
            return Entry(start, end, body, canonical(body), "exact")
    end = _before_known(scene, start, ends[0])
    if scene.cut and end == scene.end:
        return _cut(scene, start, end)
    if scene.guess:
        for guessed_end in dict.fromkeys((*reversed(ends), end)):
            guessed = _guess(scene, start, guessed_end)
            if guessed is not None:
                return guessed
    return Entry(start, end, None, scene.text[start:end].strip(), "unknown")


def _part_ends(scene: Scene, start: int) -> list[int]:
    """Where a name that begins at `start` may stop: at each of the next hard separators, then at the list's end."""
    ends: list[int] = []
    for separator in scene.words.hard_separator.finditer(scene.text, start, scene.end):
        if separator.start() > start:
            ends.append(separator.start())
        if len(ends) == _MOST_PARTS:
            return ends
    return [*ends, scene.end]


def _named(scene: Scene, start: int, end: int) -> Body | None:
    words = scene.text[start:end]
    for opener in scene.words.brackets:
        words = words.split(opener)[0]
    return scene.index.named(words, scene.day) or scene.index.named(scene.words.prefix.sub("", words), scene.day)


def _before_known(scene: Scene, start: int, end: int) -> int:
    """`end`, or the soft separator ("及", "and") after which a known name fills the rest up to `end`."""
    for separator in scene.words.separator.finditer(scene.text, start, end):
        if start < separator.start() and separator.end() < end and _named(scene, separator.end(), end) is not None:
            return separator.start()
    return end


def _cut(scene: Scene, start: int, end: int) -> Entry:
    """A name that the text breaks off: the one body whose name begins so, bureaux and offices before others."""
    words = scene.text[start:end].strip()
    key = lookup_key(words)
    whole = [b for b in scene.index.at(scene.day) if any(lookup_key(f).startswith(key) for f in printed_forms(b))]
    first = [body for body in whole if body.kind in ("bureau", "office")]
    found = first if len(first) == 1 else whole
    if key and len(found) == 1:
        return Entry(start, end, found[0], canonical(found[0]), "cut")
    return Entry(start, end, None, words, "cut" if found and key else "unknown", tuple(body.id for body in found[:5]))


def _guess(scene: Scene, start: int, end: int) -> Entry | None:
    words = scene.text[start:end].strip()
    key = lookup_key(words)
    if len(key) < _SURE_LENGTH and not scene.words.organisation.search(words):
        return None
    nearest = alike(key, scene.index, scene.day)
    if len(nearest) == 1:
        return Entry(start, end, nearest[0], canonical(nearest[0]), "misprint")
    if nearest:
        return Entry(start, end, None, words, "unknown", tuple(body.id for body in nearest[:5]))
    return None
