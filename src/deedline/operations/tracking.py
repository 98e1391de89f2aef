"""Undertakings at a day: where each stands, what falls due, how far dates moved, and two editions side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from deedline.errors import InputError, NotFoundError
from deedline.model.entry import Entry
from deedline.model.item import COMMITMENTS
from deedline.model.link import Task
from deedline.model.values import Report
from deedline.operations.compared import Compared, compared
from deedline.operations.measuring import figures_of
from deedline.operations.ordering import Pair, compared_with, find_edition, is_edition, of_two_places, told_of_places
from deedline.operations.remembering import documents_held, remembered
from deedline.operations.scene import Scene, scene_of
from deedline.operations.twins import CHINESE, bounds
from deedline.register import Register, StoredDocument
from deedline.track.absence import Comparison, compare
from deedline.track.standing import DONE, PAST, Kept, Standing, StandingCode, at_stage, days_kept, standing_at
from deedline.track.threads import Thread

_WAITING = PAST | {StandingCode.DUE_SOON}


@dataclass(frozen=True, slots=True)
class Followed:
    """A commitment with where it stands. `thread` is the undertaking that it is a step of, None where it stands alone;
    `restated` says that a later edition speaks for it now."""

    entry: Entry
    document: StoredDocument
    standing: Standing
    thread: Thread | None
    restated: bool

    @property
    def promised(self) -> str:
        """The words that say what is promised for the day that it stands by: all of them where it is the only one."""
        milestone = self.standing.milestone
        return milestone.clause if milestone is not None and len(self.standing.stages) > 1 else self.entry.item.text


@dataclass(frozen=True, slots=True)
class Slippage:
    """How a body's dated undertakings moved as they were restated: how many in all, later, earlier or unmoved, and
    the days of those that moved later, added up."""

    body_id: str
    name: str
    restated: int
    later: int
    earlier: int
    unmoved: int
    days_later: int


@dataclass(frozen=True, slots=True)
class Editions:
    """Two editions compared. `ordered` is False where their printed dates do not tell which came first. Where
    `compared` says that they were not, the comparison is empty: nothing is known of what went on."""

    earlier: StoredDocument
    later: StoredDocument
    comparison: Comparison
    entries: Sequence[Entry]
    ordered: bool
    compared: Compared = Compared.YES


@dataclass(frozen=True, slots=True)
class Undertaking:
    """An entry's thread with where each of its steps stands, oldest first; one step where nothing continues it."""

    thread: Thread | None
    steps: tuple[Followed, ...]


def standings(known: Scene, *, within: int = 90, language: str = CHINESE) -> tuple[Followed, ...]:
    """Where every commitment stands on the scene's day; `within` is how many days ahead count as due soon.

    Of a publication in two languages the edition in `language` speaks, or the only one there is.
    """
    again = known.doubles(language)
    return tuple(
        followed(entry, known, within)
        for entry in known.entries.values()
        if entry.item.kind in COMMITMENTS and entry.document_id not in again
    )


def followed(entry: Entry, known: Scene, within: int = 90) -> Followed:
    """Where one entry of the scene stands."""
    reports = known.reports_on(entry)
    kept = known.kept.get(entry.id)
    if kept is None:
        kept = known.kept[entry.id] = _kept(entry, reports, known)
    return Followed(
        entry=entry,
        document=known.documents[entry.document_id],
        standing=standing_at(entry, reports, known.as_of, within=within, kept=kept),
        thread=known.thread_of.get(entry.id),
        restated=known.is_restated(entry),
    )


def _kept(entry: Entry, reports: Sequence[Report], known: Scene) -> tuple[Kept, ...]:
    """Which of the days that an entry promises reports say are kept; figures are read where no status decides."""
    report = entry.item.report
    if report is None or report.status in DONE:
        return days_kept(entry, reports, known.as_of)
    figures = figures_of(entry.item, report, known.documents[entry.document_id])[1]
    return days_kept(entry, reports, known.as_of, figures)


def due(
    known: Scene, *, within: int = 90, body: str | None = None, past: bool = True, language: str = CHINESE
) -> tuple[Followed, ...]:
    """What falls due within so many days or, with `past`, fell due and is not reported done; by day.

    Each day that an undertaking promises is listed by itself. An undertaking that a later edition restates is listed as
    that edition has it, and one of a publication in two languages once, in `language`. `body` is a body's id.
    """
    listed = [
        each
        for whole in standings(known, within=within, language=language)
        for each in by_stage(whole)
        if waits(each)
        and (past or each.standing.code is StandingCode.DUE_SOON)
        and (body is None or each.entry.item.has_body(body))
    ]
    return tuple(sorted(listed, key=lambda f: (f.standing.due or date.max, f.entry.id)))


def by_stage(followed: Followed) -> tuple[Followed, ...]:
    """A commitment once for each day that it promises, the earliest first; once where it promises none."""
    stages = followed.standing.stages
    return tuple(replace(followed, standing=at_stage(followed.standing, stage)) for stage in stages) or (followed,)


def days_on(day: date, days: int) -> date:
    """The day so many days on, or back; the last or first one that there is where that would be beyond it."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def waits(each: Followed) -> bool:
    """Whether it falls due soon, or fell due and is not reported done, and no later edition speaks for it."""
    return each.standing.code in _WAITING and not each.restated


def thread(known: Scene, reference: str) -> Undertaking:
    """The undertaking that an item belongs to, by the item's id or the beginning of it, or by the thread's id.

    NotFoundError where no commitment of the scene has it, or several do.
    """
    wanted = reference.strip().lower()
    fits = [wanted] if wanted in known.entries else [key for key in known.entries if wanted and key.startswith(wanted)]
    if len(fits) != 1:
        problem = f"{len(fits)} items begin with that; give more of the id" if fits else _no_item(known, wanted)
        raise NotFoundError(f"{reference!r}: {problem}; `deedline items` lists those known by {known.as_of}")
    found = known.thread_of.get(fits[0])
    steps = [step.entry for step in found.steps] if found is not None else [known.entries[fits[0]]]
    return Undertaking(found, tuple(followed(entry, known) for entry in steps))


def _no_item(known: Scene, wanted: str) -> str:
    if wanted and any(document_id.startswith(wanted) for document_id in known.documents):
        return "is a document's id; give the id of one of its measures or indicators"
    return "no item has that id" if wanted else "give the id of a measure or an indicator, or the beginning of it"


def slippage(known: Scene, language: str = CHINESE) -> tuple[Slippage, ...]:
    """How restated dates moved, for each body that undertakes them; those with most days first. Of a publication in two
    languages the edition in `language` counts."""
    again = known.doubles(language)
    moved: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in known.threads:
        if one.slipped is None or one.steps[-1].entry.document_id in again:
            continue
        for mention in one.steps[-1].entry.item.bodies:
            if mention.body_id:
                names[mention.body_id] = mention.name
                moved[mention.body_id].append(one.slipped)
    rows = (
        Slippage(
            body_id=body_id,
            name=names[body_id],
            restated=len(days),
            later=sum(day > 0 for day in days),
            earlier=sum(day < 0 for day in days),
            unmoved=days.count(0),
            days_later=sum(day for day in days if day > 0),
        )
        for body_id, days in moved.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.days_later, -row.restated, row.body_id)))


def compare_editions(register: Register, one: str, other: str, as_of: date | None = None) -> Editions:
    """Compare two editions, named as `find_edition` takes it, the earlier with the later.

    InputError where one of them holds no commitments, both are the same, they are one in two languages, or of two
    places.
    """
    documents = [find_edition(register, reference) for reference in (one, other)]
    for document in documents:
        if not is_edition(document):
            raise InputError(f"{document.name}: holds no measure or indicator, so it is no edition to compare")
    if documents[0].id == documents[1].id:
        raise InputError(f"{one} and {other} are the same document; name two editions")
    if of_two_places(*documents):
        raise InputError(told_of_places(*documents))
    if documents[1] not in compared_with(documents[0], documents_held(register)):
        raise InputError(
            f"{documents[0].name} and {documents[1].name} are in two languages, and one of them stands in the other's "
            "too: compare editions of one language, or lay two languages side by side with `deedline pair`"
        )
    earlier, later = sorted(documents, key=lambda document: (bounds(document.metadata), document.name, document.id))
    newest = max((d.metadata.dated for d in documents if d.metadata.dated), default=None)
    with register.snapshot():
        known = scene_of(register, documents, as_of or newest)
        question = ("compared", earlier.id, later.id, known.as_of)
        return remembered(
            register, question, lambda: _compared(register, known, earlier, later), lambda found: len(found.entries)
        )


def _compared(register: Register, known: Scene, earlier: StoredDocument, later: StoredDocument) -> Editions:
    sides = [
        [entry for entry in known.of_document(document.id) if entry.item.kind in COMMITMENTS]
        for document in (earlier, later)
    ]
    ordered = bounds(earlier.metadata)[1] < bounds(later.metadata)[0]
    state = compared(register, Pair(Task.CONTINUITY, later, earlier, ordered))
    return Editions(
        earlier=earlier,
        later=later,
        comparison=Comparison((), (), "") if state is Compared.NO else compare(sides[0], sides[1], known.links),
        entries=(*sides[0], *sides[1]),
        ordered=ordered,
        compared=state,
    )
