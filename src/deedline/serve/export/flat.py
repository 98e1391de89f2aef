"""Rows as tables of plain cells, and back: what one CSV file or one worksheet holds of a row, with nothing lost.

An object's fields are columns led by its name. A list is one cell, its entries parted by " › "; a list of objects is
one such column for each of their fields. Where an entry itself holds the mark ›, it is doubled. Nothing, an empty
list and no words are all an empty cell. The spans of one of several objects are parted by commas within its entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deedline.serve.export.columns import ALL, Column, described_at

BETWEEN = " › "
WITHIN = ","  # between the spans of one of several objects
_MARK = BETWEEN.strip()
_SPAN = re.compile(r"(\d{1,15})-(\d{1,15})")
Cell = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Field:
    """A flat column: its name, the names that lead to it, its plain type, and whether its cell is a list.

    The type `list` stands for spans, written 153-199.
    """

    name: str
    path: tuple[str, ...]
    type: type
    many: bool


def fields(table: str) -> tuple[Field, ...]:
    """The flat columns of a table."""
    return tuple(_fields(ALL[table], (), many=False))


def _fields(columns: Mapping[str, Column], above: tuple[str, ...], *, many: bool) -> Iterator[Field]:
    for name, column in columns.items():
        path, listed = (*above, name), isinstance(column, list)
        inner = column[0] if isinstance(column, list) else column
        if isinstance(inner, Mapping):
            yield from _fields(inner, path, many=many or listed)
        else:
            yield Field("_".join(path), path, list if isinstance(inner, list) else inner, many or listed)


def title(table: str, field: Field, language: str = "en") -> str:
    """A flat column's title, led by those of the objects that hold it: "Source: First line"."""
    said = [described_at(table, field.path[:end]) for end in range(1, len(field.path) + 1)]
    if language.startswith("zh"):
        return "：".join(each.zh for each in said)
    return ": ".join(each.en for each in said)


def note(table: str, field: Field) -> str:
    """What a flat column holds, in English; how a list is written in it."""
    own = described_at(table, field.path).note
    listed = "A list: entries are parted by “ › ”, and a › within one is doubled." if field.many else ""
    return " ".join(words for words in (own, listed) if words)


def cells(flat: Sequence[Field], row: Mapping[str, Any]) -> Iterator[Cell]:
    """A row's cells: numbers, truth values and days as themselves, lists as words."""
    for field in flat:
        value = _at(row, field.path)
        if field.many:
            yield None if value is None else BETWEEN.join(_words(each) for each in value) or None
        elif value is None or value == "":
            yield None
        elif field.type is date:
            yield date.fromisoformat(value)
        else:
            yield value


def _at(value: Any, path: tuple[str, ...]) -> Any:
    """What stands at a path; of a list of objects, the list of what stands there in each."""
    for index, name in enumerate(path):
        if value is None:
            return None
        if isinstance(value, list):
            return [_at(each, path[index:]) for each in value]
        value = value[name]
    return value


def _words(value: Any) -> str:
    """One entry of a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        is_span = bool(value) and isinstance(value[0], int)
        return f"{value[0]}-{value[1]}" if is_span else WITHIN.join(map(_words, value))
    return str(value).replace(_MARK, _MARK * 2)


def unflat(table: str, flat: Mapping[str, Cell]) -> dict[str, Any]:
    """The row that `cells` were made of; objects of which nothing is said are None."""
    return _rebuilt(ALL[table], (), flat)


def _rebuilt(columns: Mapping[str, Column], above: tuple[str, ...], flat: Mapping[str, Cell]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, column in columns.items():
        path = (*above, name)
        if isinstance(column, Mapping):
            inner = _rebuilt(column, path, flat)
            row[name] = inner if any(value not in (None, []) for value in inner.values()) else None
        elif isinstance(column, list) and isinstance(column[0], Mapping):
            lists = {key: _entries(flat["_".join((*path, key))], kind) for key, kind in column[0].items()}
            longest = max(len(entries) for entries in lists.values())
            padded = {
                key: [*entries, *[_value("", column[0][key]) for _ in range(longest - len(entries))]]
                for key, entries in lists.items()
            }
            row[name] = [{key: entries[at] for key, entries in padded.items()} for at in range(longest)]
        elif isinstance(column, list):
            row[name] = _entries(flat["_".join(path)], column[0])
        else:
            cell = flat["_".join(path)]
            row[name] = cell.isoformat() if isinstance(cell, date) else cell
    return row


def _entries(cell: Cell, column: Column) -> list[Any]:
    return [] if cell is None else [_value(words, column) for words in str(cell).split(BETWEEN)]


def _value(words: str, column: Column) -> Any:
    """An entry of a list from its words."""
    if isinstance(column, list) and isinstance(column[0], list):
        return [_value(each, column[0]) for each in words.split(WITHIN) if each]
    if words == "":
        return None
    if isinstance(column, list):
        found = _SPAN.fullmatch(words)
        return [int(found[1]), int(found[2])] if found else None
    if column is bool:
        return words == "true"
    return column(words) if column in (int, float) else words.replace(_MARK * 2, _MARK)
