"""CSV and TSV → rows. The sign that parts cells is the one that makes the rows most alike; quoted lines stay whole."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from deedline.errors import ReadError
from deedline.read.decode import decode
from deedline.read.reading import Piece
from deedline.read.sheets import Sheet, SheetRow, sheet_pieces

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 60
_SAMPLE = 64 * 1024
_SAID = re.compile(r"sep=(.)\n", re.I)
# An apostrophe keeps a spreadsheet from running what follows; it is no part of the words. See serve/export/csv.py.
_GUARD = re.compile(r"'(?=\s*(?:[=+\-@'\t\r\n]|[\uff1d\uff0b\uff0d\uff20]))")


def pieces(data: bytes, name: str) -> list[Piece]:
    """What a CSV or TSV file says, row by row. Runs inside the confined child.

    Raises ReadError where the bytes are no text or a quotation is never closed, LimitError over the limits.
    """
    text = decode(data, name)
    said = _SAID.match(text)  # how Excel is told the sign
    delimiter = said[1] if said else delimiter_of(text, tab_first=name.lower().endswith((".tsv", ".tab")))
    return sheet_pieces([Sheet("", _rows(text[said.end() if said else 0 :], delimiter, name, bool(said)))], name)


def _rows(text: str, delimiter: str, name: str, said: bool) -> Iterator[SheetRow]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # too long a cell is told apart by `sheets`
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 2 if said else 1):
            yield SheetRow(number, [_GUARD.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in cells])
    except csv.Error as error:
        where = f"{name}, line {reader.line_num}"
        raise ReadError(f"{where}: is no row of a CSV file ({error}). Save it again from its program") from error


def delimiter_of(text: str, *, tab_first: bool = False) -> str:
    """The sign by which the first rows fall into the most cells that they agree on; a comma where none parts any."""
    order = sorted(DELIMITERS, key=lambda sign: sign != "\t") if tab_first else DELIMITERS
    best = max(order, key=lambda sign: _agreement(text[:_SAMPLE], sign))
    return best if _agreement(text[:_SAMPLE], best) > (0, 0) else order[0]


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows have the commonest width above one, and how many cells that width is."""
    try:
        rows = islice(csv.reader(StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS)
        widths = Counter(len(row) for row in rows if len(row) > 1 and any(row))
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
