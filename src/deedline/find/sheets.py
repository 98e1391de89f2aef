"""The items of a spreadsheet: one a row, its values from the columns that hold them, every row accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from deedline.find.accounting import Account, account_lines
from deedline.find.bodies import close_bodies
from deedline.find.body_doubts import BodyDoubt
from deedline.find.draft import Draft, key_of, with_distinct_keys
from deedline.find.due import due_of
from deedline.find.numeric_days import doubts_of_days
from deedline.find.progress import Doubt
from deedline.find.sheet_columns import Table, cell_address, headers_of, is_sheet, read_tables
from deedline.find.sheet_values import (
    Read,
    Setting,
    day_first_of,
    read_bodies,
    read_due,
    read_figures,
    read_progress,
)
from deedline.find.values import read_values
from deedline.knowledge.columns import kind_of, unit_in
from deedline.knowledge.fold import IDEOGRAPH, passage
from deedline.knowledge.load import Jurisdiction
from deedline.model.columns import Column, ColumnMap
from deedline.model.document import Block, BlockKind, Document, DocumentKind
from deedline.model.item import Finding, Issue, Item, ItemKind, LineRole
from deedline.model.text import MappedText
from deedline.model.values import Basis, Report

__all__ = ["find_in_sheets", "is_sheet"]

_BETWEEN = re.compile(r"›(?!›)")
_IDEOGRAPHS = re.compile(f"[{IDEOGRAPH}]")
_REPORTING = (Column.STATUS, Column.ACTUAL, Column.TARGET, Column.BASELINE)
_LONGEST_NUMBER = 24
_OTHER_SHEET = (
    "no column of the sheet {name!r} is known to hold the words of items, so none were read from it; if it has "
    "some, say which column: deedline columns {document} --map HEADER=text"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """An item before its key is settled, with what was read of its cells and the language of its words.

    `times_apart` tells that the sheet keeps the times that the text names in a column of their own.
    """

    draft: Draft
    read: Read
    language: str
    times_apart: bool


@dataclass(slots=True)
class _Reading:
    """What has been read of a document, and the heading that is in force for the next row."""

    document: Document
    place: Jurisdiction
    several: bool
    found: list[_Found] = field(default_factory=list)
    accounts: list[tuple[Block, LineRole, str]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    heading: str = ""


def find_in_sheets(document: Document, place: Jurisdiction, known: Sequence[ColumnMap] = ()) -> Finding:
    """Every item of a spreadsheet, every row, every doubt. `known` is what people said of sets of headers.

    Raises InputError, naming the headers and what to type, where no sheet has a column of text.
    """
    tables = read_tables(document, known)
    reading = _Reading(document, place, several=sum(table.header is not None for table in tables) > 1)
    for table in tables:
        if table.header is None:
            _set_aside(reading, table)
        else:
            _read_table(reading, table, table.header)
    drafts = with_distinct_keys(each.draft for each in reading.found)
    made = [_item(draft, each, reading) for draft, each in zip(drafts, reading.found, strict=True)]
    on_line = {item.lines[0]: item.key for item in made}
    accounts = [
        Account(block, role, rule, (on_line[block.lines[0]],) if role is LineRole.ITEM else ())
        for block, role, rule in reading.accounts
    ]
    issues = (*(issue for draft in drafts for issue in draft.issues), *doubts_of_days(made), *reading.issues)
    return Finding(tuple(made), account_lines(document, accounts, {}), tuple(sorted(issues, key=lambda i: i.line)))


def _set_aside(reading: _Reading, table: Table) -> None:
    """A sheet without a column of text: its rows are accounted for, and a doubt tells of them."""
    reading.accounts.extend((block, LineRole.PROSE, "other-sheet") for block in table.blocks)
    first = next((block for block in table.blocks if block.kind is BlockKind.ROW), table.blocks[0])
    told = _OTHER_SHEET.format(name=table.name, document=reading.document.name)
    reading.issues.append(Issue("sheet-without-items", told, first.text.spans(), first.lines[0]))


def _read_table(reading: _Reading, table: Table, header: Block) -> None:
    """The rows of a sheet: those above its headers, headings between them, items."""
    reading.heading = ""
    heads = headers_of(header)
    due = [block.cells[i] for block in table.blocks for i in table.of(Column.DUE) if i < len(block.cells)]
    day_first = day_first_of(due)
    below = False
    for block in table.blocks:
        if block.rule == "sheet-name":
            role, rule = LineRole.HEADING, "sheet-name"
        elif block is header or (below and block.cells and headers_of(block) == heads):
            below, role, rule = True, LineRole.TABLE_HEADER, "sheet-header"
        elif not below:
            role, rule = LineRole.PROSE, "above-header"
        else:
            role, rule = _read_row(reading, table, block, day_first)
        reading.accounts.append((block, role, rule))


def _read_row(reading: _Reading, table: Table, block: Block, day_first: bool | None) -> tuple[LineRole, str]:
    """What a row below the headers is: an item, a heading of those below it, or a row without words of an item."""
    row = _Row(table, block)
    text = row.first(Column.TEXT)
    if block.kind is not BlockKind.ROW or (not text and sum(map(bool, block.cells)) == 1):
        reading.heading = block.text.text.strip()
        return LineRole.HEADING, "sheet-section"
    if not text:
        told = f"row {block.anchor} has no words in the column of the text, so it was read as no item"
        reading.issues.append(Issue("row-without-text", told, block.text.spans(), block.lines[0]))
        return LineRole.PROSE, "row-without-text"
    setting = Setting(reading.document, reading.place, _language(text, reading.document), day_first)
    reading.found.append(_found(reading, row, text, setting))
    return LineRole.ITEM, "sheet-row"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with what its columns are taken for."""

    table: Table
    block: Block

    def cells(self, column: Column) -> list[MappedText]:
        """The cells of a column that hold words."""
        cells = self.block.cells
        return [cells[i] for i in self.table.of(column) if i < len(cells) and cells[i]]

    def first(self, column: Column) -> MappedText | None:
        """The first of them."""
        return next(iter(self.cells(column)), None)

    def words(self, column: Column) -> str:
        """Its words."""
        cell = self.first(column)
        return cell.text if cell else ""

    def figures(self, column: Column) -> list[tuple[MappedText, str]]:
        """The cells of a column of figures, each with the unit that is said apart from it."""
        unit = self.words(Column.UNIT)
        cells = self.block.cells
        return [
            (cells[i], unit or unit_in(self.table.columns[i].header))
            for i in self.table.of(column)
            if i < len(cells) and cells[i]
        ]


def _language(text: MappedText, document: Document) -> str:
    """The document's language, unless a row is written in the script of the other."""
    own = document.metadata.language
    wide = len(_IDEOGRAPHS.findall(text.text))
    if own == "zh":
        return "en" if not wide else own
    return "zh" if wide * 4 > sum(ch.isascii() and ch.isalpha() for ch in text.text) else own


def _found(reading: _Reading, row: _Row, text: MappedText, setting: Setting) -> _Found:
    """The item of a row, with what its cells say."""
    bodies = read_bodies(row.cells(Column.BODY), setting)
    own = text
    if not bodies.bodies:
        own, bodies = _closing(text, setting)
    due = read_due(row.cells(Column.DUE), setting)
    told = read_progress(row.cells(Column.STATUS), row.first(Column.REPORT), row.first(Column.AS_OF), setting)
    target = read_figures(row.figures(Column.TARGET), Basis.TARGET, setting)
    baseline = read_figures(row.figures(Column.BASELINE), Basis.BASELINE, setting)
    reached = read_figures(row.figures(Column.ACTUAL), Basis.ACTUAL, setting)
    report = told.report
    if reached:
        report = report or Report(reading.document.metadata.dated, None, "", "", (), ())
        report = replace(report, figures=(*reached, *report.figures))
    doubts: tuple[Doubt | BodyDoubt, ...] = (*bodies.doubts, *due.doubts, *told.doubts)
    if not bodies.bodies and row.table.of(Column.BODY):
        doubts = (*doubts, Doubt("no-body", "no responsible body is given for this row", own.spans()))
    read = Read(bodies.bodies, due.deadlines, (*baseline, *target), report, doubts)
    draft = _draft(reading, row, own)
    issues = (Issue(each.code, each.message, each.spans, row.block.lines[0], draft.item.key) for each in doubts)
    draft = replace(draft, issues=tuple(issues))
    return _Found(draft, read, setting.language, times_apart=bool(row.table.of(Column.TIMES)))


def _closing(text: MappedText, setting: Setting) -> tuple[MappedText, Read]:
    """The words of an item and the bodies that close them in brackets, where no column holds any."""
    words = passage(text)
    closing = close_bodies(words, setting.document.metadata.dated, setting.place)
    if not closing.mentions or not closing.end:
        return text, Read()
    own = text.between(text.offsets[0], words.matching.offsets[closing.end - 1] + 1).strip()
    return (own, Read(bodies=closing.mentions, doubts=closing.doubts)) if own else (text, Read())


def _draft(reading: _Reading, row: _Row, text: MappedText) -> Draft:
    kind = _kind(reading, row)
    number = row.words(Column.NUMBER)
    given = row.words(Column.ID)
    if not row.table.of(Column.NUMBER) and len(given) <= _LONGEST_NUMBER:
        number = given
    item = Item(
        key=key_of(kind, given or number or None, None, text.text),
        kind=kind,
        text=text.text,
        spans=text.spans(),
        lines=row.block.lines,
        path=tuple(_path(reading, row)),
        number=number or None,
        anchor=cell_address(row.block, row.table.of(Column.TEXT)[0]),
    )
    return Draft(item, passage(text))


def _kind(reading: _Reading, row: _Row) -> ItemKind:
    """What the row says that it is; else an indicator where something is reported of it, or what the document holds."""
    said = kind_of(row.words(Column.KIND)) if row.words(Column.KIND) else None
    if said:
        return said
    if reading.document.metadata.kind is DocumentKind.SUBMISSION:
        return ItemKind.RECOMMENDATION
    return ItemKind.INDICATOR if any(row.table.of(column) for column in _REPORTING) else ItemKind.MEASURE


def _path(reading: _Reading, row: _Row) -> Iterator[str]:
    """The headings of a row, outermost first: its sheet, where several hold items; its chapter; its section."""
    if reading.several and row.table.name:
        yield row.table.name
    for column in (Column.CHAPTER, Column.SECTION):
        for cell in row.cells(column):
            yield from filter(None, (part.strip() for part in _BETWEEN.split(cell.text)))
    if reading.heading:
        yield reading.heading


def _item(draft: Draft, found: _Found, reading: _Reading) -> Item:
    """The item with the values of its text and of its cells; what a due cell says is when it is due."""
    metadata = replace(reading.document.metadata, language=found.language)
    item, read = read_values(draft, replace(reading.document, metadata=metadata), reading.place), found.read
    due = due_of(read.deadlines) if read.deadlines or found.times_apart else item.due
    said = {(each.value, each.unit) for each in read.quantities}  # what the text says too is said once
    return replace(
        item,
        bodies=read.bodies,
        deadlines=(*read.deadlines, *item.deadlines),
        due=due,
        quantities=(*read.quantities, *(each for each in item.quantities if (each.value, each.unit) not in said)),
        report=read.report,
    )
