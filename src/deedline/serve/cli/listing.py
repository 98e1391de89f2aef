"""`documents`, `items` and `issues`: what the register holds, as lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from deedline import operations
from deedline.model.document import Metadata
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.register import ItemQuery, Register, StoredItem
from deedline.serve.cli.output import print_json, print_table
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import Day, choice, plural
from deedline.serve.export.listed import listed_rows
from deedline.serve.export.shape import document_row
from deedline.serve.export.shown import settled_row
from deedline.serve.labels import numbered, when


@click.command(cls=Verb, epilog="\ndeedline documents\ndeedline documents --json\n")
def documents() -> None:
    """List the documents in the register.

    A star marks what was read from the text and confirmed by nobody; `edit-document` corrects it.
    """
    with settings().register() as register:
        found = register.documents()
    if settings().as_json:
        print_json({"documents": [document_row(document) for document in found], "total": len(found)})
        return

    def starred(metadata: Metadata, field: str, shown: str) -> str:
        return f"{shown}*" if shown and field in metadata.guessed else shown

    rows = [
        (
            document.id,
            starred(document.metadata, "date", when(document.metadata)),
            starred(document.metadata, "kind", document.metadata.kind.value),
            *(document.items.get(kind, 0) or "" for kind in ItemKind),
            document.issues or "",
            document.name,
            starred(document.metadata, "title", document.metadata.title),
        )
        for document in found
    ]
    heads = ("id", "date", "kind", "meas.", "indic.", "recom.", "prop.", "issues", "file", "title")
    print_table(heads, rows, right=frozenset(range(3, 8)))
    if not found and not settings().quiet:
        say("The register is empty; `deedline add FILE` reads a document into it.")


def filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that narrow a list of items."""
    for option in reversed(
        (
            click.option("--document", help="Of one document: id, beginning of it, file name or part of its title."),
            click.option("--kind", type=choice(ItemKind), help="Of one kind."),
            click.option("--body", help="Of one body: id, abbreviation, Chinese or English name, short form."),
            click.option("--due-before", type=Day(), help="Due on that day or before."),
            click.option("--due-after", type=Day(), help="Due on that day or after."),
            click.option("--status", type=choice(StatusCode), help="With that official status."),
            click.option("--late", is_flag=True, help="Due before its own report, of which nothing says it is done."),
            click.option("--text", default="", help="With these words, in any script, width or letter case."),
            click.option("--number", help="With that number in its document."),
            click.option("--batch", type=click.Choice(["new", "carried"]), help="Indicators new, or carried over."),
        )
    ):
        function = option(function)
    return function


def query_of(register: Register, asked: dict[str, Any]) -> ItemQuery:
    """The query that the options of `filters` ask for; NotFoundError for a document or body that nobody knows."""
    return ItemQuery(
        document=register.find_document(asked["document"]).id if asked["document"] else None,
        kind=ItemKind(asked["kind"]) if asked["kind"] else None,
        body=operations.find_body(asked["body"]) if asked["body"] else None,
        due_before=asked["due_before"],
        due_after=asked["due_after"],
        status=StatusCode(asked["status"]) if asked["status"] else None,
        text=asked["text"],
        number=asked["number"],
        batch=asked["batch"],
        limit=asked.get("limit"),
    )


@click.command(
    cls=Verb,
    epilog="""
deedline items --body 運輸及物流局 --due-before 2025-06-30
deedline items --kind indicator --status in_progress --due-before 2024-10-15
deedline items --late
deedline items --text 'night economy' --json
deedline items --document supplement --kind measure --count
""",
)
@filters
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N of them.")
@click.option("--count", "counting", is_flag=True, help="Only how many there are.")
def items(counting: bool, late: bool, **asked: Any) -> None:
    """List measures, indicators, recommendations and proposals.

    Every option narrows the list; without any, all items are listed as they stand in their documents. `due` is the
    last day by which the item is to be delivered, or to have begun. `deedline show ID` shows one in full.
    """
    with settings().register() as register, register.snapshot():
        query = query_of(register, asked)
        total = operations.count_items(register, query, late=late)
        found = [] if counting else list(operations.items(register, query, late=late))
        rows = list(listed_rows(register, found)) if settings().as_json else []
    if settings().as_json:
        print_json({"total": total} if counting else {"items": rows, "total": total, "at_least": False})
    elif counting:
        click.echo(total)
    else:
        _print_items(found)
        if not settings().quiet and (not found or len(found) < total):
            say(f"{len(found)} of {plural(total, 'item')}." if found else "No item fits.")


def _print_items(found: list[StoredItem]) -> None:
    def due(day: date | None) -> str:
        return day.isoformat() if day else ""

    rows = [
        (
            stored.id,
            stored.item.kind.value,
            numbered(stored.item),
            due(stored.item.due),
            (stored.item.report.status or "") if stored.item.report else "",
            "、".join(dict.fromkeys(mention.name for mention in stored.item.bodies)),
            stored.item.text,
        )
        for stored in found
    ]
    print_table(("id", "kind", "number", "due", "status", "bodies", "text"), rows, right=frozenset({2}))


@click.command(
    cls=Verb, epilog="\ndeedline issues\ndeedline issues --document supplement --json\ndeedline issues --all\n"
)
@click.option("--document", help="Of one document: id, beginning of it, file name or part of its title.")
@click.option("--all", "settled", is_flag=True, help="Those settled, too.")
def issues(document: str | None, settled: bool) -> None:
    """List the doubts that need a person.

    Such as misprinted names, repaired numbers, and words that fit no rule. `deedline settle` settles one, and
    `deedline review` walks through them.
    """
    with settings().register() as register:
        found = operations.open_issues(register, document, settled=settled)
    if settings().as_json:
        print_json({"issues": [settled_row(stored) for stored in found], "total": len(found)})
        return
    rows = [
        (
            stored.id,
            stored.document_name,
            stored.issue.line,
            stored.issue.code,
            stored.item_id,
            *((stored.settlement.state if stored.settlement else "open",) if settled else ()),
            stored.issue.message,
        )
        for stored in found
    ]
    heads = ("id", "file", "line", "code", "item", *(("state",) if settled else ()), "message")
    print_table(heads, rows, right=frozenset({2}))
    if not found and not settings().quiet:
        say("No open doubts.")
