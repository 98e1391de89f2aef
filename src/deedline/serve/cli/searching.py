"""`search`: items by their words and their meaning, and what may be typed next."""

from __future__ import annotations

from typing import Any

import click

from deedline.model.values import Role
from deedline.operations.searching import prepare_search, search
from deedline.operations.sought import Hit, Meaning, SearchPage, SearchQuery
from deedline.operations.suggesting import suggest_words
from deedline.operations.wording import marks
from deedline.register import Register
from deedline.serve.cli.listing import filters, query_of
from deedline.serve.cli.output import clean, print_json, print_table
from deedline.serve.cli.progress import Bar
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import choice, plural
from deedline.serve.export.sought import search_row, suggestion_row
from deedline.serve.labels import numbered

_AROUND = 24  # characters shown before and after the first words that matched


@click.command(
    "search",
    cls=Verb,
    epilog="""
deedline search 氫能
deedline search 'hydrogen buses' --kind measure
deedline search '「北部都會區」 -鐵路' --body DEVB --due-before 2026-12-31
deedline search --rebuild
""",
)
@click.argument("words", nargs=-1)
@filters
@click.option("--year", type=click.IntRange(1, 9999), help="Of documents of one year.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, metavar="N", help="At most N.")
@click.option("--after", default="", metavar="NEXT", help="Go on where a page ended; its `next` says where.")
@click.option(
    "--meaning",
    type=choice(Meaning),
    default=Meaning.WHERE_FEW.value,
    show_default=True,
    help="Whether to add items near in meaning.",
)
@click.option("--suggest", is_flag=True, help="Only how the words may go on.")
@click.option("--rebuild", is_flag=True, help="Make the index of words and meanings anew first.")
def search_items(words: tuple[str, ...], year: int | None, suggest: bool, rebuild: bool, **asked: Any) -> None:
    """Search measures, indicators, recommendations and proposals.

    All words must be there, in any script, width or letter case; quotation marks hold an exact phrase, and a word
    after "-" must not be there (type -- before it). What has them in the other language, as far as the glossary
    goes, follows, and where few items have either, those near in meaning; both are marked as such. The index is a
    cache beside the register; it brings itself up to date.
    """
    typed = " ".join(words)
    with settings().register() as register:
        if rebuild:
            _rebuild(register)
            if not typed:
                return
        if suggest:
            _print_suggestions(register, typed, asked["limit"])
            return
        after, meaning = asked.pop("after"), Meaning(asked.pop("meaning"))
        within = query_of(register, {**asked, "text": ""})
        page = search(register, SearchQuery(typed, within, year, asked["limit"], after, meaning))
        if settings().as_json:
            print_json(search_row(register, page))
            return
    _print_page(page)


# The words are the text, and what is late is computed, not searched.
search_items.params = [param for param in search_items.params if param.name not in {"late", "text"}]


def _rebuild(register: Register) -> None:
    bar = Bar("Indexing", 2 * register.count_items(), hidden=settings().quiet)

    def more(done: int) -> None:
        bar.show(min(bar.done + done, bar.total))

    try:
        left = prepare_search(register, anew=True, progress=more)
    finally:
        bar.clear()
    if not settings().quiet:
        say("The search index is made anew." + (f" {plural(left, 'item')} could not be encoded." if left else ""))


def _print_suggestions(register: Register, typed: str, limit: int) -> None:
    found = suggest_words(register, typed, limit)
    if settings().as_json:
        print_json({"suggestions": [suggestion_row(one) for one in found]})
        return
    print_table(("kind", "words", "items"), [(one.kind, one.words, one.count) for one in found], right=frozenset({2}))


def _print_page(page: SearchPage) -> None:
    heads = ("id", "kind", "number", "due", "bodies", "found by", "text")
    print_table(heads, map(_told, page.hits), right=frozenset({2}), dividers=_dividers(page))
    if settings().quiet:
        return
    for one in page.bodies:
        say(f"Body: {clean(one.words)} ({one.id}), {plural(one.count, 'item')}.")
    for one in page.names:
        say(f"Name: {clean(one.words)}, {plural(one.count, 'item')}.")
    having = "most of the words, as none has all" if page.most_words else "the words"
    beside = f"; {page.translated:,} more with translations" if page.translated else ""
    near = f"; {page.near:,} near in meaning only" if page.near else ""
    any_found = page.total or page.translated or page.near
    say(f"{plural(page.total, 'item')} with {having}{beside}{near}." if any_found else "No item fits.")
    for typed, others in page.rendered if page.translated else ():
        say(f"Translated: {clean(typed)} is {', '.join(others)}.")
    for note in page.notes:
        say(f"Note: {note}.")
    if page.next:
        say(f"More: --after {page.next}")


def _told(hit: Hit) -> tuple[object, ...]:
    item = hit.stored.item
    return (
        hit.stored.id,
        item.kind.value,
        numbered(item),
        item.due,
        "、".join(dict.fromkeys(each.name for each in item.bodies if each.role is not Role.MENTIONED)),
        _why(hit),
        _excerpt(hit),
    )


def _dividers(page: SearchPage) -> dict[int, str]:
    """What is said before the first hit of a lesser kind: translations, and what is near in meaning only."""
    kinds = ["near in meaning only" if not hit.matches else "translated" if hit.translated else "" for hit in page.hits]
    return {place: f"── {kind} ──" for place, kind in enumerate(kinds) if kind and kind not in kinds[:place]}


def _why(hit: Hit) -> str:
    told = ((match.field, match.stands_for and f" (for {clean(match.stands_for)})") for match in hit.matches)
    fields = list(dict.fromkeys(f"{field}{typed}" for field, typed in told))
    near = [f"near in meaning {hit.near:.2f}"] if hit.near is not None else []
    return ", ".join([*fields, *near])


def _excerpt(hit: Hit) -> str:
    """The words around the first that matched, each that did in brackets; the beginning where none did."""
    text = hit.stored.item.text
    spans = marks(match for match in hit.matches if match.field == "text")
    start = max(0, spans[0][0] - _AROUND) if spans else 0
    parts, at = ["…" if start else ""], start
    for first, end, _ in spans:
        parts += [text[at:first], "[", text[first:end], "]"]
        at = end
    return "".join([*parts, text[at:]])
