"""How alike in meaning the items of two documents are, whatever language each is in."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from threadpoolctl import threadpool_limits

from deedline.link.embed import Embedder, default_embedder
from deedline.link.prepare import prepare
from deedline.model.entry import Entry


def likeness(
    one: Sequence[Entry],
    other: Sequence[Entry],
    *,
    embedder: Embedder | None = None,
    store: MutableMapping[str, bytes] | None = None,
) -> list[list[float]]:
    """Cosines of the items' vectors, a row for each of `one`; `store` keeps encodings by content."""
    if not one or not other:
        return [[] for _ in one]
    with threadpool_limits(1, user_api="blas"):
        sides = prepare(one, other, embedder or default_embedder(), store)
        found = sides.query.vectors @ sides.target.vectors.T
    return [[round(float(value), 4) for value in row] for row in found]
