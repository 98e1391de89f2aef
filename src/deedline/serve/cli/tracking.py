"""`compare`, `due` and `thread`: undertakings across editions, at a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import click

from deedline import operations
from deedline.model.entry import Entry
from deedline.model.link import LinkState
from deedline.operations import Editions, Fate, FateCode, Followed
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import as_of_option, choice, named, plural
from deedline.serve.export.tracked import (
    compared_row,
    editions_row,
    fate_counts,
    followed_row,
    slippage_row,
    undertaking_row,
)
from deedline.serve.labels import when

_DAYS = re.compile(r"(\d{1,5})\s*(d|w|m|y)?", re.IGNORECASE)
_IN_DAYS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}


class Days(click.ParamType[int]):
    """A number of days: 90, 90d, 12w, 3m or 1y."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The days, or a usage error that shows the form."""
        found = _DAYS.fullmatch(str(value).strip())
        if found is None:
            self.fail(f"{value!r} is no number of days; write it as 90, 90d, 12w or 3m", param, ctx)
        return int(found[1]) * _IN_DAYS[(found[2] or "").lower()]


@click.command(
    cls=Verb,
    epilog="""
deedline compare supplement-2023 supplement-2024
deedline compare 2023 2024 --only no_mention
deedline compare 75442879 82872dca --summary --json
""",
)
@click.argument("one", metavar="EDITION")
@click.argument("other", metavar="EDITION")
@click.option("--only", type=choice(FateCode), multiple=True, help="Only what became of it so; may be repeated.")
@click.option("--summary", is_flag=True, help="Only how many met which fate.")
@as_of_option
def compare(one: str, other: str, only: tuple[str, ...], summary: bool, as_of: date | None) -> None:
    """Show what became of each commitment between two editions.

    EDITION is the year that an edition prints, or a document's id, the beginning of it, its file name or a part of
    its title; the earlier one is found by their dates. `no_mention` says that nothing in the later edition was found
    to continue it, and shows what came nearest: it does not say that anything was given up. `cannot_say` is for what
    lies outside the one chapter that one of them consists of.
    """
    with settings().register() as register:
        found = operations.compare_editions(register, one, other, as_of)
    if settings().as_json:
        row = editions_row(found)
        if only:
            for side in ("earlier_items", "later_items"):
                row[side] = [entry for entry in row[side] if entry["fate"] in only]
        counts = {**compared_row(found.compared), "summary": fate_counts(found)}
        print_json(counts if summary else {**row, **counts})
        return
    _print_comparison(found, only, summary=summary)


def _print_comparison(found: Editions, only: tuple[str, ...], *, summary: bool) -> None:
    counted = fate_counts(found)
    for name, document in (("earlier", found.earlier), ("later", found.later)):
        told = "not compared yet"
        if counted is not None:
            told = ", ".join(f"{count} {code}" for code, count in sorted(counted[name].items())) or "nothing"
        click.echo(f"{name:<7}  {one_line(document.name)} ({when(document.metadata)}): {told}")
    if found.compared.told:
        say(found.compared.told)
    for note in (found.comparison.scope, "" if found.ordered else "Their printed dates do not tell which came first."):
        if note and not settings().quiet:
            say(note)
    if summary or counted is None:
        return
    entries = {entry.id: entry for entry in found.entries}
    fates = (*found.comparison.earlier, *(fate for fate in found.comparison.later if not fate.counterparts))
    rows = [_fate(fate, entries) for fate in fates if not only or fate.code in only]
    click.echo()
    print_table(("became", "item", "was", "now", "text", "what changed, or came nearest"), rows)


def _fate(fate: Fate, entries: Mapping[str, Entry]) -> tuple[object, ...]:
    beside = "; ".join(fate.changes)
    if fate.nearest is not None:
        other = fate.nearest.from_id if fate.nearest.to_id == fate.entry_id else fate.nearest.to_id
        text = entries[other].item.text if other in entries else ""
        said = ", rejected by a person" if fate.nearest.state is LinkState.REJECTED else ""
        beside = f"nearest {other} ({fate.nearest.score:.2f}, {fate.nearest.relation}{said}): {text}"
    item = entries[fate.entry_id].item
    was = item.report.as_printed if item.report else ""
    return fate.code, fate.entry_id, was, " ".join(fate.counterparts), item.text, beside


@click.command(
    cls=Verb,
    epilog="""
deedline due
deedline due --within 6m --body 運輸及物流局
deedline due --as-of 2025-01-01 --coming --json
""",
)
@click.option("--within", type=Days(), default="90d", show_default=True, help="How far ahead: 90d, 12w, 6m, 1y.")
@click.option("--body", help="Of one body: id, abbreviation, Chinese or English name, short form.")
@click.option("--coming", is_flag=True, help="Not what is past.")
@as_of_option
def due(within: int, body: str | None, coming: bool, as_of: date | None) -> None:
    """List what falls due soon, or fell due and is not done.

    Each day that an undertaking promises is listed by itself, with the words that promise it.
    What is only `to begin` by its day is told so; what begins with its own document is not waited for.
    An undertaking that a later edition restates is listed as that edition has it. `no_report`: nothing was
    reported since the day; `late`: a report after the day does not say that it is done. How far dates moved as
    they were restated, by body, is in --json.
    """
    chosen = operations.find_body(body) if body else None
    with settings().register() as register:
        known = operations.scene(register, as_of)
        caution = operations.told_of_editions(register, known.documents)
    found = operations.due(known, within=within, body=chosen, past=not coming)
    if settings().as_json:
        moved = [slippage_row(slippage) for slippage in operations.slippage(known)]
        rows = [followed_row(followed) for followed in found]
        row = {"as_of": known.as_of.isoformat(), "caution": caution or None}
        print_json({**row, "items": rows, "total": len(rows), "slippage": moved})
        return
    heads = ("due", "days", "standing", "", "item", "bodies", "text", "file")
    print_table(heads, map(_due, found), right=frozenset({1}))
    if caution:
        say(caution)
    if not settings().quiet:
        say(f"{plural(len({each.entry.id for each in found}), 'undertaking')}, as known by {known.when}.")


def _due(followed: Followed) -> tuple[object, ...]:
    standing, item = followed.standing, followed.entry.item
    bodies = "、".join(dict.fromkeys(mention.name for mention in item.bodies))
    words = followed.promised
    begins = "to begin" if standing.milestone is not None and standing.milestone.begins else ""
    return standing.due, standing.days, standing.code, begins, followed.entry.id, bodies, words, followed.document.name


@click.command(cls=Verb, epilog="\ndeedline thread 3fa9\ndeedline thread 3fa9c04e11d2 --as-of 2025-01-01 --json\n")
@click.argument("item_id", metavar="ID")
@as_of_option
def thread(item_id: str, as_of: date | None) -> None:
    """Show one undertaking across editions.

    Each promise of it stands with its date, by how many days that moved, and where it stood on the day. ID is the id
    of any of its items, or the beginning of it. Only links that a person accepted, or of which the machine is sure,
    join items.
    """
    with settings().register() as register:
        known = operations.scene(register, as_of)
        found = operations.thread(known, item_id)
        ids = {followed.entry.id for followed in found.steps}
        links = [link for link in known.links if link.from_id in ids and link.to_id in ids]
        documents = {followed.document.id for followed in found.steps}
        uncompared = operations.uncompared_with(register, documents)
        changed = operations.changed_with(register, documents)
    if settings().as_json:
        print_json({"as_of": known.as_of.isoformat(), **undertaking_row(found, links, uncompared, changed)})
        return
    moved = {step.entry.id: step.moved for step in found.thread.steps} if found.thread else {}
    for followed in found.steps:
        _print_step(followed, moved.get(followed.entry.id))
        for link in links:
            if link.from_id == followed.entry.id:
                why = f": {one_line('; '.join(link.why))}" if link.why else ""
                click.echo(f"    {link.relation} {link.to_id} ({link.score:.2f}, {link.state}){why}")
    if uncompared:
        say(f"Not compared yet with {named(uncompared)}; run deedline link.")
    if changed:
        say(f"Changed since it was compared with {named(changed)}; run deedline link.")
    if found.thread is None and not uncompared and not settings().quiet:
        say("It stands alone: no link that holds continues it.")
    if found.thread and found.thread.slipped is not None and not settings().quiet:
        say(f"Moved by {found.thread.slipped} days since it was first dated, as known by {known.when}.")


def _print_step(followed: Followed, moved: int | None) -> None:
    item, standing = followed.entry.item, followed.standing
    shift = f" ({moved:+d} days)" if moved else ""
    day = f"due {standing.due}{shift}" if standing.due else "no date"
    head = f"{when(followed.document.metadata):<10}  {followed.entry.id}  {item.kind}, {day}, {standing.code}"
    click.echo(click.style(head, bold=True))
    click.echo(f"    {one_line(item.text)}")
    if len(standing.stages) > 1:
        for stage in standing.stages:
            click.echo(f"    {stage.milestone.due}  {stage.code}: {one_line(stage.milestone.clause)}")
    elif standing.told is not None:
        click.echo(f"    {one_line(standing.reasons[0])}")
    if item.report is not None:
        click.echo(
            f"    {item.report.as_of or ''} {one_line(item.report.as_printed)}: {one_line(item.report.narrative)}"
        )
