"""What the columns of spreadsheets hold: as they are taken now, and as a person says once for all such headers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from deedline.errors import InputError
from deedline.model.columns import Column, ColumnMap, TakenSheet, bare_header
from deedline.operations.adding import Added, Source, add, bytes_of, read_source_apart
from deedline.register import Register

_SHOWN = 20


def columns_of(register: Register | None, path: Path) -> tuple[TakenSheet, ...]:
    """What the columns of a file are taken for, by what people said in the register where there is one.

    Raises InputError where the file is no spreadsheet, or none of its columns is known to hold the text.
    """
    known = register.column_maps() if register is not None else ()
    taken = read_source_apart(Source(path, columns=known)).columns
    if not taken:
        raise InputError(f"{path}: is no spreadsheet, so it has no columns; name an XLSX or CSV file")
    return taken


def map_columns(
    register: Register, path: Path, said: Mapping[str, Column | None], *, at: datetime, by: str, why: str = ""
) -> tuple[ColumnMap, ...]:
    """Keep what columns hold, for every file whose sheets have this one's headers; None takes back what was said.

    Headers are those of the file, without regard to case and white space; InputError names them where one is not
    among them. What was kept is returned.
    """
    kept: list[ColumnMap] = []
    before = {each.key: each for each in register.column_maps()}
    for headers in _header_rows(path, said):
        new = ColumnMap(headers, {})
        held = dict(before[new.key].said) if new.key in before else {}
        for header in headers:
            column = said.get(bare_header(header))
            if bare_header(header) in said:
                held = {name: own for name, own in held.items() if bare_header(name) != bare_header(header)}
                held |= {header: column} if column else {}
        new = ColumnMap(headers, held)
        register.map_columns(new, at=at, by=by, why=why)
        kept.append(new)
    return tuple(kept)


def read_again(register: Register, path: Path, *, at: datetime, by: str) -> Added | None:
    """Read a file of the register anew, in the light of what was said of its columns; None for any other file."""
    if register.knows(hashlib.sha256(bytes_of(path)).hexdigest()) is None:
        return None
    return next(add(register, [Source(path)], at=at, by=by))


def _header_rows(path: Path, said: Mapping[str, Column | None]) -> list[tuple[str, ...]]:
    """The row of each sheet that holds the most of the headers named; each header must stand in one of them."""
    from deedline.find import rows_near_top
    from deedline.read import read_document

    sheets = rows_near_top(read_document(bytes_of(path), path.name))
    best = [max(rows, key=lambda row: len(said.keys() & set(map(bare_header, row)))) for rows in sheets if rows]
    found = [row for row in best if said.keys() & set(map(bare_header, row))]
    absent = [header for header in said if not any(header in map(bare_header, row) for row in found)]
    if absent:
        there = list(dict.fromkeys(header for row in (found or best) for header in row if header))[:_SHOWN]
        listed = ", ".join(map(repr, there)) or "no row of headers"
        raise InputError(f"{path}: has no column headed {absent[0]!r}; there is {listed}")
    return found
