"""Where documents were fetched from, and addresses that are watched. Written within a transaction that is open."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from deedline.errors import NotFoundError
from deedline.register.history import Verb
from deedline.register.ledger import Signature, change_set, current_row
from deedline.register.rows import Row
from deedline.register.values import Provenance, Watch


def note(connection: sqlite3.Connection, document_id: str, origin: Provenance, signature: Signature) -> None:
    """Keep where the bytes of a document came from; nothing is written where the same was kept before."""
    key = f"{origin.sha256} {origin.address}"
    if current_row(connection, "origins", key) is not None:
        return
    row: Row = {
        "id": key,
        "document_id": document_id,
        "sha256": origin.sha256,
        "address": origin.address,
        "final_address": origin.final_address,
        "fetched_at": origin.fetched_at.isoformat(),
    }
    with change_set(connection, Verb.FETCH, document_id, signature) as changes:
        changes.write("origins", None, row)


def of_document(connection: sqlite3.Connection, document_id: str) -> tuple[Provenance, ...]:
    """Where the bytes of a document came from, oldest first."""
    rows = connection.execute(
        "SELECT * FROM origins WHERE document_id = ? ORDER BY fetched_at, id", (document_id,)
    ).fetchall()
    return tuple(
        Provenance(row["sha256"], row["address"], row["final_address"], datetime.fromisoformat(row["fetched_at"]))
        for row in rows
    )


def watch(connection: sqlite3.Connection, wanted: Watch, signature: Signature) -> None:
    """Keep an address to be watched, or what its place says now."""
    after: Row = {
        "id": wanted.address,
        "sha256": wanted.sha256,
        "etag": wanted.etag,
        "last_modified": wanted.last_modified,
        "checked_at": wanted.checked_at.isoformat() if wanted.checked_at else "",
    }
    before = current_row(connection, "watches", wanted.address)
    if before == after:
        return
    with change_set(connection, Verb.WATCH, wanted.address, signature) as changes:
        changes.write("watches", before, after)


def unwatch(connection: sqlite3.Connection, address: str, signature: Signature) -> None:
    """Watch an address no longer; NotFoundError where it is not watched."""
    before = current_row(connection, "watches", address)
    if before is None:
        raise NotFoundError(f"{address}: is not watched; `deedline watch` lists what is")
    with change_set(connection, Verb.WATCH, address, signature) as changes:
        changes.write("watches", before, None)


def watches(connection: sqlite3.Connection) -> tuple[Watch, ...]:
    """The watched addresses."""
    return tuple(
        Watch(
            row["id"],
            row["sha256"],
            row["etag"],
            row["last_modified"],
            datetime.fromisoformat(row["checked_at"]) if row["checked_at"] else None,
        )
        for row in connection.execute("SELECT * FROM watches ORDER BY id")
    )
