"""The vectors of texts' tokens, ready to be compared. They are made of many texts together, which costs far less."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from deedline.link.embed import Encodings, unpacked_states

Vectors = NDArray[np.float32]


def unit(array: Vectors) -> Vectors:
    """Each row at unit length; a row of nothing stays so."""
    length = np.sqrt(np.add.reduce(array * array, axis=-1, keepdims=True))  # np.linalg.norm, without its ceremony
    return np.asarray(array / np.maximum(length, 1e-9), np.float32)


class States:
    """Tokens' vectors by the number of their text, off the centre and at unit length. They are made when they are asked
    for; of the last texts that were made, so many are kept."""

    def __init__(self, texts: Sequence[str], encoded: Encodings, centre: Vectors, kept: int) -> None:
        self._texts, self._encoded, self._centre, self._kept = texts, encoded, centre, kept
        self._made = OrderedDict[int, Vectors]()

    def of(self, chosen: Sequence[int]) -> list[Vectors]:
        """For each of the texts an array of (tokens, width)."""
        if missing := [number for number in chosen if number not in self._made]:
            self._make(missing)
        found = [self._made[number] for number in chosen]
        while len(self._made) > self._kept:
            self._made.popitem(last=False)
        return found

    def _make(self, missing: Sequence[int]) -> None:
        several = [self._encoded.packed(self._texts[number]) for number in missing]
        states, sizes = unpacked_states(several, len(self._centre))
        states, start = unit(states - self._centre), 0
        for number, size in zip(missing, sizes, strict=True):
            self._made[number] = states[start : start + size]
            start += size
