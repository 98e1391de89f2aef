"""Deedline (言行): reads what a government says it will do, and keeps it to its word.

>>> import deedline
>>> with deedline.open("deedline.db") as register:                                      # doctest: +SKIP
...     register.add("plan.txt", by="me")
...     for item in register.items(late=True):
...         print(item["id"], item["due"], item["text"])

Names load what they need when they are first asked for, so that importing this costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from deedline.errors import DeedlineError

if TYPE_CHECKING:
    from deedline.operations import Source, add, coverage, items, show
    from deedline.register import ItemQuery, open_register
    from deedline.serve.python.opened import OpenRegister
    from deedline.serve.python.opened import open_to_work as open  # as gzip.open and others are named
    from deedline.serve.python.rows import Rows

__all__ = [
    "DeedlineError",
    "ItemQuery",
    "OpenRegister",
    "Rows",
    "Source",
    "add",
    "coverage",
    "items",
    "open",
    "open_register",
    "show",
]

_HOMES = {
    "ItemQuery": ("deedline.register", "ItemQuery"),
    "OpenRegister": ("deedline.serve.python.opened", "OpenRegister"),
    "Rows": ("deedline.serve.python.rows", "Rows"),
    "Source": ("deedline.operations", "Source"),
    "add": ("deedline.operations", "add"),
    "coverage": ("deedline.operations", "coverage"),
    "items": ("deedline.operations", "items"),
    "open": ("deedline.serve.python.opened", "open_to_work"),
    "open_register": ("deedline.register", "open_register"),
    "show": ("deedline.operations", "show"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'deedline' has no attribute {name!r}")
    module, own = _HOMES[name]
    return getattr(import_module(module), own)


def __dir__() -> list[str]:
    return __all__
