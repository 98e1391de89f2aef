"""What people hold of items' values, kept beside what was read. Written within a transaction that the caller opened."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from deedline.errors import InputError
from deedline.model.item import Item
from deedline.register.held import Correction, Field, Said
from deedline.register.history import Verb
from deedline.register.ledger import Signature, change_set, current_row, plain
from deedline.register.overlay import demand_valid, has_words, overlaid, read_of
from deedline.register.rows import Row, item_from, item_row, read_row

_BATCH = 500


def correct(connection: sqlite3.Connection, row: Row, wanted: Sequence[Said], signature: Signature) -> None:
    """Set what a person holds of the item of a row; nothing is written where it is held already."""
    read = item_from(read_row(row))
    for said in wanted:
        demand_valid(said)
        if said.field is Field.WRONG and said.value and not has_words(read, *said.of.split(" ", 1)):
            kind, _, words = said.of.partition(" ")
            raise InputError(f"{row['id']}: no {kind} was read from {words!r}; `deedline show {row['id']}` lists them")
    news = [said for said in wanted if _is_news(connection, row["id"], said)]
    if not news:
        return
    with change_set(connection, Verb.CORRECT, row["id"], signature) as changes:
        for said in news:
            before = current_row(connection, "corrections", _key(row["id"], said))
            changes.write("corrections", before, _row(row["id"], said, signature) if said.value else None)
        changes.write("items", row, with_corrections(read_row(row), of_item(connection, row)))


def _is_news(connection: sqlite3.Connection, item_id: str, said: Said) -> bool:
    held = current_row(connection, "corrections", _key(item_id, said))
    return (held["value"] if held else "") != said.value


def _key(item_id: str, said: Said) -> str:
    return f"{item_id}/{said.field}" + (f":{said.of}" if said.of else "")


def _row(item_id: str, said: Said, signature: Signature) -> Row:
    return {
        "id": _key(item_id, said),
        "item_id": item_id,
        "field": said.field.value,
        "of": said.of,
        "value": said.value,
        "detail": said.detail,
        "at": signature.time(),
        "by": signature.by,
        "why": signature.why,
    }


def with_corrections(read: Row, corrections: Sequence[Correction]) -> Row:
    """The row that holds, from the one that reading gives: people's values, and beside them what was read."""
    if not corrections:
        return read
    item = overlaid(item_from(read), corrections)
    held = {**item_row(read["id"], read["document_id"], read["position"], item), "state": read["state"]}
    as_read = {name: value for name, value in read.items() if value != held[name]}
    return {**held, "as_read": json.dumps(as_read, ensure_ascii=False, sort_keys=True)}


def of_item(connection: sqlite3.Connection, row: Row) -> tuple[Correction, ...]:
    """What people hold of the item of a row."""
    return of_items(connection, [row]).get(row["id"], ())


def of_items(connection: sqlite3.Connection, rows: Iterable[Row]) -> dict[str, tuple[Correction, ...]]:
    """What people hold of the items of some rows, by these, each in one order."""
    reads = {row["id"]: row for row in rows}
    found: dict[str, list[sqlite3.Row]] = defaultdict(list)
    ids = sorted(reads)
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        marks = ", ".join("?" * len(some))
        query = f"SELECT * FROM corrections WHERE item_id IN ({marks}) ORDER BY item_id, id"
        for row in connection.execute(query, some).fetchall():
            found[row["item_id"]].append(row)
    return {item_id: _corrections(reads[item_id], rows) for item_id, rows in found.items()}


def _corrections(row: Row, held: Sequence[sqlite3.Row]) -> tuple[Correction, ...]:
    read = item_from(read_row(row))
    return tuple(
        _correction(entry, Said(Field(entry["field"]), entry["value"], entry["of"], entry["detail"]), read)
        for entry in held
    )


def _correction(row: sqlite3.Row, said: Said, read: Item) -> Correction:
    return Correction(
        item_id=row["item_id"],
        said=said,
        read=read_of(read, said),
        at=datetime.fromisoformat(row["at"]),
        by=row["by"],
        why=row["why"],
    )


def held(connection: sqlite3.Connection, item_id: str | None) -> tuple[Correction, ...]:
    """What people hold, of one item or of all, by item."""
    chosen = "i.as_read IS NOT NULL" if item_id is None else "i.id = :id"
    query = f"SELECT i.* FROM items i WHERE {chosen} ORDER BY +i.id"
    rows = [plain(row) for row in connection.execute(query, {"id": item_id}).fetchall()]
    by_item = of_items(connection, rows)
    return tuple(correction for row in rows for correction in by_item.get(row["id"], ()))
