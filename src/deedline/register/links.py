"""Links and judgements. A person's judgement wins over the machine, and is never deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from deedline.errors import NotFoundError
from deedline.register.ledger import ChangeSet, Signature, change_set, current_row, plain
from deedline.register.rows import Row, link_from, link_row
from deedline.register.values import Judgement, Link, LinkState, Origin, Verb

_BATCH = 500


def replace_suggestions(
    connection: sqlite3.Connection, links: Sequence[Link], replacing: Collection[str] | None, signature: Signature
) -> int | None:
    """Put `links` in place of the machine's unjudged ones from `replacing`; the set's number, None for no change."""
    new = _wanted(links, replacing)
    old = {row["id"]: row for row in _suggested(connection, replacing)}
    differing = [link_id for link_id in sorted(old.keys() | new.keys()) if old.get(link_id) != new.get(link_id)]
    writes: list[tuple[Row | None, Row | None]] = []
    for link_id in differing:
        before, after = old.get(link_id), new.get(link_id)
        if before is None and after is not None:
            if current_row(connection, "links", link_id) is not None:  # a person judged this pair
                continue
            _demand_items(connection, after)
        writes.append((before, after))
    if not writes:
        return None
    with change_set(connection, Verb.LINK, "", signature) as changes:
        for before, after in writes:
            changes.write("links", before, after)
        return changes.number


def _wanted(links: Sequence[Link], replacing: Collection[str] | None) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    allowed = None if replacing is None else set(replacing)
    for link in links:
        if link.origin is not Origin.MACHINE or link.state is not LinkState.SUGGESTED:
            raise ValueError(f"{link.from_id} → {link.to_id}: put_links takes the machine's suggestions only")
        if allowed is not None and link.from_id not in allowed:
            raise ValueError(f"{link.from_id} → {link.to_id}: its from_id is not among those being replaced")
        row = link_row(link)
        if row["id"] in rows:
            raise ValueError(f"{link.from_id} → {link.to_id}: given twice")
        rows[row["id"]] = row
    return rows


def _suggested(connection: sqlite3.Connection, replacing: Collection[str] | None) -> Iterator[Row]:
    if replacing is None:
        yield from map(plain, connection.execute("SELECT * FROM links WHERE state = 'suggested'").fetchall())
        return
    for some in _batches(sorted(replacing)):
        marks = ", ".join("?" * len(some))
        query = f"SELECT * FROM links WHERE state = 'suggested' AND from_id IN ({marks})"
        yield from map(plain, connection.execute(query, some).fetchall())


def _batches(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def _demand_items(connection: sqlite3.Connection, row: Row) -> None:
    for item_id in (row["from_id"], row["to_id"]):
        if connection.execute("SELECT 1 FROM items WHERE id = ?", (item_id,)).fetchone() is None:
            raise NotFoundError(f"no item has the id {item_id}, so no link can lead from or to it")


def judge(
    connection: sqlite3.Connection, pair: tuple[str, str], relation: str, state: LinkState, signature: Signature
) -> Link:
    """Record what a person holds of a pair, linked by the machine or not."""
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
    with change_set(connection, Verb.JUDGE, from_id, signature) as changes:
        changes.write("links", before, after)
        record(changes, (from_id, to_id, relation), state, signature)
    return link_from(after)


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
