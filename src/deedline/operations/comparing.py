"""Pairs of documents → the links between their items, pair after pair or several at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from deedline.model.entry import Entry
from deedline.model.item import CARRIED, COMMITMENTS, ItemKind
from deedline.model.link import CONTINUING, Link, Task
from deedline.operations.engine import Engine
from deedline.operations.ordering import Pair
from deedline.register import ItemQuery, Register, StoredDocument, StoredItem
from deedline.run.here import Failed, map_stage

COMPARED = COMMITMENTS | {ItemKind.PROPOSAL}
WORTH_WORKERS = 500  # items that are compared: below, starting processes takes longer than comparing


@dataclass(frozen=True, slots=True)
class Asked:
    """The entries of a pair that are compared. `carried` where an edition is compared with what it carries over."""

    sources: Sequence[Entry]
    targets: Sequence[Entry]
    carried: bool = False


def entry_of(stored: StoredItem, dated: date | None) -> Entry:
    """An item as stages take it."""
    return Entry(stored.id, stored.document_id, dated, stored.item)


def entries(register: Register, document: StoredDocument) -> tuple[Entry, ...]:
    """The present items of a document, in reading order."""
    found = register.items(ItemQuery(document=document.id))
    return tuple(entry_of(stored, document.metadata.dated) for stored in found)


def proposals_of(items: Sequence[Entry]) -> tuple[Entry, ...]:
    """What a submission asks for."""
    return tuple(_of(items, {ItemKind.PROPOSAL}))


def compare_pairs(
    register: Register,
    pairs: Sequence[Pair],
    engine: Engine,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Sequence[Link]]:
    """The links of each pair, in their order; raises the DeedlineError of the first that fails.

    Where the engine allows it and it is worth it, the engine is made ready here first, and the pairs are then compared
    in one process a core. The links are the same. `progress` is told how many of how many steps are done.
    """
    if not pairs:
        return
    asked, report = _AskedOf(register, pairs), progress or _unheard
    workers = engine.workers if _worth(pairs) else 0
    ready = list({document.id: document for pair in pairs for document in (pair.source, pair.target)}.values())
    first = len(ready) if workers > 1 else 0
    steps = first + len(pairs)
    for done, document in enumerate(ready[:first]):
        report(done, steps)
        engine.make_ready(_of(entries(register, document), COMPARED))
    report(first, steps)
    compared = map_stage(
        partial(_links, engine),
        asked,
        workers=workers if first else 0,
        progress=lambda done: report(first + done, steps),
    )
    for outcome in compared:
        if isinstance(outcome, Failed):
            raise outcome.error
        yield outcome.value


def _unheard(done: int, steps: int) -> None:
    """Progress that nobody asked for."""


def _worth(pairs: Sequence[Pair]) -> bool:
    return len(pairs) > 1 and sum(pair.source.size + pair.target.size for pair in pairs) > WORTH_WORKERS


@dataclass(frozen=True, slots=True)
class _AskedOf(Sequence[Asked]):
    """What is compared for each pair, read when it is asked for: of a large register not all at once."""

    home: Register
    pairs: Sequence[Pair]

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, number: int) -> Asked:  # type: ignore[override]
        pair = self.pairs[number]
        if pair.source.id == pair.target.id:
            listed = entries(self.home, pair.source)
            carried = [
                entry for entry in listed if entry.item.kind is ItemKind.INDICATOR and entry.item.batch == CARRIED
            ]
            return Asked([entry for entry in listed if entry.item.kind is ItemKind.MEASURE], carried, carried=True)
        sources, targets = entries(self.home, pair.source), entries(self.home, pair.target)
        if pair.task is Task.ADOPTION:
            return Asked(_of(sources, {ItemKind.PROPOSAL}), _of(targets, {ItemKind.MEASURE}))
        return Asked(_of(sources, COMMITMENTS), _of(targets, COMMITMENTS))


def _of(listed: Sequence[Entry], kinds: Collection[ItemKind]) -> Sequence[Entry]:
    return [entry for entry in listed if entry.item.kind in kinds]


def _links(engine: Engine, asked: Asked) -> Sequence[Link]:
    """The engine's links; of what an edition carries over, mere candidates are left out."""
    if not asked.carried:
        return engine.links(asked.sources, asked.targets)
    found = engine.links(asked.sources, asked.targets) if asked.sources and asked.targets else ()
    return [link for link in found if link.relation in CONTINUING]
