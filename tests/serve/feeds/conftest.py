from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deedline.register import Register, open_register
from deedline.serve.site import Site
from tests.operations.town import Tags, edition, line, linked

BEFORE, AFTER = "工務局在2023年底前興建圖書館 #a", "工務局在2024年底前興建圖書館 #a"


@pytest.fixture
def site() -> Site:
    return Site("https://register.example", "海港登記冊", "register.example", language="en")


@pytest.fixture
def city(register_path: Path) -> Iterator[Register]:
    """The invented city, hostile words and reports among its items."""
    with open_register(register_path) as register:
        yield register


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Register]:
    """Two editions, the later restating a promise of the earlier."""
    with open_register(tmp_path / "town.db") as register:
        edition("old", date(2023, 10, 1), line(BEFORE, due=("2023年底前", date(2023, 12, 31))), "工務局種樹").put(
            register
        )
        edition("new", date(2024, 10, 1), line(AFTER, due=("2024年底前", date(2024, 12, 31)))).put(register)
        linked(register, Tags())
        yield register
