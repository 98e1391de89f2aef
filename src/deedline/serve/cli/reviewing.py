"""`review` and `judge`: what a person holds of links."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice

import click

from deedline import operations
from deedline.model.link import STRONG, Link, LinkState, Relation
from deedline.operations import Doubt, Held
from deedline.register import Register, StoredItem
from deedline.serve.cli.output import clean, one_line, print_json
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import choice, now, plural, who
from deedline.serve.export.shape import link_row
from deedline.serve.export.shown import doubt_row
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
@click.option("--document", help="Links from or to one document: id, beginning of it, file name or part of its title.")
@click.option(
    "--relation",
    type=click.Choice(sorted(relation.value for relation in STRONG)),
    multiple=True,
    help="Of one relation; may be repeated.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N of them.")
@click.option("--by", help="Your name; DEEDLINE_USER or this machine's user unless given.")
def review(document: str | None, relation: tuple[str, ...], limit: int | None, by: str | None) -> None:
    """Walk through the links that wait for a person.

    The likeliest come first, both texts with the machine's reasons. Answer with a key and, if you like, your reason
    after it: a accepts, r rejects, c corrects the relation (`c related`), s skips, q quits. Each answer is kept at
    once, so nothing is lost by stopping. With --json the queue is only listed.
    """
    with settings().register() as register:
        waiting = list(islice(operations.doubts(register, document=document, relations=relation), limit))
        if settings().as_json:
            print_json({"doubts": [doubt_row(doubt) for doubt in waiting], "total": len(waiting)})
            return
        judged = _walk(register, waiting, by or who())
        issues = operations.open_issues(register, document)
    click.echo(f"{judged} judged, {plural(len(waiting) - judged, 'link')} still waiting.")
    if issues and not settings().quiet:
        say(f"{plural(len(issues), 'doubt')} of reading to look at, too: `deedline issues` lists them.")


def _walk(register: Register, waiting: Sequence[Doubt], by: str) -> int:
    """Ask about each link; how many were judged."""
    judged = 0
    answers = _answers()
    for number, doubt in enumerate(waiting, 1):
        _show(doubt, number, len(waiting))
        held = _ask(doubt, answers)
        if held is None:
            break
        kept, why = held
        if kept is not None:
            operations.judge(register, kept, at=now(), by=by, why=why)
            judged += 1
    return judged


def _answers() -> Iterator[str]:
    """Lines that the person types; ends where nobody answers."""
    while line := sys.stdin.readline():
        yield line


def _ask(doubt: Doubt, answers: Iterator[str]) -> tuple[Held | None, str] | None:
    """What the person holds, with the reason; (None, "") to skip, None to quit."""
    link = doubt.link
    while True:
        click.echo(click.style(f"{_ASK}: ", bold=True), nl=False)
        line = next(answers, None)
        if line is None:
            click.echo()
            return None
        key, _, rest = line.strip().partition(" ")
        if key == "q":
            return None
        if key == "s":
            return None, ""
        if key in ("a", "r"):
            state = LinkState.ACCEPTED if key == "a" else LinkState.REJECTED
            return Held(link.from_id, link.to_id, Relation(link.relation), state), rest.strip()
        relation, _, why = rest.strip().partition(" ")
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
