"""One edition as a person leafs through it: its chapters, its items narrowed by what they carry, with their fates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.errors import InputError
from deedline.model.entry import Entry
from deedline.model.item import Item, ItemKind
from deedline.model.values import StatusCode
from deedline.operations.compared import Compared
from deedline.operations.counting import count_bodies
from deedline.operations.ordering import compared_with, is_edition
from deedline.operations.overview import edition_before
from deedline.operations.remembering import remembered
from deedline.operations.scene import Scene, scene
from deedline.operations.tracking import compare_editions
from deedline.operations.twins import bounds
from deedline.register import Register, StoredDocument
from deedline.track.absence import Fate, FateCode


@dataclass(frozen=True, slots=True)
class EditionQuery:
    """Which items of an edition to show; every field narrows. `chapter` and `section` are headings as printed."""

    chapter: str | None = None
    section: str | None = None
    kind: ItemKind | None = None
    body: str | None = None
    due_after: date | None = None
    due_before: date | None = None
    status: StatusCode | None = None
    fate: FateCode | None = None
    batch: str | None = None
    figures: bool = False


@dataclass(frozen=True, slots=True)
class EditionView:
    """The entries that fit, in reading order, with the fates of all (by id) against `earlier`, the edition before;
    no fates where `compared` says that the two were not compared.

    `chapters` and `sections` count what fits the other filters, so that each list adds up to `total`'s own.
    """

    edition: StoredDocument
    earlier: StoredDocument | None
    others: Sequence[StoredDocument]
    entries: Sequence[Entry]
    fates: Mapping[str, Fate]
    chapters: Mapping[str, int]
    sections: Mapping[str, int]
    bodies: Mapping[str, tuple[str, int]]
    counts: Mapping[FateCode, int]
    total: int
    scope: str
    compared: Compared = Compared.YES


@dataclass(frozen=True, slots=True)
class _Edition:
    """What all queries of one edition share."""

    entries: tuple[Entry, ...]
    fates: Mapping[str, Fate]
    earlier: StoredDocument | None
    others: tuple[StoredDocument, ...]
    scope: str
    compared: Compared


def edition(
    register: Register, document_id: str, query: EditionQuery | None = None, as_of: date | None = None
) -> EditionView:
    """An edition by its document's id; NotFoundError where there is none, InputError where it holds no commitments."""
    asked = query or EditionQuery()
    with register.snapshot():
        document = register.document(document_id)
        if not is_edition(document):
            raise InputError(f"{document.name}: holds no measure or indicator, so it is no edition")
        known = scene(register, as_of or max(bounds(document.metadata)[0], scene(register).as_of))
        whole = remembered(
            register,
            ("edition", document.id, known.as_of),
            lambda: _whole(register, document, known),
            lambda found: len(found.entries),
        )
    return _view(document, whole, asked)


def _whole(register: Register, document: StoredDocument, known: Scene) -> _Edition:
    editions = [other for other in known.documents.values() if is_edition(other)]
    earlier = edition_before(document, editions)
    found = compare_editions(register, earlier.id, document.id, known.as_of) if earlier else None
    return _Edition(
        entries=known.of_document(document.id),
        fates={fate.entry_id: fate for fate in found.comparison.later} if found else {},
        earlier=earlier,
        others=compared_with(document, editions),
        scope=found.comparison.scope if found else "",
        compared=found.compared if found else Compared.YES,
    )


def _view(document: StoredDocument, whole: _Edition, asked: EditionQuery) -> EditionView:
    fits = [entry for entry in whole.entries if _fits(entry, asked, whole.fates)]
    shown = [entry for entry in fits if _under(entry.item, asked)]
    in_chapter = [entry for entry in fits if asked.chapter in (None, _heading(entry.item, 0))]
    fates = (whole.fates[entry.id].code for entry in shown if entry.id in whole.fates)
    return EditionView(
        edition=document,
        earlier=whole.earlier,
        others=whole.others,
        entries=shown,
        fates=whole.fates,
        chapters=Counter(_heading(entry.item, 0) for entry in fits),
        sections=Counter(_heading(entry.item, 1) for entry in in_chapter),
        bodies=count_bodies(entry.item for entry in shown),
        counts=Counter(fates),
        total=len(whole.entries),
        scope=whole.scope,
        compared=whole.compared,
    )


def _heading(item: Item, depth: int) -> str:
    return item.path[depth] if len(item.path) > depth else ""


def _under(item: Item, asked: EditionQuery) -> bool:
    return asked.chapter in (None, _heading(item, 0)) and asked.section in (None, _heading(item, 1))


def _fits(entry: Entry, asked: EditionQuery, fates: Mapping[str, Fate]) -> bool:
    item = entry.item
    status = item.report.status if item.report else None
    fate = fates[entry.id].code if entry.id in fates else None
    return (
        asked.kind in (None, item.kind)
        and asked.status in (None, status)
        and asked.fate in (None, fate)
        and asked.batch in (None, item.batch)
        and (asked.body is None or item.has_body(asked.body))
        and (asked.due_after is None or (item.due is not None and item.due >= asked.due_after))
        and (asked.due_before is None or (item.due is not None and item.due <= asked.due_before))
        and (not asked.figures or bool(item.quantities))
    )
