"""What a person holds of links, and the queue of those that wait for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from deedline.errors import InputError
from deedline.model.item import CARRIED, COMMITMENTS, Item, ItemKind
from deedline.model.link import ADOPTING, CONTINUING, STRONG, Link, LinkState, Relation
from deedline.operations.remembering import remembered
from deedline.register import ItemQuery, Register, StoredIssue, StoredItem


@dataclass(frozen=True, slots=True)
class Doubt:
    """A link that the machine is not sure of, with both its items; `others` are links of the same item that hold."""

    link: Link
    source: StoredItem
    target: StoredItem
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds of two items, named by their ids or the beginnings of these."""

    source: str
    target: str
    relation: Relation
    state: LinkState


def judge(register: Register, held: Held, *, at: datetime, by: str, why: str = "") -> Link:
    """Record what a person holds of a pair of items, linked by the machine or not.

    InputError where the relation cannot lead from the one to the other: adoption runs from a proposal to a measure,
    continuity between commitments of two documents, or from a measure to an indicator that its document carries over
    from an earlier one.
    """
    items = register.item(held.source), register.item(held.target)
    _demand_fitting(items, held.relation)
    ends = items[0].id, items[1].id
    return register.judge_link(*ends, held.relation.value, held.state, at=at, by=by, why=why)


def _demand_fitting(items: tuple[StoredItem, StoredItem], relation: Relation) -> None:
    one, other = items
    if one.document_id == other.document_id and not _carries(one.item, other.item):
        told = "a link leads from one document to another, or from a measure to an indicator carried over"
        raise InputError(f"{one.id} and {other.id} stand in one document; {told}")
    asks = [item.item.kind not in COMMITMENTS for item in items]
    if asks[1]:
        raise InputError(f"{other.id} is a {other.item.kind}; a link leads to a measure or an indicator")
    if relation in ADOPTING and not asks[0]:
        raise InputError(f"{one.id} is a {one.item.kind}; {relation} leads from a proposal to a measure")
    if relation in CONTINUING and asks[0]:
        raise InputError(f"{one.id} is a {one.item.kind}; {relation} leads from a later commitment to an earlier one")


def _carries(one: Item, other: Item) -> bool:
    """Whether one may continue what its own edition carries over, as linking within an edition asks."""
    return one.kind is ItemKind.MEASURE and other.kind is ItemKind.INDICATOR and other.batch == CARRIED


def relation_of(register: Register, source: str, target: str, given: Relation | None) -> Relation:
    """The relation that a person names, else that of the machine's link; InputError where there is neither."""
    if given is not None:
        return given
    ends = register.item(source).id, register.item(target).id
    for link in register.links(ends[0]):
        if (link.from_id, link.to_id) == ends:
            return Relation(link.relation)
    raise InputError(f"{ends[0]} → {ends[1]}: no link leads there; say with --relation what it is")


def doubts(register: Register, *, document: str | None = None, relations: Sequence[str] = ()) -> Iterator[Doubt]:
    """Strong links that the machine is not sure of and nobody judged, the likeliest first.

    `document` is a reference to one that either end stands in; `relations` narrows to some. The links are those of
    the moment when the first is asked for; items are read as they are reached.
    """
    yield from doubts_of(register, waiting_links(register, document=document, relations=relations))


def waiting_links(
    register: Register, *, document: str | None = None, relations: Sequence[str] = ()
) -> tuple[Link, ...]:
    """The links of `doubts`."""
    with register.snapshot():
        chosen = register.find_document(document).id if document else None
        waiting = [link for listed in _queue(register).values() for link in listed if _waits(link, relations)]
        if not waiting:
            return ()
        within = None if chosen is None else {stored.id for stored in register.items(ItemQuery(document=chosen))}
    return tuple(
        link for link in _likeliest(waiting) if within is None or link.from_id in within or link.to_id in within
    )


def doubts_of(register: Register, links: Sequence[Link]) -> Iterator[Doubt]:
    """Links that wait, each with its items and what else holds of the first."""
    by_source = _queue(register)
    for link in links:
        yield _doubt(register, link, by_source.get(link.from_id, ()))


def _queue(register: Register) -> Mapping[str, Sequence[Link]]:
    with register.snapshot():
        return remembered(register, ("waiting",), lambda: _in_doubt(register), _weight)


def _in_doubt(register: Register) -> dict[str, list[Link]]:
    """All links of the items of which one waits, by these."""
    by_source: dict[str, list[Link]] = defaultdict(list)
    for link in register.links():
        by_source[link.from_id].append(link)
    return {key: listed for key, listed in by_source.items() if any(_waits(link, ()) for link in listed)}


def _weight(by_source: dict[str, list[Link]]) -> int:
    return sum(map(len, by_source.values()))


def _waits(link: Link, relations: Sequence[str]) -> bool:
    asked = not relations or link.relation in relations
    return asked and link.state is LinkState.SUGGESTED and not link.sure and link.relation in STRONG


def _likeliest(links: Sequence[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (-link.score, link.from_id, link.to_id))


def _doubt(register: Register, link: Link, siblings: Sequence[Link]) -> Doubt:
    others = tuple(
        other for other in siblings if other.to_id != link.to_id and other.holds and other.relation in STRONG
    )
    return Doubt(link, register.item(link.from_id), register.item(link.to_id), others)


def open_issues(
    register: Register, document: str | None = None, *, settled: bool = False, skip: int = 0, limit: int | None = None
) -> tuple[StoredIssue, ...]:
    """Doubts of reading that wait for a person, of one document or of all; with `settled` also those that do not.

    Without the first `skip`, and at most `limit`.
    """
    chosen = register.find_document(document).id if document else None
    return register.issues(chosen, settled=settled, skip=skip, limit=limit)
