"""Putting documents: what arrives beside what is kept. Written within a transaction that the caller opened."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from deedline.errors import NotFoundError, RegisterError, StageError
from deedline.model.document import Document
from deedline.model.item import Finding
from deedline.register import blobs, correcting, documents
from deedline.register.codec import encode, to_json
from deedline.register.editing import news_in, write_edits
from deedline.register.evidence import sound
from deedline.register.history import Verb
from deedline.register.identity import Assignment, Known, assign_ids, known
from deedline.register.ledger import ChangeSet, Signature, change_set, current_row, plain
from deedline.register.metadata import demand_valid, with_edits
from deedline.register.removing import take_out, write_issues
from deedline.register.rows import Row, item_row, lines_to_bytes, read_row
from deedline.register.values import ItemState, Outcome, Put


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document as it arrives: what was found that has evidence, its bytes where given, what a person says of it."""

    document: Document
    finding: Finding
    data: bytes | None
    digest: str
    said: Mapping[str, str]


def arrival(document: Document, finding: Finding, data: bytes | None, said: Mapping[str, str]) -> Arrival:
    """Check what arrives.

    StageError where two items share a key, or the bytes are not those of the document; InputError where `said` is no
    valid edit.
    """
    demand_valid(said)
    keys = [item.key for item in finding.items]
    if len(set(keys)) != len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise StageError(f"{document.name}: two items were found under the key {twice!r}; please report this")
    if data is not None and hashlib.sha256(data).hexdigest() != document.sha256:
        raise StageError(f"{document.name}: changed while it was read; add it again")
    kept = sound(document, finding)
    content = to_json([document.media_type, document.text, encode(document.metadata), encode(kept)])
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return Arrival(document, kept, data, digest, said)


def put(connection: sqlite3.Connection, new: Arrival, replaces: str | None, signature: Signature) -> Put:
    """Keep what arrives, unless it is kept already."""
    row = _stored_row(connection, new.document, replaces)
    present = row is not None and row["state"] == "present"
    issues = new.finding.issues
    verb = Verb.READ if present else Verb.ADD
    if row is not None and present:
        if replaces is None and row["sha256"] != new.document.sha256:
            return Put(row["id"], Outcome.SUPERSEDED)
        news = news_in(connection, row["id"], new.said)
        if news and row["sha256"] == new.document.sha256:
            verb = Verb.EDIT
        if not news and (row["sha256"], row["finding_sha256"]) == (new.document.sha256, new.digest):
            held = connection.execute(
                "SELECT id FROM items WHERE document_id = ? AND state = 'present' ORDER BY position", (row["id"],)
            )
            return Put(row["id"], Outcome.UNCHANGED, kept=tuple(item_id for (item_id,) in held), issues=issues)
    document_id = _free_id(connection, new.document) if row is None else row["id"]
    with change_set(connection, verb, document_id, signature) as changes:
        write_edits(changes, document_id, new.said)
        _write_document(changes, document_id, row, new)
        items = _write_items(changes, document_id, new.finding)
        write_issues(changes, document_id, new.document.text, new.finding)
    outcome = Outcome.CHANGED if present else Outcome.ADDED
    return Put(document_id, outcome, items.added, items.changed, items.removed, items.kept, issues)


def _stored_row(connection: sqlite3.Connection, document: Document, replaces: str | None) -> Row | None:
    found = connection.execute("SELECT document_id FROM versions WHERE id = ?", (document.sha256,)).fetchone()
    if replaces is None:
        return None if found is None else current_row(connection, "documents", found["document_id"])
    row = current_row(connection, "documents", replaces)
    if row is None:
        raise NotFoundError(f"no document has the id {replaces}, so {document.name} cannot replace it")
    if found is not None and found["document_id"] != replaces:
        other = current_row(connection, "documents", found["document_id"])
        if other is not None and other["state"] == "present":
            raise RegisterError(
                f"{document.name}: is in the register already, as {other['id']}; `deedline remove {other['id']}` first"
            )
    return row


def _free_id(connection: sqlite3.Connection, document: Document) -> str:
    for candidate in (document.id, document.sha256[:16], document.sha256):
        if current_row(connection, "documents", candidate) is None:
            return candidate
    raise RegisterError(f"{document.name}: another document has its id {document.id}; please report this")


def _write_document(changes: ChangeSet, document_id: str, before: Row | None, new: Arrival) -> None:
    connection, document = changes.connection, new.document
    if new.data is not None:
        blobs.keep(connection, new.data)
    metadata = with_edits(document.metadata, documents.edits(connection, document_id))
    after: Row = {
        "id": document_id,
        "state": "present",
        "name": document.name,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "text_sha256": blobs.keep(connection, blobs.text_bytes(document.text)),
        "lines_sha256": blobs.keep(connection, lines_to_bytes(new.finding.lines)),
        "characters": len(document.text),
        "metadata": to_json(encode(document.metadata)),
        "title": metadata.title,
        "dated": metadata.dated.isoformat() if metadata.dated else "",
        "finding_sha256": new.digest,
    }
    if before is not None and before["sha256"] == document.sha256:
        after["name"] = before["name"]  # the same bytes under another name are no news
    changes.write("documents", before, after)
    version = {"id": document.sha256, "document_id": document_id}
    changes.write("versions", current_row(connection, "versions", document.sha256), version)


@dataclass(frozen=True, slots=True)
class Written:
    """Item ids by what became of them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def _write_items(changes: ChangeSet, document_id: str, finding: Finding) -> Written:
    connection = changes.connection
    query = "SELECT * FROM items WHERE document_id = ? ORDER BY position, id"
    old = {row["id"]: plain(row) for row in connection.execute(query, (document_id,)).fetchall()}
    assigned = _assigned(connection, document_id, old, finding)
    removed = [item_id for item_id in assigned.gone if old[item_id]["state"] == ItemState.PRESENT]
    for item_id in removed:
        take_out(changes, old[item_id])
    held = correcting.of_items(connection, old.values())
    outcome: dict[str, list[str]] = {"added": [], "changed": [], "kept": []}
    for position, (item_id, item) in enumerate(zip(assigned.ids, finding.items, strict=True)):
        before, read = old.get(item_id), item_row(item_id, document_id, position, item)
        after = correcting.with_corrections(read, held.get(item_id, ()))
        changes.write("items", before, after)
        if before is None or before["state"] == ItemState.RETIRED:
            outcome["added"].append(item_id)
        else:
            outcome["kept" if _says_the_same(before, after) else "changed"].append(item_id)
    return Written(tuple(outcome["added"]), tuple(outcome["changed"]), tuple(removed), tuple(outcome["kept"]))


def _assigned(connection: sqlite3.Connection, document_id: str, old: Mapping[str, Row], finding: Finding) -> Assignment:
    stored = [
        Known(row["id"], row["key"], row["kind"], row["number"], row["part"], row["text"])
        for row in map(read_row, old.values())
    ]

    def taken(item_id: str) -> bool:
        return connection.execute("SELECT 1 FROM items WHERE id = ?", (item_id,)).fetchone() is not None

    return assign_ids(document_id, stored, [known(item) for item in finding.items], taken)


def _says_the_same(before: Row, after: Row) -> bool:
    """Whether two rows differ at most in where the item and its values stand."""
    moved = {"position", "key", "line_start", "line_end", "page", "detail", "as_read"}
    if any(value != before[name] for name, value in after.items() if name not in moved):
        return False
    return before["detail"] == after["detail"] or _placeless(before["detail"]) == _placeless(after["detail"])


def _placeless(detail: str) -> object:
    return json.loads(
        detail, object_hook=lambda data: {name: data[name] for name in data if name not in ("spans", "status_spans")}
    )
