"""Reported indicators narrowed by what was promised, reported and computed: the disagreements first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from deedline.model.assessment import AssessmentCode
from deedline.model.values import StatusCode
from deedline.operations.asking import find_body
from deedline.operations.counting import count_bodies
from deedline.operations.measuring import Measured, all_measured, measured_once
from deedline.operations.scene import scene
from deedline.operations.twins import CHINESE
from deedline.register import Register, StoredDocument

C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reported:
    """Reported indicators that fit, of how many, as known on a day; `when` is that day as exactly as it is known."""

    as_of: date
    when: str
    found: tuple[Measured, ...]
    of: int


@dataclass(frozen=True, slots=True)
class ProgressQuery:
    """Which reported indicators to show; every field narrows. `edition` is the id of the document that reports, `year`
    the one in which the indicator was set; `late` leaves those that were due before a report that does not say that
    they are done, `done_late` those that their report tells as done upon a later day than promised."""

    edition: str | None = None
    body: str | None = None
    status: StatusCode | None = None
    verdict: AssessmentCode | None = None
    year: int | None = None
    batch: str | None = None
    late: bool = False
    done_late: bool = False
    disagree: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """The indicators that fit, disagreements first, then as they read; `total` counts all that were reported.

    `years`, `official` and `computed` count them by when they were set, by official status and by assessment.
    """

    as_of: date
    found: Sequence[Measured]
    total: int
    editions: Sequence[StoredDocument]
    years: Mapping[int, int]
    official: Mapping[StatusCode | None, int]
    computed: Mapping[AssessmentCode, int]
    bodies: Mapping[str, tuple[str, int]]
    late: int
    done_late: int
    disagreeing: int


def progress(
    register: Register, query: ProgressQuery | None = None, as_of: date | None = None, language: str = CHINESE
) -> Progress:
    """What was reported of indicators by a day, as far as `query` asks; of a publication in two languages the edition
    in `language` speaks, unless one is asked for."""
    asked = query or ProgressQuery()
    with register.snapshot():
        known = scene(register, as_of)
        spoken = known.documents.get(asked.edition or "")
        again = known.doubles(spoken.metadata.language if spoken else language) - {asked.edition}
        everything = [each for each in all_measured(register, as_of) if each.document.id not in again]
    found = [each for each in everything if _fits(each, asked)]
    return Progress(
        as_of=known.as_of,
        found=sorted(found, key=lambda each: not each.disagrees),
        total=len(everything),
        editions=tuple({each.document.id: each.document for each in everything}.values()),
        years=_count(each.promised_on.year for each in everything),
        official=_count(each.entry.item.report.status for each in found if each.entry.item.report),
        computed=_count(each.assessment.verdict for each in found if each.assessment),
        bodies=count_bodies(each.entry.item for each in everything),
        late=sum(each.late for each in found),
        done_late=sum(each.done_late for each in found),
        disagreeing=sum(each.disagrees for each in found),
    )


def reported(
    register: Register,
    query: ProgressQuery | None = None,
    *,
    document: str | None = None,
    body: str | None = None,
    as_of: date | None = None,
) -> Reported:
    """Reported indicators that fit `query`, in the documents' order.

    `document` is any reference to one, `body` any words that name one; NotFoundError where nobody knows it.
    """
    asked = replace(query or ProgressQuery(), body=find_body(body) if body else None)
    with register.snapshot():
        known = scene(register, as_of)
        of = register.find_document(document).id if document else None
        everything = measured_once(register, known, of)
    return Reported(known.as_of, known.when, tuple(each for each in everything if _fits(each, asked)), len(everything))


def _fits(measured: Measured, asked: ProgressQuery) -> bool:
    item = measured.entry.item
    status = item.report.status if item.report else None
    verdict = measured.assessment.verdict if measured.assessment else None
    return (
        asked.edition in (None, measured.document.id)
        and asked.status in (None, status)
        and asked.verdict in (None, verdict)
        and asked.year in (None, measured.promised_on.year)
        and asked.batch in (None, item.batch)
        and (asked.body is None or item.has_body(asked.body))
        and (not asked.late or measured.late)
        and (not asked.done_late or measured.done_late)
        and (not asked.disagree or measured.disagrees)
    )


def _count(codes: Iterable[C]) -> Counter[C]:
    return Counter(sorted(codes, key=str))
