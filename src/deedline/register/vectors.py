"""What texts mean, as vectors beside the search index: added to at the end, read from the disk's cache, scanned.

A row is an item's id, a hash of the words that were encoded, and the vector twice: in 8 bits a number, and in one bit a
number. Few rows are all compared in 8 bits; of many, the bits choose those that are. Rows of items that are gone, or
say something else now, do no harm: whoever asks reads the item again and compares the hash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deedline.register.index_folder import UnsoundIndexError

Idents = NDArray[np.uint64]
Floats = NDArray[np.float32]

ALL_COMPARED = 50_000  # rows that are compared in 8 bits, every one
_MOST_COSINE = 1.05  # what rounding to 8 bits can make of 1
_CHOSEN = 1_000  # rows that the bits choose, of more
_BITS_TOGETHER, _STATES_TOGETHER = 1 << 14, 512  # rows a step: what a processor keeps at hand


@dataclass(frozen=True, slots=True)
class Near:
    """An item by its id, the hash of the words that were encoded, and the cosine, -1 to 1."""

    id: str
    words: int
    score: float


def words_hash(text: str) -> int:
    """What stands for an encoded text."""
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


class Vectors:
    """Vectors of one model, `width` numbers each (a multiple of 64), in a folder or in memory (None).

    Several threads may search; one writes at a time, which is for the caller to see to.
    """

    def __init__(self, folder: Path | None, width: int) -> None:
        self.folder, self.width = folder, width
        self._shapes: dict[str, tuple[str, tuple[int, ...]]] = {
            "states": ("<i1", (width,)),
            "scale": ("<f4", ()),
            **{f"bits{n}": ("<u8", ()) for n in range(width // 64)},  # a file a word, because they are read so
            "words": ("<u8", ()),
            "ident": ("<u8", ()),
        }
        self._columns = {name: np.zeros((0, *shape), kind) for name, (kind, shape) in self._shapes.items()}
        self.reload()

    def __len__(self) -> int:
        return len(self._columns["ident"])

    def reload(self) -> None:
        """See what was added since, by whatever process. A row that was not written whole does not count."""
        if self.folder is None:
            return
        rows = min(self._rows_in(name) for name in self._shapes)
        if rows != len(self):
            self._columns = {name: self._mapped(name, rows) for name in self._shapes}

    def _file(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{name}.rows"

    def _row_bytes(self, name: str) -> int:
        kind, shape = self._shapes[name]
        return int(np.dtype(kind).itemsize * np.prod(shape, dtype=int))

    def _rows_in(self, name: str) -> int:
        try:
            return self._file(name).stat().st_size // self._row_bytes(name)
        except OSError:
            return 0

    def _mapped(self, name: str, rows: int) -> NDArray[Any]:
        kind, shape = self._shapes[name]
        if not rows:
            return np.zeros((0, *shape), kind)
        return np.memmap(self._file(name), kind, "r", shape=(rows, *shape))

    def known(self) -> set[tuple[str, int]]:
        """The ids, and hashes of words, that have a vector."""
        pairs = zip(self._columns["ident"].tolist(), self._columns["words"].tolist(), strict=True)
        return {(f"{ident:016x}", words) for ident, words in pairs}

    def add(self, pairs: Iterable[tuple[str, int]], vectors: Floats) -> None:
        """Keep unit vectors (rows, width) of ids and hashes of their words."""
        listed = list(pairs)
        peak = np.abs(vectors).max(axis=1, initial=1e-9, keepdims=True)
        rows: dict[str, NDArray[Any]] = {
            "states": np.round(vectors / peak * 127).astype("<i1"),
            "scale": (peak[:, 0] / 127).astype("<f4"),
            **{f"bits{n}": word for n, word in enumerate(_bits(vectors).T)},
            "words": np.array([words for _, words in listed], "<u8"),
            "ident": np.array([int(item_id, 16) for item_id, _ in listed], "<u8"),
        }
        if self.folder is None:
            self._columns = {name: np.concatenate([self._columns[name], rows[name]]) for name in self._shapes}
            return
        self.reload()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in self._shapes:
                with self._file(name).open("ab") as file:
                    file.truncate(len(self) * self._row_bytes(name))  # what a kill left half-written
                    file.write(np.ascontiguousarray(rows[name]).tobytes())
        except OSError as error:
            raise UnsoundIndexError(f"{self.folder}: the search index cannot be written ({error})") from None
        self.reload()

    def nearest(self, query: Floats, limit: int, among: Idents | None = None) -> tuple[Near, ...]:
        """Rows nearest to a unit vector, best first; only of the items `among`, where given.

        UnsoundIndexError where rows that are no unit vectors show that the files are damaged.
        """
        held = self._columns
        rows = None if among is None else np.flatnonzero(np.isin(held["ident"], among))
        count = len(self) if rows is None else len(rows)
        if count > ALL_COMPARED:
            rows = self._chosen(query, rows)
        with np.errstate(all="ignore"):
            scores = self._scores(query, rows)
        if not np.all(np.abs(scores) < _MOST_COSINE):
            raise UnsoundIndexError(f"{self.folder}: the vectors of the search index are damaged; delete it")
        best = np.argsort(-scores, kind="stable")[:limit]
        at = best if rows is None else rows[best]
        found = zip(held["ident"][at].tolist(), held["words"][at].tolist(), scores[best].tolist(), strict=True)
        return tuple(Near(f"{ident:016x}", words, score) for ident, words, score in found)

    def _scores(self, query: Floats, rows: NDArray[np.intp] | None) -> Floats:
        held = self._columns
        states = held["states"] if rows is None else held["states"][rows]
        scale = held["scale"] if rows is None else held["scale"][rows]
        steps = range(0, len(states), _STATES_TOGETHER)
        blocks = [states[i : i + _STATES_TOGETHER].astype(np.float32) @ query for i in steps]
        return np.asarray(np.concatenate(blocks) * scale if blocks else np.zeros(0), np.float32)

    def _chosen(self, query: Floats, rows: NDArray[np.intp] | None) -> NDArray[np.intp]:
        """The rows whose bits differ least from the query's, `_CHOSEN` of them and those as near as the last."""
        asked = _bits(query[None])[0]
        columns = [self._columns[f"bits{n}"] for n in range(len(asked))]
        if rows is not None:
            columns = [column[rows] for column in columns]
        differing = np.zeros(len(columns[0]), np.uint16)
        for start in range(0, len(differing), _BITS_TOGETHER):
            counted = differing[start : start + _BITS_TOGETHER]
            for column, word in zip(columns, asked, strict=True):
                counted += np.bitwise_count(column[start : start + _BITS_TOGETHER] ^ word)
        within = np.cumsum(np.bincount(differing, minlength=self.width + 1))
        chosen = np.flatnonzero(differing <= np.searchsorted(within, _CHOSEN))[: 4 * _CHOSEN]
        return chosen if rows is None else rows[chosen]


def _bits(vectors: Floats) -> Idents:
    return np.packbits(vectors > 0, axis=1, bitorder="little").view("<u8")
