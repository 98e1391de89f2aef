"""What was done to the register: sets of changes, and what each did to rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verb(StrEnum):
    """What a set of changes did."""

    ADD = "add"
    READ = "read"  # a document again: found more or better, or from a better file
    EDIT = "edit"
    REMOVE = "remove"
    LINK = "link"
    JUDGE = "judge"
    FETCH = "fetch"
    WATCH = "watch"
    COLUMNS = "columns"  # what those of spreadsheets hold
    CORRECT = "correct"  # an item's values
    SETTLE = "settle"  # a doubt of reading
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of one table before and after, by column; None where it did not exist."""

    table: str
    id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded set of changes: what was done (`verb`), to which document or item (`subject`), by whom, when, why.

    `action` is shared by the sets of one command, which `undo` takes back together; `undoes` is the number of the set
    that this one took back, and `undone` says that a later one took this back. `counts` is by table and what became
    of its rows ("items added": 642). `rows` are given only where one id's history was asked for.
    """

    number: int
    action: int
    verb: Verb
    subject: str
    at: datetime
    by: str
    why: str
    undoes: int | None
    undone: bool
    counts: Mapping[str, int]
    rows: tuple[RowChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What one set of changes did to one item's row: those columns that differ, None where it did not exist.

    `number`, `verb`, `subject` and `at` are those of the set, as in `Change`.
    """

    number: int
    verb: Verb
    subject: str
    at: datetime
    item_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Touched:
    """When an item was first and last added or changed, and in how many sets of changes."""

    first: datetime
    last: datetime
    times: int
