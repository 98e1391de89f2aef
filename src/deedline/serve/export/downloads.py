"""A list as a file to hand over: what is filtered is what is downloaded, in each format, as a stream of bytes.

Pages and the API give rows of a table (see `lists`) and send on what comes back; nothing here knows of HTTP. CSV and
JSON Lines are made as they are sent; workbooks and Parquet, whose ends are written last, are first made in a file of
their own, so that what cannot be made fails before the first byte.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from deedline.errors import InputError
from deedline.serve.export import csv, jsonl, parquet, xlsx
from deedline.serve.export.flat import cells, fields, title
from deedline.serve.export.linked import linking
from deedline.serve.export.shape import Row
from deedline.serve.site import Site

_A_PIECE = 64 * 1024
_IN_MEMORY = 1024 * 1024
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a download looks: the `site` that its rows lead to, the language of its `headings` ("" for the columns' own
    names), and whether a CSV file begins with the mark by which spreadsheets know UTF-8."""

    site: Site | None = None
    headings: str = ""
    bom: bool = True


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its name (ASCII, safe in a header), its media type, and its bytes in pieces, to be read once."""

    name: str
    media_type: str
    pieces: Iterator[bytes]

    def read(self) -> bytes:
        """All of it."""
        return b"".join(self.pieces)


PLAIN = Look()


def download(table: str, rows: Iterable[Row], form: str, *, stem: str = "", look: Look = PLAIN) -> Download:
    """Rows of a table as a file of one of MEDIA_TYPES, named after `stem` or the table.

    InputError where there is no such format, or a worksheet has no room for so many rows.
    """
    if form not in MEDIA_TYPES:
        raise InputError(f"there is no format {form!r}; ask for {', '.join(MEDIA_TYPES)}")
    name = _UNSAFE.sub("-", stem).strip("-.")[:80] or table
    return Download(f"{name}.{form}", MEDIA_TYPES[form], _MAKERS[form](table, rows, look))


def _csv(table: str, rows: Iterable[Row], look: Look) -> Iterator[bytes]:
    flat, links = fields(table), linking(table, look.site)
    heads = [title(table, field, look.headings) if look.headings else field.name for field in flat]
    lines = ((*links.addresses(row), *cells(flat, row)) for row in rows)
    return csv.pieces((*links.names, *heads), lines, bom=look.bom)


def _jsonl(_: str, rows: Iterable[Row], __: Look) -> Iterator[bytes]:
    return jsonl.pieces(rows)


def _xlsx(table: str, rows: Iterable[Row], look: Look) -> Iterator[bytes]:
    return _made(lambda file: xlsx.write_table(file, table, rows, look.site, look.headings))


def _parquet(table: str, rows: Iterable[Row], _: Look) -> Iterator[bytes]:
    return _made(lambda file: parquet.write_table(file, table, rows))


_MAKERS: Mapping[str, Callable[[str, Iterable[Row], Look], Iterator[bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
    "parquet": _parquet,
}


def kept(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, all of them made now and put aside: for a sender that reads them in another thread, or later."""

    def write(file: IO[bytes]) -> int:
        return sum(map(file.write, pieces))

    return _made(write)


def _made(make: Callable[[IO[bytes]], int]) -> Iterator[bytes]:
    """Make the whole file now; give its bytes when they are asked for."""
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed by the one that reads it
    try:
        make(file)
    except BaseException:
        file.close()
        raise
    return _read(file)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(_A_PIECE):
            yield piece
