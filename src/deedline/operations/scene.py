"""All that a register holds at a day, as tracking takes it: documents, entries, links, threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date

from deedline.errors import TooLargeError
from deedline.model.entry import Entry
from deedline.model.item import COMMITMENTS
from deedline.model.link import CONTINUING, Link
from deedline.model.values import Report
from deedline.operations.comparing import entries, entry_of
from deedline.operations.remembering import documents_held, remembered
from deedline.operations.twins import CHINESE, bounds, doubles
from deedline.register import ItemState, Register, StoredDocument, StoredItem
from deedline.track.standing import Kept
from deedline.track.threads import Thread, make_threads

_TOGETHER = 200  # items that are read at once


@dataclass(frozen=True, slots=True)
class Scene:
    """What was known on the day `as_of`: documents that may date from then or before, in their order, their entries
    by id, the links between these, and their threads. `thread_of` gives an entry's thread. `kept` remembers what
    reports say of an entry's days, by its id, once that was read. `precision` says how exactly the day is known."""

    as_of: date
    documents: Mapping[str, StoredDocument]
    entries: Mapping[str, Entry]
    links: Sequence[Link]
    threads: Sequence[Thread]
    thread_of: Mapping[str, Thread]
    precision: str = "day"
    kept: dict[str, tuple[Kept, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def when(self) -> str:
        """The day as exactly as it is known: 2024-10-16, or 2025 where the newest document prints no more."""
        return as_exactly(self.as_of, self.precision)

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


def said_again(register: Register, language: str) -> tuple[str, ...]:
    """Ids of the documents that say in another language what their edition in `language`, or the only other one, says:
    what lists leave out that show a publication once. Remembered until the register changes."""
    with register.snapshot():
        question = ("said again", language)
        return remembered(register, question, lambda: tuple(sorted(doubles(documents_held(register), language))))


def newest_day(register: Register) -> date:
    """The day for which results stand unless another is asked for: that from which the newest document dates.

    Where only a year or month is printed, its first day: nothing is called overdue that may not be.
    """
    return max((d.metadata.dated for d in documents_held(register) if d.metadata.dated), default=date.min)


def precision_of(register: Register, as_of: date | None = None) -> str:
    """How exactly the day is known for which results stand: "day" where one is asked for, else as the newest document
    prints its own: "day", "month" or "year"."""
    newest = newest_day(register)
    if as_of is not None:
        return "day"
    printed = {d.metadata.dated_precision for d in documents_held(register) if d.metadata.dated == newest}
    return next((precision for precision in ("day", "month", "year") if precision in printed), "day")


def as_exactly(day: date, precision: str) -> str:
    """A day as far as it is known: 2025-01-01, 2025-01 or 2025."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def scene(register: Register, as_of: date | None = None) -> Scene:
    """What the register holds as it was known on a day; documents of later dates are left out.

    The same Scene as before where nothing changed since (see `remembering`). TooLargeError where `at_most` says so.
    """
    with register.snapshot():
        demand_bounded(register)
        newest = newest_day(register)
        day, precision = as_of or newest, precision_of(register, as_of)
        known = min(day, newest)  # on later days nothing more is known
        whole = remembered(register, ("scene", known), lambda: _whole(register, known), _weight)
        if (day, precision) == (whole.as_of, whole.precision):
            return whole
        question = ("scene", day, precision)
        return remembered(
            register,
            question,
            lambda: replace(whole, as_of=day, precision=precision, kept={}),
            lambda made: len(made.entries),
        )


def known_documents(register: Register, day: date) -> tuple[StoredDocument, ...]:
    """The documents that may date from a day or before, in their order."""
    dated = ((document, document.metadata.dated) for document in documents_held(register))
    return tuple(document for document, first in dated if first is None or first <= day)


def _known(register: Register, day: date) -> dict[str, StoredDocument]:
    return {document.id: document for document in known_documents(register, day)}


def is_large(register: Register) -> bool:
    """Whether the register holds more items than `at_most` allows, so that there is no scene of all of it."""
    most = _MOST.get()
    if most is None:
        return False
    with register.snapshot():
        return remembered(register, ("more than", most), lambda: register.count_items(most=most + 1)) > most


def demand_bounded(register: Register) -> None:
    """Refuse what would read every item of a register that `is_large` (TooLargeError)."""
    if is_large(register):
        raise TooLargeError(
            f"This register holds more than {_MOST.get():,} items: too many to compare all of them with each other"
            " while a page waits. Lists and search show any number of them; `deedline` on a command line computes the"
            " rest."
        )


def _whole(register: Register, day: date) -> Scene:
    documents = _known(register, day)
    found = {entry.id: entry for document in documents.values() for entry in entries(register, document)}
    links = [link for link in register.links() if link.from_id in found and link.to_id in found]
    return _scene(day, documents, found, links)


def _weight(known: Scene) -> int:
    return len(known.entries) + len(known.links)


def scene_around(register: Register, item_id: str, as_of: date | None = None) -> Scene:
    """The part of the scene that an item's thread and links show: enough to judge that item, at any size."""
    with register.snapshot():
        return scene_among(register, [register.item(item_id)], as_of)


def scene_among(register: Register, chosen: Sequence[StoredItem], as_of: date | None = None) -> Scene:
    """`scene_around` of several items that are at hand."""
    with register.snapshot():
        day = as_of or newest_day(register)
        documents = _known(register, day)
        stored, links = _reached(register, chosen)
    found = {
        each.id: entry_of(each, documents[each.document_id].metadata.dated)
        for each in stored
        if each.document_id in documents
    }
    return _scene(day, documents, found, _inside(links, found))


def scene_of(register: Register, chosen: Sequence[StoredDocument], as_of: date | None = None) -> Scene:
    """The scene; of a register that `is_large`, the part that some documents hold, with the links between these.

    Enough to compare them with each other. TooLargeError where they alone hold more than `at_most` allows.
    """
    with register.snapshot():
        if not is_large(register):
            return scene(register, as_of)
        if sum(document.size for document in chosen) > (_MOST.get() or 0):
            demand_bounded(register)
        day = as_of or newest_day(register)
        documents = _known(register, day)
        listed = [document for document in chosen if document.id in documents]
        found = {entry.id: entry for document in listed for entry in entries(register, document)}
        links = {(link.from_id, link.to_id): link for key in found for link in register.links(key)}
        return _scene(day, documents, found, _inside(links.values(), found))


def _inside(links: Iterable[Link], found: Mapping[str, Entry]) -> list[Link]:
    """Those that join two of the entries, by the ids that they join."""
    listed = (link for link in links if link.from_id in found and link.to_id in found)
    return sorted(listed, key=lambda link: (link.from_id, link.to_id))


def _reached(register: Register, chosen: Sequence[StoredItem]) -> tuple[list[StoredItem], list[Link]]:
    """The items of some items' threads with all links upon them, and the items at the other ends."""
    had = {stored.id: stored for stored in chosen}
    links: dict[tuple[str, str], Link] = {}
    reached, edge = set(had), list(had)
    while edge:
        for link in register.links(edge.pop()):
            links[link.from_id, link.to_id] = link
            fresh = {link.from_id, link.to_id} - reached
            if link.holds and link.relation in CONTINUING and fresh:
                reached |= fresh
                edge.extend(fresh)
    others = sorted({end for pair in links for end in pair} - had.keys())
    for start in range(0, len(others), _TOGETHER):
        had.update(register.items_by_id(others[start : start + _TOGETHER]))
    return [had[key] for key in sorted(had) if had[key].state is ItemState.PRESENT], list(links.values())


def _scene(
    day: date, documents: Mapping[str, StoredDocument], found: Mapping[str, Entry], links: Sequence[Link]
) -> Scene:
    commitments = [entry for entry in found.values() if entry.item.kind in COMMITMENTS]
    threads = make_threads(commitments, links)
    thread_of = {step.entry.id: thread for thread in threads for step in thread.steps}
    return Scene(day, documents, found, links, threads, thread_of)
