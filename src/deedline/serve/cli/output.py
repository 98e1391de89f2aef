"""How results are printed: tables aligned for double-width characters, and JSON."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

# What a terminal would obey rather than show: control characters but tab and line feed, and changes of direction.
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"\s+")
_LEAST = 14  # cells that a column keeps however narrow the terminal


def clean(text: str) -> str:
    """Text that is safe to show: whatever a terminal would obey is replaced."""
    return _COMMANDS.sub("\ufffd", text)


def one_line(value: object) -> str:
    """A value as one safe line; nothing for None."""
    return "" if value is None else clean(_BLANKS.sub(" ", str(value)))


def print_json(value: Any) -> None:
    """One JSON value, indented, its text readable."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(re.sub(r"[\x7f-\x9f]", lambda match: f"\\u{ord(match[0]):04x}", text))


def width() -> int | None:
    """Cells that a line may take: what COLUMNS says, else the terminal's; None where lines may run on."""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told) > 0:
        return int(told)
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def print_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: frozenset[int] = frozenset(),
    dividers: Mapping[int, str] | None = None,
) -> None:
    """Columns aligned by what each character takes on a terminal.

    `dividers` are lines of their own before the rows that they number, from 0.
    `right` are the columns set to the right. Where room is short the widest columns give way, but for the first, which
    names the row; where lines may run on (a pipe, a file), nothing is cut short.
    """
    from rich.cells import cell_len, set_cell_size

    lines = [[one_line(value) for value in row] for row in rows]
    sizes = [max(map(cell_len, column)) for column in zip(headers, *lines, strict=True)]
    room = width()
    over = 0 if room is None else sum(sizes) + 2 * (len(sizes) - 1) - room
    while over > 0 and (wide := max(sizes[1:], default=0)) > _LEAST:
        sizes[sizes.index(wide, 1)] -= 1
        over -= 1

    def fit(text: str, index: int) -> str:
        size = sizes[index]
        if cell_len(text) > size:
            return set_cell_size(text, size - 1).rstrip() + "…"
        blank = " " * (size - cell_len(text))
        return blank + text if index in right else text + blank

    for number, line in enumerate([list(headers), *lines]):
        if dividers and number - 1 in dividers:
            click.echo(click.style(dividers[number - 1], dim=True))
        shown = "  ".join(fit(text, index) for index, text in enumerate(line)).rstrip()
        click.echo(click.style(shown, bold=True) if number == 0 else shown)
