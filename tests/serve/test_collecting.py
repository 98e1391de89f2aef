"""What a server keeps is not gone through again once going through it has taken long."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count

import pytest

from deedline.serve import collecting


@pytest.fixture
def _sparing() -> Iterator[None]:
    before = list(gc.callbacks)
    collecting.spare_what_stays.cache_clear()
    collecting.spare_what_stays()
    yield
    gc.callbacks[:] = before
    collecting.spare_what_stays.cache_clear()
    gc.unfreeze()


@pytest.mark.parametrize(("seconds", "frozen"), [(0.001, False), (1, True)])
@pytest.mark.usefixtures("_sparing")
def test_what_outlives_a_long_collection_is_left_out_of_the_next(
    seconds: float, frozen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count()
    monkeypatch.setattr(collecting, "perf_counter", lambda: next(clock) * seconds)
    before = gc.get_freeze_count()
    gc.collect(0)
    gc.collect(1)
    assert gc.get_freeze_count() == before
    gc.collect()
    assert (gc.get_freeze_count() > before) is frozen


@pytest.mark.usefixtures("_sparing")
def test_asking_twice_looks_once() -> None:
    held = len(gc.callbacks)
    collecting.spare_what_stays()
    assert len(gc.callbacks) == held
