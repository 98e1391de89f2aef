"""Links and judgements. A person's judgement wins over the machine, and is never deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from deedline.errors import NotFoundError
from deedline.model.link import Link, LinkState, Origin
from deedline.register.held import Judgement
from deedline.register.history import Verb
from deedline.register.ledger import ChangeSet, Signature, change_set, current_row, plain
from deedline.register.rows import Row, link_from, link_row
from deedline.register.values import LinkQuery

_BATCH = 500


def replace_between(
    connection: sqlite3.Connection,
    documents: tuple[str, str],
    links: Sequence[Link],
    fingerprint: str | None,
    signature: Signature,
) -> int | None:
    """Put `links` in place of the machine's unjudged ones that run from one document to another, and note from what
    they were made (None: that the two are no longer linked); the set's number, None for no change."""
    query = (
        "SELECT l.* FROM links l JOIN items f ON f.id = l.from_id JOIN items t ON t.id = l.to_id"
        " WHERE l.state = 'suggested' AND f.document_id = ? AND t.document_id = ?"
    )
    old = {row["id"]: plain(row) for row in connection.execute(query, documents).fetchall()}
    new = _wanted(links)
    for row in new.values():
        _demand_between(connection, row, documents)
    writes = _differing(connection, old, new)
    before = current_row(connection, "linkings", " ".join(documents))
    after = None if fingerprint is None else linking_row(documents, fingerprint)
    if not writes and before == after:
        return None
    with change_set(connection, Verb.LINK, documents[0], signature) as changes:
        for link_before, link_after in writes:
            changes.write("links", link_before, link_after)
        changes.write("linkings", before, after)
        return changes.number


def linking_row(documents: tuple[str, str], fingerprint: str) -> Row:
    """Which documents were linked, and from what, as a row."""
    from_document, to_document = documents
    return {
        "id": " ".join(documents),
        "from_document": from_document,
        "to_document": to_document,
        "fingerprint": fingerprint,
    }


def linkings(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """What each two documents were linked from."""
    rows = connection.execute("SELECT from_document, to_document, fingerprint FROM linkings ORDER BY id").fetchall()
    return {(row["from_document"], row["to_document"]): row["fingerprint"] for row in rows}


def _differing(
    connection: sqlite3.Connection, old: dict[str, Row], new: dict[str, Row]
) -> list[tuple[Row | None, Row | None]]:
    """Rows before and after, where these differ; a pair that a person judged is left as it stands."""
    writes: list[tuple[Row | None, Row | None]] = []
    for link_id in sorted(old.keys() | new.keys()):
        before, after = old.get(link_id), new.get(link_id)
        if before == after:
            continue
        if before is None and after is not None:
            if current_row(connection, "links", link_id) is not None:  # a person judged this pair
                continue
            _demand_items(connection, after)
        writes.append((before, after))
    return writes


def _wanted(links: Sequence[Link]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for link in links:
        if link.origin is Origin.PERSON or link.state is not LinkState.SUGGESTED:
            raise ValueError(f"{link.from_id} → {link.to_id}: linking takes suggestions only, and no person's")
        row = link_row(link)
        if row["id"] in rows:
            raise ValueError(f"{link.from_id} → {link.to_id}: given twice")
        rows[row["id"]] = row
    return rows


def _demand_items(connection: sqlite3.Connection, row: Row) -> None:
    for item_id in (row["from_id"], row["to_id"]):
        if connection.execute("SELECT 1 FROM items WHERE id = ?", (item_id,)).fetchone() is None:
            raise NotFoundError(f"no item has the id {item_id}, so no link can lead from or to it")


def _demand_between(connection: sqlite3.Connection, row: Row, documents: tuple[str, str]) -> None:
    for item_id, document_id in zip((row["from_id"], row["to_id"]), documents, strict=True):
        held = connection.execute("SELECT document_id FROM items WHERE id = ?", (item_id,)).fetchone()
        if held is not None and held["document_id"] != document_id:
            raise ValueError(f"{row['from_id']} → {row['to_id']}: does not lead from {' to '.join(documents)}")


def judge(
    connection: sqlite3.Connection, pair: tuple[str, str], relation: str, state: LinkState, signature: Signature
) -> Link:
    """Record what a person holds of a pair, linked by the machine or not; once, where the same is said again."""
    from_id, to_id = pair
    if state is LinkState.SUGGESTED:
        raise ValueError("a judgement accepts or rejects; to withdraw one, undo it")
    before = current_row(connection, "links", f"{from_id} {to_id}")
    if before is None:
        after = link_row(Link(from_id, to_id, relation, 1.0, Origin.PERSON, state))
        _demand_items(connection, after)
    else:
        own = before["relation"] != relation
        after = {**before, "relation": relation, "state": state.value}
        after["origin"] = Origin.PERSON.value if own else before["origin"]
    if before == after and _said_last(connection, pair) == (relation, state.value, signature.by, signature.why):
        return link_from(after)
    with change_set(connection, Verb.JUDGE, from_id, signature) as changes:
        changes.write("links", before, after)
        record(changes, (from_id, to_id, relation), state, signature)
    return link_from(after)


def _said_last(connection: sqlite3.Connection, pair: tuple[str, str]) -> tuple[str, str | None, str, str] | None:
    """The latest judgement of a pair: its relation and state, who held it and why."""
    row = connection.execute(
        "SELECT relation, state, by, why FROM judgements WHERE from_id = ? AND to_id = ? ORDER BY number DESC LIMIT 1",
        pair,
    ).fetchone()
    return None if row is None else tuple(row)


def record(changes: ChangeSet, pair: tuple[str, str, str], state: LinkState | None, signature: Signature) -> None:
    """Add a judgement, or with None its withdrawal, under the change set's number."""
    changes.connection.execute(
        "INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (changes.number, *pair, None if state is None else state.value, signature.time(), signature.by, signature.why),
    )


def links(connection: sqlite3.Connection, item_id: str | None) -> Iterator[Link]:
    """Links from or to one item, or all, by from_id and to_id."""
    chosen = "" if item_id is None else "WHERE from_id = :id OR to_id = :id"
    cursor = connection.execute(f"SELECT * FROM links {chosen} ORDER BY from_id, to_id", {"id": item_id})
    while rows := cursor.fetchmany(_BATCH):
        yield from map(link_from, rows)


def find(connection: sqlite3.Connection, query: LinkQuery) -> tuple[Link, ...]:
    """The links that fit, by from_id and to_id."""
    clause, values = _conditions(query)
    if query.after is not None:
        clause += " AND (from_id, to_id) > (?, ?)"
        values.extend(query.after)
    most = -1 if query.limit is None else max(query.limit, 0)
    statement = f"SELECT * FROM links WHERE {clause} ORDER BY from_id, to_id LIMIT ?"
    return tuple(map(link_from, connection.execute(statement, [*values, most]).fetchall()))


def count(connection: sqlite3.Connection, query: LinkQuery) -> int:
    """How many links fit, whatever `limit` and `after`."""
    clause, values = _conditions(query)
    return int(connection.execute(f"SELECT count(*) FROM links WHERE {clause}", values).fetchone()[0])


def _conditions(query: LinkQuery) -> tuple[str, list[Any]]:
    clauses, values = ["1"], list[Any]()
    if query.item is not None:
        clauses.append("(from_id = ? OR to_id = ?)")
        values.extend((query.item, query.item))
    for column, value in (("relation", query.relation), ("state", query.state), ("sure", query.sure)):
        if value is not None:
            clauses.append(f"{column} = ?")
            values.append(int(value) if isinstance(value, bool) else str(value))
    return " AND ".join(clauses), values


def judgements(connection: sqlite3.Connection, item_id: str | None) -> tuple[Judgement, ...]:
    """Every judgement, on one item's links or on all, oldest first."""
    chosen = "" if item_id is None else "WHERE from_id = :id OR to_id = :id"
    rows = connection.execute(f"SELECT * FROM judgements {chosen} ORDER BY number", {"id": item_id}).fetchall()
    return tuple(
        Judgement(
            number=row["number"],
            from_id=row["from_id"],
            to_id=row["to_id"],
            relation=row["relation"],
            state=None if row["state"] is None else LinkState(row["state"]),
            at=datetime.fromisoformat(row["at"]),
            by=row["by"],
            why=row["why"],
        )
        for row in rows
    )
