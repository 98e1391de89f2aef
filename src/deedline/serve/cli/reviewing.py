"""`review` and `judge`: what a person holds of links."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice

import click

from deedline import operations
from deedline.errors import InputError
from deedline.model.link import STRONG, Link, LinkState, Relation
from deedline.operations import Doubt, Held
from deedline.register import Register, StoredItem
from deedline.serve.cli.asking import ask
from deedline.serve.cli.doubting import walk as walk_issues
from deedline.serve.cli.output import clean, one_line, print_json
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import choice, now, plural, who
from deedline.serve.export.shape import link_row
from deedline.serve.export.shown import doubt_rows, settled_row
from deedline.serve.labels import numbered

_ASK = "[a]ccept  [r]eject  [c]orrect  [s]kip  [q]uit"
_RELATIONS = ", ".join(sorted(Relation))


@click.command(
    cls=Verb,
    epilog="""
deedline judge 3fa9 81bc --relation same --accept --why 'the same system'
deedline judge 3fa9 81bc --reject
deedline judge 5d20 81bc --relation partly --accept --by 'M. Chan'
""",
)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--relation", type=choice(Relation), help="What it is; that of the machine's link unless given.")
@click.option("--accept/--reject", "accepted", default=None, help="Whether it is so.")
@click.option("--why", default="", help="Your reason, kept in the history.")
@click.option("--by", help="Your name; DEEDLINE_USER or this machine's user unless given.")
def judge(source: str, target: str, relation: str | None, accepted: bool | None, why: str, by: str | None) -> None:
    """Accept, reject or add a link between two items.

    FROM is the later commitment and TO the earlier, or FROM a proposal and TO a measure: ids, or their beginnings.
    A judgement wins over the machine and stays when documents are read or compared again; `undo` withdraws it.
    """
    if accepted is None:
        raise click.UsageError("say --accept or --reject")
    state = LinkState.ACCEPTED if accepted else LinkState.REJECTED
    with settings().register() as register:
        asked = operations.relation_of(register, source, target, Relation(relation) if relation else None)
        held = operations.judge(register, Held(source, target, asked, state), at=now(), by=by or who(), why=why)
    if settings().as_json:
        print_json(link_row(held))
    elif not settings().quiet:
        click.echo(f"{held.state}: {held.from_id} {held.relation} {held.to_id}")


@click.command(
    cls=Verb,
    epilog="""
deedline review --by 'M. Chan'
deedline review --document party-submission.txt --relation answers
deedline review --json
""",
)
@click.option("--document", help="Of one document: id, beginning of it, file name or part of its title.")
@click.option(
    "--relation",
    type=click.Choice(sorted(relation.value for relation in STRONG)),
    multiple=True,
    help="Of one relation; may be repeated.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N of each.")
@click.option("--issues", "only", flag_value="issues", help="Doubts of reading alone.")
@click.option("--links", "only", flag_value="links", help="Links alone, as with --relation.")
@click.option("--by", help="Your name; DEEDLINE_USER or this machine's user unless given.")
def review(
    document: str | None, relation: tuple[str, ...], limit: int | None, only: str | None, by: str | None
) -> None:
    """Walk through the links and doubts that wait for a person.

    Of links the likeliest come first, both texts with the machine's reasons. Answer with a key and your reason after
    it: a accepts, r rejects, c corrects the relation (`c related`), s skips, q quits. Of a doubt of reading, a accepts
    what was read, r says that it is dealt with, and c corrects values (`c due=2025-06-30 the annex`). Each answer is
    kept at once, so nothing is lost by stopping. With --json what waits is only listed.
    """
    if only == "issues" and relation:
        raise click.UsageError("--relation is of links; leave --issues away")
    with settings().register() as register:
        links = (
            []
            if only == "issues"
            else list(islice(operations.doubts(register, document=document, relations=relation), limit))
        )
        issues = () if relation or only == "links" else operations.open_issues(register, document)[:limit]
        if settings().as_json:
            shown = {"doubts": list(doubt_rows(register, links)), "issues": [settled_row(each) for each in issues]}
            print_json({**shown, "total": len(links), "total_issues": len(issues)})
            return
        answers, name = _answers(), by or who()
        judged, stopped = _walk(register, links, answers, name)
        settled = 0 if stopped else walk_issues(register, issues, answers, name)
        left = len(operations.waiting_links(register, document=document, relations=relation))
        open_still = len(operations.open_issues(register, document))
    click.echo(f"{judged} judged, {plural(left, 'link')} still waiting.")
    if issues:
        click.echo(f"{settled} settled, {plural(open_still, 'doubt')} of reading still waiting.")


def _walk(register: Register, waiting: Sequence[Doubt], answers: Iterator[str], by: str) -> tuple[int, bool]:
    """Ask about each link; how many were judged, and whether the person stopped."""
    judged = 0
    for number, doubt in enumerate(waiting, 1):
        _show(doubt, number, len(waiting))
        held = _ask(doubt, answers)
        if held is None:
            return judged, True
        kept, why = held
        if kept is not None:
            judged += _judge(register, kept, by, why)
    return judged, False


def _judge(register: Register, held: Held, by: str, why: str) -> bool:
    """Keep what is held; what cannot be said of these two is told, and the link waits on."""
    try:
        operations.judge(register, held, at=now(), by=by, why=why)
    except InputError as error:
        say(f"{error}. Not kept; the link still waits.")
        return False
    return True


def _answers() -> Iterator[str]:
    """Lines that the person types; ends where nobody answers."""
    while line := sys.stdin.readline():
        yield line


def _ask(doubt: Doubt, answers: Iterator[str]) -> tuple[Held | None, str] | None:
    """What the person holds, with the reason; (None, "") to skip, None to quit."""
    link = doubt.link
    while True:
        typed = ask(_ASK, answers)
        if typed is None:
            return None
        key, rest = typed
        if key == "s":
            return None, ""
        if key in ("a", "r"):
            state = LinkState.ACCEPTED if key == "a" else LinkState.REJECTED
            return Held(link.from_id, link.to_id, Relation(link.relation), state), rest
        relation, _, why = rest.partition(" ")
        if key == "c" and relation in set(Relation):
            return Held(link.from_id, link.to_id, Relation(relation), LinkState.ACCEPTED), why.strip()
        say(f"Type a, r, s, q, or c with one of {_RELATIONS}; a reason may follow.")


def _show(doubt: Doubt, number: int, total: int) -> None:
    link = doubt.link
    head = f"\n{number} of {total}: {link.relation}? ({link.score:.2f})"
    click.echo(click.style(head, bold=True))
    for name, stored, end in (("from", doubt.source, "from"), ("to", doubt.target, "to")):
        item = stored.item
        due = f", due {item.due}" if item.due else ""
        where = (
            f"{stored.id}  {one_line(stored.document_name)}, line {item.lines[0]}, {item.kind} {numbered(item)}{due}"
        )
        click.echo(f"  {name:<4}  {where}")
        click.echo(f"        {_marked(stored, link, end)}")
    for reason in link.why:
        click.echo(f"  why   {one_line(reason)}")
    for other in doubt.others:
        click.echo(f"  holds {other.relation} {other.to_id} ({other.score:.2f})")


def _marked(stored: StoredItem, link: Link, end: str) -> str:
    """The item's words, those that the link's evidence points at underlined on a terminal."""
    item = stored.item
    if sum(span.end - span.start for span in item.spans) != len(item.text) or not sys.stdout.isatty():
        return one_line(item.text)
    pointed = [tuple(span) for entry in link.evidence for span in entry.get(end, ())]
    offsets = [offset for span in item.spans for offset in range(span.start, span.end)]
    return "".join(
        click.style(clean(character), underline=True) if any(a <= at < b for a, b in pointed) else clean(character)
        for character, at in zip(item.text, offsets, strict=True)
    )
