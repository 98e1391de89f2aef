"""`history`, `undo` and `remove`: every change is recorded, and can be taken back."""

from __future__ import annotations

import click

from deedline import operations
from deedline.register import Change
from deedline.serve.cli.output import print_json, print_table
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import done_to, now, who
from deedline.serve.export.shown import change_row


def _print_changes(changes: tuple[Change, ...]) -> None:
    rows = [
        (
            change.number,
            change.at.isoformat(sep=" ", timespec="minutes"),
            change.by,
            f"{change.verb}{' (undone)' if change.undone else ''}",
            change.subject,
            "; ".join(done_to(count, what) for what, count in change.counts.items()),
            change.why,
        )
        for change in changes
    ]
    print_table(("no.", "at", "by", "did", "to", "changes", "why"), rows, right=frozenset({0}))


@click.command(cls=Verb, epilog="\ndeedline history --limit 10\ndeedline history 5ce103c0a0c2 --json\n")
@click.argument("reference", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N changes.")
def history(reference: str | None, limit: int | None) -> None:
    """List what was changed, newest first: by whom, when and why.

    ID is a document's or an item's, and narrows the list to it; with --json, the values before and after are given.
    """
    with settings().register() as register:
        changes = register.history(reference, limit=limit)
    if settings().as_json:
        print_json({"changes": [change_row(change) for change in changes], "total": len(changes)})
        return
    _print_changes(changes)
    if not changes and not settings().quiet:
        say("Nothing was changed yet.")


@click.command(cls=Verb, epilog="\ndeedline undo\ndeedline undo --why 'wrong folder'\n")
@click.option("--why", default="", help="Your reason, kept in the history.")
def undo(why: str) -> None:
    """Take back the last command that changed the register.

    Taking back is itself recorded; `undo` again takes back the command before that one.
    """
    with settings().register() as register:
        undone = register.undo(at=now(), by=who(), why=why)
    if settings().as_json:
        print_json({"undone": [change_row(change) for change in undone], "total": len(undone)})
    elif undone:
        _print_changes(undone)
    if not undone and not settings().quiet:
        say("There is nothing to take back.")


@click.command(cls=Verb, epilog="\ndeedline remove 5ce103c0a0c2 --why 'a draft, not the document'\n")
@click.argument("document")
@click.option("--why", default="", help="Your reason, kept in the history.")
def remove(document: str, why: str) -> None:
    """Take a document and its items out of the register.

    DOCUMENT is its id, the beginning of it, its file name or a part of its title. `undo` brings it back.
    """
    with settings().register() as register:
        change = operations.remove_document(register, document, at=now(), by=who(), why=why)
    if settings().as_json:
        print_json(change_row(change))
    else:
        _print_changes((change,))
