"""A Frictionless Data Package: the tables as CSV with a descriptor that documents every column in both languages.

https://datapackage.org/standard/data-package/ (version 2, which keeps to version 1). The CSV files are those of
`csv`, without the byte order mark that the standard does not know, and with the guard against formulas.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from deedline.serve.export import csv
from deedline.serve.export.columns import COLUMNS, EXPORTED, Column, described_at, title_of
from deedline.serve.export.flat import BETWEEN
from deedline.serve.export.shape import Row

NAME = "datapackage.json"
GUARD = (
    "A cell of words that a spreadsheet might run as a formula, or that begins with an apostrophe, is led by one "
    "apostrophe more: take one away."
)
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", date: "date"}
_PROFILE = "https://datapackage.org/profiles/2.0/"
# Which columns are ids of rows of another table.
_LEADS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "items": (("document_id", "documents"), ("parent", "items")),
    "links": (("from", "items"), ("to", "items")),
    "verdicts": (("item", "items"), ("against", "documents")),
    "issues": (("document_id", "documents"),),
    "lines": (("document_id", "documents"),),
    "evidence": (("item", "items"), ("document_id", "documents")),
}
_KEYED = ("items", "documents", "issues")


def write(folder: Path, table: str, rows: Iterable[Row]) -> dict[str, int]:
    """Write a table's CSV files as a package holds them; returns how many rows each holds."""
    return csv.write(folder, table, rows, bom=False)


def descriptor(files: Iterable[str], as_of: date) -> dict[str, Any]:
    """The descriptor of a package of these CSV files; `as_of` is the day at which undertakings were judged."""
    known = {file: each for table in EXPORTED for file, each in _resources(table)}
    return {
        "$schema": f"{_PROFILE}datapackage.json",
        "name": "deedline-register",
        "title": "What was promised, by whom, by when, and what became of it",
        "titles": {"en": "Register of commitments", "zh-Hant": "承諾登記冊"},
        "description": f"As known on {as_of.isoformat()}. {GUARD}",
        "version": as_of.isoformat(),
        "resources": [known[file] for file in files],
    }


def save(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file as people can read it."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _resources(table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The resource of each CSV file of a table, by the file's name."""
    columns = COLUMNS[table]
    keys: dict[str, Any] = {"primaryKey": ["id"]} if table in _KEYED else {}
    if table in _LEADS:
        keys["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": "" if to == table else to, "fields": ["id"]}}
            for field, to in _LEADS[table]
        ]
    yield f"{table}.csv", _resource(table, (), list(_flat(table, columns, ())), keys)
    for path in csv.object_lists(columns):
        inner: Any = columns
        for name in path:
            inner = inner[name]
        owner = {"name": "item", "type": "string", "title": "Item", "titles": {"en": "Item", "zh-Hant": "項目"}}
        fields = [owner, *(_field(table, (*path, name), column, name) for name, column in inner[0].items())]
        leads = [{"fields": ["item"], "reference": {"resource": table, "fields": ["id"]}}]
        yield f"{table}_{'_'.join(path)}.csv", _resource(table, path, fields, {"foreignKeys": leads})


def _flat(table: str, columns: Mapping[str, Column], above: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for name, column in columns.items():
        path = (*above, name)
        if isinstance(column, Mapping):
            yield from _flat(table, column, path)
        else:
            yield _field(table, path, column, "_".join(path))


def _field(table: str, path: tuple[str, ...], column: Column, name: str) -> dict[str, Any]:
    said = described_at(table, path)
    listed = isinstance(column, list)
    more = f"In brief, parted by “{BETWEEN}”." if listed else ""
    field = {
        "name": name,
        "type": "string" if listed else _TYPES[column],
        "title": said.en,
        "titles": {"en": said.en, "zh-Hant": said.zh},
        "description": " ".join(words for words in (said.note, more) if words),
    }
    return {key: value for key, value in field.items() if value}


def _resource(table: str, path: tuple[str, ...], fields: list[dict[str, Any]], keys: dict[str, Any]) -> dict[str, Any]:
    name = "_".join((table, *path))
    said = [title_of(table), *([described_at(table, path).en] if path else [])]
    chinese = [title_of(table, "zh"), *([described_at(table, path).zh] if path else [])]
    return {
        "$schema": f"{_PROFILE}dataresource.json",
        "name": name.replace("_", "-"),
        "type": "table",
        "title": ": ".join(said),
        "titles": {"en": ": ".join(said), "zh-Hant": "：".join(chinese)},
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"$schema": f"{_PROFILE}tableschema.json", "fields": fields, "missingValues": [""], **keys},
    }
