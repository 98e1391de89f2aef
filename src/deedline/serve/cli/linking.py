"""`link`: items of one document beside those of another; also what `add` does after reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import click

from deedline import operations
from deedline.errors import DeedlineError, KnowledgeError
from deedline.model.link import Task
from deedline.operations import Linked
from deedline.register import Register, StoredDocument
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.progress import Bar
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import now, plural, who
from deedline.serve.export.tracked import linked_row
from deedline.serve.labels import when


@click.command(cls=Verb, epilog="\ndeedline link\ndeedline link supplement-2025.txt\ndeedline link --json\n")
@click.argument("documents", metavar="[DOCUMENT]…", nargs=-1)
def link(documents: tuple[str, ...]) -> None:
    """Find undertakings that go on and proposals taken up.

    Each edition is compared with each earlier one, and each submission with the editions that may have come after
    it; only what changed since the last time is compared again. DOCUMENT narrows it to pairs that touch it. What
    is found is a suggestion: `review` walks through those that need a person, and what a person judged stays.
    `add` links by itself; this is for after `add --no-link`, a correction, or comparing that was stopped.
    """
    with settings().register() as register:
        chosen = [register.find_document(reference).id for reference in documents] or None
        found = link_documents(register, chosen)
        names = {document.id: document for document in register.documents()}
    found.sort(key=lambda linked: _place(linked, names))
    if settings().as_json:
        print_json({"pairs": [linked_row(linked) for linked in found], "total": len(found)})
        return
    print_linked(found, names)


def link_documents(register: Register, documents: Collection[str] | None = None) -> list[Linked]:
    """Link, with a bar; none where linking cannot run here, which is said. Stopped, it says what is left."""
    bar = Bar("Comparing", 1, hidden=settings().quiet, opening="Comparing documents …")

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.show(done)

    try:
        engine = operations.default_engine(spread=True)
        made = operations.relink(register, at=now(), by=who(), documents=documents, engine=engine, progress=show)
        with telling_left(register, bar):
            return list(made)
    except KnowledgeError as error:
        say(f"Not compared: {error}")
        return []
    finally:
        bar.clear()


@contextmanager
def telling_left(register: Register, bar: Bar | None = None) -> Iterator[None]:
    """Where a person stops what is inside, say how many pairs are left to compare, and what compares them."""
    try:
        yield
    except KeyboardInterrupt:
        if bar is not None:
            bar.clear()
        with suppress(DeedlineError):  # that it was stopped matters more than what is left
            waiting = operations.waiting_pairs(register)
            left = len(waiting.uncompared) + len(waiting.changed)
            if left:
                say(f"{plural(left, 'pair')} of documents left to compare; run deedline link.")
        raise


def print_linked(found: Sequence[Linked], documents: Mapping[str, StoredDocument]) -> None:
    """Pairs as a table, and what to do next."""
    rows = [
        (
            _named(linked.documents[0], documents),
            _named(linked.documents[1], documents),
            linked.pair.task if linked.pair else "no longer compared",
            "as before" if linked.fresh else _news(linked),
            "" if linked.pair is None or linked.pair.ordered else "which came first is not printed",
        )
        for linked in found
    ]
    print_table(("from", "to", "of", "links", "note"), rows)
    if not found and not settings().quiet:
        say("Nothing to compare; it takes two editions, or a submission and an edition that came after it.")


def _place(linked: Linked, documents: Mapping[str, StoredDocument]) -> tuple[bool, bool, list[str]]:
    """Where a pair stands in the table: editions before submissions, what is no longer compared last; by name."""
    pair = linked.pair
    return (
        pair is None,
        pair is None or pair.task is Task.ADOPTION,
        [_named(each, documents) for each in linked.documents],
    )


def _named(document_id: str, documents: Mapping[str, StoredDocument]) -> str:
    document = documents.get(document_id)
    return document_id if document is None else f"{one_line(document.name)} ({when(document.metadata)})"


def _news(linked: Linked) -> str:
    counts = (("added", linked.added), ("changed", linked.changed), ("removed", linked.removed))
    return ", ".join(f"{count:,} {what}" for what, count in counts if count) or "no change"


def tell_linked(found: Sequence[Linked]) -> None:
    """What linking found, in one line, beside the results."""
    fresh = [linked for linked in found if not linked.fresh]
    if not fresh:
        return
    added, removed = sum(linked.added for linked in fresh), sum(linked.removed for linked in fresh)
    gone = f", {removed:,} removed" if removed else ""
    say(f"Compared {plural(len(fresh), 'pair')} of documents: {plural(added, 'link')} added{gone}.")
