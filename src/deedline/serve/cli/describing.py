"""What a person says of a document: the options of `add`, and `edit-document`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from deedline import operations
from deedline.errors import InputError, KnowledgeError
from deedline.knowledge.load import jurisdiction
from deedline.model.document import DocumentKind
from deedline.register.metadata import demand_valid
from deedline.serve.cli.linking import link_documents, tell_linked
from deedline.serve.cli.output import one_line, print_json
from deedline.serve.cli.shell import Verb, settings
from deedline.serve.cli.words import choice, now, who
from deedline.serve.export.shape import document_row


def _understood(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A value as given; a usage error where no document can have it, before anything is read."""
    try:
        demand_valid({str(param.name): value or ""})
        if value and param.name == "jurisdiction":
            jurisdiction(value)
    except (InputError, KnowledgeError) as error:
        raise click.BadParameter(str(error), param=param) from error
    return value


def metadata_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The fields of a document that a person may give."""
    for option in reversed(
        (
            click.option("--title", help="The document's title."),
            click.option("--publisher", help="Who published it."),
            click.option("--date", metavar="DATE", callback=_understood, help="When: 2024-10-16, 2024-10 or 2024."),
            click.option("--edition", help="Which issue of its series, such as 2024."),
            click.option("--series", help="The recurring publication that it is an issue of."),
            click.option("--kind", type=choice(DocumentKind), help="A government's own, or a submission to it."),
            click.option("--language", callback=_understood, help="The language it is written in: zh or en."),
            click.option("--jurisdiction", callback=_understood, help="Whose bodies and calendars apply, such as hk."),
        )
    ):
        function = option(function)
    return function


@click.command(
    "edit-document",
    cls=Verb,
    epilog="""
deedline edit-document 5ce103c0a0c2 --title '2025 Policy Address Supplement'
deedline edit-document chamber.txt --date 2024-01 --why 'the cover letter is dated'
deedline edit-document chamber.txt --title ''
""",
)
@click.argument("document")
@metadata_options
@click.option("--why", default="", help="Your reason, kept in the history.")
def edit_document(document: str, why: str, **given: str | None) -> None:
    """Correct what the register says of a document.

    DOCUMENT is its id, the beginning of it, its file name or a part of its title. What you set stays set when the
    document is read again; an empty value goes back to what was read. The document is read anew at once, since
    dates such as 「今年」 depend on it, and compared anew with the others.
    """
    changes = {field: value for field, value in given.items() if value is not None}
    if not changes:
        raise click.UsageError("nothing to change; give at least one of --title, --publisher, --date, …")
    with settings().register() as register, register.action():
        stored = operations.edit_document(register, document, changes, at=now(), by=who(), why=why)
        linked = link_documents(register, [stored.id])
    if settings().as_json:
        print_json(document_row(stored))
    elif not settings().quiet:
        _describe(document_row(stored).items())
        tell_linked(linked)


def _describe(fields: Iterable[tuple[str, Any]]) -> None:
    for name, value in fields:
        if name in (
            "id",
            "name",
            "title",
            "publisher",
            "date",
            "series",
            "edition",
            "kind",
            "language",
            "jurisdiction",
        ):
            click.echo(f"{name:<12}  {one_line(value)}".rstrip())
