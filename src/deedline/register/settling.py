"""Doubts of reading that a person settled. Written within a transaction that the caller opened.

A settlement is known by the document, the item, the code and the words in doubt, so that it holds for the same doubt
when the document is read again, wherever its lines stand by then.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping

from deedline.errors import NotFoundError
from deedline.model.text import Span, reread
from deedline.register import documents
from deedline.register.codec import to_json
from deedline.register.held import Settled
from deedline.register.history import Verb
from deedline.register.ledger import Signature, change_set, current_row, plain
from deedline.register.rows import Row, short_hash

_SHOWN = 5
_SHORTEST_PREFIX = 4


def settle(connection: sqlite3.Connection, reference: str, state: Settled | None, signature: Signature) -> str:
    """Settle a doubt, or with None open it again; its id. Nothing is written where it stands so already."""
    row = _find(connection, reference)
    document = documents.document_row(connection, row["document_id"])
    alike = connection.execute("SELECT * FROM issues WHERE document_id = ? ORDER BY line, id", (document["id"],))
    rows = {each["id"]: plain(each) for each in alike.fetchall()}
    place = _places(connection, document["id"], documents.text(connection, document), rows)[row["id"]]
    before = current_row(connection, "settlements", place)
    after = None if state is None else _row(place, document["id"], state, signature)
    if _holds(before, after):
        return str(row["id"])
    with change_set(connection, Verb.SETTLE, row["id"], signature) as changes:
        changes.write("settlements", before, after)
        changes.write("issues", row, {**row, "settlement": None if after is None else place})
    return str(row["id"])


def _holds(before: Row | None, after: Row | None) -> bool:
    if before is None or after is None:
        return before is after
    return (before["state"], before["why"]) == (after["state"], after["why"])


def _row(place: str, document_id: str, state: Settled, signature: Signature) -> Row:
    return {
        "id": place,
        "document_id": document_id,
        "state": state.value,
        "at": signature.time(),
        "by": signature.by,
        "why": signature.why,
    }


def _find(connection: sqlite3.Connection, reference: str) -> Row:
    rows = connection.execute("SELECT * FROM issues WHERE id = ?", (reference,)).fetchall()
    if not rows and len(reference) >= _SHORTEST_PREFIX:
        span = (reference, reference + "\uffff", _SHOWN)
        rows = connection.execute("SELECT * FROM issues WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", span).fetchall()
    if len(rows) == 1:
        return plain(rows[0])
    if rows:
        listed = ", ".join(row["id"] for row in rows)
        raise NotFoundError(f"several doubts begin with {reference}: {listed}; give more of it")
    raise NotFoundError(f"no doubt has the id {reference!r}; `deedline issues` lists them")


def still_settled(
    connection: sqlite3.Connection, document_id: str, text: str, rows: Mapping[str, Row]
) -> dict[str, Row]:
    """Rows of issues just found, those that a person settled before marked so; items stand as they do now."""
    query = "SELECT id FROM settlements WHERE document_id = ?"
    settled = {row["id"] for row in connection.execute(query, (document_id,)).fetchall()}
    if not settled:
        return dict(rows)
    places = _places(connection, document_id, text, rows)
    return {key: {**row, "settlement": places[key] if places[key] in settled else None} for key, row in rows.items()}


def _places(connection: sqlite3.Connection, document_id: str, text: str, rows: Mapping[str, Row]) -> dict[str, str]:
    """By issue, what stands for it in the document wherever its lines are: several alike are told apart by order."""
    found = connection.execute("SELECT key, id FROM items WHERE document_id = ?", (document_id,)).fetchall()
    ids = {row["key"]: row["id"] for row in found}
    lines = text.split("\n")
    seen: Counter[str] = Counter()
    places: dict[str, str] = {}
    for row in sorted(rows.values(), key=lambda row: (row["line"], row["spans"], row["id"])):
        spans = [Span(start, end) for start, end in json.loads(row["spans"])]
        line = lines[row["line"] - 1] if 0 < row["line"] <= len(lines) else ""
        words = "".join((reread(text, spans) or line).split())
        content = to_json([document_id, row["code"], ids.get(row["item_key"], ""), words])
        places[row["id"]] = short_hash(f"{content}{seen[content] or ''}")
        seen[content] += 1
    return places
