"""Reading documents out of the register."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deedline.errors import CorruptError, NotFoundError
from deedline.model.item import Line
from deedline.register import blobs
from deedline.register.held import Field
from deedline.register.ledger import plain
from deedline.register.metadata import with_edits
from deedline.register.rows import Row, kind_counts, lines_from_bytes, metadata_from, short_hash
from deedline.register.values import StoredDocument

_SHOWN = 5
_SHORTEST_PREFIX = 4


def document_row(connection: sqlite3.Connection, document_id: str) -> Row:
    """The row of a present document; NotFoundError where there is none."""
    row = connection.execute("SELECT * FROM documents WHERE id = ? AND state = 'present'", (document_id,)).fetchone()
    if row is None:
        raise NotFoundError(f"no document has the id {document_id}; `deedline documents` lists them")
    return plain(row)


def stored(connection: sqlite3.Connection, row: Mapping[str, Any]) -> StoredDocument:
    """A document from its row, with people's edits and its counts."""
    edited = edits(connection, row["id"])
    counted = connection.execute(
        "SELECT kind, count(*) FROM items WHERE document_id = ? AND state = 'present' GROUP BY kind", (row["id"],)
    )
    held = _held(connection, row["id"])
    issues = connection.execute(
        "SELECT count(*) FROM issues WHERE document_id = ? AND settlement IS NULL", (row["id"],)
    ).fetchone()[0]
    return StoredDocument(
        id=row["id"],
        name=row["name"],
        sha256=row["sha256"],
        media_type=row["media_type"],
        metadata=with_edits(metadata_from(row["metadata"]), edited),
        edited=frozenset(edited),
        characters=row["characters"],
        items=kind_counts(dict(counted.fetchall())),
        issues=issues,
        finding=_finding(row, held),
        finding_but_status=_finding(row, [each for each in held if each[1] != Field.STATUS]),
    )


def _held(connection: sqlite3.Connection, document_id: str) -> list[tuple[tuple[str, ...], str]]:
    """What people hold over the items of a document, each with its field; in one order."""
    query = (
        "SELECT c.id, c.value, c.detail, c.field FROM items i CROSS JOIN corrections c ON c.item_id = i.id"
        " WHERE i.as_read IS NOT NULL AND i.document_id = ? ORDER BY c.id"
    )
    return [(tuple(row[:3]), row[3]) for row in connection.execute(query, (document_id,)).fetchall()]


def _finding(row: Mapping[str, Any], held: Sequence[tuple[tuple[str, ...], str]]) -> str:
    """What stands for all that holds of a document's items: what was found, and what people hold over it."""
    found = str(row["finding_sha256"])
    return short_hash("\n".join([found, *(str(words) for words, _ in held)])) if held else found


def knows(connection: sqlite3.Connection, sha256: str) -> str | None:
    """The id of the present document that bytes are or were a version of."""
    row = connection.execute(
        "SELECT d.id FROM versions v JOIN documents d ON v.document_id = d.id WHERE v.id = ? AND d.state = 'present'",
        (sha256,),
    ).fetchone()
    return None if row is None else str(row["id"])


def all_documents(connection: sqlite3.Connection) -> tuple[StoredDocument, ...]:
    """Every present document by date, name and id."""
    rows = connection.execute("SELECT * FROM documents WHERE state = 'present' ORDER BY dated, name, id").fetchall()
    return tuple(stored(connection, row) for row in rows)


def edits(connection: sqlite3.Connection, document_id: str) -> dict[str, str]:
    """What people set of a document, by field."""
    rows = connection.execute("SELECT field, value FROM edits WHERE document_id = ? ORDER BY field", (document_id,))
    return {row["field"]: row["value"] for row in rows}


def find(connection: sqlite3.Connection, reference: str) -> Row:
    """The row of the one document that a person means; NotFoundError lists those that fit, or that come near."""
    rows = connection.execute(
        "SELECT * FROM documents WHERE state = 'present' AND (id = :it OR name = :it) ORDER BY dated, name, id",
        {"it": reference},
    ).fetchall()
    if not rows and len(reference) >= _SHORTEST_PREFIX:
        rows = connection.execute(
            "SELECT * FROM documents WHERE state = 'present' AND id >= ? AND id < ?", (reference, reference + "\uffff")
        ).fetchall()
    if not rows and reference:
        rows = connection.execute(
            "SELECT * FROM documents WHERE state = 'present' AND (instr(lower(name), lower(:it)) OR instr(title, :it))"
            " ORDER BY dated, name, id",
            {"it": reference},
        ).fetchall()
    if len(rows) == 1:
        return plain(rows[0])
    if rows:
        raise NotFoundError(f"{reference!r} fits several documents: {_listed(rows)}; give one of their ids")
    raise NotFoundError(_nothing_fits(connection, reference))


def _nothing_fits(connection: sqlite3.Connection, reference: str) -> str:
    rows = {
        row["name"]: row
        for row in connection.execute("SELECT id, name FROM documents WHERE state = 'present' ORDER BY name, id")
    }
    if not rows:
        return f"no document fits {reference!r}: the register holds none. `deedline add FILE` adds one"
    near = difflib.get_close_matches(reference, rows, _SHOWN, 0.3) or list(rows)[:_SHOWN]
    return f"no document fits {reference!r}; there is {_listed([rows[name] for name in near])}"


def _listed(rows: Iterable[Mapping[str, Any]]) -> str:
    entries = [f"{row['name']} ({row['id']})" for row in rows]
    more = f" and {len(entries) - _SHOWN} more" if len(entries) > _SHOWN else ""
    return ", ".join(entries[:_SHOWN]) + more


def text(connection: sqlite3.Connection, row: Mapping[str, Any]) -> str:
    """The decoded text of a document."""
    return blobs.bytes_text(demand_blob(connection, row, "text_sha256"))


def lines(connection: sqlite3.Connection, row: Mapping[str, Any]) -> tuple[Line, ...]:
    """The account of a document's lines, its items by id."""
    found = connection.execute("SELECT key, id FROM items WHERE document_id = ?", (row["id"],))
    return lines_from_bytes(demand_blob(connection, row, "lines_sha256"), dict(found.fetchall()))


def demand_blob(connection: sqlite3.Connection, row: Mapping[str, Any], column: str) -> bytes:
    """The bytes that a document's column names; CorruptError where they are gone."""
    data = blobs.load(connection, row[column])
    if data is None:
        raise CorruptError(f"{row['name']}: its {column.removesuffix('_sha256')} is missing; add the document again")
    return data
