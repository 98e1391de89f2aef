"""Two editions side by side: continued, changed, next stage, merged, split, new, and no mention found.

In: the entries of an earlier and a later document, the links between. Out: what became of each. Refuses to say that
anything was abandoned: it says that no mention was found, where it looked, and what came nearest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from deedline.knowledge.stages import moved_day
from deedline.model.entry import Entry
from deedline.model.link import CONTINUING, Link, LinkState, Relation

_SPACES = re.compile(r"\s+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class FateCode(StrEnum):
    """What became of an entry between two editions."""

    CONTINUED = "continued"
    CHANGED = "changed"
    NEXT_STAGE = "next_stage"
    MERGED = "merged"
    SPLIT = "split"
    NEW = "new"
    NO_MENTION = "no_mention"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one entry. `counterparts` are ids in the other edition; `nearest` the best link that was not
    counted, for an entry without counterpart; `changes` what differs in words."""

    entry_id: str
    code: FateCode
    counterparts: tuple[str, ...] = ()
    nearest: Link | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions compared: the fate of each earlier entry, the later entries that continue none, and what the
    comparison cannot speak of (empty where both are whole)."""

    earlier: tuple[Fate, ...]
    later: tuple[Fate, ...]
    scope: str


def compare(earlier: Sequence[Entry], later: Sequence[Entry], links: Iterable[Link]) -> Comparison:
    """Compare the entries of two documents; `links` run from later to earlier."""
    late_ids, early_ids = {entry.id for entry in later}, {entry.id for entry in earlier}
    between = [link for link in links if link.from_id in late_ids and link.to_id in early_ids]
    counted = [link for link in between if _counts(link)]
    nearest = _nearest([link for link in between if not _counts(link)])
    forwards, backwards = _by(counted, "to_id"), _by(counted, "from_id")
    part_early, part_late = _parts(earlier, later)
    shared = _headings(earlier) & _headings(later)
    by_id = {entry.id: entry for entry in (*earlier, *later)}
    return Comparison(
        tuple(
            _fate(e, forwards[e.id], backwards, nearest.get(e.id), by_id, bool(part_late) and _beyond(e, shared))
            for e in earlier
        ),
        tuple(_novelty(e, backwards[e.id], nearest.get(e.id), bool(part_early) and _beyond(e, shared)) for e in later),
        _scope(part_early, part_late),
    )


def _by(links: Sequence[Link], end: str) -> defaultdict[str, list[Link]]:
    grouped: defaultdict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (-link.score, link.from_id, link.to_id)):
        grouped[getattr(link, end)].append(link)
    return grouped


def only_chapter(entries: Iterable[Entry]) -> str:
    """The one chapter that a document's entries stand in; empty where they stand in several or in none.

    A heading above all others that prints a year is the title of the whole, and no chapter.
    """
    return _lone(_chapters([entry.item.path for entry in entries if entry.item.path]))


def _chapters(paths: Sequence[tuple[str, ...]], beside: frozenset[str] = frozenset()) -> dict[str, str]:
    """The outermost headings below the title, as printed, by their letters; the headings right below a lone one where
    several of them stand outermost in the other document, as chapters do."""
    tops = {_SPACES.sub("", path[0]): path[0] for path in paths}
    below = [path[1:] for path in paths if len(path) > 1]
    if len(tops) == 1 and below:
        inner = {_SPACES.sub("", path[0]) for path in below}
        if _YEAR.search(_lone(tops)) or len(inner & beside) > 1:
            return _chapters(below, beside)
    return {} if len(tops) == 1 and _YEAR.search(_lone(tops)) else tops


def _lone(chapters: Mapping[str, str]) -> str:
    return next(iter(chapters.values())) if len(chapters) == 1 else ""


def _parts(earlier: Sequence[Entry], later: Sequence[Entry]) -> tuple[str, str]:
    """The one chapter that each document consists of; both empty where it is the same one."""
    paths = [[entry.item.path for entry in side if entry.item.path] for side in (earlier, later)]
    whole = [frozenset(_SPACES.sub("", path[0]) for path in side) for side in paths]
    tops = _chapters(paths[0], whole[1]), _chapters(paths[1], whole[0])
    return ("", "") if tops[0].keys() == tops[1].keys() else (_lone(tops[0]), _lone(tops[1]))


def _headings(entries: Sequence[Entry]) -> frozenset[str]:
    return frozenset(_SPACES.sub("", heading) for entry in entries for heading in entry.item.path)


def _beyond(entry: Entry, shared: frozenset[str]) -> bool:
    """Whether an entry stands under no heading that both documents print, so that one chapter says nothing of it."""
    return not any(_SPACES.sub("", heading) in shared for heading in entry.item.path)


def _counts(link: Link) -> bool:
    return link.holds and link.relation in CONTINUING


def _nearest(links: Sequence[Link]) -> dict[str, Link]:
    """The best of the links of each entry; a rejected one only where there is no other."""
    best: dict[str, Link] = {}
    for link in sorted(links, key=lambda link: (link.state is LinkState.REJECTED, -link.score, link.from_id)):
        best.setdefault(link.from_id, link)
        best.setdefault(link.to_id, link)
    return best


def _fate(
    entry: Entry,
    links: Sequence[Link],
    backwards: defaultdict[str, list[Link]],
    nearest: Link | None,
    by_id: dict[str, Entry],
    partial: bool,
) -> Fate:
    """What became of an earlier entry."""
    ids = tuple(link.from_id for link in links)
    if not links:
        return Fate(entry.id, FateCode.CANNOT_SAY if partial else FateCode.NO_MENTION, (), nearest)
    kinds = [by_id[key].item.kind for key in ids]
    if len(kinds) != len(set(kinds)):
        return Fate(entry.id, FateCode.SPLIT, ids)
    if any(
        len({link.to_id for link in backwards[key] if by_id[link.to_id].item.kind == entry.item.kind}) > 1
        for key in ids
    ):
        return Fate(entry.id, FateCode.MERGED, ids)
    if all(link.relation == Relation.NEXT for link in links):
        return Fate(entry.id, FateCode.NEXT_STAGE, ids)
    changes = tuple(change for key in ids for change in changes_between(entry, by_id[key]))
    return Fate(entry.id, FateCode.CHANGED if changes else FateCode.CONTINUED, ids, None, changes)


def _novelty(entry: Entry, links: Sequence[Link], nearest: Link | None, partial: bool) -> Fate:
    """Whether a later entry continues an earlier one."""
    if links:
        code = FateCode.NEXT_STAGE if all(link.relation == Relation.NEXT for link in links) else FateCode.CONTINUED
        return Fate(entry.id, code, tuple(link.to_id for link in links))
    return Fate(entry.id, FateCode.CANNOT_SAY if partial else FateCode.NEW, (), nearest)


def changes_between(before: Entry, after: Entry) -> tuple[str, ...]:
    """What a restatement changed: the due date by how many days, the bodies that came or went."""
    changes: list[str] = []
    pair = moved_day(before.item, after.item)
    if pair is not None and (days := (pair[1].due - pair[0].due).days):
        moved = f"{days} days later" if days > 0 else f"{-days} days earlier"
        changes.append(f"due {pair[0].due} → {pair[1].due} ({moved})")
    was = {mention.name for mention in before.item.bodies if mention.body_id}
    now = {mention.name for mention in after.item.bodies if mention.body_id}
    changes.extend(f"body added: {name}" for name in sorted(now - was))
    changes.extend(f"body no longer named: {name}" for name in sorted(was - now))
    return tuple(changes)


def _scope(early: str, late: str) -> str:
    if early and late:
        return (
            f"Each of the documents is one chapter (“{early}”, “{late}”): neither can show what is not mentioned in "
            "the other, or new in it."
        )
    if late:
        return (
            f"The later document is one chapter (“{late}”): it cannot show that anything outside it is not mentioned."
        )
    if early:
        return f"The earlier document is one chapter (“{early}”): what is outside it cannot be called new."
    return ""
