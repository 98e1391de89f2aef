"""Excel workbooks: numbers as numbers, days as days, links to pages, and no cell that is ever a formula.

One worksheet holds the table, flat as `flat` says, under a frozen header with a filter; another says what each column
holds. Rows are written as they come, so memory does not grow with them. What a worksheet cannot hold is told apart:
longer words than a cell takes are cut and say so, days before March 1900 and numbers beyond what Excel keeps exactly
are words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from deedline.errors import InputError
from deedline.serve.export.columns import described_at, title_of
from deedline.serve.export.flat import Cell, Field, cells, fields, note, title
from deedline.serve.export.linked import TITLES, Linking, linking
from deedline.serve.export.shape import Row
from deedline.serve.site import Site

MOST_ROWS = 1_048_575  # of a worksheet, its header aside
MOST_CHARACTERS = 32_767
MOST_LINKS = 65_530
MOST_OF_A_LINK = 2_079
_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_EXACT = 2**53
_MADE = datetime(2000, 1, 1)  # the same rows give the same bytes, so the clock is not asked
_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {str: 24, date: 12, float: 12, int: 9, bool: 9, list: 14}
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(folder: Path, table: str, rows: Iterable[Row]) -> dict[str, int]:
    """Write TABLE.xlsx; returns how many rows it holds."""
    name = f"{table}.xlsx"
    return {name: write_table(folder / name, table, rows)}


def write_table(sink: Any, table: str, rows: Iterable[Row], site: Site | None = None, headings: str = "") -> int:
    """Write a workbook to a path or into a file open for bytes; returns how many rows it holds.

    With a `site`, each row leads to its item's page and to the line of its source. `headings` is the language of the
    header's titles ("en", "zh"); without one it has the columns' names. InputError where a worksheet has no room.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(sink, {"constant_memory": True, "default_date_format": "yyyy-mm-dd", **_PLAIN})
    book.set_properties({"created": _MADE, "title": title_of(table, headings or "en"), "comments": "Made by Deedline"})
    flat = fields(table)
    try:
        count = _Sheet(book, table, flat, linking(table, site), headings).fill(rows)
        _describe(book, table, flat)
    finally:
        book.close()
    return count


class _Sheet:
    """The worksheet of a table as it is filled, line by line."""

    def __init__(self, book: Any, table: str, flat: Sequence[Field], links: Linking, headings: str) -> None:
        self._sheet = book.add_worksheet(table)
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._flat, self._links, self._left = flat, links, MOST_LINKS
        names = [title(table, field, headings) if headings else field.name for field in flat]
        led = TITLES["zh" if headings.startswith("zh") else "en"] if headings and links.names else links.names
        self._heads = (*led, *names)

    def fill(self, rows: Iterable[Row]) -> int:
        """The header, then every row; how many there were."""
        self._sheet.freeze_panes(1, 0)
        for at, field in enumerate(self._flat, len(self._links.names)):
            self._sheet.set_column(at, at, 60 if field.name.endswith(("text", "narrative")) else _WIDTHS[field.type])
        for at, head in enumerate(self._heads):
            self._sheet.write_string(0, at, head, self._head)
        count = 0
        for count, row in enumerate(rows, 1):
            if count > MOST_ROWS:
                raise InputError(
                    f"a worksheet holds {MOST_ROWS} rows and this list has more; narrow it, or ask for csv"
                )
            for at, address in enumerate(self._links.addresses(row)):
                self._link(count, at, address)
            for at, value in enumerate(cells(self._flat, row), len(self._links.names)):
                self._write(count, at, value)
        self._sheet.autofilter(0, 0, count, len(self._heads) - 1)
        return count

    def _link(self, line: int, at: int, address: str) -> None:
        if self._left > 0 and len(address) <= MOST_OF_A_LINK:
            self._left -= 1
            self._sheet.write_url(line, at, address, string=address)
        else:
            self._write(line, at, address)

    def _write(self, line: int, at: int, value: Cell) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(line, at, value)
        elif isinstance(value, date) and value >= _FIRST_DAY:
            self._sheet.write_datetime(line, at, value, self._day)
        elif isinstance(value, int | float) and math.isfinite(value) and abs(value) <= _EXACT:
            self._sheet.write_number(line, at, value)
        elif value is not None:
            self._sheet.write_string(line, at, fitting(str(value)))


def fitting(words: str) -> str:
    """Words that one cell can hold: cut, and saying so, where they are too long."""
    kept = _UNFIT.sub("\ufffd", words)
    if len(kept.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
        return kept
    said = f"… [cut; {len(words)} characters in all]"
    room = (MOST_CHARACTERS - len(said)) * 2
    return kept.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + said


def _describe(book: Any, table: str, flat: Sequence[Field]) -> None:
    """A worksheet that says what each column holds."""
    sheet = book.add_worksheet("columns")
    lines = [("column", "title", "標題", "type", "what it holds")]
    for field in flat:
        kind = "list" if field.many else described_at(table, field.path).type.__name__
        lines.append((field.name, title(table, field), title(table, field, "zh"), kind, note(table, field)))
    for number, line in enumerate(lines):
        for at, words in enumerate(line):
            sheet.write_string(number, at, words)
