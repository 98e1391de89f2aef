"""The sheets of a spreadsheet → which row heads their columns, and what each column is taken for.

A person's word for a set of headers wins; what it leaves open is told by the words of the headers. A role that a person
gave to one column is not guessed for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deedline.errors import InputError
from deedline.knowledge.columns import column_of
from deedline.model.columns import Column, ColumnMap, TakenColumn, TakenSheet, bare_header, column_letters, headers_key
from deedline.model.document import Block, BlockKind, Document

SHEET, ROW = "sheet-name", "sheet-row"  # the rules by which the readers of spreadsheets make these blocks
_DEEPEST_HEADER = 40  # rows with words that may stand above the headers, themselves included
_LONGEST_HEADER = 120
_FEWEST = 2  # known columns of a header row below others
_SHOWN = 12
_MANY = frozenset(
    {Column.BODY, Column.TARGET, Column.BASELINE, Column.ACTUAL, Column.STATUS, Column.REPORT, Column.TIMES}
    | {Column.CHAPTER, Column.SECTION}
)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of the document: its blocks, and where a row heads its columns, that row and what they are taken for."""

    name: str
    blocks: tuple[Block, ...]
    header: Block | None = None
    columns: tuple[TakenColumn, ...] = ()

    def of(self, column: Column) -> tuple[int, ...]:
        """The indices of the columns taken for one."""
        return tuple(index for index, taken in enumerate(self.columns) if taken.column is column)


def is_sheet(document: Document) -> bool:
    """Whether a reader of spreadsheets made the document."""
    return any(block.rule == ROW for block in document.blocks)


def place_of_row(block: Block) -> tuple[str, int]:
    """The sheet and the number of a row."""
    sheet, _, number = block.anchor.rpartition("!")
    return sheet, int(number) if number.isdigit() else 0


def cell_address(block: Block, index: int) -> str:
    """Where a cell of a row stands: "Measures!B12", or "B12" where the file has no named sheets."""
    sheet, number = place_of_row(block)
    return f"{sheet}!{column_letters(index)}{number}" if sheet else f"{column_letters(index)}{number}"


def read_tables(document: Document, known: Sequence[ColumnMap] = ()) -> tuple[Table, ...]:
    """The sheets in order. `known` is what people said of sets of headers.

    Raises InputError, naming the headers and what to type, where no sheet has a column of text.
    """
    said = {each.key: each.said for each in known}
    tables = tuple(_table(name, blocks, said) for name, blocks in _sheets(document.blocks))
    if not any(table.header for table in tables):
        raise InputError(_no_text(document, tables))
    return tables


def columns_taken(document: Document, known: Sequence[ColumnMap] = ()) -> tuple[TakenSheet, ...]:
    """What the columns of those sheets are taken for whose rows are items; none for a document of another form.

    Raises InputError as `read_tables` does.
    """
    tables = read_tables(document, known) if is_sheet(document) else ()
    return tuple(TakenSheet(t.name, place_of_row(t.header)[1], t.columns) for t in tables if t.header)


def headers_of(block: Block) -> tuple[str, ...]:
    """The headers that a row holds, white space closed up."""
    return tuple(" ".join(cell.text.split()) for cell in block.cells)


def rows_near_top(document: Document) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Of each sheet, the rows that may be its headers."""
    return tuple(tuple(map(headers_of, _candidates(blocks))) for _, blocks in _sheets(document.blocks))


def _sheets(blocks: Sequence[Block]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    name, held = "", list[Block]()
    for block in blocks:
        if block.rule == SHEET and block.kind is BlockKind.FURNITURE:
            if held:
                yield name, tuple(held)
            name, held = block.anchor, []
        held.append(block)
    if held:
        yield name, tuple(held)


def _candidates(blocks: Sequence[Block]) -> list[Block]:
    """Rows near the top whose cells are short."""
    rows = [block for block in blocks if block.rule == ROW][:_DEEPEST_HEADER]
    return [row for row in rows if all(len(cell) <= _LONGEST_HEADER for cell in row.cells)]


def _table(name: str, blocks: tuple[Block, ...], said: Mapping[str, Mapping[str, Column]]) -> Table:
    """The sheet with the row that heads it: one of which a person spoke, else that with the most known headers.

    A row below others needs two columns that are known, since a word such as "measure" may stand in any cell.
    """
    best: tuple[int, Block, tuple[TakenColumn, ...]] | None = None
    for number, row in enumerate(_candidates(blocks)):
        headers = headers_of(row)
        given = said.get(headers_key(headers), {})
        columns = _taken(headers, given)
        kinds = {taken.column for taken in columns} - {None, Column.NONE}
        if Column.TEXT not in kinds or (number and len(kinds) < _FEWEST and not given):
            continue
        known = len(kinds) + (len(headers) if given else 0)
        if best is None or known > best[0]:
            best = known, row, columns
    return Table(name, blocks, best[1], best[2]) if best else Table(name, blocks)


def _taken(headers: Sequence[str], given: Mapping[str, Column]) -> tuple[TakenColumn, ...]:
    """What each header's column is taken for; of several for a role that has but one, the first of the plainest."""
    said = {bare_header(header): column for header, column in given.items()}
    roles: dict[int, Column] = {}
    guesses: dict[Column, list[tuple[bool, int]]] = {}
    for index, header in enumerate(headers):
        own = said.get(bare_header(header))
        guess = None if own or not header else column_of(header)
        if own:
            roles[index] = own
        elif guess and guess[0] not in said.values():
            guesses.setdefault(guess[0], []).append((guess[1], index))
    others = any(column is not Column.TEXT for column in (*guesses, *roles.values()))
    guessed = set[int]()
    for column, found in guesses.items():
        fit = sorted(each for each in found if others or not each[0])
        guessed.update(index for _, index in (fit if column in _MANY else fit[:1]))
        roles.update((index, column) for _, index in fit if index in guessed)
    return tuple(
        TakenColumn(
            header,
            column_letters(index),
            roles.get(index),
            "guessed" if index in guessed else "said" if index in roles else "",
        )
        for index, header in enumerate(headers)
    )


def _likeliest(blocks: Sequence[Block]) -> Block | None:
    """The row with the most known headers, else the first with several cells."""
    rows = [row for row in _candidates(blocks) if sum(map(bool, row.cells)) > 1]
    return max(rows, key=lambda row: sum(column_of(header) is not None for header in headers_of(row)), default=None)


def _no_text(document: Document, tables: Sequence[Table]) -> str:
    rows = [row for row in (_likeliest(table.blocks) for table in tables) if row is not None]
    if not rows:
        return f"{document.name}: no row of it heads columns. Put a row of headers above the rows, then add it"
    shown = [header for header in headers_of(rows[0]) if header]
    listed = ", ".join(map(repr, shown[:_SHOWN])) + (f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else "")
    sheet, number = place_of_row(rows[0])
    where = f"row {number} of {sheet!r}" if sheet else f"row {number}"
    return (
        f"{document.name}: none of its columns is known to hold the words of the items. Its headers ({where}) are "
        f"{listed}. Say which it is, such as: deedline columns {document.name} --map {shown[0]!r}=text"
    )
