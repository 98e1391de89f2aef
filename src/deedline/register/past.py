"""The history, and taking the last action back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deedline.errors import RegisterError
from deedline.register import links
from deedline.register.history import Change, RowChange, Verb
from deedline.register.ledger import Signature, before_of, change_set, current_row
from deedline.register.rows import Row, short_hash

_SETS = "SELECT s.*, EXISTS (SELECT 1 FROM change_sets u WHERE u.undoes = s.number) AS undone FROM change_sets s"
_STANDING = "s.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM change_sets u WHERE u.undoes = s.number)"
_NOT_SHOWN = {"folded", "as_read", "finding_sha256", "text_sha256", "lines_sha256"}
_AS_JSON = {
    ("items", "detail"),
    ("documents", "metadata"),
    ("issues", "spans"),
    ("links", "why"),
    ("links", "evidence"),
}


def undo(connection: sqlite3.Connection, signature: Signature) -> tuple[Change, ...]:
    """Take back the last standing action, set by set, newest first; within a transaction that the caller opened."""
    last = connection.execute(
        f"SELECT s.action FROM change_sets s WHERE {_STANDING} ORDER BY s.number DESC LIMIT 1"
    ).fetchone()
    if last is None:
        return ()
    sets = connection.execute(
        f"{_SETS} WHERE s.action = ? AND {_STANDING} ORDER BY s.number DESC", (last["action"],)
    ).fetchall()
    for entry in sets:
        _demand_untouched(connection, entry["number"])
        _take_back(connection, entry, signature)
    numbers = [entry["number"] for entry in sets]
    return tuple(change(connection, number) for number in numbers)


def _demand_untouched(connection: sqlite3.Connection, number: int) -> None:
    later = connection.execute(
        "SELECT s.number, s.verb, s.by, s.at, c.row_id FROM changes c"
        " JOIN changes o ON o.row_id = c.row_id AND o.table_name = c.table_name AND o.set_number > c.set_number"
        f" JOIN change_sets s ON s.number = o.set_number WHERE c.set_number = ? AND {_STANDING} LIMIT 1",
        (number,),
    ).fetchone()
    if later is not None:
        raise RegisterError(
            f"change {number} cannot be taken back: {later['row_id']} was changed after it by {later['by']}"
            f" (change {later['number']}, {later['verb']}); correct it by hand instead"
        )


def _take_back(connection: sqlite3.Connection, entry: sqlite3.Row, signature: Signature) -> None:
    rows = connection.execute(
        "SELECT table_name, row_id, before FROM changes WHERE set_number = ? ORDER BY table_name, row_id",
        (entry["number"],),
    ).fetchall()
    with change_set(connection, Verb.UNDO, entry["subject"], signature, undoes=entry["number"]) as changes:
        for row in rows:
            standing = current_row(connection, row["table_name"], row["row_id"])
            changes.write(row["table_name"], standing, before_of(row["before"]))
        judged = connection.execute("SELECT * FROM judgements WHERE number = ?", (entry["number"],)).fetchone()
        if judged is not None:
            pair = (judged["from_id"], judged["to_id"], judged["relation"])
            links.record(changes, pair, None, signature)


def change(connection: sqlite3.Connection, number: int, row_ids: tuple[str, ...] = ()) -> Change:
    """One change set, with those of its rows."""
    row = connection.execute(f"{_SETS} WHERE s.number = ?", (number,)).fetchone()
    return _change(connection, row, row_ids)


def history(connection: sqlite3.Connection, reference: str | None, limit: int | None) -> tuple[Change, ...]:
    """Change sets, newest first; with a reference those that touch its row, or its links, with these rows."""
    most = -1 if limit is None else max(limit, 0)
    if reference is None:
        rows = connection.execute(f"{_SETS} ORDER BY s.number DESC LIMIT ?", (most,)).fetchall()
        return tuple(_change(connection, row, ()) for row in rows)
    rows = connection.execute(
        f"{_SETS} WHERE s.number IN (SELECT set_number FROM changes WHERE row_id = :it"
        " UNION SELECT number FROM change_sets WHERE subject = :it"
        " UNION SELECT number FROM judgements WHERE from_id = :it OR to_id = :it"
        " UNION SELECT set_number FROM changes WHERE row_id > :it || ' ' AND row_id < :it || '!'"
        " UNION SELECT set_number FROM changes WHERE table_name = 'links' AND substr(row_id, 18) = :it)"
        " ORDER BY s.number DESC LIMIT :most",
        {"it": reference, "most": most},
    ).fetchall()
    return tuple(_change(connection, row, (reference,)) for row in rows)


def revision(connection: sqlite3.Connection) -> str:
    """What tells this state of the register from every other: a hash of the last change set, which no other is."""
    last = connection.execute(
        "SELECT number, verb, subject, at, by, counts FROM change_sets ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return "" if last is None else short_hash("\n".join(map(str, last)))


def _change(connection: sqlite3.Connection, row: Mapping[str, Any], row_ids: tuple[str, ...]) -> Change:
    return Change(
        number=row["number"],
        action=row["action"],
        verb=Verb(row["verb"]),
        subject=row["subject"],
        at=datetime.fromisoformat(row["at"]),
        by=row["by"],
        why=row["why"],
        undoes=row["undoes"],
        undone=bool(row["undone"]),
        counts=json.loads(row["counts"]),
        rows=tuple(entry for row_id in row_ids for entry in _row_changes(connection, row["number"], row_id)),
    )


def _row_changes(connection: sqlite3.Connection, number: int, reference: str) -> tuple[RowChange, ...]:
    """What a set did to the row of an id, to a document's edits, and to an item's links."""
    rows = connection.execute(
        "SELECT table_name, row_id, before FROM changes WHERE set_number = :number AND (row_id = :it"
        " OR (table_name IN ('edits', 'corrections') AND row_id >= :it || '/' AND row_id < :it || '0')"
        " OR (table_name = 'links' AND (substr(row_id, 1, 16) = :it OR substr(row_id, 18) = :it)))"
        " ORDER BY table_name, row_id",
        {"number": number, "it": reference},
    ).fetchall()
    return tuple(row_change(connection, number, row) for row in rows)


def row_change(connection: sqlite3.Connection, number: int, row: Mapping[str, Any]) -> RowChange:
    """What a set did to one row of `changes`."""
    table, row_id = row["table_name"], row["row_id"]
    following = connection.execute(
        "SELECT before FROM changes WHERE row_id = ? AND table_name = ? AND set_number > ? ORDER BY set_number LIMIT 1",
        (row_id, table, number),
    ).fetchone()
    after = current_row(connection, table, row_id) if following is None else before_of(following["before"])
    before = before_of(row["before"])
    differing = [name for name in (after or before or {}) if _value(before, name) != _value(after, name)]
    return RowChange(table, row_id, _shown(table, before, differing), _shown(table, after, differing))


def _value(row: Row | None, name: str) -> Any:
    return None if row is None else row.get(name)


def _shown(table: str, row: Row | None, names: list[str]) -> dict[str, Any] | None:
    if row is None:
        return None
    shown = {name: row.get(name) for name in names if name not in _NOT_SHOWN}
    return {name: json.loads(value) if (table, name) in _AS_JSON and value else value for name, value in shown.items()}
