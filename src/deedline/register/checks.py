"""What `doctor` checks: the file, that tables agree, and that every stored value still re-reads from its text."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator

from deedline.errors import DeedlineError
from deedline.model.item import Line
from deedline.register import blobs, correcting, documents, search
from deedline.register.evidence import lost_values
from deedline.register.ledger import TRACKED, plain
from deedline.register.metadata import with_edits
from deedline.register.rows import Row, item_from, metadata_from, read_row
from deedline.register.values import Problem

_GO_BACK = "go back to a copy of the register, or export and add the documents anew"
_READ_AGAIN = "add the document again"
_REPORT = "please report this"


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Everything found wrong, as it is found."""
    try:
        damaged = list(_file(connection))
        yield from damaged
        if any(problem.code == "damaged" for problem in damaged):
            return
        yield from _derived(connection)
        yield from _history(connection)
        for row in connection.execute("SELECT * FROM documents ORDER BY dated, name, id").fetchall():
            yield from _document(connection, plain(row))
    except (sqlite3.DatabaseError, json.JSONDecodeError, ValueError, KeyError, TypeError) as error:
        yield Problem("damaged", "register", f"cannot be read through ({type(error).__name__}: {error}); {_GO_BACK}")


def _file(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (said,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
        if said != "ok":
            yield Problem("damaged", "register", f"{said}; {_GO_BACK}")
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Problem("dangling", table, f"a row names a row of {parent} that is not there; {_GO_BACK}")


def _derived(connection: sqlite3.Connection) -> Iterator[Problem]:
    """The indexes beside the items say what the items say."""
    rows = connection.execute("SELECT id, kind, state, due, bodies FROM items").fetchall()
    expected = Counter(body_row for row in rows for body_row in search.body_rows(row))
    kept = Counter(map(tuple, connection.execute("SELECT body_id, kind, item_id, state, due FROM item_bodies")))
    differing = (expected - kept) + (kept - expected)
    for body_id, item_id in sorted({(body_id, item_id) for body_id, _, item_id, _, _ in differing}):
        yield Problem("index-differs", item_id, f"the index of bodies disagrees on {body_id}; {_REPORT}")
    yield from _search_index(connection)
    yield from _corrected(connection)


def _corrected(connection: sqlite3.Connection) -> Iterator[Problem]:
    """What an item says is what was read with people's corrections over it."""
    query = "SELECT * FROM items WHERE as_read IS NOT NULL OR id IN (SELECT item_id FROM corrections) ORDER BY id"
    rows = [plain(row) for row in connection.execute(query).fetchall()]
    held = correcting.of_items(connection, rows)
    for row in rows:
        if row != correcting.with_corrections(read_row(row), held.get(row["id"], ())):
            yield Problem("correction-differs", row["id"], f"does not hold what was read and corrected; {_REPORT}")


def _search_index(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Each pair of characters is held by as many items as the index counts."""
    expected: Counter[str] = Counter()
    for row in connection.execute("SELECT folded FROM items"):
        expected.update(search.grams(row["folded"]))
    connection.execute("CREATE VIRTUAL TABLE temp.pairs USING fts5vocab (main, item_search, row)")
    try:
        kept: dict[str, int] = dict(connection.execute("SELECT term, doc FROM temp.pairs").fetchall())
    finally:
        connection.execute("DROP TABLE temp.pairs")
    differing = sorted(pair for pair in expected.keys() | kept.keys() if expected[pair] != kept.get(pair, 0))
    if differing:
        some = ", ".join(differing[:5])
        yield Problem("index-differs", "search", f"the index disagrees on {len(differing)} pairs ({some}); {_REPORT}")


def _history(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Every row of a tracked table was written through the ledger."""
    for table in TRACKED:
        unknown = connection.execute(
            f"SELECT id FROM {table} WHERE NOT EXISTS"
            f" (SELECT 1 FROM changes WHERE row_id = {table}.id AND table_name = ?) ORDER BY id LIMIT 20",
            (table,),
        )
        for (row_id,) in unknown.fetchall():
            yield Problem("no-history", f"{table} {row_id}", f"no recorded change made it; {_REPORT}")


def _document(connection: sqlite3.Connection, row: Row) -> Iterator[Problem]:
    where = f"{row['name']} ({row['id']})"
    try:
        text = documents.text(connection, row)
        lines = documents.lines(connection, row)
        blobs.load(connection, row["sha256"])
    except DeedlineError as error:
        yield Problem("damaged", where, str(error))
        return
    metadata = with_edits(metadata_from(row["metadata"]), documents.edits(connection, row["id"]))
    if (metadata.title, metadata.dated.isoformat() if metadata.dated else "") != (row["title"], row["dated"]):
        yield Problem("index-differs", where, f"its title or date is not what was read and edited; {_REPORT}")
    if len(text) != row["characters"]:
        yield Problem("index-differs", where, f"its text has not the length that is noted; {_REPORT}")
    if row["state"] == "present":
        yield from _items(connection, row["id"], where, text)
        yield from _lines(where, text, lines)


def _items(connection: sqlite3.Connection, document_id: str, where: str, text: str) -> Iterator[Problem]:
    query = "SELECT * FROM items WHERE document_id = ? AND state = 'present' ORDER BY position"
    keys: Counter[str] = Counter()
    for place, row in enumerate(connection.execute(query, (document_id,)).fetchall()):
        item = item_from(read_row(row))
        keys[item.key] += 1
        line = f"{where}, line {item.lines[0]}, item {row['id']}"
        if row["position"] != place or keys[item.key] > 1:
            yield Problem("order", line, f"its place or key is not its own; {_READ_AGAIN}")
        for what in lost_values(text, item):
            yield Problem("evidence-lost", line, f"{what} does not re-read from the text; {_READ_AGAIN}")


def _lines(where: str, text: str, lines: tuple[Line, ...]) -> Iterator[Problem]:
    counted = Counter(line.number for line in lines)
    for number, words in enumerate(text.split("\n"), 1):
        found = counted.pop(number, 0)
        if found > 1 or (words.strip() and not found):
            yield Problem("coverage", f"{where}, line {number}", f"is accounted for {found} times; {_READ_AGAIN}")
    for number in sorted(counted):
        yield Problem("coverage", f"{where}, line {number}", f"is accounted for but not in the text; {_READ_AGAIN}")
