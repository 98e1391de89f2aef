"""Workbooks (XLSX, XLSM) → rows of what their cells show: the last values of formulas, hidden rows, merged cells.

The parts are read as XML, member by member; nothing in them is run, calculated or followed. Rows come one by one, so
a sheet of a million empty rows takes no more memory than its words do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from deedline.errors import LimitError, ReadError
from deedline.read.archive import Archive, open_archive
from deedline.read.markup import Element, local
from deedline.read.package import parse_part, related, value
from deedline.read.reading import Piece
from deedline.read.sheets import MAX_CELL, MAX_COLUMNS, Sheet, SheetRow, sheet_pieces
from deedline.read.xlsx_numbers import BUILT_IN, GENERAL, shown

MAX_SHEETS = 100
MAX_STRINGS = 1_000_000
MAX_MERGED = 500_000  # rows that merged cells reach into, counted once a cell
_LONGEST_NAME = 60
_MAIN = "xl/workbook.xml"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def pieces(data: bytes, name: str) -> list[Piece]:
    """What a workbook says, sheet by sheet and row by row. Runs inside the confined child.

    Raises ReadError where it is damaged, locked or empty, LimitError over the limits of `archive` and `sheets`.
    """
    archive = open_archive(data, name)
    main = next((path for kind, path in related(archive, "").values() if kind == "officedocument"), _MAIN)
    parts = related(archive, main)
    workbook = parse_part(archive, main)
    setting = _Setting(
        archive,
        _strings(archive, next((path for kind, path in parts.values() if kind == "sharedstrings"), "")),
        _formats(archive, next((path for kind, path in parts.values() if kind == "styles"), "")),
        any(value(each, "date1904") in ("1", "true") for each in workbook.iter() if local(each) == "workbookpr"),
    )
    listed = [each for each in workbook.iter() if local(each) == "sheet"]
    if len(listed) > MAX_SHEETS:
        raise LimitError(f"{name}: has {len(listed)} sheets; up to {MAX_SHEETS} are read. Save those that matter apart")
    sheets = [(" ".join(value(each, "name").split())[:_LONGEST_NAME], parts.get(value(each, "id"))) for each in listed]
    found = (Sheet(called, _rows(setting, at[1])) for called, at in sheets if at is not None and at[0] == "worksheet")
    return sheet_pieces(found, name)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the cells of all sheets refer to: shared words, number formats by style, the calendar."""

    archive: Archive
    strings: Sequence[str]
    formats: Sequence[str]
    from_1904: bool


@dataclass(slots=True)
class _Grid:
    """The rows of a sheet that hold words, by number: words by column, and the rows that a wide cell takes up."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    heads: set[int] = field(default_factory=set)


def _walk(archive: Archive, path: str, *tags: str) -> Iterator[Element]:
    """The elements of some names in a part, each whole and forgotten after it was seen."""
    where = f"{archive.name} ({path})"
    source = BytesIO(archive.read(path))
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    named = [f"{{*}}{tag}" for tag in tags]
    try:
        for _, element in etree.iterparse(source, tag=named, remove_comments=True, remove_pis=True, **options):
            yield element
            element.clear()
            above = element.getparent()
            while above is not None and element.getprevious() is not None:
                del above[0]
    except etree.XMLSyntaxError as error:
        told = str(error.msg or "no mark-up").split("\n", maxsplit=1)[0][:200]
        raise ReadError(f"{where}: is not well-formed ({told}). Open it in its program and save it again") from error


def _strings(archive: Archive, path: str) -> list[str]:
    """The words that cells share."""
    found: list[str] = []
    if archive.has(path):
        for entry in _walk(archive, path, "si"):
            found.append(_words(entry))
            if len(found) > MAX_STRINGS:
                raise LimitError(f"{archive.name}: shares more than {MAX_STRINGS:,} strings. Split the workbook")
    return found


def _words(element: Element) -> str:
    """The words of an entry, its runs joined; how they are pronounced is no part of them."""
    runs = (each for each in element.iter() if local(each) == "t")
    said = "".join(each.text or "" for each in runs if local(each.getparent()) != "rph")
    return _unescaped(said)


def _formats(archive: Archive, path: str) -> list[str]:
    """The number format of each style of cells."""
    if not archive.has(path):
        return []
    own: dict[str, str] = {}
    styles: list[str] = []
    for each in parse_part(archive, path):
        if local(each) == "numfmts":
            own = {value(entry, "numfmtid"): value(entry, "formatcode") for entry in each}
        elif local(each) == "cellxfs":
            styles = [value(entry, "numfmtid") for entry in each]
    built_in = {str(number): code for number, code in BUILT_IN.items()}
    return [own.get(style) or built_in.get(style, GENERAL) for style in styles]


def _rows(setting: _Setting, path: str) -> list[SheetRow]:
    """The rows of a sheet that hold words, merged cells filled downwards."""
    grid = _Grid()
    merged: list[tuple[int, int, int, int]] = []
    number = 0
    for each in _walk(setting.archive, path, "row", "mergeCell"):
        if local(each) == "mergecell":
            area = _AREA.fullmatch(value(each, "ref"))
            if area:
                merged.append((_column(area[1]), int(area[2]), _column(area[3]), int(area[4])))
            continue
        given = value(each, "r")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else number + 1
        cells = {column: words for column, words in _cells(setting, each) if words}
        if cells:
            grid.rows.setdefault(number, {}).update(cells)
    _fill(grid, merged, setting.archive.name)
    return [SheetRow(at, _listed(grid.rows[at]), at in grid.heads) for at in sorted(grid.rows)]


def _listed(cells: Mapping[int, str]) -> list[str]:
    return [cells.get(column, "") for column in range(max(cells) + 1)]


def _column(letters: str) -> int:
    """The index of a column from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _fill(grid: _Grid, merged: Sequence[tuple[int, int, int, int]], name: str) -> None:
    """Repeat a merged cell's words in each row that it reaches into; mark the rows that one takes up from side to side.

    Over columns the words stand in the first alone.
    """
    numbers = sorted(grid.rows)
    filled = 0
    for left, top, right, bottom in merged:
        words = grid.rows.get(top, {}).get(left, "")
        if not words:
            continue
        if right > left and top == bottom:
            grid.heads.add(top)
        for at in range(bisect_left(numbers, top + 1), bisect_left(numbers, bottom + 1)):
            grid.rows[numbers[at]].setdefault(left, words)
            filled += 1
            if filled > MAX_MERGED:
                raise LimitError(f"{name}: its merged cells reach over too much. Take the merging off, and save it")


def _cells(setting: _Setting, row: Element) -> Iterator[tuple[int, str]]:
    """The cells of a row: column and what is shown."""
    column = -1
    for each in row:
        if local(each) != "c":
            continue
        place = _CELL.fullmatch(value(each, "r"))
        column = _column(place[1]) if place else column + 1
        if column <= MAX_COLUMNS * 64:  # beyond the last column that a sheet has there is nothing
            yield column, _shown(setting, each)


def _shown(setting: _Setting, cell: Element) -> str:
    """What a cell shows; nothing where it is empty, or a formula whose value was never stored."""
    kind = value(cell, "t")
    if kind == "inlineStr":
        return _words(cell)
    held = next((each.text or "" for each in cell if local(each) == "v"), "")
    if kind == "s":
        at = _index(held)
        return setting.strings[at] if at < len(setting.strings) else ""
    if kind in _SAID:
        return _SAID[kind](held)
    try:
        number = float(held)
    except ValueError:
        return held
    style = _index(value(cell, "s") or "0")
    code = setting.formats[style] if style < len(setting.formats) else GENERAL
    return shown(number, code, from_1904=setting.from_1904)


def _index(digits: str) -> int:
    """A place in a list; beyond the end of any where the digits are none."""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else MAX_STRINGS


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), words[: MAX_CELL + 1])


# Truth values, words that a formula made, errors (which say nothing), days as ISO 8601 writes them.
_SAID: Mapping[str, Callable[[str], str]] = {
    "b": lambda value: {"1": "TRUE", "0": "FALSE"}.get(value, value),
    "str": _unescaped,
    "e": lambda _value: "",
    "d": lambda value: value.partition("T")[0],
}
