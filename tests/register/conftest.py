from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from deedline.register import Register, open_register

Opener = Callable[[], AbstractContextManager[Register]]


@contextmanager
def _sqlite(folder: Path) -> Iterator[Register]:
    with open_register(folder / "register.db") as register:
        yield register


STORES = {"sqlite": _sqlite}  # a further store joins here, and must pass all of this folder


@pytest.fixture(params=sorted(STORES))
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens one and the same register, of each store."""
    return lambda: STORES[request.param](tmp_path)


@pytest.fixture
def register(opener: Opener) -> Iterator[Register]:
    with opener() as register:
        yield register
        assert register.check() == ()
