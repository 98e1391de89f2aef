"""What was computed of a register stays in memory until the register changes: pages and programs ask again and again.

In: a register, what is asked, how to compute it. Out: the value, the very one as before where nothing changed since.
Refuses to keep what is large, and more in all than a bound, whatever the number of registers and days asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from deedline.register import Register, StoredDocument

MOST_OF_ALL = 300_000  # entries and links of all values together
MOST_OF_ONE = MOST_OF_ALL  # of one: larger ones are computed whenever they are asked for
MOST_KEYS = 2_000  # values, whatever they weigh

Place = tuple[Hashable, ...]
Key = tuple[Place, Hashable, tuple[Hashable, ...]]
T = TypeVar("T")


class Memory:
    """Values by the place, the revision and the question that they answer, for threads to share.

    `most_of_one` bounds what one value may weigh to be kept, `most_of_all` what those that are kept weigh together,
    `most_keys` how many they are.
    """

    def __init__(
        self, most_of_one: int = MOST_OF_ONE, most_of_all: int = MOST_OF_ALL, most_keys: int = MOST_KEYS
    ) -> None:
        self._bounds = most_of_one, most_of_all, most_keys
        self._kept: OrderedDict[Key, tuple[Any, int]] = OrderedDict()  # the latest asked for stands last
        self._weight = 0  # of all that is kept
        self._revisions: dict[Place, Hashable] = {}  # of what is kept of each place
        self._turns: dict[Key, Future[Any]] = {}
        self._lock = Lock()

    def get(self, key: Key, compute: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """The value kept for `key`, else computed and, if it is not too large, kept.

        Where several threads ask for what is not there, one computes it and the others wait for what it gives, kept or
        not; where it fails, they compute it themselves.
        """
        while True:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return cast(T, self._kept[key][0])
                turn = self._turns.get(key)
                if turn is None:
                    mine = self._turns[key] = Future()
                    break
            if turn.exception() is None:
                return cast(T, turn.result())
        return self._compute(key, mine, compute, weigh)

    def _compute(self, key: Key, turn: Future[Any], compute: Callable[[], T], weigh: Callable[[T], int]) -> T:
        try:
            value = compute()
            weight = weigh(value)
        except BaseException as error:
            with self._lock:
                del self._turns[key]
            turn.set_exception(error)
            raise
        with self._lock:
            self._keep(key, value, weight)
            del self._turns[key]
        turn.set_result(value)
        return value

    def _keep(self, key: Key, value: object, weight: int) -> None:
        """Keep a value, and let go what is of another revision of its place, then what was asked for least lately."""
        place, revision, _ = key
        if self._revisions.get(place, revision) != revision:
            for old in [old for old in self._kept if old[0] == place]:
                self._let_go(old)
        most_of_one, most_of_all, most_keys = self._bounds
        if weight <= most_of_one:
            self._kept[key] = value, max(weight, 1)
            self._weight += max(weight, 1)
            self._revisions[place] = revision
        while self._weight > most_of_all or len(self._kept) > most_keys:
            self._let_go(next(iter(self._kept)))

    def _let_go(self, key: Key) -> None:
        self._weight -= self._kept.pop(key)[1]


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
