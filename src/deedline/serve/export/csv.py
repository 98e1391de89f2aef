"""CSV for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would run.

What a row holds in lists of objects stands in tables of their own (`items_bodies.csv`, `items_deadlines.csv`, …),
one line an object, led by the id of its row; `items.csv` shows them in brief. A cell that begins as a formula does
(= + - @, a tab or a line break, or an apostrophe itself) is led by an apostrophe, so taking one away gives the words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from deedline.serve.export.columns import COLUMNS, Column
from deedline.serve.export.shape import Row

BETWEEN = " › "  # between the entries of a list of words
_FORMULA = ("=", "+", "-", "@", "'", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BRIEF = ("name_zh", "as_printed")  # what stands for an object where a list of them is shown in one cell


def cell(value: Any) -> Any:
    """A value as one safe cell: nothing for None, numbers as they are, words guarded."""
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    words = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    guard = words.startswith(_FORMULA) or words.lstrip().startswith(_FORMULA)
    return f"'{words}" if guard else words


def _is_objects(column: Column) -> bool:
    return isinstance(column, list) and isinstance(column[0], Mapping)


def flat_columns(columns: Mapping[str, Column], prefix: str = "") -> Iterator[str]:
    """Names of the cells of a row; an object's fields are led by its name."""
    for name, column in columns.items():
        if isinstance(column, Mapping):
            yield from flat_columns(column, f"{prefix}{name}_")
        else:
            yield prefix + name


def flat_cells(columns: Mapping[str, Column], row: Row | None) -> Iterator[Any]:
    """The cells of a row, in the order of `flat_columns`."""
    for name, column in columns.items():
        value = None if row is None else row[name]
        if isinstance(column, Mapping):
            yield from flat_cells(column, value)
        elif isinstance(column, list) and value is not None:
            brief = next((field for field in _BRIEF if _is_objects(column) and field in column[0]), None)
            yield cell(BETWEEN.join(entry[brief] if brief else entry for entry in value))
        else:
            yield cell(value)


def object_lists(columns: Mapping[str, Column], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where a row holds lists of objects: paths such as ("bodies",) and ("report", "figures")."""
    for name, column in columns.items():
        if isinstance(column, Mapping):
            yield from object_lists(column, (*path, name))
        elif _is_objects(column):
            yield (*path, name)


def _at(tree: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        tree = None if tree is None else tree[name]
    return tree


def write(folder: Path, table: str, rows: Iterable[Row]) -> dict[str, int]:
    """Write TABLE.csv and a TABLE_LIST.csv for each list of objects; returns how many rows each file holds."""
    columns = COLUMNS[table]
    lists = list(object_lists(columns))
    names = [table, *("_".join((table, *path)) for path in lists)]
    counts = [0] * len(names)
    with ExitStack() as stack:
        files = [stack.enter_context((folder / f"{n}.csv").open("w", encoding="utf-8-sig", newline="")) for n in names]
        main, *inner = [csv.writer(file) for file in files]
        main.writerow(flat_columns(columns))
        for writer, path in zip(inner, lists, strict=True):
            writer.writerow(["item", *_at(columns, path)[0]])
        for row in rows:
            main.writerow(flat_cells(columns, row))
            counts[0] += 1
            for index, path in enumerate(lists):
                entries = _at(row, path) or ()
                inner[index].writerows([cell(row["id"]), *map(cell, entry.values())] for entry in entries)
                counts[index + 1] += len(entries)
    return {f"{name}.csv": count for name, count in zip(names, counts, strict=True)}
