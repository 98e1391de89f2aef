"""The newest edition at a glance: what is new and what went on, what was reported, what falls due next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.errors import TooLargeError
from deedline.model.assessment import AssessmentCode
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.operations.compared import Compared
from deedline.operations.leafing import DueQuery, due_page
from deedline.operations.measuring import Measured, all_measured, disagreements, measure, years_set
from deedline.operations.ordering import is_edition, is_submission, of_two_places
from deedline.operations.remembering import remembered
from deedline.operations.scene import Scene, is_large, known_documents, newest_day, scene, scene_among
from deedline.operations.tracking import Editions, Followed, compare_editions, due
from deedline.operations.twins import CHINESE, bounds
from deedline.register import ItemQuery, Register, StoredDocument
from deedline.track.absence import FateCode

_MOST_COMPARED = 20_000  # items of two editions that are compared at a glance in a large register
_NEWEST = 3  # editions of which one may report on indicators there
_FIRST = 12  # of what falls due next there


@dataclass(frozen=True, slots=True)
class EditionGlance:
    """An edition in counts. `fates` counts its items by what they continue of `earlier`, the edition before it, and
    `lost` those of `earlier` of which it makes no mention; empty and None without one. `scope` says what the
    comparison cannot speak of, `compared` whether the two were compared: where not, nothing is counted."""

    edition: StoredDocument
    earlier: StoredDocument | None
    items: Mapping[ItemKind, int]
    fates: Mapping[FateCode, int]
    lost: int | None
    scope: str
    compared: Compared = Compared.YES


@dataclass(frozen=True, slots=True)
class ReportGlance:
    """The newest edition that reports on indicators: its parts by official status and by what Deedline computes."""

    edition: StoredDocument
    official: Mapping[StatusCode | None, int]
    computed: Mapping[AssessmentCode, int]
    disagreeing: Sequence[Measured]


@dataclass(frozen=True, slots=True)
class Overview:
    """A register at a day. `editions` and `submissions` are newest first; `waiting` is what falls due next.

    Unless it is `whole`, the register is too large for one scene: the newest edition alone is compared with the one
    before it, `reports` are looked for in the newest few, and `waiting` holds the first: with `unread`,
    further items were not looked at.
    """

    as_of: date
    editions: Sequence[EditionGlance]
    reports: ReportGlance | None
    waiting: Sequence[Followed]
    submissions: Sequence[StoredDocument]
    whole: bool = True
    unread: bool = False


def overview(register: Register, as_of: date | None = None, *, within: int = 90, language: str = CHINESE) -> Overview:
    """What there is to know first, as known on a day; `within` is how many days ahead count as due next.

    Of a publication in two languages the edition in `language` stands first, and its items are those listed.
    """
    with register.snapshot():
        if is_large(register):
            day = as_of or newest_day(register)
            large = ("overview of large", day, within, language)
            return remembered(register, large, lambda: _of_large(register, day, within, language))
        known = scene(register, as_of)
        question = ("overview", known.as_of, within, language)
        return remembered(register, question, lambda: _overview(register, known, within, language))


def _overview(register: Register, known: Scene, within: int, language: str) -> Overview:
    documents = _newest_first(known.documents.values(), language)
    editions = [document for document in documents if is_edition(document)]
    return Overview(
        as_of=known.as_of,
        editions=tuple(_glance(register, edition, editions, known.as_of) for edition in editions),
        reports=_reports(register, editions, known.as_of),
        waiting=due(known, within=within, past=False, language=language),
        submissions=tuple(document for document in documents if is_submission(document)),
    )


def _newest_first(documents: Iterable[StoredDocument], language: str) -> list[StoredDocument]:
    return sorted(
        documents,
        key=lambda each: (bounds(each.metadata), each.metadata.language == language, each.name),
        reverse=True,
    )


def _of_large(register: Register, day: date, within: int, language: str) -> Overview:
    documents = _newest_first(known_documents(register, day), language)
    editions = [document for document in documents if is_edition(document)]
    first = due_page(register, DueQuery(within=within, limit=_FIRST, language=language), day)
    return Overview(
        as_of=day,
        editions=tuple(
            _unseen(each) if place else _seen(register, each, editions, day) for place, each in enumerate(editions)
        ),
        reports=next(filter(None, (_reports_of(register, each, day) for each in editions[:_NEWEST])), None),
        waiting=first.found,
        submissions=tuple(document for document in documents if is_submission(document)),
        whole=False,
        unread=first.next is not None,
    )


def _seen(register: Register, edition: StoredDocument, editions: Sequence[StoredDocument], day: date) -> EditionGlance:
    """An edition at a glance, compared with the one before it where both together are not large."""
    earlier = edition_before(edition, editions)
    if earlier is None or edition.size + earlier.size > _MOST_COMPARED:
        return _unseen(edition)
    try:
        return _glance(register, edition, editions, day)
    except TooLargeError:
        return _unseen(edition)


def _unseen(edition: StoredDocument) -> EditionGlance:
    """An edition that is compared with none."""
    return EditionGlance(edition, None, {kind: count for kind, count in edition.items.items() if count}, {}, None, "")


def _reports_of(register: Register, edition: StoredDocument, day: date) -> ReportGlance | None:
    """What one edition reports, where it is not large."""
    if edition.size > _MOST_COMPARED:
        return None
    reported = [each for each in register.items(ItemQuery(document=edition.id)) if each.item.report is not None]
    known = scene_among(register, reported, day)
    years = years_set(register, edition) if reported else ()
    found = (measure(known.entries[each.id], edition, known, years) for each in reported if each.id in known.entries)
    return _report_of(edition, tuple(found))


def edition_before(edition: StoredDocument, editions: Sequence[StoredDocument]) -> StoredDocument | None:
    """The newest of `editions` that certainly dates from before `edition`; of the same language where there is one, and
    not of another place."""
    first, _ = bounds(edition.metadata)
    near = [other for other in editions if other.id != edition.id and not of_two_places(other, edition)]
    older = [other for other in near if bounds(other.metadata)[1] < first]
    alike = [other for other in older if other.metadata.language == edition.metadata.language]
    return max(alike or older, key=lambda other: (bounds(other.metadata), other.name), default=None)


def _glance(
    register: Register, edition: StoredDocument, editions: Sequence[StoredDocument], as_of: date
) -> EditionGlance:
    earlier = edition_before(edition, editions)
    found = compare_editions(register, earlier.id, edition.id, as_of) if earlier else None
    return EditionGlance(
        edition=edition,
        earlier=earlier,
        items={kind: count for kind, count in edition.items.items() if count},
        fates=Counter(fate.code for fate in found.comparison.later) if found else {},
        lost=_lost(found) if found and found.compared is not Compared.NO else None,
        scope=found.comparison.scope if found else "",
        compared=found.compared if found else Compared.YES,
    )


def _lost(found: Editions) -> int:
    return sum(fate.code is FateCode.NO_MENTION for fate in found.comparison.earlier)


def _reports(register: Register, editions: Sequence[StoredDocument], as_of: date) -> ReportGlance | None:
    reported = all_measured(register, as_of)
    for edition in editions:
        mine = [each for each in reported if each.document.id == edition.id]
        if found := _report_of(edition, mine):
            return found
    return None


def _report_of(edition: StoredDocument, mine: Sequence[Measured]) -> ReportGlance | None:
    if not mine:
        return None
    return ReportGlance(
        edition=edition,
        official=Counter(each.entry.item.report.status for each in mine if each.entry.item.report),
        computed=Counter(each.assessment.verdict for each in mine if each.assessment),
        disagreeing=tuple(disagreements(mine)),
    )
