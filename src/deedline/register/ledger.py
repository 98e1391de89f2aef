"""Every change is written here: the row itself, and beside it how it stood before. What makes `undo` and history.

A change set is one kept transaction; an action is the sets of one command. The state after a change is not stored:
it is what the next change of the same row found, or what stands now.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from deedline.register import search
from deedline.register.codec import to_json
from deedline.register.history import Verb
from deedline.register.rows import Row

TRACKED = (
    "documents",
    "versions",
    "edits",
    "items",
    "corrections",
    "issues",
    "settlements",
    "links",
    "linkings",
    "origins",
    "watches",
    "columns",
)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """An open change set: rows written through it are remembered as they were."""

    connection: sqlite3.Connection
    number: int
    counts: Counter[str] = field(default_factory=Counter)

    def write(self, table: str, before: Row | None, after: Row | None) -> None:
        """Make, change or delete one row, once a set; `before` is the row as it stands now."""
        if before == after:
            return
        row_id = (after or before or {})["id"]
        kept = None if before is None else to_json(before)
        self.connection.execute("INSERT INTO changes VALUES (?, ?, ?, ?)", (self.number, table, row_id, kept))
        indexed = table == "items" and search.differs(before, after)
        if indexed and before is not None:
            search.forget(self.connection, before)
        if after is None:
            self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        elif before is None:
            names = ", ".join(after)
            values = ", ".join(f":{name}" for name in after)
            self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", after)
        else:
            settings = ", ".join(f"{name} = :{name}" for name in after)
            self.connection.execute(f"UPDATE {table} SET {settings} WHERE id = :id", after)
        if indexed and after is not None:
            search.learn(self.connection, after)
        self.counts[f"{table} {_what(before, after)}"] += 1


def _what(before: Row | None, after: Row | None) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who changes something, when, and why; `action` joins it to earlier sets of the same command."""

    at: datetime
    by: str
    why: str
    action: int | None = None

    def time(self) -> str:
        """The moment in UTC, as the history keeps it."""
        if self.at.tzinfo is None:
            raise ValueError(f"{self.at} names no time zone; give an aware datetime")
        return self.at.astimezone(UTC).isoformat()


@contextmanager
def change_set(
    connection: sqlite3.Connection, verb: Verb, subject: str, signature: Signature, undoes: int | None = None
) -> Iterator[ChangeSet]:
    """A new change set within the open transaction; its counts are settled at the end."""
    number = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM change_sets").fetchone()[0]
    connection.execute(
        "INSERT INTO change_sets VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}')",
        (
            number,
            number if signature.action is None else signature.action,
            verb.value,
            subject,
            signature.time(),
            signature.by,
            signature.why,
            undoes,
        ),
    )
    changes = ChangeSet(connection, number)
    yield changes
    connection.execute("UPDATE change_sets SET counts = ? WHERE number = ?", (to_json(changes.counts), number))


def current_row(connection: sqlite3.Connection, table: str, row_id: str) -> Row | None:
    """A tracked row as it stands."""
    row = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
    return None if row is None else plain(row)


def plain(row: sqlite3.Row) -> Row:
    """A row's columns without the file's own row number."""
    return {name: row[name] for name in row.keys() if name != "n"}  # noqa: SIM118  a Row iterates over its values


def before_of(text: str | None) -> Row | None:
    """A row as a change kept it."""
    return None if text is None else dict(json.loads(text))
