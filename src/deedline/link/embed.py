"""The one interface to embedding models, and a cache by content before it.

An embedder gives a text as a row of vectors, one a token, so that two texts can be compared word by word. A model
that knows only whole texts gives one row of one vector and fits the same interface.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from deedline.link.aside import Aside, Place

_HELD = 48 << 20  # bytes of packed encodings held in memory: some thousands of texts
_TOGETHER = 512  # texts encoded at a time, alike in length: what is not yet packed takes a hundred times the text


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text as vectors: `ids` name its tokens (for their rarity), `states` are (tokens, width)."""

    ids: NDArray[np.int32]
    states: NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into encodings. `name` changes whenever the vectors would; `width` is the length of one."""

    name: str
    width: int

    def encode(self, texts: list[str]) -> list[Encoding]:
        """Encodings in the order of the texts; the same text gives the same encoding in any company."""
        ...


def default_embedder(threads: int | None = None) -> Embedder:
    """multilingual-e5-small on `threads` threads, by default one a core."""
    from deedline.link.e5 import E5

    return E5(threads or cores())


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def packed(encoding: Encoding) -> bytes:
    """An encoding in a quarter of its size: 8 bits a number, one scale a token."""
    peak = np.abs(encoding.states).max(axis=1, keepdims=True, initial=1e-9).astype(np.float32)
    small = np.round(encoding.states / peak * 127).astype(np.int8)
    size = np.array(encoding.states.shape, np.int32)
    return b"".join((size.tobytes(), encoding.ids.astype(np.int32).tobytes(), peak.tobytes(), small.tobytes()))


def unpacked(data: bytes) -> Encoding:
    """The encoding that `packed` wrote."""
    rows, width = np.frombuffer(data, np.int32, 2)
    ids = np.frombuffer(data, np.int32, rows, 8)
    peak = np.frombuffer(data, np.float32, rows, 8 + 4 * rows)
    small = np.frombuffer(data, np.int8, rows * width, 8 + 8 * rows)
    return Encoding(ids, _scaled(small.reshape(rows, width), peak))


def _scaled(small: NDArray[np.int8], peak: NDArray[np.float32]) -> NDArray[np.float32]:
    return small.astype(np.float32) * (peak[:, None] / np.float32(127))


def unpacked_states(several: Sequence[bytes], width: int) -> tuple[NDArray[np.float32], list[int]]:
    """The states of encodings that `packed` wrote, end to end, and how many each has: what `unpacked` gives of each."""
    sizes = [int.from_bytes(data[:4], sys.byteorder) for data in several]
    peaks = b"".join(data[8 + 4 * rows : 8 + 8 * rows] for data, rows in zip(several, sizes, strict=True))
    small = b"".join(data[8 + 8 * rows :] for data, rows in zip(several, sizes, strict=True))
    states = np.frombuffer(small, np.int8).reshape(sum(sizes), width)
    return _scaled(states, np.frombuffer(peaks, np.float32)), sizes


def content_key(name: str, text: str) -> str:
    """Where a text's encoding by a model is kept."""
    return sha256(f"{name}\0{text}".encode()).hexdigest()[:32]


class Encodings(Mapping[str, Encoding]):
    """Encodings by text, packed. A few are held in memory, the others aside in a file of their own: to read them again
    from where they are kept takes ten times as long, and candidates ask for each of them some fifty times."""

    def __init__(self, name: str, store: MutableMapping[str, bytes]) -> None:
        self._name, self._store, self._room = name, store, _HELD
        self._keys: dict[str, str] = {}
        self._held: dict[str, bytes] = {}
        self._aside, self._places = Aside(), dict[str, Place]()

    def __getitem__(self, text: str) -> Encoding:
        return unpacked(self.packed(text))

    def packed(self, text: str) -> bytes:
        """A text's encoding as it is kept."""
        held, place = self._held.get(text), self._places.get(text)
        if held is not None:
            return held
        return self._store[self._keys[text]] if place is None else self._aside.get(place)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, text: str) -> bool:
        """Whether a text's encoding is kept; it is then one of these."""
        self._keys[text] = content_key(self._name, text)
        data = self._store.get(self._keys[text])
        if data is not None:
            self._hold(text, data)
        return data is not None

    def put(self, text: str, encoding: Encoding) -> None:
        """Keep the encoding of a text that was not found."""
        data = packed(encoding)
        self._store[self._keys[text]] = data
        self._hold(text, data)

    def _hold(self, text: str, data: bytes) -> None:
        if len(data) <= self._room:
            self._room -= len(data)
            self._held[text] = data
        elif place := self._aside.put(data):
            self._places[text] = place


def encode_all(embedder: Embedder, texts: Iterable[str], store: MutableMapping[str, bytes] | None = None) -> Encodings:
    """Encodings by text, from `store` where it has them, put there where it had not.

    Every encoding goes through its stored form, so that results are the same with and without a store.
    """
    found = Encodings(embedder.name, {} if store is None else store)
    missing = sorted((text for text in sorted(set(texts)) if not found.find(text)), key=len)
    for start in range(0, len(missing), _TOGETHER):
        some = missing[start : start + _TOGETHER]
        for text, encoding in zip(some, embedder.encode(some), strict=True):
            found.put(text, encoding)
    return found
