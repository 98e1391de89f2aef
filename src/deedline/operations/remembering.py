"""What was computed of a register stays in memory until the register changes: pages and programs ask again and again.

In: a register, what is asked, how to compute it. Out: the value, the very one as before where nothing changed since.
Refuses to keep what is large, and more in all than a bound, whatever the number of registers and days asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from deedline.register import Register, StoredDocument

MOST_OF_ONE = 100_000  # entries and links of one value: larger ones are computed whenever they are asked for
MOST_OF_ALL = 300_000

Place = tuple[Hashable, ...]
Key = tuple[Place, Hashable, tuple[Hashable, ...]]
T = TypeVar("T")


class Memory:
    """Values by the place, the revision and the question that they answer, for threads to share.

    `most_of_one` bounds what one value may weigh to be kept, `most_of_all` what those that are kept weigh together.
    """

    def __init__(self, most_of_one: int = MOST_OF_ONE, most_of_all: int = MOST_OF_ALL) -> None:
        self._bounds = most_of_one, most_of_all
        self._kept: OrderedDict[Key, tuple[Any, int]] = OrderedDict()  # the latest asked for stands last
        self._turns: dict[Key, Lock] = {}
        self._lock = Lock()

    def get(self, key: Key, compute: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """The value kept for `key`, else computed and, if it is not too large, kept.

        Where several threads ask for what is not there, one computes it and the others wait.
        """
        with self._lock:
            if key in self._kept:
                return cast(T, self._again(key))
            turn = self._turns.setdefault(key, Lock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return cast(T, self._again(key))
            try:
                value = compute()
                with self._lock:
                    self._keep(key, value, weigh(value))
            finally:
                with self._lock:
                    self._turns.pop(key, None)
        return value

    def _again(self, key: Key) -> Any:
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def _keep(self, key: Key, value: object, weight: int) -> None:
        """Keep a value, and let go what is of another revision of its place, then what was asked for least lately."""
        place, revision, _ = key
        for old in [old for old in self._kept if old[0] == place and old[1] != revision]:
            del self._kept[old]
        one, most = self._bounds
        if weight <= one:
            self._kept[key] = value, max(weight, 1)
        while sum(held for _, held in self._kept.values()) > most:
            self._kept.popitem(last=False)


_MEMORY = Memory()


def remembered(
    register: Register,
    question: tuple[Hashable, ...],
    compute: Callable[[], T],
    weigh: Callable[[T], int] = lambda _: 1,
    memory: Memory = _MEMORY,
) -> T:
    """What `compute` gives, as it was computed before if the register has not changed since.

    `question` tells the values of one register apart; `weigh` says how many entries and links one holds. Call it inside
    `register.snapshot()`, so that the revision and what is computed are of one moment. What comes back is shared: leave
    it as it is. `memory` is that of the process unless another is given, with bounds of its own.
    """
    key = _place(register), register.revision(), question
    return memory.get(key, compute, weigh)


def documents_held(register: Register) -> tuple[StoredDocument, ...]:
    """All documents by date, name and id, remembered until the register changes."""
    with register.snapshot():
        return remembered(register, ("documents",), register.documents, len)


def _place(register: Register) -> Place:
    """Where the register is, so that another file at the same path is another place."""
    path = Path(register.location)
    try:
        told = path.stat()
    except OSError:
        return (register.location,)
    return str(path.absolute()), told.st_dev, told.st_ino
