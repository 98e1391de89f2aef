"""Feeds of what changed: of items by any filter, of a thread, of a document.

Entries come from the register's history, so each keeps its id and its time however often the feed is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from deedline.errors import NotFoundError
from deedline.model.link import LinkState
from deedline.operations import Scene, demand_few
from deedline.register import Change, ItemChange, ItemQuery, Judgement, Register, Verb
from deedline.serve.feeds.atom import Entry, Feed
from deedline.serve.feeds.channel import Channel
from deedline.serve.labels import body_named, label, listed
from deedline.serve.site import Site
from deedline.serve.words import words

MOST = 50
MOST_READ = 10_000  # changes that are looked through, at most, for those that say something
_TITLE_LENGTH = 90
# Columns that change when a document is read again though nothing is said otherwise.
_SILENT = frozenset({"position", "key", "line_start", "line_end", "page", "document_id", "id", "parent"})
_TOLD = ("number", "kind", "batch", "due", "status")


def items_feed(
    register: Register, chosen: ItemQuery | Collection[str], site: Site, about: Channel, *, limit: int = MOST
) -> Feed:
    """What became of the items that a query finds, retired ones too, or of those with these ids: of any filter or
    search."""
    with register.snapshot():
        entries = tuple(_item_entries(register, _ids(register, chosen), site, limit))
    return _feed(about, entries, site)


def thread_feed(register: Register, known: Scene, item_id: str, site: Site, *, address: str = "") -> Feed:
    """What became of an undertaking: its items in all editions, and what people held of the links between them.

    NotFoundError where no commitment of the scene has the id.
    """
    if item_id not in known.entries:
        raise NotFoundError(f"{item_id}: no item has that id; `deedline items` lists them")
    thread = known.thread_of.get(item_id)
    ids = [step.entry.id for step in thread.steps] if thread else [item_id]
    with register.snapshot():
        found = _item_entries(register, ids, site, MOST)
        judged = {each.number: each for each in _judgements(register, ids)}
        found += [_judgement_entry(register, each, site) for each in judged.values()]
    entries = sorted(found, key=lambda entry: (entry.updated, entry.id), reverse=True)[:MOST]
    name, title = thread.id if thread else item_id, _short(known.entries[ids[0]].item.text)
    page = site.item(name) if site.base else ""
    return _feed(Channel(("thread", name), title, address, page), tuple(entries), site)


def document_feed(register: Register, document_id: str, site: Site, *, address: str = "", limit: int = MOST) -> Feed:
    """What became of a document: added, read again, edited, linked. NotFoundError where there is none."""
    document = register.document(document_id)
    changes = register.history(document_id, limit=limit)
    entries = tuple(_change_entry(register, change, site) for change in changes)
    title = document.metadata.title or document.name
    page = site.document(document_id) if site.base else ""
    return _feed(Channel(("document", document_id), title, address, page), entries, site)


def _feed(about: Channel, entries: tuple[Entry, ...], site: Site) -> Feed:
    name = site.tag("feed", *about.names)
    return Feed(name, about.title, site.title, entries, about.address, about.page, site.language)


def _ids(register: Register, chosen: ItemQuery | Collection[str]) -> Collection[str] | None:
    """The ids of what is chosen; None for all there is."""
    if not isinstance(chosen, ItemQuery):
        return chosen
    if chosen == ItemQuery():
        return None
    whole = replace(chosen, limit=None, after=None, retired=True)
    demand_few(register, whole)
    return [stored.id for stored in register.items(whole)]


# Items


def _item_entries(register: Register, ids: Collection[str] | None, site: Site, limit: int) -> list[Entry]:
    """Changes that say something, newest first; further back where many say nothing, as after a new reading."""
    most = limit * 4
    while True:
        rows = register.item_changes(ids, limit=most)
        told = ((change, _told(change, site.language)) for change in rows)
        found = list(islice(((change, said) for change, said in told if said is not None), limit))
        if len(found) == limit or len(rows) < most or most > MOST_READ:
            return [_item_entry(register, change, said, site) for change, said in found]
        most *= 8


def _told(change: ItemChange, language: str) -> tuple[str, list[str]] | None:
    """What happened in a word, and line by line; None where nothing is said otherwise than before."""
    gettext = words(language).gettext
    before, after = change.before, change.after
    if before is None and after is not None:
        named = listed(_bodies(after, language), language)
        lines = [_line(name, after.get(name), language) for name in _TOLD]
        return gettext("New"), [line for line in (*lines, _line("bodies", named, language)) if line]
    if after is None or before is None:
        return gettext("Removed"), []
    if after.get("state") == "retired":
        return gettext("No longer in the document"), []
    lines = [
        f"{gettext(name)}: {_shown(name, before.get(name), language)} → {_shown(name, after.get(name), language)}"
        for name in sorted(set(before) | set(after))
        if name not in _SILENT and name not in ("detail", "state")
    ]
    lines += _details(before.get("detail") or {}, after.get("detail") or {}, gettext)
    return (gettext("Changed"), lines) if lines or "state" in after else None


def _bodies(row: Mapping[str, Any], language: str) -> list[str]:
    """The bodies that a kept row names, by their names in a language, each once."""
    mentions = (row.get("detail") or {}).get("bodies", ())
    return list(dict.fromkeys(body_named(each.get("body_id"), each["name"], language).words for each in mentions))


def _details(before: Mapping[str, Any], after: Mapping[str, Any], gettext: Callable[[str], str]) -> list[str]:
    """Which further values are printed otherwise; where words stand is left aside."""
    names = sorted(set(before) | set(after) - {"spans"})
    return [
        f"{gettext('changed')}: {gettext(name)}"
        for name in names
        if _printed(before.get(name)) != _printed(after.get(name))
    ]


def _printed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _printed(each) for name, each in value.items() if name not in ("spans", "status_spans", "rule")}
    return [_printed(each) for each in value] if isinstance(value, list) else value


def _line(name: str, value: Any, language: str) -> str:
    return f"{words(language).gettext(name)}: {_shown(name, value, language)}" if value else ""


def _shown(name: str, value: Any, language: str) -> str:
    if value in (None, ""):
        return "—"
    return label(str(value), language) if name in ("kind", "status", "batch") else str(value)


def _item_entry(register: Register, change: ItemChange, told: tuple[str, list[str]], site: Site) -> Entry:
    what, lines = told
    text, path = _words_of(register, change)
    kind = (change.after or change.before or {}).get("kind")
    present = bool(text) and change.after is not None
    return Entry(
        id=site.tag("item", change.item_id, "change", change.number),
        title=f"{what}: {_short(text)}" if text else what,
        updated=change.at,
        summary="\n".join([text, *([" › ".join(path)] if path else []), *lines]).strip(),
        address=site.item(change.item_id) if site.base and present else "",
        categories=((kind, label(kind, site.language)),) if kind else (),
    )


def _words_of(register: Register, change: ItemChange) -> tuple[str, list[str]]:
    """An item's words and headings: as the change left or found them, else as they stand."""
    for row in (change.after, change.before):
        if row and row.get("text"):
            return str(row["text"]), list((row.get("detail") or {}).get("path", ()))
    try:
        item = register.item(change.item_id).item
    except NotFoundError:
        return "", []
    return item.text, list(item.path)


# Judgements and changes


def _judgements(register: Register, ids: Iterable[str]) -> Iterator[Judgement]:
    wanted = frozenset(ids)
    for item_id in sorted(wanted):
        yield from (each for each in register.judgements(item_id) if {each.from_id, each.to_id} <= wanted)


def _judgement_entry(register: Register, judged: Judgement, site: Site) -> Entry:
    gettext = words(site.language).gettext
    said = {
        LinkState.ACCEPTED: gettext("A person accepted a link"),
        LinkState.REJECTED: gettext("A person rejected a link"),
        None: gettext("A judgement was withdrawn"),
    }.get(judged.state, gettext("A link was judged"))
    ends = [register.item(end).item.text for end in (judged.from_id, judged.to_id)]
    return Entry(
        id=site.tag("judgement", judged.number),
        title=f"{said}: {label(judged.relation, site.language)}",
        updated=judged.at,
        summary="\n".join([*ends, *([judged.why] if judged.why else [])]),
        address=site.item(judged.from_id) if site.base else "",
        categories=(("judgement", gettext("judgement")),),
    )


def _change_entry(register: Register, change: Change, site: Site) -> Entry:
    gettext = words(site.language).gettext
    said = {
        Verb.ADD: gettext("Document added"),
        Verb.READ: gettext("Document read again"),
        Verb.EDIT: gettext("Document described anew"),
        Verb.REMOVE: gettext("Document removed"),
        Verb.LINK: gettext("Links found"),
        Verb.JUDGE: gettext("A link was judged"),
        Verb.CORRECT: gettext("A value was corrected"),
        Verb.SETTLE: gettext("A doubt was settled"),
        Verb.FETCH: gettext("Document fetched"),
        Verb.WATCH: gettext("An address is watched"),
        Verb.COLUMNS: gettext("Columns of spreadsheets were named"),
        Verb.UNDO: gettext("A change was taken back"),
    }[change.verb]
    name, address = _subject(register, change.subject, site)
    counts = [f"{gettext(what)}: {count}" for what, count in sorted(change.counts.items())]
    return Entry(
        id=site.tag("change", change.number),
        title=f"{said}: {name}" if name else said,
        updated=change.at,
        summary="\n".join([*counts, *([change.why] if change.why else [])]),
        address=address,
        categories=((change.verb.value, said),),
    )


def _subject(register: Register, subject: str, site: Site) -> tuple[str, str]:
    """What a change is about, and its page, where it is a document that is there."""
    try:
        document = register.document(subject)
    except NotFoundError:
        return "", ""
    return document.metadata.title or document.name, site.document(document.id) if site.base else ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _TITLE_LENGTH else f"{flat[: _TITLE_LENGTH - 1]}…"
