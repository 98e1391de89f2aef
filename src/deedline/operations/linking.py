"""Items of two documents → links between them, kept in the register; what did not change is not linked again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from deedline.operations.compared import fingerprint, pairs_to_compare
from deedline.operations.comparing import compare_pairs
from deedline.operations.engine import Engine, default_engine
from deedline.operations.ordering import Pair
from deedline.register import Change, Register


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
    over (see `carrying`), or those only that touch `documents` (ids). Links of pairs that are no longer compared go.

    Yields each pair as soon as its links are kept, the largest first. A pair is skipped where neither document nor the
    engine changed since it was linked. What a person judged is never touched. All of it is one action for `undo`,
    within that of the caller if there is one. `progress` is told how many of how many steps are done.
    """
    used = engine or default_engine()
    known = register.documents()
    pairs = {pair.ids: pair for pair in pairs_to_compare(known)}
    before = register.linkings()
    gone = sorted(before.keys() - pairs.keys())  # whatever was asked for: their links would stay and speak
    made_from = {ids: fingerprint(pair, used.name) for ids, pair in pairs.items() if _touches(ids, documents)}
    stale = {ids: pairs[ids] for ids, made in made_from.items() if made != before.get(ids)}
    largest_first = sorted(stale.values(), key=lambda pair: -_size(pair))
    with register.action():
        for ids in sorted(made_from.keys() - stale.keys()):
            yield Linked(ids, pairs[ids], fresh=True)
        found = compare_pairs(register, largest_first, used, progress=progress)
        for pair, links in zip(largest_first, found, strict=True):
            change = register.put_links_between(pair.ids, links, fingerprint=made_from[pair.ids], at=at, by=by)
            yield _linked(pair.ids, pair, change)
        for ids in gone:
            yield _linked(ids, None, register.put_links_between(ids, (), fingerprint=None, at=at, by=by))


def _size(pair: Pair) -> int:
    """About how much there is to compare. The largest pairs begin first: none is waited for alone at the end."""
    return pair.source.size * pair.target.size


def _touches(ids: tuple[str, str], documents: Collection[str] | None) -> bool:
    return documents is None or any(one in documents for one in ids)


def _linked(ids: tuple[str, str], pair: Pair | None, change: Change | None) -> Linked:
    counts = {} if change is None else change.counts
    added, changed, removed = (counts.get(f"links {what}", 0) for what in ("added", "changed", "removed"))
    return Linked(ids, pair, fresh=False, added=added, changed=changed, removed=removed)
