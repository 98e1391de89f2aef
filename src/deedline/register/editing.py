"""What people say of documents, kept beside what was read. Written within a transaction that the caller opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from deedline.register import documents
from deedline.register.history import Verb
from deedline.register.ledger import ChangeSet, Signature, change_set, current_row
from deedline.register.metadata import demand_valid, with_edits
from deedline.register.rows import Row, metadata_from


def edit(connection: sqlite3.Connection, row: Row, wanted: Mapping[str, str], signature: Signature) -> None:
    """Set a person's values; nothing is written where they hold already."""
    demand_valid(wanted)
    if not news_in(connection, row["id"], wanted):
        return
    with change_set(connection, Verb.EDIT, row["id"], signature) as changes:
        write_edits(changes, row["id"], wanted)
        metadata = with_edits(metadata_from(row["metadata"]), documents.edits(connection, row["id"]))
        dated = metadata.dated.isoformat() if metadata.dated else ""
        changes.write("documents", row, {**row, "title": metadata.title, "dated": dated})


def news_in(connection: sqlite3.Connection, document_id: str, said: Mapping[str, str]) -> dict[str, str]:
    """What is said of a document that does not hold already."""
    held = documents.edits(connection, document_id)
    return {field: value for field, value in said.items() if held.get(field, "") != value}


def write_edits(changes: ChangeSet, document_id: str, said: Mapping[str, str]) -> None:
    """Keep what a person says; an empty value takes theirs away."""
    for field, value in sorted(news_in(changes.connection, document_id, said).items()):
        edit_id = f"{document_id}/{field}"
        after = {"id": edit_id, "document_id": document_id, "field": field, "value": value} if value else None
        changes.write("edits", current_row(changes.connection, "edits", edit_id), after)
