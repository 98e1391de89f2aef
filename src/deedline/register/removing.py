"""Taking items and documents out. Written within a transaction that the caller opened."""

from __future__ import annotations

import sqlite3

from deedline.model.item import Finding
from deedline.register import settling
from deedline.register.history import Verb
from deedline.register.ledger import ChangeSet, Signature, change_set, plain
from deedline.register.rows import Row, issue_rows
from deedline.register.values import ItemState


def take_out(changes: ChangeSet, row: Row) -> None:
    """Take a present item out with the machine's links upon it; retire it where a person judged one of them, or it."""
    item_id = row["id"]
    links = changes.connection.execute(
        "SELECT * FROM links WHERE from_id = :id OR to_id = :id ORDER BY id", {"id": item_id}
    ).fetchall()
    judged = [link for link in links if link["state"] != "suggested"]
    for link in links:
        if link["state"] == "suggested":
            changes.write("links", plain(link), None)
    kept = judged or row["as_read"] is not None
    changes.write("items", row, {**row, "state": ItemState.RETIRED.value} if kept else None)


def write_issues(changes: ChangeSet, document_id: str, text: str, finding: Finding) -> None:
    """Make the doubts of a document those of a finding; what a person settled before stays settled."""
    rows = changes.connection.execute("SELECT * FROM issues WHERE document_id = ?", (document_id,)).fetchall()
    old = {row["id"]: plain(row) for row in rows}
    new = settling.still_settled(changes.connection, document_id, text, issue_rows(document_id, finding.issues))
    for issue_id in sorted(old.keys() | new.keys()):
        changes.write("issues", old.get(issue_id), new.get(issue_id))


def remove(connection: sqlite3.Connection, row: Row, signature: Signature) -> int:
    """Take a document out; its row stays as removed, so that its id and people's edits wait for it. The set's number.

    Its bytes stay too, as `undo` needs them.
    """
    with change_set(connection, Verb.REMOVE, row["id"], signature) as changes:
        items = connection.execute(
            "SELECT * FROM items WHERE document_id = ? AND state = 'present' ORDER BY position", (row["id"],)
        ).fetchall()
        for item in items:
            take_out(changes, plain(item))
        write_issues(changes, row["id"], "", Finding((), (), ()))
        linked = "SELECT * FROM linkings WHERE from_document = :id OR to_document = :id"
        for linking in connection.execute(linked, {"id": row["id"]}).fetchall():
            changes.write("linkings", plain(linking), None)
        changes.write("documents", row, {**row, "state": "removed"})
        return changes.number
