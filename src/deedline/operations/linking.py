"""Items of two documents → links between them, kept in the register; what did not change is not linked again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from deedline.model.entry import Entry
from deedline.model.item import CARRIED, ItemKind
from deedline.model.link import CONTINUING, Link, Task
from deedline.operations.engine import Engine, default_engine
from deedline.operations.ordering import Pair, carrying, pairs_of
from deedline.register import Change, ItemQuery, Register, StoredDocument, StoredItem

_COMMITMENTS = frozenset({ItemKind.MEASURE, ItemKind.INDICATOR})


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of a pair of documents: how many of the machine's links changed; `fresh` where nothing had
    changed since the last time, so nothing was done. `pair` is None where two documents are no longer compared."""

    documents: tuple[str, str]
    pair: Pair | None
    fresh: bool
    added: int = 0
    changed: int = 0
    removed: int = 0


def entry_of(stored: StoredItem, dated: date | None) -> Entry:
    """An item as stages take it."""
    return Entry(stored.id, stored.document_id, dated, stored.item)


def entries(register: Register, document: StoredDocument) -> tuple[Entry, ...]:
    """The present items of a document, in reading order."""
    found = register.items(ItemQuery(document=document.id))
    return tuple(entry_of(stored, document.metadata.dated) for stored in found)


def proposals_of(items: Sequence[Entry]) -> tuple[Entry, ...]:
    """What a submission asks for."""
    return tuple(entry for entry in items if entry.item.kind is ItemKind.PROPOSAL)


def relink(
    register: Register,
    *,
    at: datetime,
    by: str,
    documents: Collection[str] | None = None,
    engine: Engine | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Linked]:
    """Link every two documents that can be compared (see `pairs_of`), and each edition with what it carries
    over (see `carrying`), or those only that touch `documents` (ids).

    Yields each pair as soon as its links are kept. A pair is skipped where neither document nor the engine changed
    since it was linked. What a person judged is never touched. All of it is one action for `undo`, within that of
    the caller if there is one. `progress` is told how many of how many pairs are done.
    """
    used = engine or default_engine()
    known = register.documents()
    pairs = {pair.ids: pair for pair in (*pairs_of(known), *carrying(known))}
    before = register.linkings()
    wanted = [ids for ids in (*pairs, *sorted(before.keys() - pairs.keys())) if _touches(ids, documents)]
    with register.action():
        for done, ids in enumerate(wanted):
            if progress:
                progress(done, len(wanted))
            pair = pairs.get(ids)
            fingerprint = None if pair is None else _fingerprint(pair, used)
            if pair is not None and fingerprint == before.get(ids):
                yield Linked(ids, pair, fresh=True)
                continue
            links = () if pair is None else _links_of(register, pair, used)
            change = register.put_links_between(ids, links, fingerprint=fingerprint, at=at, by=by)
            yield _linked(ids, pair, change)
        if progress:
            progress(len(wanted), len(wanted))


def _touches(ids: tuple[str, str], documents: Collection[str] | None) -> bool:
    return documents is None or any(one in documents for one in ids)


def _linked(ids: tuple[str, str], pair: Pair | None, change: Change | None) -> Linked:
    counts = {} if change is None else change.counts
    added, changed, removed = (counts.get(f"links {what}", 0) for what in ("added", "changed", "removed"))
    return Linked(ids, pair, fresh=False, added=added, changed=changed, removed=removed)


def _links_of(register: Register, pair: Pair, engine: Engine) -> Sequence[Link]:
    if pair.source.id == pair.target.id:
        return _carried_over(entries(register, pair.source), engine)
    sources, targets = entries(register, pair.source), entries(register, pair.target)
    if pair.task is Task.ADOPTION:
        measures = [entry for entry in targets if entry.item.kind is ItemKind.MEASURE]
        return engine.links(proposals_of(sources), measures)
    kept = ([entry for entry in listed if entry.item.kind in _COMMITMENTS] for listed in (sources, targets))
    return engine.links(*kept)


def _carried_over(listed: Sequence[Entry], engine: Engine) -> Sequence[Link]:
    """An edition's measures that continue an indicator that it carries over; mere candidates are left out."""
    carried = [entry for entry in listed if entry.item.kind is ItemKind.INDICATOR and entry.item.batch == CARRIED]
    measures = [entry for entry in listed if entry.item.kind is ItemKind.MEASURE]
    found = engine.links(measures, carried) if measures and carried else ()
    return [link for link in found if link.relation in CONTINUING]


def _fingerprint(pair: Pair, engine: Engine) -> str:
    """What the links of a pair are made from, in one short word."""
    sides = [
        [document.finding, str(document.metadata.dated), document.metadata.dated_precision, document.metadata.kind]
        for document in (pair.source, pair.target)
    ]
    content = json.dumps([engine.name, pair.task, sides])
    return hashlib.sha256(content.encode()).hexdigest()[:32]
