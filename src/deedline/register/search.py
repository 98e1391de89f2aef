"""What is derived from an item's row for filters: its bodies, and the pairs of characters that its words hold.

FTS5's own tokenizers find no two-character Chinese word. Here every pair of neighbouring characters is a token: all
pairs of a query narrow the items down, and the words themselves decide.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from deedline.register.rows import Row, folded

_PAIRS_ASKED = 24  # further pairs of a long query narrow nothing down
_ASKED = ("folded", "bodies", "kind", "state", "due")  # columns of an item that are indexed here
_RUNS = re.compile(r"[^\x00-/:-`{-\x7f\s]{2,}")  # all but white space and the punctuation of ASCII


def grams(text: str) -> list[str]:
    """The different pairs of neighbouring letters, digits and ideographs of a folded text, sorted."""
    return sorted({run[i : i + 2] for run in _RUNS.findall(text) for i in range(len(run) - 1)})


def differs(before: Row | None, after: Row | None) -> bool:
    """Whether two rows of items, either of which may not exist, are indexed differently."""
    return before is None or after is None or any(before[name] != after[name] for name in _ASKED)


def learn(connection: sqlite3.Connection, row: Row) -> None:
    """Index a row of items that now stands in the table."""
    (n,) = connection.execute("SELECT n FROM items WHERE id = ?", (row["id"],)).fetchone()
    connection.execute("INSERT INTO item_search (rowid, grams) VALUES (?, ?)", (n, " ".join(grams(row["folded"]))))
    connection.executemany(
        "INSERT INTO item_bodies (body_id, kind, item_id, state, due) VALUES (?, ?, ?, ?, ?)", body_rows(row)
    )


def body_rows(row: Mapping[str, Any]) -> list[tuple[str, str, str, str, str | None]]:
    """The rows of `item_bodies` that a row of items gives: body, kind, id, state, day."""
    return [(body_id, row["kind"], row["id"], row["state"], row["due"]) for body_id in row["bodies"].split()]


def forget(connection: sqlite3.Connection, row: Row) -> None:
    """Take a row of items, which still stands in the table, out of the indexes."""
    (n,) = connection.execute("SELECT n FROM items WHERE id = ?", (row["id"],)).fetchone()
    connection.execute(
        "INSERT INTO item_search (item_search, rowid, grams) VALUES ('delete', ?, ?)",
        (n, " ".join(grams(row["folded"]))),
    )
    connection.executemany(
        "DELETE FROM item_bodies WHERE body_id = ? AND kind = ? AND item_id = ?",
        [body_row[:3] for body_row in body_rows(row)],
    )


def pairs(text: str) -> str:
    """What to ask FTS5 for: all pairs of characters of the words of a text; empty where it has none."""
    asked = dict.fromkeys(pair for word in folded(*text.split()).split() for pair in grams(word))
    return " AND ".join(f'"{pair}"' for pair in list(asked)[:_PAIRS_ASKED])


def conditions(text: str, *, led: bool = True) -> tuple[list[str], list[str]]:
    """SQL conditions upon `i` (items), and their values: every word of `text` occurs in the item's words.

    Unless `led` by the index of pairs, the words alone decide.
    """
    clauses, values = [], []
    if led and (asked := pairs(text)):
        clauses.append("i.n IN (SELECT rowid FROM item_search WHERE item_search MATCH ?)")
        values.append(asked)
    for word in folded(*text.split()).split():
        clauses.append("instr(i.folded, ?) > 0")
        values.append(word)
    return clauses, values
