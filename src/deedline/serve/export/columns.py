"""Every column of every table, said once: its type, its title in English and Chinese, what it holds.

Parquet declares these types, CSV and XLSX flatten them, the data package and its documentation print the titles, and
the tests hold all rows to them. A type is `str`, `int`, `float`, `bool` or `date` (each may be None), a list of one
type, or a dict of named types (may be None as a whole).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deedline.serve.export.described import DESCRIBED
from deedline.serve.export.described_parts import Described
from deedline.serve.export.titles import TITLES

Column = Any  # str | int | float | bool | date, [Column], {name: Column}; recursive, so not said in full


def plain(column: Any) -> Column:
    """The bare type of a described one."""
    if isinstance(column, tuple):
        return {each.name: plain(each.type) for each in column}
    return [plain(column[0])] if isinstance(column, list) else column


def described_at(table: str, path: tuple[str, ...]) -> Described:
    """What is said of one column, by the names that lead to it: ("report", "figures", "value")."""
    column: Any = DESCRIBED[table]
    found: Described | None = None
    for name in path:
        inner = column[0] if isinstance(column, list) else column
        found = next(each for each in inner if each.name == name)
        column = found.type
    if found is None:
        raise KeyError(path)
    return found


def title_of(table: str, language: str = "en") -> str:
    """What a table is called in English, or in Chinese for any "zh"."""
    return TITLES[table][1 if language.startswith("zh") else 0]


ALL: Mapping[str, Mapping[str, Column]] = {table: plain(columns) for table, columns in DESCRIBED.items()}

# The tables that `deedline export` writes; the others are lists that one asks for.
EXPORTED = ("items", "links", "verdicts", "documents", "issues", "lines", "evidence", "decisions")
COLUMNS: Mapping[str, Mapping[str, Column]] = {table: ALL[table] for table in EXPORTED}
