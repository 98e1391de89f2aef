"""All that a register holds at a day, as tracking takes it: documents, entries, links, threads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from deedline.errors import TooLargeError
from deedline.model.entry import Entry
from deedline.model.item import ItemKind
from deedline.model.link import CONTINUING, Link
from deedline.model.values import Report
from deedline.operations.linking import entries, entry_of
from deedline.operations.remembering import remembered
from deedline.operations.twins import CHINESE, bounds, doubles
from deedline.register import ItemState, Register, StoredDocument, StoredItem
from deedline.track.threads import Thread, make_threads

COMMITMENTS = frozenset({ItemKind.MEASURE, ItemKind.INDICATOR})


@dataclass(frozen=True, slots=True)
class Scene:
    """What was known on the day `as_of`: documents that may date from then or before, in their order, their entries
    by id, the links between these, and their threads. `thread_of` gives an entry's thread."""

    as_of: date
    documents: Mapping[str, StoredDocument]
    entries: Mapping[str, Entry]
    links: Sequence[Link]
    threads: Sequence[Thread]
    thread_of: Mapping[str, Thread]

    def of_document(self, document_id: str) -> tuple[Entry, ...]:
        """The entries of a document, in reading order."""
        return tuple(entry for entry in self.entries.values() if entry.document_id == document_id)

    def doubles(self, language: str = CHINESE) -> frozenset[str]:
        """Ids of the documents that say in another language what its edition in `language` says."""
        return doubles(tuple(self.documents.values()), language)

    def reports_on(self, entry: Entry) -> tuple[Report, ...]:
        """The reports that speak of an entry's undertaking: its own and those of its thread."""
        thread = self.thread_of.get(entry.id)
        listed = [step.entry for step in thread.steps] if thread is not None else [entry]
        return tuple(each.item.report for each in listed if each.item.report is not None)

    def is_restated(self, entry: Entry) -> bool:
        """Whether a later edition restates or continues an entry, so that the later one speaks for it now."""
        thread = self.thread_of.get(entry.id)
        return thread is not None and any(entry.id in step.follows for step in thread.steps)

    def known_by(self, document_id: str) -> date:
        """The last day from which a document can date; a document without a date is as new as the scene."""
        return min(bounds(self.documents[document_id].metadata)[1], self.as_of)


_MOST: ContextVar[int | None] = ContextVar("most items of a scene", default=None)


@contextmanager
def at_most(items: int) -> Iterator[None]:
    """Inside, a scene of a register that holds more items is refused: for servers, whose memory has bounds."""
    token = _MOST.set(items)
    try:
        yield
    finally:
        _MOST.reset(token)


def documents_held(register: Register) -> tuple[StoredDocument, ...]:
    """All documents by date, name and id, remembered until the register changes."""
    with register.snapshot():
        return remembered(register, ("documents",), register.documents, len)


def newest_day(register: Register) -> date:
    """The day for which results stand unless another is asked for: that from which the newest document dates.

    Where only a year or month is printed, its first day: nothing is called overdue that may not be.
    """
    return max((d.metadata.dated for d in documents_held(register) if d.metadata.dated), default=date.min)


def scene(register: Register, as_of: date | None = None) -> Scene:
    """What the register holds as it was known on a day; documents of later dates are left out.

    The same Scene as before where nothing changed since (see `remembering`). TooLargeError where `at_most` says so.
    """
    with register.snapshot():
        demand_bounded(register)
        day = as_of or newest_day(register)
        return remembered(register, ("scene", day), lambda: _whole(register, day), _weight)


def demand_bounded(register: Register) -> None:
    """Refuse what would read every item of a register that holds more than `at_most` allows (TooLargeError)."""
    most = _MOST.get()
    if most is None:
        return
    if remembered(register, ("more than", most), lambda: register.count_items(most=most + 1)) > most:
        raise TooLargeError(
            f"This register holds more than {most:,} items: too many to compare all of them with each other while a"
            " page waits. Lists and search show any number of them; `deedline` on a command line computes the rest."
        )


def _whole(register: Register, day: date) -> Scene:
    documents = _known(documents_held(register), day)
    found = {entry.id: entry for document in documents.values() for entry in entries(register, document)}
    links = [link for link in register.links() if link.from_id in found and link.to_id in found]
    return _scene(day, documents, found, links)


def _weight(known: Scene) -> int:
    return len(known.entries) + len(known.links)


def scene_around(register: Register, item_id: str, as_of: date | None = None) -> Scene:
    """The part of the scene that an item's thread and links show: enough to judge that item, at any size."""
    with register.snapshot():
        day = as_of or newest_day(register)
        documents = _known(documents_held(register), day)
        stored, links = _reached(register, item_id)
    found = {
        each.id: entry_of(each, documents[each.document_id].metadata.dated)
        for each in stored
        if each.document_id in documents
    }
    return _scene(day, documents, found, [link for link in links if link.from_id in found and link.to_id in found])


def _known(documents: Sequence[StoredDocument], day: date) -> dict[str, StoredDocument]:
    dated = ((document, document.metadata.dated) for document in documents)
    return {document.id: document for document, first in dated if first is None or first <= day}


def _reached(register: Register, item_id: str) -> tuple[list[StoredItem], list[Link]]:
    """The items of a thread with all links upon them, and the items at the other ends."""
    links: dict[tuple[str, str], Link] = {}
    reached, edge = {item_id}, [item_id]
    while edge:
        for link in register.links(edge.pop()):
            links[link.from_id, link.to_id] = link
            fresh = {link.from_id, link.to_id} - reached
            if link.holds and link.relation in CONTINUING and fresh:
                reached |= fresh
                edge.extend(fresh)
    ends = sorted({item_id, *(end for pair in links for end in pair)})
    stored = [item for item in map(register.item, ends) if item.state is ItemState.PRESENT]
    return stored, [links[pair] for pair in sorted(links)]


def _scene(
    day: date, documents: Mapping[str, StoredDocument], found: Mapping[str, Entry], links: Sequence[Link]
) -> Scene:
    commitments = [entry for entry in found.values() if entry.item.kind in COMMITMENTS]
    threads = make_threads(commitments, links)
    thread_of = {step.entry.id: thread for thread in threads for step in thread.steps}
    return Scene(day, documents, found, links, threads, thread_of)
