"""Rows of any table, made by Hypothesis from the declared types, hostile words among them; and their plain form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from deedline.serve.export.columns import ALL, Column

HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "'quoted",
    "''",
    "a › b",
    "›",
    " › ",
    '一,"二"\r\n三',
    "<script>alert(1)</script>",
    "{=cmd|' /C calc'!A0}",
    "https://example.org/",
    "_x0041_ \x1b[31m",
    "\ufeff",
    "007",
    "1e5",
    "TRUE",
)
WORDS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), min_size=1, max_size=20),
)
_SCALARS: Mapping[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    bool: st.booleans(),
    date: st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat),
}
_SPAN = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(list)


def values(column: Column, *, needed: bool = False) -> st.SearchStrategy[Any]:
    """Values of a type; None too, unless one is `needed`."""
    if isinstance(column, Mapping):
        found: st.SearchStrategy[Any] = st.fixed_dictionaries({name: values(inner) for name, inner in column.items()})
    elif isinstance(column, list) and isinstance(column[0], list):
        return st.lists(_SPAN, max_size=2)
    elif isinstance(column, list) and isinstance(column[0], Mapping):
        return st.lists(_objects(column[0]), max_size=2)
    elif isinstance(column, list):
        return st.lists(values(column[0], needed=True), max_size=2)
    else:
        found = _SCALARS[column]
    return found if needed else st.none() | found


def _objects(columns: Mapping[str, Column]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of a list: their words, or the first field of what has none, always say something."""
    told = next((name for name in ("as_printed", "name_zh", "text") if name in columns), next(iter(columns)))
    return st.fixed_dictionaries({name: values(inner, needed=name == told) for name, inner in columns.items()})


def rows(table: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to two rows of a table, each with some words or an id, as all that are made have."""
    return st.lists(_objects(ALL[table]), max_size=2)


def plain(column: Column, value: Any) -> Any:
    """A value as flat files tell it: nothing of an object is no object, no list is an empty one, no words are none."""
    if isinstance(column, Mapping):
        inner = {name: plain(kind, None if value is None else value[name]) for name, kind in column.items()}
        return inner if any(each not in (None, []) for each in inner.values()) else None
    if isinstance(column, list):
        return [] if value is None else [plain(column[0], each) for each in value]
    return None if value == "" else value


def plain_row(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A whole row so."""
    return {name: plain(kind, row[name]) for name, kind in ALL[table].items()}
