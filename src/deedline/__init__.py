"""Deedline (言行): reads what a government says it will do, and keeps it to its word.

>>> from pathlib import Path
>>> from datetime import datetime, UTC
>>> from deedline import ItemQuery, Source, add, items, open_register
>>> with open_register("deedline.db") as register:                                      # doctest: +SKIP
...     for added in add(register, [Source(Path("plan.txt"))], at=datetime.now(UTC), by="me"):
...         print(added.path, added.error or added.put.outcome)
...     for stored in items(register, ItemQuery(), late=True):
...         print(stored.id, stored.item.due, stored.item.text)
"""

from __future__ import annotations

from deedline.errors import DeedlineError
from deedline.operations import Source, add, coverage, items, show
from deedline.register import ItemQuery, open_register

__all__ = ["DeedlineError", "ItemQuery", "Source", "add", "coverage", "items", "open_register", "show"]
