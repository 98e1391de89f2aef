"""The history by item: what became of many of them, and when each was last touched. What feeds and calendars ask."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from datetime import datetime

from deedline.register.history import ItemChange, Touched, Verb
from deedline.register.past import row_change

_OF_THESE = " AND c.row_id IN (SELECT value FROM json_each(:ids))"


def changes(
    connection: sqlite3.Connection, item_ids: Collection[str] | None, limit: int | None
) -> tuple[ItemChange, ...]:
    """What became of items, newest first, those of one set by id."""
    rows = connection.execute(
        "SELECT c.set_number, c.table_name, c.row_id, c.before, s.verb, s.subject, s.at FROM changes c"
        " JOIN change_sets s ON s.number = c.set_number"
        f" WHERE c.table_name = 'items'{'' if item_ids is None else _OF_THESE}"
        " ORDER BY c.set_number DESC, c.row_id LIMIT :most",
        {"ids": _listed(item_ids), "most": -1 if limit is None else max(limit, 0)},
    ).fetchall()
    return tuple(_change(connection, row) for row in rows)


def _change(connection: sqlite3.Connection, row: sqlite3.Row) -> ItemChange:
    changed = row_change(connection, row["set_number"], dict(row))
    return ItemChange(
        number=row["set_number"],
        verb=Verb(row["verb"]),
        subject=row["subject"],
        at=datetime.fromisoformat(row["at"]),
        item_id=row["row_id"],
        before=changed.before,
        after=changed.after,
    )


def touched(connection: sqlite3.Connection, item_ids: Collection[str] | None) -> Mapping[str, Touched]:
    """When each item was first and last touched, and how often."""
    rows = connection.execute(
        "SELECT c.row_id, min(s.at) AS first, max(s.at) AS last, count(*) AS times FROM changes c"
        " JOIN change_sets s ON s.number = c.set_number"
        f" WHERE c.table_name = 'items'{'' if item_ids is None else _OF_THESE} GROUP BY c.row_id ORDER BY c.row_id",
        {"ids": _listed(item_ids)},
    ).fetchall()
    return {
        row["row_id"]: Touched(datetime.fromisoformat(row["first"]), datetime.fromisoformat(row["last"]), row["times"])
        for row in rows
    }


def _listed(item_ids: Collection[str] | None) -> str | None:
    return None if item_ids is None else json.dumps(sorted(item_ids))
