"""Linking timed: the five documents from cold and again, and editions of as many synthetic items as are asked."""

from __future__ import annotations

import os
import resource
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.city import editions
from deedline.link.embed import Encoding, default_embedder
from deedline.link.link import link_items
from deedline.run.kept import kept

MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
EDITIONS = 3


def _spent() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _row(start: float, spent: float, **counted: float) -> dict[str, float]:
    """Seconds and processors' seconds since then; the peak is that of this process and of the largest that it began."""
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    seconds = time.perf_counter() - start
    return {**counted, "seconds": seconds, "cpu": _spent() - spent, "peak_mb": peak, "load": os.getloadavg()[0]}


def cold(folder: Path) -> dict[str, float]:
    """Add the documents of `folder` unlinked, then link them with nothing encoded before, and link again.

    DEEDLINE_CACHE must name an empty folder.
    """
    from deedline.operations import Source, add, default_engine, relink
    from deedline.register import open_register

    with open_register(Path(os.environ["DEEDLINE_CACHE"]) / "bench.db") as register:
        list(add(register, [Source(file) for file in sorted(folder.iterdir())], at=MOMENT, by="bench"))
        start, spent, engine = time.perf_counter(), _spent(), default_engine(spread=True)
        linked = list(relink(register, at=MOMENT, by="bench", engine=engine))
        row = _row(start, spent, links=sum(each.added for each in linked))
        start = time.perf_counter()
        again = list(relink(register, at=MOMENT, by="bench", engine=engine))
        if not all(each.fresh for each in again):
            raise SystemExit("something was linked again although nothing had changed")
        return {**row, "again": time.perf_counter() - start}


class StandIn:
    """A cheap embedder: each character has a vector of its own, whatever stands around it. It knows no meaning, and is
    there to show what all but the encoder costs."""

    name = "stand-in of the bench"
    width = 64

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}

    def _vector(self, character: str) -> NDArray[np.float32]:
        if character not in self._known:
            drawn = np.random.default_rng(ord(character)).normal(size=self.width)
            self._known[character] = drawn.astype(np.float32)
        return self._known[character]

    def encode(self, texts: list[str]) -> list[Encoding]:
        """Encodings in the order of the texts."""
        return [
            Encoding(np.array([ord(c) for c in text], np.int32), np.array([self._vector(c) for c in text]))
            for text in texts
        ]


def city(items: int, stand_in: bool) -> dict[str, float]:
    """Link the editions of an invented city, each with the one before.

    Encodings are kept in a file, as `deedline link` keeps them: DEEDLINE_CACHE must name an empty folder.
    """
    sides = editions(items, EDITIONS)
    embedder = StandIn() if stand_in else default_embedder()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, spent, links, stated = time.perf_counter(), _spent(), 0, 0
    with kept("encodings") as store:
        for before, after in pairwise(sides):
            sure = [link.sure for link in link_items(after, before, embedder=embedder, store=store)]
            links, stated = links + len(sure), stated + sum(sure)
    given = sum(map(len, sides))
    return _row(start, spent, items=given, links=links, sure=stated, stand_in=stand_in, before_mb=own)


def encoder(items: int) -> dict[str, float]:
    """What encoding alone costs."""
    texts = [entry.item.text for side in editions(items, EDITIONS) for entry in side]
    embedder = default_embedder()
    embedder.encode(texts[:8])  # loading is counted with linking
    start, spent = time.perf_counter(), _spent()
    tokens = sum(len(encoding.ids) for encoding in embedder.encode(texts))
    return _row(start, spent, items=len(texts), tokens=tokens)
