"""The only place where the stages meet: what a person asks for, as functions over a register.

The main path is `add` in `adding`: each file goes through `read_and_find` (a pure function, in several processes
where that pays) and what comes out is kept in the register, in the order of the files.
"""

from __future__ import annotations

from deedline.operations.adding import Added, Parsed, Source, add, read_and_find, read_source
from deedline.operations.asking import Covered, Shown, count_items, coverage, find_body, is_late, items, show
from deedline.operations.keeping import edit_document, remove_document

__all__ = [
    "Added",
    "Covered",
    "Parsed",
    "Shown",
    "Source",
    "add",
    "count_items",
    "coverage",
    "edit_document",
    "find_body",
    "is_late",
    "items",
    "read_and_find",
    "read_source",
    "remove_document",
    "show",
]
