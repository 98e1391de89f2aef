"""Reads a list of organisations' names: exact first, then units, cut names and misprints, each with its doubt.

In: the folded text of a passage and the range of the list. Out: one `Entry` a name, in order. Decides nothing about
whether the range is a list at all; that is for `body_lists`.
"""

from __future__ import annotations

from collections.abc import Sequence

from deedline.find.body_scene import Entry, Scene, canonical, is_organisation
from deedline.find.likeness import alike, beginning
from deedline.knowledge.body_forms import lookup_key
from deedline.model.body import Body

_SURE_BEGINNING = 4  # characters of a lone name's beginning that can stand for the name
_SURE_LENGTH = 5  # characters from which likeness counts without a word such as 局 at the end
_LONGEST_SPOILT = 12
_MOST_RIVALS = 5
_MOST_PARTS = 5  # hard-separated parts that one English name may hold, as in "Innovation, Technology and …"


def read_names(scene: Scene, start: int) -> tuple[Entry, ...]:
    """The names from `start` to the scene's end, in order; none where something in it can be no organisation's name."""
    entries: list[Entry] = []
    position = _skip(scene, start)
    while position < scene.end:
        entry = _entry_at(scene, position)
        if entry.rule == "unknown" and not entry.rivals and scene.firm:
            entry = _shortened(scene, entry, bool(entries))
        if entry.rule == "unknown" and not entry.rivals and not _tolerable(scene, entry.name):
            return ()
        entries.append(entry)
        position = _skip(scene, max(entry.end, position + 1))
    return tuple(entries)


def _tolerable(scene: Scene, name: str) -> bool:
    """Whether words that name no known body may stand in a list: an organisation's, or spoilt ones in a firm place."""
    spoilt = scene.firm and 1 < len(name) <= _LONGEST_SPOILT and name.isalpha()
    return spoilt or is_organisation(scene, name)


def _shortened(scene: Scene, entry: Entry, among_names: bool) -> Entry:
    """The entry as a name that lost its end inside a firm list, where it is long enough or stands among names."""
    if not among_names and len(entry.name) < _SURE_BEGINNING:
        return entry
    begun = _cut(scene, entry.start, entry.end)
    return begun if begun.body else entry


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
    if any(_begins_name(scene, at) for at in (end, end + 1)):
        return True  # a separator was lost or misread
    followers = (scene.words.separator, scene.words.label_after, *(joint for joint, _ in scene.words.wings))
    return any(follower.match(scene.text, at, scene.end) for follower in followers for at in (end, rest))


def _begins_name(scene: Scene, at: int) -> bool:
    return bool(scene.index.lengths_at(scene.scan, at) or scene.words.generic.match(scene.text, at, scene.end))


def _unlisted(scene: Scene, start: int) -> Entry:
    """A name that is in no list as it stands: punctuated otherwise, two names run together, cut, misprinted, new."""
    ends = _part_ends(scene, start)
    for end in reversed(ends):
        body = _named(scene, start, end)
        if body is not None:
            return Entry(start, end, body, canonical(body), "exact")
    end = _before_known(scene, start, ends[0])
    if scene.cut and scene.end in (end, ends[0]):
        begun = _cut(scene, start, end)
        if begun.rule == "cut":
            return begun
    guessed = (_guess(scene, start, ends) or _guess(scene, start, [end])) if scene.guess else None
    if guessed is not None:
        return guessed
    return _unit_of_unknown(scene, start, end) or Entry(start, end, None, scene.text[start:end].strip(), "unknown")


def _unit_of_unknown(scene: Scene, start: int, end: int) -> Entry | None:
    """A known unit behind a joining word, where the body above it is not known as printed."""
    for joint, unit_after in scene.words.wings:
        joined = joint.search(scene.text, start, end) if unit_after else None
        unit = _known_at(scene, joined.end()) if joined else None
        if unit is not None and unit.body is not None:
            return Entry(start, unit.end, unit.body, unit.name, "wing")
    return None


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
    """A name that the text breaks off: the one body whose name begins so."""
    words = scene.text[start:end].strip()
    key = lookup_key(words)
    found = beginning(key, scene.index, scene.day)
    if len(found) == 1:
        return Entry(start, end, found[0], canonical(found[0]), "cut")
    return Entry(
        start, end, None, words, "cut" if found else "unknown", tuple(body.id for body in found[:_MOST_RIVALS])
    )


def _guess(scene: Scene, start: int, ends: Sequence[int]) -> Entry | None:
    """A name that is nearly a known one and stops at the first of `ends` that fits; only Latin ones hold commas."""
    latin = scene.text[start : ends[0]].isascii()
    for end in ends if latin else ends[:1]:
        words = scene.text[start:end].strip()
        key = lookup_key(words)
        if len(key) < _SURE_LENGTH and not is_organisation(scene, words):
            continue
        nearest = alike(key, scene.index, scene.day)
        if len(nearest) == 1:
            return Entry(start, end, nearest[0], canonical(nearest[0]), "misprint")
        if nearest:
            return Entry(start, end, None, words, "unknown", tuple(body.id for body in nearest[:_MOST_RIVALS]))
    return None
