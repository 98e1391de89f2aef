"""What a register tells that is too large for one scene: what falls due a page at a time, and bodies by counts.

In: a register of any size, a day. Out: a page, which tells of each item what the whole scene would. Refuses to count
what only reading every item could tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import merge
from itertools import islice

from deedline.model.item import COMMITMENTS
from deedline.operations.holding import BodyHeld, bodies_held
from deedline.operations.remembering import remembered
from deedline.operations.scene import known_documents, newest_day, scene_among
from deedline.operations.tracking import Followed, days_on, followed, waits
from deedline.operations.twins import CHINESE, doubles
from deedline.register import ItemQuery, Order, Register, StoredItem

_MOST_READ = 300  # items for one page: where fewer are found among them, the page is short and goes on


@dataclass(frozen=True, slots=True)
class DueQuery:
    """What falls due within so many days, or with `past` fell due and is not reported done; of a body by its id.

    `after` is the `next` of the page before. Of a publication in two languages the edition in `language` speaks.
    """

    within: int = 90
    body: str | None = None
    past: bool = False
    after: str | None = None
    limit: int = 60
    language: str = CHINESE


_USUAL = DueQuery()


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page by day, and where the list goes on."""

    as_of: date
    found: Sequence[Followed]
    next: str | None


@dataclass(frozen=True, slots=True)
class BodyCounted:
    """A body with how many commitments name it, in whatever role: in all, due in the days ahead, and due before."""

    held: BodyHeld
    commitments: int
    ahead: int
    past: int


def due_page(register: Register, asked: DueQuery = _USUAL, as_of: date | None = None) -> DuePage:
    """A page of what `due` lists, but each undertaking once, on the last of the days that it promises.

    NotFoundError where `after` is no item that has a due day.
    """
    with register.snapshot():
        day = as_of or newest_day(register)
        first, last = (None, days_on(day, -1)) if asked.past else (day, days_on(day, asked.within))
        limit, step = asked.limit, asked.limit + 1  # one more tells whether there is a next page
        query = ItemQuery(
            body=asked.body, due_after=first, due_before=last, order=Order.DUE, limit=step, after=asked.after
        )
        found: list[Followed] = []
        for _ in range(max(1, _MOST_READ // step)):
            listed = _commitments(register, query, step)
            found += _waiting(register, listed, day, asked)
            if len(found) > limit:
                return DuePage(day, tuple(found[:limit]), found[limit - 1].entry.id)
            if len(listed) < step:
                return DuePage(day, tuple(found), None)
            query = replace(query, after=listed[-1].id)
        return DuePage(day, tuple(found), query.after)


def _commitments(register: Register, query: ItemQuery, most: int) -> list[StoredItem]:
    """The first that fit a query by day, of every kind that is a commitment; no more than these are unpacked."""
    by_kind = (register.items(replace(query, kind=kind)) for kind in sorted(COMMITMENTS))
    return list(islice(merge(*by_kind, key=lambda stored: (stored.item.due, stored.id)), most))


def _waiting(register: Register, listed: Sequence[StoredItem], day: date, asked: DueQuery) -> list[Followed]:
    """Those of some commitments that wait on a day, in their order, unless a twin of their document speaks for it."""
    again = _doubles(register, day, asked.language)
    chosen = [each for each in listed if each.document_id not in again]
    known = scene_among(register, chosen, day)
    entries = (known.entries[each.id] for each in chosen if each.id in known.entries)
    return [each for each in (followed(entry, known, asked.within) for entry in entries) if waits(each)]


def _doubles(register: Register, day: date, language: str) -> frozenset[str]:
    question = ("doubles", day, language)
    return remembered(register, question, lambda: doubles(known_documents(register, day), language), len)


def bodies_counted(register: Register, within: int = 90) -> tuple[date, Sequence[BodyCounted]]:
    """The newest day, and every body that items name, those with most items first."""
    with register.snapshot():
        day = newest_day(register)
        found = remembered(register, ("bodies counted", within), lambda: _bodies_counted(register, day, within), len)
    return day, found


def _bodies_counted(register: Register, day: date, within: int) -> tuple[BodyCounted, ...]:
    return tuple(body_counted(register, held, day, within) for held in bodies_held(register))


def body_counted(register: Register, held: BodyHeld, day: date, within: int = 90) -> BodyCounted:
    """The counts of one body; `past` and `ahead` do not say what was reported of it."""
    spans = ((None, None), (day, days_on(day, within)), (None, days_on(day, -1)))
    counts = (
        sum(
            register.count_items(ItemQuery(body=held.body.id, kind=kind, due_after=first, due_before=last))
            for kind in COMMITMENTS
        )
        for first, last in spans
    )
    return BodyCounted(held, *counts)
