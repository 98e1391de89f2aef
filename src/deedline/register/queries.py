"""Listing items and issues: one SQL statement for a query, rows read as they are asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from deedline.errors import NotFoundError
from deedline.register import correcting, search
from deedline.register.ledger import current_row, plain
from deedline.register.rows import Row, stored_issue, stored_item
from deedline.register.values import ItemQuery, Order, StoredIssue, StoredItem

_BATCH = 200
_SHOWN = 5
_SHORTEST_PREFIX = 4
_FEW = 5_000  # items that fit a filter, up to which they are read and sorted; of more, the documents are walked
_ITEM = (
    "SELECT i.*, d.name AS document_name,"
    " (SELECT p.id FROM items p WHERE p.document_id = i.document_id AND p.key = i.parent) AS parent_id"
    " FROM documents d CROSS JOIN items i ON i.document_id = d.id"
)
_ANY_ORDER = _ITEM.replace("documents d CROSS JOIN items i", "items i JOIN documents d")
_BY_DUE = _ANY_ORDER.replace("items i", "items i INDEXED BY items_by_due", 1)
_OF_BODY_BY_DUE = _ANY_ORDER.replace(
    "items i", "item_bodies b INDEXED BY item_bodies_by_due CROSS JOIN items i ON b.item_id = i.id", 1
)
_ISSUE = (
    "SELECT s.*, d.name AS document_name, t.state, t.at, t.by, t.why,"
    " (SELECT i.id FROM items i WHERE i.document_id = s.document_id AND i.key = s.item_key) AS item_id"
    " FROM documents d CROSS JOIN issues s ON s.document_id = d.id LEFT JOIN settlements t ON t.id = s.settlement"
)
_ONE_ISSUE = _ISSUE.replace("documents d CROSS JOIN issues s", "issues s JOIN documents d")
_NO_OTHERS: dict[str, Any] = {
    "document": None,
    "status": None,
    "text": "",
    "number": None,
    "batch": None,
    "parent": None,
    "without": (),
}
_ORDERS = {
    Order.ID: "i.id",
    Order.DOCUMENT: "d.dated, d.name, d.id, i.position, i.id",
    Order.DUE: "i.due, i.id",
}


def items(connection: sqlite3.Connection, query: ItemQuery) -> Iterator[StoredItem]:
    """Items that fit, in the order that is asked for."""
    source, clauses, values, order = _by_due(query) if query.order is Order.DUE else _listed(connection, query)
    if query.after is not None:
        clause, value = _after(connection, query, order)
        clauses.append(clause)
        values.extend(value)
    statement = f"{source} WHERE {' AND '.join(clauses)} ORDER BY {order}"
    if query.limit is not None:
        statement += " LIMIT ?"
        values.append(max(query.limit, 0))
    cursor = connection.execute(statement, values)
    while rows := cursor.fetchmany(_BATCH):
        yield from _stored(connection, rows)


def _listed(connection: sqlite3.Connection, query: ItemQuery) -> tuple[str, list[str], list[Any], str]:
    """Tables, conditions, their values and the order of a list by id or by document."""
    # Where many items fit every filter, the documents lead, in their order, until enough of them are found and nothing
    # is sorted; where few fit one, its index does.
    leading = query.order is Order.DOCUMENT and (not _narrow(query) or _many(connection, query))
    return _ITEM if leading else _ANY_ORDER, *_conditions(query, led=not leading), _ORDERS[query.order]


def _by_due(query: ItemQuery) -> tuple[str, list[str], list[Any], str]:
    """The same of a list by day: the index of days leads, that of a body where one is asked for."""
    clauses, values = _conditions(replace(query, body=None, due_after=None, due_before=None), led=False)
    day, source, order = "i.due", _BY_DUE, _ORDERS[Order.DUE]
    if query.body is not None:
        day, source, order = "b.due", _OF_BODY_BY_DUE, "b.due, b.item_id"
        clauses.append("b.body_id = ?")
        values.append(query.body)
    clauses.append(f"{day} BETWEEN ? AND ?")
    values.extend(_days(query))
    return source, clauses, values, order


def _stored(connection: sqlite3.Connection, rows: Sequence[Any]) -> Iterator[StoredItem]:
    held = correcting.of_items(connection, (plain(row) for row in rows if row["as_read"] is not None))
    return (stored_item(row, held.get(row["id"], ())) for row in rows)


def count(connection: sqlite3.Connection, query: ItemQuery, most: int | None = None) -> int:
    """How many items fit, whatever `limit` and `after`; with `most`, more than that need not be counted."""
    if query.order is Order.DUE:
        query = replace(query, due_after=query.due_after or date.min)
    if query.body and query == replace(query, **_NO_OTHERS):  # no row of any item is needed
        where, values = _of_body(query)
        where = f"FROM item_bodies b WHERE {where}" + ("" if query.retired else " AND b.state = 'present'")
    else:
        clauses, values = _conditions(query)
        where = f"FROM items i WHERE {' AND '.join(clauses)}"
    statement = f"SELECT count(*) {where}" if most is None else f"SELECT count(*) FROM (SELECT 1 {where} LIMIT {most})"
    return int(connection.execute(statement, values).fetchone()[0])


def _many(connection: sqlite3.Connection, query: ItemQuery) -> bool:
    """Whether more than `_FEW` items fit each of the filters that have an index; False within a document."""
    if query.document is not None or query.parent is not None:
        return False
    asked: list[tuple[str, list[Any]]] = []
    if query.body is not None:
        of_body, values = _of_body(query)
        asked.append((f"item_bodies b WHERE {of_body}", values))
    for column, value in (("status", query.status), ("number", query.number), ("batch", query.batch)):
        if value is not None:
            asked.append((f"items WHERE {column} = ?", [str(value)]))
    if query.due_after or query.due_before:
        asked.append(("items WHERE due BETWEEN ? AND ?", [*_days(query)]))
    if pairs := search.pairs(query.text):
        asked.append(("item_search WHERE item_search MATCH ?", [pairs]))
    counted = (f"SELECT count(*) FROM (SELECT 1 FROM {where} LIMIT {_FEW + 1})" for where, _ in asked)
    return all(
        connection.execute(statement, values).fetchone()[0] > _FEW
        for statement, (_, values) in zip(counted, asked, strict=True)
    )


def _days(query: ItemQuery) -> tuple[str, str]:
    """The first and the last day, both included, as they are kept."""
    return (query.due_after or date.min).isoformat(), (query.due_before or date.max).isoformat()


def _of_body(query: ItemQuery) -> tuple[str, list[Any]]:
    """What a row of `item_bodies b` must be, as far as it tells: the body, the kind, the day."""
    clause, values = "b.body_id = ?", [query.body]
    if query.kind is not None:
        clause += " AND b.kind = ?"
        values.append(query.kind.value)
    if query.due_after or query.due_before:
        clause += " AND b.due BETWEEN ? AND ?"
        values.extend(_days(query))
    return clause, values


def _narrow(query: ItemQuery) -> bool:
    days = (query.due_before, query.due_after)
    return any((query.document, query.parent, query.body, *days, query.status, query.number, query.batch, query.text))


def _conditions(query: ItemQuery, *, led: bool = True) -> tuple[list[str], list[Any]]:
    """What an item must be; unless `led`, written so that no filter's index is used."""
    by = "" if led else "+"
    clauses = ["1" if query.retired else "i.state = 'present'"]
    values: list[Any] = []
    equal = {
        "i.document_id": query.document,
        "i.kind": query.kind,
        f"{by}i.status": query.status,
        f"{by}i.number": query.number,
        f"{by}i.batch": query.batch,
    }
    for column, value in equal.items():
        if value is not None:
            clauses.append(f"{column} = ?")
            values.append(str(value))
    if query.without:
        clauses.append("i.document_id NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(query.without))
    if query.parent is not None:
        clauses.append("(i.document_id, i.parent) = (SELECT p.document_id, p.key FROM items p WHERE p.id = ?)")
        values.append(query.parent)
    if query.body is not None:
        of_body, asked = _of_body(query) if led else ("b.body_id = ?", [query.body])
        each = f"EXISTS (SELECT 1 FROM item_bodies b WHERE {of_body} AND b.kind = i.kind AND b.item_id = i.id)"
        clauses.append(f"i.id IN (SELECT b.item_id FROM item_bodies b WHERE {of_body})" if led else each)
        values.extend(asked)
    for comparison, day in (("<=", query.due_before), (">=", query.due_after)):
        if day is not None:
            clauses.append(f"{by}i.due {comparison} ?")
            values.append(day.isoformat())
    found, words = search.conditions(query.text, led=led)
    return clauses + found, values + words


def _after(connection: sqlite3.Connection, query: ItemQuery, order: str) -> tuple[str, list[Any]]:
    if query.order is Order.ID:
        return "i.id > ?", [query.after]
    place = connection.execute(
        "SELECT d.dated, d.name, d.id, i.position, i.id AS item_id, i.due FROM items i JOIN documents d"
        " ON i.document_id = d.id WHERE i.id = ?",
        (query.after,),
    ).fetchone()
    if place is None or (query.order is Order.DUE and place["due"] is None):
        raise NotFoundError(f"no item has the id {query.after}, after which the list was to go on; begin it again")
    if query.order is Order.DUE:
        return f"({order}) > (?, ?)", [place["due"], place["item_id"]]
    # The first comparison follows from the second; it lets documents before that one be passed over by their index.
    return (
        "(d.dated, d.name, d.id) >= (?, ?, ?) AND (d.dated, d.name, d.id, i.position, i.id) > (?, ?, ?, ?, ?)",
        [*list(place)[:3], *list(place)[:5]],
    )


def by_id(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, StoredItem]:
    """Those of the items that there are, by id."""
    listed = list(dict.fromkeys(ids))
    rows = connection.execute(f"{_ANY_ORDER} WHERE i.id IN ({', '.join('?' * len(listed))})", listed).fetchall()
    return {stored.id: stored for stored in _stored(connection, rows)}


def item(connection: sqlite3.Connection, reference: str) -> StoredItem:
    """The one item of that id or beginning of an id; NotFoundError lists those that fit."""
    rows = connection.execute(f"{_ANY_ORDER} WHERE i.id = ?", (reference,)).fetchall()
    if not rows and len(reference) >= _SHORTEST_PREFIX:
        span = (reference, reference + "\uffff", _SHOWN)
        rows = connection.execute(f"{_ANY_ORDER} WHERE i.id >= ? AND i.id < ? ORDER BY i.id LIMIT ?", span).fetchall()
    if len(rows) == 1:
        return next(_stored(connection, rows))
    if rows:
        raise NotFoundError(
            f"several items begin with {reference}: {', '.join(row['id'] for row in rows)}; give more of it"
        )
    short = f" (give {_SHORTEST_PREFIX} characters at least)" if len(reference) < _SHORTEST_PREFIX else ""
    raise NotFoundError(f"no item has the id {reference!r}{short}; `deedline items` lists them")


def item_row(connection: sqlite3.Connection, item_id: str) -> Row:
    """The row of an item by its whole id; NotFoundError where there is none."""
    row = current_row(connection, "items", item_id)
    if row is None:
        raise NotFoundError(f"no item has the id {item_id!r}; `deedline items` lists them")
    return row


def issue(connection: sqlite3.Connection, issue_id: str) -> StoredIssue:
    """One doubt, open or settled, by its id, which stands in the register."""
    return stored_issue(connection.execute(f"{_ONE_ISSUE} WHERE s.id = ?", (issue_id,)).fetchone())


def issues(
    connection: sqlite3.Connection, document_id: str | None, *, settled: bool, skip: int, limit: int | None
) -> tuple[StoredIssue, ...]:
    """Doubts in the documents' order, by line: the open ones, or with `settled` all."""
    chosen, values = ("1", list[Any]()) if document_id is None else ("d.id = ?", [document_id])
    rows = connection.execute(
        f"{_ISSUE} WHERE {chosen} AND {'1' if settled else 's.settlement IS NULL'}"
        " ORDER BY d.dated, d.name, d.id, s.line, s.code, s.id LIMIT ? OFFSET ?",
        [*values, -1 if limit is None else limit, skip],
    ).fetchall()
    return tuple(stored_issue(row) for row in rows)
