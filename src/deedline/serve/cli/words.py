"""What verbs share: kinds of argument, who acts and when, and counts in words."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import click

from deedline.model.item import ItemKind
from deedline.register import StoredDocument
from deedline.serve.cli.output import one_line
from deedline.serve.words import ENGLISH
from deedline.serve.words.said import say as said

USER_VARIABLE = "DEEDLINE_USER"


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "yyyy-mm-dd"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2024-12-31", param, ctx)


class FilePath(click.Path):
    """A path. An empty word, such as an unset "$FILE", is a usage error, not the folder that one is in."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path, or a usage error where there is no word."""
        if not os.fspath(value):
            self.fail("an empty word names no file; is a variable unset?", param, ctx)
        return super().convert(value, param, ctx)


def choice(kind: type[StrEnum]) -> click.Choice[str]:
    """One of an enumeration's values."""
    return click.Choice([member.value for member in kind])


def who() -> str:
    """Who the history names: DEEDLINE_USER, else the user of this machine."""
    try:
        return os.environ.get(USER_VARIABLE) or getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def now() -> datetime:
    """The moment that the history names."""
    return datetime.now(UTC).replace(microsecond=0)


def plural(count: int, noun: str, several: str = "") -> str:
    """A count with its noun: "1 item", "642 items", "2 discrepancies"."""
    return f"{count:,} {noun if count == 1 else several or f'{noun}s'}"


def named(documents: Sequence[StoredDocument], most: int = 5) -> str:
    """Documents by their names, the first of them where they are many."""
    names = [one_line(document.name) for document in documents[:most]]
    return ", ".join(names) + (f" and {len(documents) - most:,} more" if len(documents) > most else "")


def done_to(count: int, what: str) -> str:
    """A count of what history tells as "links added": "1 link added", "3 links added"."""
    noun, _, did = what.partition(" ")
    one = f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")
    return f"{plural(count, one.replace('_', ' '), noun.replace('_', ' '))} {did}".rstrip()


def reasons_told(reasons: Iterable[str]) -> str:
    """The reasons that a stage gives, as one line."""
    return "; ".join(said(reason, ENGLISH) for reason in reasons)


def counted(items: Mapping[ItemKind, int]) -> str:
    """Counts of items in words: "642 measures, 289 indicators"."""
    return ", ".join(plural(items[kind], kind.value) for kind in ItemKind if items.get(kind)) or "no items"


def as_of_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--as-of`: the day for which a result stands."""
    text = "The day to judge by; that of the newest document unless given. Later documents are left out."
    return click.option("--as-of", type=Day(), help=text)(function)
