"""`correct` and `settle`: what a person holds of values and of doubts, over what was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import click

from deedline import operations
from deedline.errors import InputError
from deedline.model.item import Item, ItemKind
from deedline.model.values import Role, StatusCode
from deedline.operations import Settling
from deedline.register import NOTHING, WRONG_KINDS, Correction, Field, Said, Settled
from deedline.serve.cli.output import one_line, print_json
from deedline.serve.cli.shell import Verb, settings
from deedline.serve.cli.words import now, who
from deedline.serve.export.listed import listed_rows
from deedline.serve.export.shown import correction_row, settled_row

# What is typed before "=" in `review`, and as an option of `correct`, and the value that it means.
_SIMPLE = (Field.DUE, Field.KIND, Field.STATUS, Field.TARGET, Field.ACTUAL, Field.BASELINE)
_ROLES = {"lead": Role.LEAD, "joint": Role.JOINT, "no-body": NOTHING}
NAMES = (*_SIMPLE, *_ROLES, Field.DEADLINE)


def said_of(name: str, value: str) -> Said:
    """What `NAME=VALUE` says; bodies by id, name or abbreviation. InputError where the name is none of NAMES."""
    if not value:
        raise InputError(f"{name}: say a value, or {NOTHING!r} for none")
    if name in _ROLES:
        return Said(Field.BODY, _ROLES[name], operations.find_body(value))
    if name == Field.DEADLINE:
        return Said(Field.DEADLINE, "by", value)
    if name not in _SIMPLE:
        raise InputError(f"{name!r} is nothing to correct; it is one of {', '.join(NAMES)}")
    return Said(Field(name), value)


def told(correction: Correction) -> str:
    """A correction in words: what was read, what holds, who says so and why."""
    said = correction.said
    signed = f"by {correction.by} on {correction.at:%Y-%m-%d}" + (
        f" because {correction.why}" if correction.why else ""
    )
    if said.field is Field.WRONG:
        return f"{said.of.partition(' ')[0]} “{correction.read}” read, held to be wrong {signed}"
    what = f"{said.field} {said.of}".rstrip()
    if not correction.read:
        value = "" if said.field is Field.DEADLINE else f" {said.value}"
        return f"{what}{value} added {signed}"
    return f"{what} read {correction.read}, corrected to {said.value} {signed}"


def _several(name: str, text: str) -> click.Option:
    return click.Option([name, name.strip("-").replace("-", "_")], multiple=True, metavar="BODY", help=text)


@click.command(
    cls=Verb,
    params=[
        _several("--body", "A body that leads; these and --joint alone undertake it then. May be repeated."),
        _several("--lead", "A body that leads, beside those read. May be repeated."),
        _several("--joint", "A body that acts jointly. May be repeated."),
        _several("--no-body", "A body that has no part in it. May be repeated."),
    ],
    epilog="""
deedline correct 3fa9 --due 2025-06-30 --why 'the annex says June'
deedline correct 3fa9 --body hk/itib --status completed --why 'press release' --by 'M. Chan'
deedline correct 3fa9 --target 20% --actual '14%' --why 'misread table'
deedline correct 3fa9 --wrong 'deadline 2025年底' --why 'the date of a survey'
deedline correct 3fa9 --as-read due --why 'the annex was withdrawn'
""",
)
@click.argument("item", metavar="ID")
@click.option("--due", metavar="DAY", help="The due day as YYYY-MM-DD, or none.")
@click.option("--kind", type=click.Choice([kind.value for kind in ItemKind]), help="What it is.")
@click.option("--status", type=click.Choice([*(code.value for code in StatusCode), NOTHING]), help="As coded, or none.")
@click.option("--target", metavar="FIGURE", help="The figure promised, with its unit: 20%, '45 km'.")
@click.option("--actual", metavar="FIGURE", help="The figure reached.")
@click.option("--baseline", metavar="FIGURE", help="The figure where it starts.")
@click.option("--deadline", metavar="DAY", multiple=True, help="A deadline that was missed. May be repeated.")
@click.option(
    "--wrong",
    metavar="'KIND WORDS'",
    multiple=True,
    help=f"A value read where there is none: {', '.join(WRONG_KINDS)}.",
)
@click.option("--as-read", metavar="VALUE", multiple=True, help="Go back to what was read: due, 'body hk/itib', …")
@click.option("--why", required=True, help="Your reason, kept in the history.")
@click.option("--by", help="Your name; DEEDLINE_USER or this machine's user unless given.")
def correct(item: str, why: str, by: str | None, **asked: str | tuple[str, ...] | None) -> None:
    """Correct what was read of an item.

    ID is an item's id or the beginning of it. What was read stays beside the correction, which wins everywhere and
    stays when the document is read again; `undo` takes it back. An item's words are never changed. BODY is an id, a
    name or an abbreviation.
    """
    with settings().register() as register:
        said = list(_said(register.item(item).item, asked))
        stored = operations.correct(register, item, said, at=now(), by=by or who(), why=why)
        (row,) = listed_rows(register, [stored])
    if settings().as_json:
        print_json({"item": row, "corrections": [correction_row(each) for each in stored.corrections]})
    elif not settings().quiet:
        click.echo(f"{stored.id}  {one_line(stored.item.text)}")
        for line in map(told, stored.corrections):
            click.echo(f"  {one_line(line)}")


def _said(item: Item, asked: Mapping[str, str | tuple[str, ...] | None]) -> Iterator[Said]:
    """What the options say of an item."""

    def several(name: str) -> Sequence[str]:
        return tuple(asked[name] or ())

    for field in _SIMPLE:
        if asked[field]:
            yield Said(field, str(asked[field]))
    joint = several("joint")
    if bodies := [operations.find_body(words) for words in several("body")]:
        yield from operations.only_bodies(item, bodies, map(operations.find_body, joint))
        joint = ()
    for name, given in (("lead", several("lead")), ("joint", joint), ("no-body", several("no_body"))):
        yield from (said_of(name, words) for words in given)
    yield from (said_of(Field.DEADLINE, day) for day in several("deadline"))
    yield from (Said(Field.WRONG, "wrong", words) for words in several("wrong"))
    for words in several("as_read"):
        name, _, of = words.partition(" ")
        if name not in set(Field):
            raise InputError(f"--as-read {words!r}: it is one of {', '.join(Field)}, with what it is of")
        yield Said(Field(name), "", of)


@click.command(
    cls=Verb,
    epilog="""
deedline settle 81bc --dismissed --why 'so printed'
deedline settle 81bc --resolved --why 'the due day is corrected'
deedline settle 81bc --open --why 'settled in error'
""",
)
@click.argument("issue", metavar="ISSUE")
@click.option("--resolved", "state", flag_value=Settled.RESOLVED.value, help="It was right, and is dealt with.")
@click.option("--dismissed", "state", flag_value=Settled.DISMISSED.value, help="It was none: what was read is right.")
@click.option("--open", "state", flag_value="open", help="It is open after all.")
@click.option("--why", required=True, help="Your reason, kept in the history.")
@click.option("--by", help="Your name; DEEDLINE_USER or this machine's user unless given.")
def settle(issue: str, state: str | None, why: str, by: str | None) -> None:
    """Settle a doubt of reading.

    ISSUE is its id or the beginning of it: `issues` lists them. It stays settled when the document is read again, as
    long as the same doubt of the same words is found.
    """
    if state is None:
        raise click.UsageError("say --resolved, --dismissed or --open")
    settling = Settling(issue, None if state == "open" else Settled(state))
    with settings().register() as register:
        stored = operations.settle(register, settling, at=now(), by=by or who(), why=why)
    if settings().as_json:
        print_json(settled_row(stored))
    elif not settings().quiet:
        click.echo(f"{state}: {stored.id}  {one_line(stored.issue.message)}")
