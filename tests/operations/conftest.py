from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deedline.register import Register, open_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register, which must be well at the end."""
    with open_register(tmp_path / "town.db") as opened:
        yield opened
        assert opened.check() == ()
