"""Counts that lists show: remembered, and bounded at any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from deedline.model.item import Item
from deedline.operations.asking import count_items
from deedline.operations.remembering import remembered
from deedline.register import ItemQuery, Order, Register

MOST_COUNTED = 1_000  # items that fit, of a large register
LARGE = 50_000  # items of a register, up to which all that fit are counted


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

    Of a large register, all are counted where that is quick: without a filter, or by document, kind or body alone;
    else up to MOST_COUNTED, so that nobody waits for the count of a million.
    """
    asked = replace(query, limit=None, after=None, order=Order.DOCUMENT)
    with register.snapshot():
        held = remembered(register, ("count",), register.count_items)
        most = None if held <= LARGE or late or asked in _quick(asked) else MOST_COUNTED
        total = remembered(register, ("count", asked, late, most), lambda: _count(register, asked, late, most))
    return Count(total) if most is None or total <= most else Count(most, at_least=True)


def _quick(asked: ItemQuery) -> tuple[ItemQuery, ...]:
    return ItemQuery(document=asked.document, kind=asked.kind), ItemQuery(body=asked.body)


def _count(register: Register, asked: ItemQuery, late: bool, most: int | None) -> int:
    if late:
        return count_items(register, asked, late=True)
    if asked.body is not None and asked == ItemQuery(body=asked.body) and not _retired(register):
        return register.count_items(replace(asked, retired=True))  # which asks no row whether it is present
    return register.count_items(asked, most=None if most is None else most + 1)


def _retired(register: Register) -> int:
    """How many items are retired: kept for what people said of them alone."""
    whole = ItemQuery(retired=True)
    return remembered(register, ("retired",), lambda: register.count_items(whole) - register.count_items())
