"""What items mean, kept as vectors beside the search index, and what lies near to a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from functools import lru_cache
from itertools import islice

import numpy as np

from deedline.errors import BusyError
from deedline.operations.indexing import WIDTH, OpenIndex
from deedline.register import Register, StoredItem
from deedline.register.index_folder import locked
from deedline.register.values import EVERYTHING
from deedline.register.vectors import Floats, Idents, Near, words_hash
from deedline.run.kept import kept

NEAREST = 50
LEAST = 0.25  # cosine, off the centre, below which nothing is called near
FILLED_UP_TO = 20_000  # items of a register whose vectors a search itself brings up to date
_ENCODED_AT_ONCE = 200  # texts that a search encodes, of those that linking has not
_TOGETHER = 256
_WAIT = 1.0


def words_of(stored: StoredItem) -> str:
    """What is encoded: the words that linking encodes too, so that its encodings serve."""
    return f"{stored.item.lead_in} {stored.item.text}".strip()


def stands_for(words: int, stored: StoredItem) -> bool:
    """Whether a hash is of what an item says now."""
    return words == words_hash(words_of(stored))


@lru_cache(maxsize=256)
def encoded_query(words: str) -> Floats:
    """A query as a unit vector. Loads the model at first use."""
    from deedline.link.embed import default_embedder

    (encoding,) = default_embedder().encode([words])
    return _vector(encoding.states)


def _vector(states: Floats) -> Floats:
    from deedline.link.centre import load_centre
    from deedline.link.e5 import E5

    mean = (states.mean(axis=0) if len(states) else np.zeros(WIDTH, np.float32)) - load_centre(E5.name, WIDTH)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def nearest(
    held: OpenIndex, words: str, among: Iterable[str] | None, rendered: str = "", limit: int = NEAREST
) -> tuple[Near, ...]:
    """Items near in meaning, best first; only those `among`, where given. Which may be gone or changed since.

    A word or two say little to the model in one language: where what was typed is `rendered` in the other too, what is
    sought lies halfway between both.
    """
    if not len(held.vectors):
        return ()
    chosen: Idents | None = None if among is None else np.array([int(one, 16) for one in among], np.uint64)
    sought = encoded_query(words)
    if rendered:
        halfway = sought + encoded_query(rendered)
        sought = np.asarray(halfway / max(float(np.linalg.norm(halfway)), 1e-9), np.float32)
    found = held.vectors.nearest(sought, limit, chosen)
    return tuple(near for near in found if near.score >= LEAST)


def wanting(register: Register, held: OpenIndex) -> int:
    """How many items have no vector yet, after what a search may do about it was done."""
    told = held.memory.get("wanting")
    if isinstance(told, int):
        return told
    items = register.count_items()
    if not held.guard.acquire(blocking=False):  # another thread is at it
        return max(0, items - len(held.vectors))
    try:
        if items > FILLED_UP_TO:
            left = max(0, items - len(held.vectors))
        else:
            left = fill(register, held, most=_ENCODED_AT_ONCE, wait=_WAIT)
        held.memory["wanting"] = left
        return left
    finally:
        held.guard.release()


def fill(
    register: Register,
    held: OpenIndex,
    *,
    most: int | None = None,
    wait: float = 60.0,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Give every item a vector, encoding `most` texts at most that are not kept from linking; how many are left."""
    known = held.vectors.known()
    missing = {
        (stored.id, words_hash(text)): text
        for stored in register.items(EVERYTHING)
        if (stored.id, words_hash(text := words_of(stored))) not in known
    }
    if not missing:
        return 0
    left = len(missing)
    try:
        with nullcontext() if held.folder is None else locked(held.folder, wait):
            held.vectors.reload()
            pairs = iter(missing.items())
            while batch := dict(islice(pairs, _TOGETHER)):
                made, most = _encoded(batch.values(), most)
                done = [pair for pair, text in batch.items() if text in made]
                if done:
                    held.vectors.add(done, np.array([made[batch[pair]] for pair in done], np.float32))
                left -= len(done)
                if progress is not None:
                    progress(len(batch))
    except BusyError:
        return left
    return left


def _encoded(texts: Iterable[str], most: int | None) -> tuple[Mapping[str, Floats], int | None]:
    """Vectors of texts, and what is then left of `most`. Encodings that linking kept are used; none is added."""
    from deedline.link.e5 import E5
    from deedline.link.embed import content_key, default_embedder, unpacked

    listed = list(dict.fromkeys(texts))
    made: dict[str, Floats] = {}
    with kept("encodings") as store:
        for text in listed:
            data = store.get(content_key(E5.name, text))
            if data is not None:
                made[text] = _vector(unpacked(data).states)
    rest = [text for text in listed if text not in made]
    if most is not None:
        rest, most = rest[:most], most - len(rest[:most])
    if rest:
        encodings = default_embedder().encode(rest)
        made.update((text, _vector(encoding.states)) for text, encoding in zip(rest, encodings, strict=True))
    return made, most
