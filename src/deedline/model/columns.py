"""What the columns of a spreadsheet are taken for, and what a person said of sheets with the same headers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """The part of an item that a column holds. NONE: a person says that it holds none."""

    TEXT = "text"
    KIND = "kind"
    NUMBER = "number"
    ID = "id"
    BODY = "body"
    DUE = "due"
    TIMES = "times"  # the times that the text names, as printed; where they stand apart the text is not asked for any
    BASELINE = "baseline"
    TARGET = "target"
    ACTUAL = "actual"
    UNIT = "unit"
    STATUS = "status"
    REPORT = "report"
    AS_OF = "as_of"
    CHAPTER = "chapter"
    SECTION = "section"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a person said of sheets with a set of headers: by header, the column that it is.

    `headers` are all headers of the sheet, in the order and spelling in which they were first seen.
    """

    headers: tuple[str, ...]
    said: Mapping[str, Column]

    @property
    def key(self) -> str:
        """What stands for the set of headers, whatever their order, case and white space."""
        return headers_key(self.headers)


@dataclass(frozen=True, slots=True)
class TakenColumn:
    """A column of a sheet: header, letter, what it was taken for (None: not used) and by whom.

    `how` is "said" where a person said so, "guessed" where the header's words told, else empty.
    """

    header: str
    letter: str
    column: Column | None
    how: str


@dataclass(frozen=True, slots=True)
class TakenSheet:
    """A sheet whose rows are items: its name ("" where it has none), the row of its headers, its columns."""

    name: str
    row: int
    columns: tuple[TakenColumn, ...]


def bare_header(header: str) -> str:
    """A header as it is compared with others: without regard to case and white space."""
    return " ".join(header.split()).casefold()


def headers_key(headers: Iterable[str]) -> str:
    """What stands for a set of headers."""
    said = "\n".join(sorted({bare_header(header) for header in headers} - {""}))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def column_letters(index: int) -> str:
    """What a spreadsheet calls the column of an index from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
