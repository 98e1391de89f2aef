"""What people said of the columns of spreadsheets, by sets of headers. Written within a transaction that is open."""

from __future__ import annotations

import json
import sqlite3

from deedline.model.columns import Column, ColumnMap
from deedline.register.codec import to_json
from deedline.register.history import Verb
from deedline.register.ledger import Signature, change_set, current_row
from deedline.register.rows import Row


def all_maps(connection: sqlite3.Connection) -> tuple[ColumnMap, ...]:
    """What was said of each set of headers, by what stands for it."""
    rows = connection.execute("SELECT headers, said FROM columns ORDER BY id").fetchall()
    return tuple(
        ColumnMap(
            tuple(json.loads(row["headers"])),
            {header: Column(column) for header, column in json.loads(row["said"]).items()},
        )
        for row in rows
    )


def keep(connection: sqlite3.Connection, wanted: ColumnMap, signature: Signature) -> None:
    """Keep what is said of a set of headers in place of what was said before; nothing said forgets it."""
    before = current_row(connection, "columns", wanted.key)
    after: Row | None = None
    if wanted.said:
        headers = before["headers"] if before else to_json(list(wanted.headers))
        said = {header: column.value for header, column in sorted(wanted.said.items())}
        after = {"id": wanted.key, "headers": headers, "said": to_json(said)}
    if before == after:
        return
    with change_set(connection, Verb.COLUMNS, wanted.key, signature) as changes:
        changes.write("columns", before, after)
