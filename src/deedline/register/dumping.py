"""The register as lines of JSON: everything but the history, in one order, the same for equal registers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from deedline.register.codec import to_json
from deedline.register.ledger import TRACKED, plain


def lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Each row of each table by its id; bytes stand as the hashes that documents name."""
    for table in TRACKED:
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            yield to_json([table, plain(row)])
    for row in connection.execute("SELECT from_id, to_id, relation, state FROM judgements ORDER BY number"):
        yield to_json(["judgements", plain(row)])
