"""Many short arrays end to end in one: what is made of each of many texts, without an object for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """Arrays by number: `values` holds them all end to end, row `n` the `sizes[n]` of them from `starts[n]` on."""

    values: NDArray[T]
    starts: Ints
    sizes: Ints

    def __len__(self) -> int:
        return len(self.sizes)

    def __getitem__(self, number: int) -> NDArray[T]:
        start = self.starts[number]
        return self.values[start : start + self.sizes[number]]

    def gather(self, chosen: Ints) -> tuple[NDArray[T], Ints]:
        """The values of some rows end to end, and for each value which of the chosen it belongs to."""
        places, owner = stretches(self.starts[chosen], self.sizes[chosen])
        return self.values[places], owner


def rows_of(arrays: Iterable[NDArray[T]], kind: type[T]) -> Rows[T]:
    """Arrays of one kind of numbers, taken one by one, as rows."""
    data, sizes = bytearray(), list[int]()
    for array in arrays:
        data += array.astype(kind, copy=False).tobytes()
        sizes.append(len(array))
    return Rows(np.frombuffer(data, kind), *spans_of(sizes))


def spans_of(sizes: Iterable[int]) -> tuple[Ints, Ints]:
    """Where stretches of the given sizes start that follow one another, and the sizes."""
    counted = np.array(list(sizes), np.int64)
    return np.cumsum(counted) - counted, counted


def stretches(starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """The numbers of several stretches of places in one array, and for each place the number of its stretch."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(len(owner)), owner
