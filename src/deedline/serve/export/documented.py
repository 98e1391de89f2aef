"""The page that documents every column, from the one table of them: python -m deedline.serve.export.documented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deedline.serve.export.columns import ALL, described_at, title_of
from deedline.serve.export.flat import Field, fields

_TYPES = {str: "words", int: "whole number", float: "number", bool: "true or false", date: "day", list: "spans"}
_HEAD = """# Columns

Every column of every table, as it stands in one CSV file or one worksheet of a [download](downloads.md). In JSON and
Parquet the same values stand in objects and lists, with the part of the name before the last `_` as their key. Written
by the module `deedline.serve.export.documented`, run with `python -m`, from `src/deedline/serve/export/described.py`.
"""


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_HEAD, *(line for table in ALL for line in _table(table))])


def _table(table: str) -> Iterator[str]:
    yield f"## {title_of(table)} ({title_of(table, 'zh')}): `{table}`\n"
    yield "| column | title | 標題 | type | what it holds |"
    yield "| --- | --- | --- | --- | --- |"
    for field in fields(table):
        said = described_at(table, field.path)
        yield f"| `{field.name}` | {said.en} | {said.zh} | {_type(field)} | {said.note} |"
    yield ""


def _type(field: Field) -> str:
    return f"list of {_TYPES[field.type]}" if field.many else _TYPES[field.type]


if __name__ == "__main__":
    print(page(), end="")
