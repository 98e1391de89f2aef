"""CSV for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would run.

`write` makes an export's files: what a row holds in lists of objects stands in tables of their own
(`items_bodies.csv`, `items_deadlines.csv`, …), one line an object, led by the id of its row; `items.csv` shows them
in brief. `pieces` makes one file of a table, flat as `flat` says. In both, a cell of words that begins as a formula
does (= + - @, their full-width forms, a tab or a line break, white space before any of them), or with an apostrophe,
is led by an apostrophe: taking one away gives the words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from deedline.serve.export.columns import COLUMNS, Column
from deedline.serve.export.flat import BETWEEN, Cell, Field
from deedline.serve.export.shape import Row

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "'", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BRIEF = ("name_zh", "as_printed")  # what stands for an object where a list of them is shown in one cell
_ROWS_A_PIECE = 500


def cell(value: Any) -> Any:
    """A value as one safe cell: nothing for None, numbers as they are, words guarded."""
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    words = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    guard = words.startswith(_FORMULA) or words.lstrip().startswith(_FORMULA)
    return f"'{words}" if guard else words


def uncell(words: str, kind: type) -> Cell:
    """The value that `cell` was made of, by its column's plain type; None for an empty cell."""
    plain = words.removeprefix("'")
    if plain == "":
        return None
    if kind is bool:
        return plain == "true"
    if kind is date:
        return date.fromisoformat(plain)
    value: Cell = kind(plain) if kind in (int, float) else plain
    return value


def pieces(heads: Sequence[str], lines: Iterable[Iterable[Any]], *, bom: bool = True) -> Iterator[bytes]:
    """One file: a line of `heads`, then lines of values, in pieces of some hundred lines each."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BOM if bom else "")
    writer.writerow(map(cell, heads))
    for count, line in enumerate(lines, 1):
        writer.writerow(map(cell, line))
        if count % _ROWS_A_PIECE == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def read(data: bytes, flat: Sequence[Field]) -> Iterator[dict[str, Cell]]:
    """The flat rows of one file that `pieces` made, the guard undone, without columns that `flat` does not name."""
    for line in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        yield {field.name: uncell(line[field.name], str if field.many else field.type) for field in flat}


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
            yield cell(BETWEEN.join(_entry(each[brief] if brief else each) for each in value))
        else:
            yield cell(value)


def _entry(value: Any) -> str:
    """An entry of a list of words, or of spans."""
    return f"{value[0]}-{value[1]}" if isinstance(value, list) else value


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


def write(folder: Path, table: str, rows: Iterable[Row], *, bom: bool = True) -> dict[str, int]:
    """Write TABLE.csv and a TABLE_LIST.csv for each list of objects; returns how many rows each file holds."""
    columns = COLUMNS[table]
    lists = list(object_lists(columns))
    names = [table, *("_".join((table, *path)) for path in lists)]
    counts = [0] * len(names)
    encoding = "utf-8-sig" if bom else "utf-8"
    with ExitStack() as stack:
        files = [stack.enter_context((folder / f"{n}.csv").open("w", encoding=encoding, newline="")) for n in names]
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
