"""`columns`: what the columns of a spreadsheet hold, and saying so."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from deedline import operations
from deedline.model.columns import Column, TakenColumn, TakenSheet, bare_header
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.shell import Verb, complain, say, settings
from deedline.serve.cli.words import FilePath, now, who
from deedline.serve.export.shown import taken_rows

_NAMES = tuple(column.value.replace("_", "-") for column in Column)


@click.command(
    "columns",
    cls=Verb,
    epilog="""
deedline columns register.xlsx
deedline columns register.xlsx --map 'Due date=due' --map '負責部門=body'
deedline columns register.xlsx --map 'Old number=none' --map 'Remarks='
""",
)
@click.argument("file", type=FilePath(path_type=Path))
@click.option("--map", "mapped", multiple=True, metavar="HEADER=COLUMN", help="What a column holds. May be repeated.")
@click.option("--why", default="", help="Your reason, kept in the history.")
def columns(file: Path, mapped: tuple[str, ...], why: str) -> None:
    """Show or say what the columns of a spreadsheet hold.

    COLUMN is text (the words of the items; one column must hold them), kind, number, id, body, due, times, baseline,
    target, actual, unit, status, report, as-of, chapter, section, or none; nothing after the = takes back what was
    said. What you say holds for every file whose sheets have the same headers, next year's too, and wins over what
    headers seem to say. A file that is in the register is read again at once.
    """
    said = dict(map(_understood, mapped))
    again = None
    if said:
        with settings().register(create=True) as register, register.action():
            operations.map_columns(register, file, said, at=now(), by=who(), why=why)
            again = operations.read_again(register, file, at=now(), by=who())
            taken = operations.columns_of(register, file)
    else:
        with settings().register_if_there() as known:
            taken = operations.columns_of(known, file)
    if settings().as_json:
        print_json({"file": str(file), "sheets": taken_rows(taken)})
        return
    for sheet in taken:
        where = f"Sheet {one_line(sheet.name)}, headers" if sheet.name else "Headers"
        say(f"{where} in row {sheet.row}:")
        print_table(("column", "header", "holds", "told by"), map(_told, sheet.columns))
    if again is not None and again.error is not None:
        complain(str(again.error))
    elif again is not None and again.document is not None:
        say(f"{again.document.id} was read again.")


def _told(taken: TakenColumn) -> tuple[str, str, str, str]:
    """A column as a line of the table."""
    holds = taken.column.value.replace("_", "-") if taken.column else "not used"
    return taken.letter, taken.header, holds, {"said": "you", "guessed": "its header"}.get(taken.how, "")


def _understood(words: str) -> tuple[str, Column | None]:
    """HEADER=COLUMN: the header as it is compared, and what its column holds."""
    header, sign, name = words.rpartition("=")
    name = name.strip().lower()
    if not sign or not header.strip():
        raise click.BadParameter(f"{words!r} is not of the form HEADER=COLUMN", param_hint="--map")
    if name and name not in _NAMES:
        told = f"{name!r} is nothing that a column holds; it is one of {', '.join(_NAMES)}"
        raise click.BadParameter(told, param_hint="--map")
    return bare_header(header), Column(name.replace("-", "_")) if name else None


def told_columns(sheets: Iterable[TakenSheet]) -> str:
    """What columns were taken for, in one line: B “Measure” text, C “Lead” body."""
    return "; ".join(
        (f"{one_line(sheet.name)}: " if sheet.name else "")
        + ", ".join(
            f"{each.letter} “{one_line(each.header)}” {each.column.value.replace('_', '-')}"
            for each in sheet.columns
            if each.column is not None
        )
        for sheet in sheets
    )
