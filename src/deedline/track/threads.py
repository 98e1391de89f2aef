"""Links that hold → threads: one undertaking across editions, with its history line by line.

In: entries and continuity links. Out: threads. Refuses to weigh links; it takes those that hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.knowledge.stages import days_moved
from deedline.model.entry import Entry
from deedline.model.link import CONTINUING, Link, Relation


@dataclass(frozen=True, slots=True)
class Step:
    """One printed promise of a thread.

    `due` is what it promises; `moved` by how many days that is later (negative: earlier) than the promise that it
    restates, None where there is nothing to compare: no day, or one of a part beside one of the whole. `follows` are
    the ids of the earlier entries it continues.
    """

    entry: Entry
    due: date | None
    moved: int | None
    follows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """One undertaking: its steps from the earliest edition on.

    `id` is the id of its earliest entry. `merges` are ids of entries that continue several earlier ones of one
    document, `splits` of entries that several later ones of one document continue. `slipped` is the days from the
    first date promised to the last restatement of it.
    """

    id: str
    steps: tuple[Step, ...]
    merges: tuple[str, ...]
    splits: tuple[str, ...]
    slipped: int | None


def make_threads(entries: Sequence[Entry], links: Iterable[Link]) -> tuple[Thread, ...]:
    """The threads of all entries that a continuity link that holds joins, by id; entries that stand alone make none."""
    by_id = {entry.id: entry for entry in entries}
    held = [link for link in links if link.holds and link.relation in CONTINUING and _across(link, by_id)]
    groups = _groups(held)
    group_of = {key: number for number, group in enumerate(groups) for key in group}
    inside: dict[int, list[Link]] = defaultdict(list)
    for link in held:
        inside[group_of[link.from_id]].append(link)
    joined = (_thread([by_id[key] for key in group], inside[number]) for number, group in enumerate(groups))
    return tuple(sorted(joined, key=lambda thread: thread.id))


def _across(link: Link, by_id: Mapping[str, Entry]) -> bool:
    """Whether a link joins entries of two documents: an indicator that an edition carries over stands beside the
    measure, and neither follows the other."""
    ends = by_id.get(link.from_id), by_id.get(link.to_id)
    return ends[0] is not None and ends[1] is not None and ends[0].document_id != ends[1].document_id


def _groups(links: Sequence[Link]) -> list[frozenset[str]]:
    """Ids that the links join, directly or through others."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for link in links:
        neighbours[link.from_id].add(link.to_id)
        neighbours[link.to_id].add(link.from_id)
    groups: list[frozenset[str]] = []
    seen: set[str] = set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        group, edge = {start}, [start]
        while edge:
            fresh = neighbours[edge.pop()] - group
            group |= fresh
            edge.extend(fresh)
        seen |= group
        groups.append(frozenset(group))
    return groups


def reading_order(entry: Entry) -> tuple[date, str, int, str]:
    """By the document's date, then as the document reads."""
    return (entry.dated or date.max, entry.document_id, entry.item.spans[0].start if entry.item.spans else 0, entry.id)


def _thread(group: Sequence[Entry], links: Sequence[Link]) -> Thread:
    ordered = sorted(group, key=reading_order)
    by_id = {entry.id: entry for entry in ordered}
    follows: dict[str, list[str]] = defaultdict(list)
    restates: dict[str, list[str]] = defaultdict(list)
    followed: dict[str, list[str]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (link.from_id, link.to_id)):
        follows[link.from_id].append(link.to_id)
        followed[link.to_id].append(link.from_id)
        if link.relation == Relation.SAME:
            restates[link.from_id].append(link.to_id)
    steps = tuple(
        Step(entry, entry.item.due, _moved(entry, [by_id[key] for key in restates[entry.id]]), tuple(follows[entry.id]))
        for entry in ordered
    )
    return Thread(
        id=ordered[0].id,
        steps=steps,
        merges=tuple(key for key in by_id if _several_in_one_document(follows[key], by_id)),
        splits=tuple(key for key in by_id if _several_in_one_document(followed[key], by_id)),
        slipped=_slipped(steps),
    )


def _moved(entry: Entry, earlier: Sequence[Entry]) -> int | None:
    """Days from the latest-dated promise that this one restates to its own; a part is not held against the whole."""
    days = (days_moved(before.item, entry.item) for before in sorted(earlier, key=reading_order, reverse=True))
    return next((moved for moved in days if moved is not None), None)


def _slipped(steps: Sequence[Step]) -> int | None:
    moves = [step.moved for step in steps if step.moved is not None]
    return sum(moves) if moves else None


def _several_in_one_document(keys: Sequence[str], by_id: Mapping[str, Entry]) -> bool:
    """Whether two or more of one document and one kind are joined: an undertaking merged or split, not one that a
    measure and an indicator of the same document both name."""
    places = [(by_id[key].document_id, by_id[key].item.kind) for key in keys]
    return len(places) != len(set(places))
