"""Indicators with what their figures and dates bear out, beside what was reported officially."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deedline.knowledge.fold import passage_of
from deedline.knowledge.indicators import table_words
from deedline.knowledge.milestones import milestones_of
from deedline.model.assessment import Assessment
from deedline.model.attainment import Attainment
from deedline.model.entry import Entry
from deedline.model.item import Item, LineRole
from deedline.model.values import BY_PERSON, Report
from deedline.operations.remembering import remembered
from deedline.operations.scene import Scene, scene
from deedline.operations.twins import CHINESE
from deedline.register import Register, StoredDocument
from deedline.track.assess import assess
from deedline.track.attainment import attainment_of, attainments_of
from deedline.track.counted import held_apart
from deedline.track.held import attainment_held


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with what was computed of it; `promised_on` is the latest day on which it can have been set.

    `figures` are all its promised figures of which the report speaks, in the order of the text; `attainment` is the one
    among them that speaks for it.
    """

    entry: Entry
    document: StoredDocument
    promised_on: date
    attainment: Attainment | None
    assessment: Assessment | None
    figures: tuple[Attainment, ...] = ()

    @property
    def late(self) -> bool:
        """Whether it was due before a report that does not say it is done."""
        return self.assessment is not None and self.assessment.late

    @property
    def done_late(self) -> bool:
        """Whether its report tells it as done upon a later day than promised."""
        return self.assessment is not None and self.assessment.done_late is not None

    @property
    def disagrees(self) -> bool:
        """Whether its official status says otherwise than figures and dates bear out."""
        return self.assessment is not None and self.assessment.disagrees

    @property
    def others(self) -> tuple[Attainment, ...]:
        """The figures beside the one that speaks for it."""
        return tuple(each for each in self.figures if each is not self.attainment)


def measured(register: Register, known: Scene) -> Iterator[Measured]:
    """Every entry with a report, in the documents' order, assessed at the day of that report.

    What happened since is not the report's to say: `standings` tells of it.
    """
    for document in known.documents.values():
        reported = [entry for entry in known.of_document(document.id) if entry.item.report is not None]
        years = years_set(register, document) if reported else ()
        for entry in reported:
            yield measure(entry, document, known, years)


def all_measured(register: Register, as_of: date | None = None) -> tuple[Measured, ...]:
    """`measured` of all that was known on a day, as it was computed before where nothing changed since."""
    with register.snapshot():
        known = scene(register, as_of)
        return remembered(register, ("measured", known.as_of), lambda: tuple(measured(register, known)), len)


def measured_once(
    register: Register, known: Scene, document: str | None = None, language: str = CHINESE
) -> list[Measured]:
    """`all_measured` of a document by its id, or of all, there each publication in one language alone: in `language`
    where it has that."""
    again = known.doubles(language) if document is None else frozenset[str]()
    listed = (each for each in all_measured(register, known.as_of) if each.document.id not in again)
    return [each for each in listed if document in (None, each.document.id)]


def measured_one(register: Register, known: Scene, item_id: str) -> Measured | None:
    """What was computed of one entry of the scene; None where it has no report."""
    entry = known.entries.get(item_id)
    if entry is None or entry.item.report is None:
        return None
    document = known.documents[entry.document_id]
    return measure(entry, document, known, years_set(register, document))


def measure(entry: Entry, document: StoredDocument, known: Scene, years: Sequence[tuple[int, int]]) -> Measured:
    """One reported entry, with `years` as `years_set` gives them."""
    item, report = entry.item, entry.item.report
    promised_on = promise_day(entry, known, years)
    if report is None:
        return Measured(entry, document, promised_on, None, None)
    attained, figures = figures_of(item, report, document)
    day = min(report.as_of or known.as_of, known.as_of)
    speaking = _speaking(item, report, attained, document)
    held = attainment_held(attained, item.held)
    figures = tuple(held if held is not None and each == attained else each for each in figures)
    window = _window(item, document) if held is not None else None
    found = assess(speaking, held, promised_on, day, figures, window=window)
    return Measured(entry, document, promised_on, held, found, figures)


def figures_of(
    item: Item, report: Report, document: StoredDocument
) -> tuple[Attainment | None, tuple[Attainment, ...]]:
    """The figure that speaks for an item, and every promised one of which its report speaks.

    One that is held apart speaks only where no other does: it must not hide how far the others go.
    """
    words = f"{item.lead_in} {item.text}" if item.lead_in else item.text
    read = (item.quantities, report.figures, words, report.narrative, document.metadata.language)
    every = attainments_of(*read)
    figures = tuple(held_apart(item, each, lambda: _window(item, document)) for each in every)
    speaking = attainment_of(*read, apart=[each for each, held in zip(every, figures, strict=True) if held.apart])
    return next((held for read, held in zip(every, figures, strict=True) if read == speaking), None), figures


def is_late(item: Item, document: StoredDocument) -> bool:
    """Whether an item was due before its own report, of which neither status, words nor figures say that it is done."""
    report = item.report
    if item.due is None or report is None or report.as_of is None or item.due >= report.as_of:
        return False
    attained, figures = figures_of(item, report, document)
    speaking = _speaking(item, report, attained, document)
    found = assess(speaking, attainment_held(attained, item.held), None, report.as_of, figures)
    return found is not None and found.late


def _window(item: Item, document: StoredDocument) -> date | None:
    """The first day of the time that the opening of a list prints for all that follows: 「至2027年的五年間：」."""
    if not item.lead_in or any(limit.promised and limit.latest for limit in item.deadlines):
        return None
    from deedline.find.deadlines import find_deadlines
    from deedline.read.metadata import place_of

    metadata, opening = document.metadata, passage_of(item.lead_in)
    times = find_deadlines(opening, metadata.dated, place_of(metadata), metadata.language, carried=True)
    above = milestones_of(replace(item, text=item.lead_in, deadlines=times))
    return above[-1].since if above else None


def _speaking(item: Item, report: Report, attained: Attainment | None, document: StoredDocument) -> Item:
    """An item with what of its report speaks of its figure; as it is where a person holds what it says."""
    if attained is None or report.rule == BY_PERSON or item.held:
        return item
    return replace(item, report=_report_of(attained, report, document))


def _report_of(attained: Attainment, report: Report, document: StoredDocument) -> Report:
    """What of a report speaks of the figure: where it goes on to another status, from there on that one holds."""
    from deedline.find.reports import read_report
    from deedline.read.metadata import place_of

    place, language = place_of(document.metadata), document.metadata.language
    parts = read_report(passage_of(report.narrative), report.as_of, place, language)
    figure = attained.actual_quantity
    said = ((figure.as_printed, figure.value) in ((q.as_printed, q.value) for q in part.figures) for part in parts)
    own = next((part for part, holds in zip(parts, said, strict=True) if holds), report)
    return replace(own, deadlines=report.deadlines) if own.status is not None else report


def years_set(register: Register, document: StoredDocument) -> tuple[tuple[int, int], ...]:
    """Lines of headings that name the year in which the indicators under them were set, each with that year."""
    with register.snapshot():
        return remembered(register, ("years set", document.id), lambda: _years_set(register, document))


def _years_set(register: Register, document: StoredDocument) -> tuple[tuple[int, int], ...]:
    from deedline.read.metadata import place_of

    words = table_words(place_of(document.metadata), document.metadata.language)
    headings = [line.number for line in register.lines(document.id) if line.role is LineRole.HEADING]
    printed = register.document_text(document.id).split("\n")
    named = ((number, words.year_set(printed[number - 1])) for number in headings)
    return tuple((number, year) for number, year in named if year is not None)


def promise_day(entry: Entry, known: Scene, years: Sequence[tuple[int, int]]) -> date:
    """The latest day on which an entry's promise can have been made: by the first edition that holds it, or by the
    year that the heading above it names."""
    thread = known.thread_of.get(entry.id)
    holders = [step.entry for step in thread.steps] if thread is not None else [entry]
    days = [known.known_by(holder.document_id) for holder in holders]
    at = bisect_right(years, (entry.item.lines[0], 10_000))
    if at:
        days.append(date(years[at - 1][1], 12, 31))
    return min(days)


def disagreements(found: Sequence[Measured]) -> tuple[Measured, ...]:
    """Those whose official status says otherwise than the figures and dates bear out."""
    return tuple(each for each in found if each.disagrees)
