"""Counts that lists show beside their filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from deedline.model.item import Item


def count_bodies(items: Iterable[Item]) -> dict[str, tuple[str, int]]:
    """The bodies that items name, by id, each with its name and how many items name it; most first."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for item in items:
        mine = {mention.body_id: mention.name for mention in item.bodies if mention.body_id}
        names.update(mine)
        counts.update(mine.keys())
    return {body_id: (names[body_id], count) for body_id, count in counts.most_common()}
