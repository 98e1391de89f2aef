"""All that a register holds at a day, as tracking takes it: documents, entries, links, threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.model.entry import Entry
from deedline.model.item import ItemKind
from deedline.model.link import Link
from deedline.model.values import Report
from deedline.operations.linking import entries
from deedline.operations.ordering import bounds
from deedline.register import Register, StoredDocument
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


def newest_day(register: Register) -> date:
    """The day for which results stand unless another is asked for: that from which the newest document dates.

    Where only a year or month is printed, its first day: nothing is called overdue that may not be.
    """
    return max((d.metadata.dated for d in register.documents() if d.metadata.dated), default=date.min)


def scene(register: Register, as_of: date | None = None) -> Scene:
    """What the register holds as it was known on a day; documents of later dates are left out."""
    with register.snapshot():
        day = as_of or newest_day(register)
        documents = {
            document.id: document
            for document in register.documents()
            if document.metadata.dated is None or document.metadata.dated <= day
        }
        found = {entry.id: entry for document in documents.values() for entry in entries(register, document)}
        links = [link for link in register.links() if link.from_id in found and link.to_id in found]
    commitments = [entry for entry in found.values() if entry.item.kind in COMMITMENTS]
    threads = make_threads(commitments, links)
    thread_of = {step.entry.id: thread for thread in threads for step in thread.steps}
    return Scene(day, documents, found, links, threads, thread_of)
