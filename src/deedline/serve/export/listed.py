"""Rows of items as lists give them, each with what was computed of it: what its report bears out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from deedline import operations
from deedline.register import Register, StoredItem
from deedline.serve.export.shape import Row, item_row

_TOGETHER = 200  # items whose threads are looked up at once


def listed_rows(register: Register, listed: Iterable[StoredItem], as_of: date | None = None) -> Iterator[Row]:
    """A row for each item, in their order, as known on a day."""
    waiting = iter(listed)
    while part := list(islice(waiting, _TOGETHER)):
        computed = operations.measured_among(register, part, as_of)
        for stored in part:
            yield item_row(stored, computed.get(stored.id))
