"""Which documents can be compared, which way round, and whether their printed dates leave no doubt of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from deedline.errors import NotFoundError
from deedline.knowledge.editions import Named, named_edition
from deedline.model.document import DocumentKind
from deedline.model.item import COMMITMENTS, ItemKind
from deedline.model.link import Task
from deedline.operations.remembering import documents_held
from deedline.operations.twins import all_twins, bounds, doubles
from deedline.register import Register, StoredDocument


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents to compare; links run `source` → `target`: from the later edition to the earlier, from the
    submission to the edition. `ordered` where their printed dates leave no doubt which came first."""

    task: Task
    source: StoredDocument
    target: StoredDocument
    ordered: bool

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of source and target."""
        return self.source.id, self.target.id


def is_edition(document: StoredDocument) -> bool:
    """Whether it holds commitments: by its kind, else by what was found in it."""
    kind = document.metadata.kind
    held = document.items.get(ItemKind.MEASURE, 0) + document.items.get(ItemKind.INDICATOR, 0)
    return held > 0 and kind is not DocumentKind.SUBMISSION


def is_submission(document: StoredDocument) -> bool:
    """Whether it holds what someone asks for."""
    kind = document.metadata.kind
    held = document.items.get(ItemKind.PROPOSAL, 0)
    return held > 0 and kind is not DocumentKind.COMMITMENTS


def pairs_of(documents: Sequence[StoredDocument], of: str | None = None) -> tuple[Pair, ...]:
    """Every two documents that can be compared, in the documents' order; with `of`, those that this document (an id)
    is one of.

    Editions are compared each with each earlier one; a submission with every edition that may have come after it.
    Where the printed dates overlap, as a year does with a day in it, the title of a submission may tell the order by
    the edition that it names; else, or where it tells of the other order, the two are compared nevertheless and the
    pair is not `ordered`: words like "response" stand in titles of papers written before an edition, too. Editions of
    one publication in two languages are not compared, and a document is compared with an edition in its own language
    rather than with that edition in another. Nor are documents of different places (see `of_two_places`).
    """
    twins = all_twins(documents)
    editions = sorted(filter(is_edition, documents), key=_order)
    submissions = sorted(filter(is_submission, documents), key=_order)
    found = [
        Pair(Task.CONTINUITY, later, earlier, bounds(earlier.metadata)[1] < bounds(later.metadata)[0])
        for earlier, later in (combinations(editions, 2) if of is None else _with(editions, of))
        if not of_two_places(later, earlier) and not _is_said_elsewhere(later, earlier, twins)
    ]
    for submission in submissions:
        first, last = bounds(submission.metadata)
        found.extend(
            Pair(
                Task.ADOPTION,
                submission,
                edition,
                last < bounds(edition.metadata)[0] or _written_before(submission, edition),
            )
            for edition in editions
            if of in (None, submission.id, edition.id)
            if edition.id != submission.id and bounds(edition.metadata)[1] >= first
            if not of_two_places(submission, edition) and not _is_said_elsewhere(submission, edition, twins)
        )
    return tuple({pair.ids: pair for pair in reversed(found)}.values())[::-1]  # what is both is compared as editions


def _with(editions: Sequence[StoredDocument], of: str) -> Iterator[tuple[StoredDocument, StoredDocument]]:
    """Every two of the editions that one of them, by its id, is one of; in the order of the editions."""
    place = next((place for place, edition in enumerate(editions) if edition.id == of), len(editions))
    yield from ((earlier, editions[place]) for earlier in editions[:place] if place < len(editions))
    yield from ((editions[place], later) for later in editions[place + 1 :])


def of_two_places(one: StoredDocument, other: StoredDocument) -> bool:
    """Whether two documents are known to be of different jurisdictions, so that neither can be silent on the other."""
    places = one.metadata.jurisdiction, other.metadata.jurisdiction
    return all(places) and places[0] != places[1]


def told_of_places(one: StoredDocument, other: StoredDocument) -> str:
    """Why two documents of different places are not compared, and what to do where one is said wrongly."""
    (name, place), (beside, there) = ((each.name, each.metadata.jurisdiction) for each in (one, other))
    return (
        f"{name} ({place}) and {beside} ({there}) are of different places, so they are not compared; if one is wrong, "
        "set it with `deedline edit-document … --jurisdiction`"
    )


def _written_before(submission: StoredDocument, edition: StoredDocument) -> bool:
    """Whether both titles tell that a submission was written before an edition: one for the 2024 address comes before
    it, a response to it comes before that of 2025."""
    wanted, there = (_named(document) for document in (submission, edition))
    if wanted is None or there is None or wanted.publication != there.publication:
        return False
    return wanted.year < there.year if wanted.replies else wanted.year <= there.year


def _named(document: StoredDocument) -> Named | None:
    """The edition that a document's title names, or the series and edition that it is of."""
    metadata = document.metadata
    return named_edition(metadata.title) or named_edition(f"{metadata.edition} {metadata.series}")


def _is_said_elsewhere(
    source: StoredDocument, target: StoredDocument, twins: Mapping[str, Mapping[str, StoredDocument]]
) -> bool:
    """Whether the two are one publication, or `target` has an edition in the language of `source`."""
    spoken = twins.get(target.id, {})
    alike = source.metadata.language == target.metadata.language
    return any(twin.id == source.id for twin in spoken.values()) or (not alike and source.metadata.language in spoken)


def compared_with(document: StoredDocument, documents: Sequence[StoredDocument]) -> tuple[StoredDocument, ...]:
    """Of `documents` those that an edition is compared with, oldest first: not its own in another language, nor one in
    another language that there is in its own, nor one of another place."""
    twins = all_twins(documents)
    near = (other for other in documents if other.id != document.id and not of_two_places(other, document))
    others = sorted(near, key=_order)
    pairs = ((other, sorted((other, document), key=_order)) for other in others)
    return tuple(other for other, (first, last) in pairs if not _is_said_elsewhere(last, first, twins))


def carrying(documents: Sequence[StoredDocument]) -> tuple[Pair, ...]:
    """Each edition that holds measures and indicators, with itself: it may carry over as an indicator what it restates
    as a measure."""
    editions = sorted(filter(is_edition, documents), key=_order)
    both = (e for e in editions if all(e.items.get(kind, 0) for kind in COMMITMENTS))
    return tuple(Pair(Task.CONTINUITY, edition, edition, True) for edition in both)


def _order(document: StoredDocument) -> tuple[date, date, str, str]:
    first, last = bounds(document.metadata)
    return first, last, document.name, document.id


def find_edition(register: Register, reference: str) -> StoredDocument:
    """An edition by the year or number that it prints, or by any reference that only it has; NotFoundError lists all
    that fit."""
    editions = [document for document in documents_held(register) if is_edition(document)]
    again = doubles(editions)
    fits = [d for d in editions if reference and d.metadata.edition == reference and d.id not in again]
    if len(fits) > 1:
        listed = ", ".join(f"{document.name} ({document.id})" for document in fits)
        raise NotFoundError(
            f"{reference!r} fits several editions: {listed}; give one of their ids. Where one is a better version of "
            "another, `deedline remove` the other"
        )
    return fits[0] if fits else register.find_document(reference)
