"""What a server keeps for long is not searched for garbage again and again: that would stop every page meanwhile."""

from __future__ import annotations

import gc
from functools import cache
from time import perf_counter

_LONG = 0.02  # seconds that a collection may take
_OLDEST = 2


@cache
def spare_what_stays() -> None:
    """Leave out of later collections what one that took long found alive. For a process that serves, and once in it.

    What a register holds as Python's objects takes 0.1 s to go through; it holds no cycles, so it is freed, when the
    register has changed, by the count of its references.
    """
    began = 0.0

    def look(phase: str, told: dict[str, int]) -> None:
        nonlocal began
        if phase == "start":
            began = perf_counter()
        elif told["generation"] == _OLDEST and perf_counter() - began > _LONG:
            gc.freeze()

    gc.callbacks.append(look)
