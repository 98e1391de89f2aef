"""What lists show of items beside their values, of registers of any size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from deedline.operations.measuring import Measured, measured_one
from deedline.operations.scene import demand_bounded, is_large, scene_among
from deedline.register import ItemQuery, Register, StoredItem

MOST_APART = 20_000  # items of a register without a scene, each judged by itself


def measured_among(
    register: Register, chosen: Iterable[StoredItem], as_of: date | None = None
) -> Mapping[str, Measured]:
    """What was computed of those of some items that have a report, by their ids.

    Each is judged by its own thread and links, which gives what `all_measured` does.
    """
    reported = [stored for stored in chosen if stored.item.report is not None]
    if not reported:
        return {}
    with register.snapshot():
        known = scene_among(register, reported, as_of)
        found = [measured_one(register, known, stored.id) for stored in reported]
    return {each.entry.id: each for each in found if each is not None}


def demand_few(register: Register, query: ItemQuery) -> None:
    """Refuse (TooLargeError) more than MOST_APART items of a register that is too large for a scene."""
    if is_large(register) and register.count_items(query, most=MOST_APART + 1) > MOST_APART:
        demand_bounded(register)
