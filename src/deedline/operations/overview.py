"""The newest edition at a glance: what is new and what went on, what was reported, what falls due next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.model.assessment import AssessmentCode
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.operations.measuring import Measured, all_measured, disagreements
from deedline.operations.ordering import is_edition, is_submission
from deedline.operations.remembering import remembered
from deedline.operations.scene import Scene, scene
from deedline.operations.tracking import Editions, Followed, compare_editions, due
from deedline.operations.twins import bounds
from deedline.register import Register, StoredDocument
from deedline.track.absence import FateCode


@dataclass(frozen=True, slots=True)
class EditionGlance:
    """An edition in counts. `fates` counts its items by what they continue of `earlier`, the edition before it, and
    `lost` those of `earlier` of which it makes no mention; empty and None without one. `scope` says what the
    comparison cannot speak of."""

    edition: StoredDocument
    earlier: StoredDocument | None
    items: Mapping[ItemKind, int]
    fates: Mapping[FateCode, int]
    lost: int | None
    scope: str


@dataclass(frozen=True, slots=True)
class ReportGlance:
    """The newest edition that reports on indicators: its parts by official status and by what Deedline computes."""

    edition: StoredDocument
    official: Mapping[StatusCode | None, int]
    computed: Mapping[AssessmentCode, int]
    disagreeing: Sequence[Measured]


@dataclass(frozen=True, slots=True)
class Overview:
    """A register at a day. `editions` and `submissions` are newest first; `waiting` is what falls due next."""

    as_of: date
    editions: Sequence[EditionGlance]
    reports: ReportGlance | None
    waiting: Sequence[Followed]
    submissions: Sequence[StoredDocument]


def overview(register: Register, as_of: date | None = None, *, within: int = 90) -> Overview:
    """What there is to know first, as known on a day; `within` is how many days ahead count as due next."""
    with register.snapshot():
        known = scene(register, as_of)
        return remembered(register, ("overview", known.as_of, within), lambda: _overview(register, known, within))


def _overview(register: Register, known: Scene, within: int) -> Overview:
    documents = sorted(known.documents.values(), key=lambda each: (bounds(each.metadata), each.name), reverse=True)
    editions = [document for document in documents if is_edition(document)]
    return Overview(
        as_of=known.as_of,
        editions=tuple(_glance(register, edition, editions, known.as_of) for edition in editions),
        reports=_reports(register, editions, known.as_of),
        waiting=due(known, within=within, past=False),
        submissions=tuple(document for document in documents if is_submission(document)),
    )


def edition_before(edition: StoredDocument, editions: Sequence[StoredDocument]) -> StoredDocument | None:
    """The newest of `editions` that certainly dates from before `edition`; of the same language where there is one."""
    first, _ = bounds(edition.metadata)
    older = [other for other in editions if other.id != edition.id and bounds(other.metadata)[1] < first]
    alike = [other for other in older if other.metadata.language == edition.metadata.language]
    return max(alike or older, key=lambda other: (bounds(other.metadata), other.name), default=None)


def _glance(
    register: Register, edition: StoredDocument, editions: Sequence[StoredDocument], as_of: date
) -> EditionGlance:
    earlier = edition_before(edition, editions)
    compared = compare_editions(register, earlier.id, edition.id, as_of) if earlier else None
    return EditionGlance(
        edition=edition,
        earlier=earlier,
        items={kind: count for kind, count in edition.items.items() if count},
        fates=Counter(fate.code for fate in compared.comparison.later) if compared else {},
        lost=_lost(compared) if compared else None,
        scope=compared.comparison.scope if compared else "",
    )


def _lost(compared: Editions) -> int:
    return sum(fate.code is FateCode.NO_MENTION for fate in compared.comparison.earlier)


def _reports(register: Register, editions: Sequence[StoredDocument], as_of: date) -> ReportGlance | None:
    reported = all_measured(register, as_of)
    for edition in editions:
        mine = [each for each in reported if each.document.id == edition.id]
        if mine:
            return ReportGlance(
                edition=edition,
                official=Counter(each.entry.item.report.status for each in mine if each.entry.item.report),
                computed=Counter(each.assessment.verdict for each in mine if each.assessment),
                disagreeing=tuple(disagreements(mine)),
            )
    return None
