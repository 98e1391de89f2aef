"""What reports are made of: an edition in brief, and how a body stands with all it undertakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deedline.errors import InputError
from deedline.knowledge.bodies import body_of, predecessors
from deedline.model.body import Body
from deedline.model.entry import Entry
from deedline.model.item import COMMITMENTS
from deedline.model.values import Role
from deedline.operations.asking import find_body
from deedline.operations.measuring import Measured, all_measured, disagreements
from deedline.operations.ordering import find_edition, is_edition
from deedline.operations.overview import edition_before
from deedline.operations.scene import Scene, scene
from deedline.operations.tracking import (
    Editions,
    Followed,
    Slippage,
    compare_editions,
    due,
    slippage,
    standings,
)
from deedline.operations.twins import CHINESE
from deedline.register import Register, StoredDocument
from deedline.track.absence import only_chapter
from deedline.track.threads import Thread

__all__ = [
    "EditionBrief",
    "Scorecard",
    "edition_brief",
    "known_body",
    "only_chapter",
    "scorecard",
    "undertakes",
]


@dataclass(frozen=True, slots=True)
class EditionBrief:
    """An edition on the day `known.as_of`.

    `against` compares it with another edition, None where no earlier one is known. `waiting` is what of it falls due
    within `within` days, or fell due and is not reported done; by day. `measured` are its reported indicators in
    reading order and `disagreeing` those of them whose status says otherwise than their figures and dates. `moved` is
    of all editions that were known on the day.
    """

    known: Scene
    edition: StoredDocument
    entries: tuple[Entry, ...]
    against: Editions | None
    waiting: tuple[Followed, ...]
    within: int
    measured: tuple[Measured, ...]
    disagreeing: tuple[Measured, ...]
    moved: tuple[Slippage, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a body undertakes on the day `known.as_of`, as the latest edition that speaks of each has it; in the
    documents' order, and where each stands. `threads` are its undertakings whose date moved as they were restated,
    those that moved furthest first. `earlier` and `later` are the bodies whose work it carries on, and that carry its.
    """

    known: Scene
    body: Body
    earlier: tuple[Body, ...]
    later: tuple[Body, ...]
    followed: tuple[Followed, ...]
    threads: tuple[Thread, ...]


def edition_brief(
    register: Register, edition: str, against: str | None = None, as_of: date | None = None, within: int = 90
) -> EditionBrief:
    """An edition in brief, beside the edition `against` or else the one before it.

    Both are named as `find_edition` takes it. InputError where one holds no commitments or was not known by `as_of`.
    """
    with register.snapshot():
        known = scene(register, as_of)
        chosen = _edition(register, known, edition)
        other = _edition(register, known, against) if against else _before(known, chosen)
        compared = compare_editions(register, chosen.id, other.id, known.as_of) if other else None
        found = [each for each in all_measured(register, known.as_of) if each.document.id == chosen.id]
    tongue = chosen.metadata.language
    return EditionBrief(
        known=known,
        edition=chosen,
        entries=tuple(entry for entry in known.of_document(chosen.id) if entry.item.kind in COMMITMENTS),
        against=compared,
        waiting=tuple(each for each in due(known, within=within, language=tongue) if each.document.id == chosen.id),
        within=within,
        measured=tuple(found),
        disagreeing=disagreements(found),
        moved=slippage(known, tongue),
    )


def _edition(register: Register, known: Scene, reference: str) -> StoredDocument:
    document = find_edition(register, reference)
    if not is_edition(document):
        raise InputError(f"{document.name}: holds no measure or indicator; name an edition")
    if document.id not in known.documents:
        raise InputError(f"{document.name}: dates from after {known.as_of}; give a later day to judge by")
    return document


def _before(known: Scene, edition: StoredDocument) -> StoredDocument | None:
    """The newest edition that dates from before this one beyond doubt, of its language where there is one."""
    return edition_before(edition, [each for each in known.documents.values() if is_edition(each)])


def scorecard(
    register: Register, body: str, as_of: date | None = None, within: int = 90, language: str = CHINESE
) -> Scorecard:
    """What a body undertakes, first or with others; `body` as `find_body` takes it, else NotFoundError.

    Of a publication in two languages the edition in `language` speaks.
    """
    chosen = known_body(find_body(body))
    known = scene(register, as_of)
    followed = standings(known, within=within, language=language)
    mine = [each for each in followed if not each.restated and undertakes(each.entry, chosen.id)]
    threads = {each.thread.id: each.thread for each in mine if each.thread is not None and each.thread.slipped}
    return Scorecard(
        known=known,
        body=chosen,
        earlier=predecessors(chosen.id),
        later=tuple(known_body(key) for key in chosen.successors),
        followed=tuple(mine),
        threads=tuple(sorted(threads.values(), key=lambda one: (-abs(one.slipped or 0), one.id))),
    )


def undertakes(entry: Entry, body_id: str) -> bool:
    """Whether a body undertakes an entry, first, with others or through its list, and is not only named in it."""
    return any(each.body_id == body_id and each.role is not Role.MENTIONED for each in entry.item.bodies)


def known_body(body_id: str) -> Body:
    """A body by its id; one that knowledge no longer lists is given by its id alone."""
    return body_of(body_id) or Body(body_id, body_id, body_id, "other")
