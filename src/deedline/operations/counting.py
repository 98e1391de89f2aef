"""Counts that lists show: remembered, and bounded at any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from deedline.model.item import Item
from deedline.operations.asking import count_items
from deedline.operations.remembering import remembered
from deedline.register import ItemQuery, Order, Register

MOST_COUNTED = 10_000


def count_bodies(items: Iterable[Item]) -> dict[str, tuple[str, int]]:
    """The bodies that items name, by id, each with its name and how many items name it; most first."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for item in items:
        mine = {mention.body_id: mention.name for mention in item.bodies if mention.body_id}
        names.update(mine)
        counts.update(mine.keys())
    return {body_id: (names[body_id], count) for body_id, count in counts.most_common()}


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; where `at_least`, more than are counted."""

    total: int
    at_least: bool = False


def counted(register: Register, query: ItemQuery, *, late: bool = False) -> Count:
    """How many items fit a query, remembered until the register changes.

    All are counted where that is quick: without a filter, or by document, kind or body alone; else up to MOST_COUNTED,
    so that nobody waits for the count of a million.
    """
    asked = replace(query, limit=None, after=None, order=Order.DOCUMENT)
    quick = any(asked == one for one in _quick(asked)) or late
    with register.snapshot():
        total = remembered(register, ("count", asked, late), lambda: _count(register, asked, late, quick))
    return Count(total) if quick or total <= MOST_COUNTED else Count(MOST_COUNTED, at_least=True)


def _quick(asked: ItemQuery) -> Iterator[ItemQuery]:
    yield ItemQuery(document=asked.document, kind=asked.kind)
    yield ItemQuery(body=asked.body)


def _count(register: Register, asked: ItemQuery, late: bool, whole: bool) -> int:
    if late:
        return count_items(register, asked, late=True)
    return register.count_items(asked, most=None if whole else MOST_COUNTED + 1)
