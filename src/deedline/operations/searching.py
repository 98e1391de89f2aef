"""Search over items: ranked by their words, by their meaning where words find few, and every hit says why."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deedline.errors import InputError, KnowledgeError, LimitError
from deedline.operations.coming import LOADING
from deedline.operations.indexing import OpenIndex, bring_up_to_date, give_up, index_of
from deedline.operations.sought import Hit, How, Meaning, SearchPage, SearchQuery, fits, narrowed_by
from deedline.operations.suggesting import named
from deedline.operations.translating import Unit, units_of
from deedline.operations.unranked import unranked
from deedline.operations.wording import clauses_of, matches
from deedline.register import ItemState, Register, StoredDocument, StoredItem
from deedline.register.index_folder import UnsoundIndexError
from deedline.register.index_values import Clause, Narrowed, Ranked

DEEPEST = 10_000  # hits that can be paged through
MOST_ON_A_PAGE = 200
FEW = 10  # hits by words below which meaning is asked too
_RANKS_SHARED = 60  # of reciprocal rank fusion: how little the first few ranks differ
_TRANSLATED = 0.9  # what the best translation counts, beside the least of what has the words itself
_RANKED = 100  # hits by words that are fused with those by meaning, at least
_TRIES = 3  # the index as it is, made anew, and in another place
_TOGETHER = 500  # items that are read at once
_FILTERED = 50_000  # items that fit the filters, up to which only these are compared by meaning

# How a place between pages begins: in the ranking as it is, or in one for which what compares meanings was not waited
# for. Later pages keep to the way of the first, so that they neither repeat nor pass over anything.
_RANKING, _BY_WORDS = "r", "w"
_STILL_LOADING = "what compares meanings is still being loaded: only words were compared; search again soon"


@dataclass(slots=True)
class _Found:
    """A ranking on its way to a page.

    `direct` are ids that have the words, `words` those and ids that have translations of them, `near` hashes of words
    and cosines by id. `total` counts what has the words, `translated` what more has translations. `without_meaning`:
    few have the words, but what compares meanings was not waited for.
    """

    order: list[tuple[str, float]]
    direct: frozenset[str]
    words: frozenset[str]
    near: Mapping[str, tuple[int, float]]
    total: int
    translated: int | None
    units: tuple[Unit, ...] = ()
    most_words: bool = False
    without_meaning: bool = False
    notes: list[str] = field(default_factory=list)


def prepare_search(
    register: Register, *, anew: bool = False, meant: bool = True, progress: Callable[[int], None] | None = None
) -> int:
    """Bring the search index up to date, or make it `anew`, with the vectors of all items unless not `meant`.

    `progress` is told of items done. How many items have no vector still. BusyError where another process does the
    same; RegisterError where nothing can be written.
    """
    held = bring_up_to_date(register, anew=anew, progress=progress)
    if not meant:
        return 0
    from deedline.operations import meaning  # NumPy, and where a text is encoded the model, take their time to load

    with register.snapshot(), held.guard:
        left = meaning.fill(register, held, progress=progress)
        held.memory["wanting"] = left
        return left


def load_meaning(register: Register, *, filling: bool) -> None:
    """Load what compares meanings before anyone waits for it, where there is anything to compare or, `filling`, there
    soon will be. KnowledgeError where the model is not installed."""
    held = index_of(register)
    if held is not None and (filling or len(held.vectors)):
        from deedline.operations.meaning import encoded_query

        encoded_query("-")


def search(register: Register, query: SearchQuery) -> SearchPage:
    """One page of what fits a query, best first.

    InputError where there is nothing to look for, or `limit` or `after` cannot be; LimitError where it is too long or
    too deep. Brings the index up to date first; where none can be had, the register's own search answers, unranked.
    """
    began = time.perf_counter()
    if not 1 <= query.limit <= MOST_ON_A_PAGE:
        raise InputError(f"{query.limit} hits a page cannot be; ask for 1 to {MOST_ON_A_PAGE}")
    return replace(_search(register, query), took=time.perf_counter() - began)


def found_items(register: Register, query: SearchQuery) -> tuple[StoredItem, ...]:
    """All that `search` would page through, best first: DEEPEST items at most. InputError and LimitError as there.

    What compares meanings is waited for while it is loaded: a file of what was found cannot say that it was not asked.
    """
    query = replace(query, limit=DEEPEST, after="")
    return tuple(hit.stored for hit in _search(register, query, waits=True).hits)


def _search(register: Register, query: SearchQuery, *, waits: bool = False) -> SearchPage:
    clauses = clauses_of(f"{query.words} {query.within.text}".strip())
    with register.snapshot():
        page = None
        for _ in range(_TRIES):
            try:
                held = index_of(register)
                page = None if held is None else _ranked(register, query, clauses, held, waits)
                break
            except UnsoundIndexError:
                give_up(register)
        return page or unranked(register, query, clauses)


def _ranked(
    register: Register, query: SearchQuery, clauses: tuple[Clause, ...], held: OpenIndex, waits: bool
) -> SearchPage:
    start = _offset(query.after)
    if query.meaning is Meaning.WHERE_FEW and query.after.startswith(_BY_WORDS):
        query = replace(query, meaning=Meaning.NEVER)
    found = _found(register, query, clauses, held, start + query.limit, waits=waits or start > 0)
    hits = _hits(register, query, clauses, found, held, found.order[start : start + query.limit])
    counted = max(found.total + (found.translated or 0), len(found.order))
    known = len(found.order) if len(found.order) < start + query.limit else counted
    going_on = start + query.limit < min(known, DEEPEST)
    of_words = found.without_meaning or query.after.startswith(_BY_WORDS)
    if held.late:
        found.notes.append(held.late)
    if held.folder is None:
        found.notes.append("no search index can be kept beside this register or in the cache folder; it is in memory")
    return SearchPage(
        hits=hits,
        total=found.total,
        near=len(found.near.keys() - found.words),
        took=0.0,
        how=How.MEMORY if held.folder is None else How.INDEX,
        translated=found.translated,
        rendered=tuple((unit.typed, unit.others) for unit in found.units if unit.others),
        most_words=found.most_words,
        bodies=named(held, clauses, "body"),
        names=named(held, clauses, "name"),
        notes=tuple(found.notes),
        next=f"{_BY_WORDS if of_words else _RANKING}{start + query.limit}" if going_on else None,
    )


def _offset(after: str) -> int:
    if not after:
        return 0
    if not re.fullmatch(rf"[{_RANKING}{_BY_WORDS}][0-9]{{1,6}}", after):
        raise InputError(f"{after[:40]!r} is not where a page of this search ended; begin it again")
    if int(after[1:]) >= DEEPEST:
        raise LimitError(f"a search goes {DEEPEST} hits deep; narrow it by more words, a body or a document")
    return int(after[1:])


def _found(
    register: Register, query: SearchQuery, clauses: tuple[Clause, ...], held: OpenIndex, depth: int, *, waits: bool
) -> _Found:
    narrowed, units = narrowed_by(query), units_of(clauses)
    deep = max(depth, _RANKED)
    ranked, beyond, most_words = held.words.find(clauses, narrowed, deep), Ranked((), 0), False
    ways = [(unit.said, *((other,) for other in unit.clauses)) for unit in units]
    reached = ranked.total <= deep  # else translations stand on no page near this one
    if units and reached:
        beyond = held.words.find_rendered(ways, clauses, narrowed, max(1, deep - len(ranked.best)))
    wanted = len(units) or sum(not clause.out and not clause.exact for clause in clauses)
    if not ranked.total and not beyond.total and wanted > 2:
        ranked = held.words.find(clauses, narrowed, deep, most=True)
        if units:
            beyond = held.words.find_rendered(ways, clauses, narrowed, deep, most=True)
        most_words = ranked.total + beyond.total > 0
    order = [*ranked.best, *_below(ranked, beyond)][:deep]
    direct, keys = (frozenset(key for key, _ in pairs) for pairs in (ranked.best, order))
    found = _Found(order, direct, keys, {}, ranked.total, beyond.total if reached else None, units, most_words)
    few = most_words or ranked.total + beyond.total < FEW
    if query.meaning is Meaning.ALWAYS or (query.meaning is Meaning.WHERE_FEW and few):
        if query.meaning is Meaning.WHERE_FEW and LOADING.is_set() and not waits:
            found.without_meaning = True
            found.notes.append(_STILL_LOADING)
        else:
            found.near = _near(register, query, clauses, held, found)
            found.order = _fused(order, found.near)
    if found.near:
        found.order = _in_groups(found.order, direct, keys)
    return found


def _below(ranked: Ranked, beyond: Ranked) -> list[tuple[str, float]]:
    """What has translations only, with scores less than any of what has the words; what `ranked` has is left out."""
    had = {key for key, _ in ranked.best}
    best = max((score for _, score in beyond.best), default=0.0)
    least = min((score for _, score in ranked.best), default=best)
    share = min(1.0, _TRANSLATED * least / best) if best else 1.0
    return [(key, share * score) for key, score in beyond.best if key not in had]


def _in_groups(
    order: list[tuple[str, float]], direct: Collection[str], words: Collection[str]
) -> list[tuple[str, float]]:
    """What has the words first, then what has translations of them, then what is only near; each in its order."""
    grouped = sorted(order, key=lambda pair: (pair[0] not in direct, pair[0] not in words))
    return [(key, 1 / (_RANKS_SHARED + rank)) for rank, (key, _) in enumerate(grouped, 1)]


def _near(
    register: Register, query: SearchQuery, clauses: tuple[Clause, ...], held: OpenIndex, found: _Found
) -> dict[str, tuple[int, float]]:
    """Hash of words and cosine by id, best first; nothing, and a note, where the model is not installed."""
    from deedline.operations import meaning

    out = [clause for clause in clauses if clause.out]
    narrowed = narrowed_by(query)
    try:
        if left := meaning.wanting(register, held):
            found.notes.append(f"{left} items are not compared by meaning yet; `deedline search --rebuild` does it")
        among = None
        if out or narrowed != Narrowed():
            fitting = held.words.fitting(narrowed, _FILTERED, out)
            among = [key for key, _ in fitting.best]
            if fitting.total > _FILTERED:
                found.notes.append(f"only {_FILTERED} of the items that fit the filters were compared by meaning")
        rendered = " ".join(unit.others[0] if unit.others else unit.typed for unit in found.units)
        near = meaning.nearest(held, query.words, among, rendered)
    except KnowledgeError as error:
        found.notes.append(f"nothing was compared by meaning: {error}")
        return {}
    return {one.id: (one.words, one.score) for one in near}


def _fused(order: Sequence[tuple[str, float]], near: Mapping[str, tuple[int, float]]) -> list[tuple[str, float]]:
    """Both rankings as one, by the sum of 1 / (60 + rank); of equals, what has the words leads."""
    scores: dict[str, float] = {}
    for ranking in ([key for key, _ in order], list(near)):
        for rank, key in enumerate(ranking, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (_RANKS_SHARED + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _hits(
    register: Register,
    query: SearchQuery,
    clauses: tuple[Clause, ...],
    found: _Found,
    held: OpenIndex,
    chosen: Sequence[tuple[str, float]],
) -> tuple[Hit, ...]:
    """What the register says of the chosen now; what is gone, or is not what was indexed, is left out."""
    keys = [key for key, _ in chosen]
    parts = (register.items_by_id(keys[start : start + _TOGETHER]) for start in range(0, len(keys), _TOGETHER))
    said = {key: stored for part in parts for key, stored in part.items()}
    translated = [(unit.typed, unit.clauses) for unit in found.units if unit.clauses]
    hits = []
    for key, score in chosen:
        stored = said.get(key)
        if stored is None or stored.state is not ItemState.PRESENT:
            continue
        document = _document(register, held, stored.document_id)
        if not fits(stored, document, query):
            continue
        near = _nearness(found, stored)
        why = matches(clauses, stored, document, translated) if key in found.words else ()
        if why or near is not None:
            hits.append(Hit(stored, document, why, near, score, key in found.words and key not in found.direct))
    return tuple(hits)


def _document(register: Register, held: OpenIndex, document_id: str) -> StoredDocument:
    """The document as it is now; remembered while the index is up to date with the register."""
    if held.late:
        return register.document(document_id)
    kept = held.memory.get(f"document {document_id}")
    if not isinstance(kept, StoredDocument):
        kept = held.memory[f"document {document_id}"] = register.document(document_id)
    return kept


def _nearness(found: _Found, stored: StoredItem) -> float | None:
    """How near the item is; None where it is not, or says something else than what was encoded."""
    if stored.id not in found.near:
        return None
    from deedline.operations import meaning

    words, cosine = found.near[stored.id]
    return cosine if meaning.stands_for(words, stored) else None
