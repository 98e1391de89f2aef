"""`show`: an item with what proves it, what was computed of it, and the links upon it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import click

from deedline import operations
from deedline.model.values import BY_PERSON, Deadline, Quantity
from deedline.operations import Shown
from deedline.serve.cli.correcting import told
from deedline.serve.cli.output import clean, one_line, print_json
from deedline.serve.cli.shell import Verb, settings
from deedline.serve.cli.words import as_of_option, named, plural, reasons_told
from deedline.serve.evidence import Piece, SourceLine, excerpt
from deedline.serve.export.shown import own_links, shown_row
from deedline.serve.labels import numbered, when
from deedline.serve.places import anchored, recognised
from deedline.serve.words import ENGLISH

_CONTEXT_CHARACTERS = 160  # of a line beside the item's own
_COLOURS = {"deadline": "yellow", "body": "cyan", "quantity": "magenta", "figure": "magenta"}


@click.command(
    cls=Verb, epilog="\ndeedline show 3fa9\ndeedline show 3fa9c04e11d2 --around 10\ndeedline show 3fa9 --json\n"
)
@click.argument("item_id", metavar="ID")
@click.option("--around", type=click.IntRange(0, 1000), default=2, show_default=True, help="Lines before and after.")
@as_of_option
def show(item_id: str, around: int, as_of: date | None) -> None:
    """Show one item, its values and the lines that prove it.

    ID is an item's id or the beginning of it. Its values are marked in the lines of the source: in colour on a
    terminal, between ⟦ ⟧ elsewhere.
    """
    with settings().register() as register:
        shown = operations.show(register, item_id, as_of)
    lines = excerpt(shown.text, shown.stored.item, around)
    if settings().as_json:
        print_json(shown_row(shown, lines))
        return
    _print_values(shown)
    first, last = shown.stored.item.lines
    place = anchored(shown.stored.item, shown.document, ENGLISH)
    named = ", ".join(filter(None, (shown.document.name, place)))
    click.echo(f"\n{one_line(named)}, line{f' {first}' if first == last else f's {first}–{last}'}:")
    for line in lines:
        _print_line(line)


def _print_values(shown: Shown) -> None:
    item, metadata = shown.stored.item, shown.document.metadata
    click.echo(click.style(f"{shown.stored.id}  {item.kind} {numbered(item)}".rstrip(), bold=True))
    click.echo(f"{one_line(item.text)}\n")
    report = item.report
    facts: list[tuple[str, str]] = [
        ("state", "no longer in its document" if shown.stored.state.value == "retired" else ""),
        ("document", " ".join(filter(None, (metadata.title, shown.document.id, when(metadata))))),
        ("read by", recognised(item, ENGLISH).removeprefix("read by ")),
        ("under", " › ".join(item.path)),
        ("part of", " ".join(filter(None, (shown.stored.parent_id, item.lead_in)))),
        ("batch", item.batch or ""),
        *(("body", f"{m.name} ({', '.join(filter(None, (m.role, m.body_id)))})") for m in item.bodies),
        ("due", item.due.isoformat() if item.due else ""),
        *(("deadline" if d.promised else "date", _deadline(d)) for d in item.deadlines),
        *(("quantity", _quantity(quantity)) for quantity in item.quantities),
        *(("name", f"{name.as_printed} ({name.kind})") for name in item.names),
    ]
    if report:
        said = " by a person" if report.rule == BY_PERSON else ""
        coded = f"{report.as_printed or 'not printed'} → {report.status or 'not coded'}{said}"
        facts.append(("status", f"{coded}, as of {report.as_of or '?'}"))
        facts.append(("report", report.narrative))
        facts.extend(("reported", _quantity(figure)) for figure in report.figures)
    facts.extend(("corrected", told(correction)) for correction in shown.stored.corrections)
    facts.extend(_computed(shown))
    facts.extend(("holds", f"{part.id}  {numbered(part.item)}  {part.item.text}") for part in shown.parts)
    facts.extend(("issue", f"{stored.issue.code}: {stored.issue.message}") for stored in shown.issues)
    for name, value in facts:
        if value:
            click.echo(f"{name:<9}  {one_line(value)}")


def _computed(shown: Shown) -> Iterator[tuple[str, str]]:
    """What was computed of an item, and the links upon it, those that hold first."""
    assessment = shown.measured.assessment if shown.measured else None
    if assessment is not None:
        differs = " ≠ the status" if assessment.disagrees else ""
        yield "bears out", f"{assessment.verdict}{differs}: {reasons_told(assessment.reasons)}"
    if shown.followed is not None:
        standing = shown.followed.standing
        yield "standing", f"{standing.code} on {shown.around.as_of}: {reasons_told(standing.reasons)}"
        thread = shown.followed.thread
        yield "thread", f"{thread.id}, {plural(len(thread.steps), 'step')}" if thread else ""
    if shown.uncompared:
        yield "compared", f"not compared yet with {named(shown.uncompared)}; run deedline link"
    if shown.changed:
        yield "compared", f"changed since it was compared with {named(shown.changed)}; run deedline link"
    for link in own_links(shown):
        other = link.to_id if link.from_id == shown.stored.id else link.from_id
        way = "→" if link.from_id == shown.stored.id else "←"
        doubt = "" if link.holds else " ?"
        text = shown.around.entries[other].item.text
        yield "link", f"{way} {link.relation}{doubt} {other} ({link.score:.2f}, {link.state}) {text}"


def _deadline(deadline: Deadline) -> str:
    sides = (
        deadline.earliest.isoformat() if deadline.earliest else "",
        deadline.latest.isoformat() if deadline.latest else "",
    )
    printed = "held by a person" if deadline.rule == BY_PERSON else deadline.as_printed
    return f"{printed} → {'…'.join(sides)} ({deadline.kind}, {deadline.precision})"


def _quantity(quantity: Quantity) -> str:
    per = f" per {quantity.per}" if quantity.per else ""
    return f"{quantity.as_printed} → {quantity.comparator} {quantity.value:g} {quantity.unit}{per} ({quantity.basis})"


def _print_line(line: SourceLine) -> None:
    head = click.style(f"{line.number:>7} {'▸' if line.inside else ' '} ", dim=not line.inside or None)
    if not line.inside:
        text = clean("".join(piece.text for piece in line.pieces).rstrip("\r"))
        cut = text[:_CONTEXT_CHARACTERS] + "…" if len(text) > _CONTEXT_CHARACTERS else text
        click.echo((head + click.style(cut, dim=True)).rstrip())
    else:
        click.echo((head + "".join(map(_marked, line.pieces))).rstrip())


def _marked(piece: Piece) -> str:
    text = clean(piece.text.rstrip("\r"))
    if not piece.mark:
        return click.style(text, dim=True)
    if piece.mark in ("item", "report"):
        return text
    if sys.stdout.isatty():
        return click.style(text, underline=True, fg=_COLOURS.get(piece.mark, "green"))
    return f"⟦{text}⟧"
