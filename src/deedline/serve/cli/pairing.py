"""`pair`: the Chinese and the English edition of one document beside each other, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from deedline.errors import KnowledgeError, TooLargeError
from deedline.model.pairing import Discrepancy, DiscrepancyCode, Printed
from deedline.operations.pairing import Languages, pair_languages, say_pair
from deedline.serve.cli.linking import link_documents
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.shell import FAILED, OK, Verb, complain, say, settings
from deedline.serve.cli.words import choice, now, plural, who
from deedline.serve.export.paired import languages_row
from deedline.serve.labels import when


@click.command(
    cls=Verb,
    epilog="""
deedline pair supplement-2024.zh.pdf supplement-2024.en.pdf
deedline pair supplement-2024.zh supplement-2024.en --only date --only figure
deedline pair supplement-2024.zh supplement-2024.en --pairs
deedline pair supplement-2024.zh supplement-2024.en --same
""",
)
@click.argument("one", metavar="ZH")
@click.argument("other", metavar="EN")
@click.option("--only", type=choice(DiscrepancyCode), multiple=True, help="Only what differs so; may be repeated.")
@click.option("--pairs", is_flag=True, help="Show the pairs too.")
@click.option("--same/--not-same", default=None, help="Say that they are one publication in two languages, or are not.")
@click.option("--anyway", is_flag=True, help="List the differences though few items are paired.")
def pair(one: str, other: str, only: tuple[str, ...], pairs: bool, same: bool | None, anyway: bool) -> int:
    """Lay two editions in two languages side by side, item by item.

    Lists where they differ: another date, figure, body or status, an item that one of them has not, another number
    or place. Each with the words and lines of both. ZH and EN are ids, beginnings of them, file names or parts of
    titles. What may be a fault of reading is marked with "?". Such editions are recognised by what they print and
    how much they hold; --same and --not-same keep what you know, by their series and edition. Where few items of
    both are paired, nothing is listed unless --anyway.
    """
    with settings().register() as register:
        if same is not None:
            with register.action():
                say_pair(register, (one, other), same=same, at=now(), by=who())
                link_documents(register)
        try:
            found = pair_languages(register, one, other)
        except (KnowledgeError, TooLargeError) as error:
            if same is None:
                raise
            raise type(error)(f"{error}. What you said of the two is kept") from error
    if not (found.alike or anyway or same is not None):
        both = f"{one_line(found.one.name)} and {one_line(found.other.name)}"
        paired = f"{found.paired:,} of {plural(len(found.entries), 'item')} paired"
        complain(
            f"{both} do not look like two languages of one document ({paired}); name its editions, or give --anyway "
            "to list the differences"
        )
        return FAILED
    if same is False and not (found.alike or anyway or settings().as_json):
        say("Kept: they are not one publication in two languages.")
        return OK
    if settings().as_json:
        row = languages_row(found)
        if only:
            row["discrepancies"] = [each for each in row["discrepancies"] if each["code"] in only]
        print_json(row)
        return OK
    _print_heads(found)
    shown = [each for each in found.found.discrepancies if not only or each.code in only]
    click.echo()
    print_table(("differs in", "what", "lines", "prints", "lines", "prints"), [_row(each, found) for each in shown])
    if pairs:
        click.echo()
        _print_pairs(found)
    if not settings().quiet:
        _say_sum(shown, found)
    return OK


def _print_heads(found: Languages) -> None:
    for document in (found.one, found.other):
        click.echo(f"{document.metadata.language:<3} {one_line(document.name)} ({when(document.metadata)})")
    for kind, (first, second) in found.found.counts.items():
        click.echo(f"    {kind}: {first} and {second}")
    if not found.recognised and not settings().quiet:
        say("They are not taken for one publication in two languages; --same says that they are.")


def _row(each: Discrepancy, found: Languages) -> tuple[object, ...]:
    mark = "" if each.sure else "?"
    return f"{each.code}{mark}", each.what, *_printed(each.one, found), *_printed(each.other, found)


def _printed(printed: Printed | None, found: Languages) -> tuple[str, str]:
    if printed is None:
        return "", "no such item"
    first, last = found.lines(printed)
    return (str(first) if first == last else f"{first}-{last}"), printed.words or "nothing of it"


def _print_pairs(found: Languages) -> None:
    rows = [
        (
            " ".join(pair.one),
            " ".join(pair.other),
            f"{pair.score:.2f}{'' if pair.sure else '?'}",
            " / ".join(found.entries[item].item.text for item in pair.one),
            " / ".join(found.entries[item].item.text for item in pair.other),
        )
        for pair in found.found.pairs
    ]
    print_table(("item", "beside", "fit", "text", "text"), rows, right=frozenset({2}))


def _say_sum(shown: Sequence[Discrepancy], found: Languages) -> None:
    counts = Counter(each.sure for each in shown)
    doubted = sum(not pair.sure for pair in found.found.pairs)
    parts = [f"{plural(len(found.found.pairs), 'pair')}, {plural(counts[True], 'discrepancy', 'discrepancies')}"]
    if counts[False]:
        several = "more that may be faults of reading"
        parts.append(plural(counts[False], several.replace("faults", "a fault"), several))
    if doubted:
        parts.append(f"{plural(doubted, 'pair')} to look at")
    say(", ".join(parts) + ".")
