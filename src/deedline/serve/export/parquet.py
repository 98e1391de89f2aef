"""Parquet for data tools: the same rows as JSON, with declared types, dates as dates and lists as lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from deedline.serve.export.columns import ALL, Column
from deedline.serve.export.shape import Row

ROWS_A_GROUP = 10_000


def arrow_type(column: Column) -> Any:
    """The Arrow type of a column."""
    import pyarrow as pa

    if isinstance(column, Mapping):
        return pa.struct([pa.field(name, arrow_type(inner)) for name, inner in column.items()])
    if isinstance(column, list):
        return pa.list_(arrow_type(column[0]))
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}[column]


def typed(column: Column, value: Any) -> Any:
    """A row's value with its days as dates."""
    if value is None:
        return None
    if isinstance(column, Mapping):
        return {name: typed(inner, value[name]) for name, inner in column.items()}
    if isinstance(column, list):
        return [typed(column[0], entry) for entry in value]
    return date.fromisoformat(value) if column is date else value


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while group := list(islice(iterator, ROWS_A_GROUP)):
        yield group


def write_table(sink: Any, table: str, rows: Iterable[Row]) -> int:
    """Write a table into a file open for bytes, or to a path; returns how many rows it holds."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = ALL[table]
    schema = pa.schema([pa.field(name, arrow_type(column)) for name, column in columns.items()])
    count = 0
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist([typed(columns, row) for row in group], schema=schema))
            count += len(group)
    return count


def write(folder: Path, table: str, rows: Iterable[Row]) -> dict[str, int]:
    """Write TABLE.parquet; returns how many rows each file written holds."""
    name = f"{table}.parquet"
    return {name: write_table(folder / name, table, rows)}
