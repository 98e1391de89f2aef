"""What every test may ask for: the real documents and their labels, where they lie beside the repository."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
REQUIRED = "DEEDLINE_REQUIRE_SHARED"

settings.register_profile("untimed", deadline=None)  # no test fails because a machine is slow
settings.load_profile("untimed")


def shared_folder(name: str) -> Path:
    """`../shared/NAME`; skips the test where it is absent, or fails it where DEEDLINE_REQUIRE_SHARED=1 demands it."""
    folder = SHARED / name
    if folder.is_dir():
        return folder
    reason = f"../shared/{name} is not beside this repository; the real documents cannot be read"
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{reason}, and {REQUIRED}=1 demands them")
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What takes long to make is kept from one run to the next in pytest's own cache, not in the user's folder."""
    cache = pytestconfig.cache
    folder = cache.mkdir("deedline") if cache else tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DEEDLINE_CACHE", str(folder))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Folder of the five real documents."""
    return shared_folder("seeds")


@pytest.fixture(scope="session")
def gold() -> Path:
    """Folder of the readers' labels, with `score.py` and `dev/`."""
    return shared_folder("gold")


@pytest.fixture(scope="session")
def linked_seeds(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of the five real documents, linked; to be read only."""
    from deedline.operations import Source, add, relink
    from deedline.register import open_register

    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with open_register(path) as register:
        added = list(add(register, [Source(file) for file in sorted(seeds.glob("*.txt"))], at=at, by="tests"))
        assert not any(one.error for one in added)
        list(relink(register, at=at, by="tests"))
    return path
