from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deedline.register import open_register
from deedline.serve.cli import main
from tests.operations.town import Tags, edition, ids, line, linked, submission


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A register of two editions and a submission, linked by their tags."""
    path = tmp_path / "town.db"
    first, second = date(2023, 12, 31), date(2024, 12, 31)
    with open_register(path) as register:
        edition(
            "old",
            date(2023, 10, 1),
            line("工務局在2023年底前興建圖書館 #a", due=("2023年底前", first)),
            "維修行人路 ?b",
            "種樹",
        ).put(register)
        edition(
            "new",
            date(2024, 10, 1),
            line("工務局在2024年底前興建圖書館 #a", due=("2024年底前", second)),
            "行人路完工 #b",
            "工務局增設單車徑 #c",
            "公園 ?e",
        ).put(register)
        submission("asked", date(2024, 8, 1), "應興建圖書館 #a", "應增設單車徑 #c", "應減稅 #d", "應建公園 #e").put(
            register
        )
        linked(register, Tags())
    return path


@pytest.fixture
def town_ids(town: Path) -> dict[str, str]:
    """The id of each of its items, by its text."""
    with open_register(town) as register:
        return ids(register)


@pytest.fixture
def in_town(town: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`deedline` with the words given, on that register; `typed` is what the person types."""
    monkeypatch.setenv("DEEDLINE_USER", "tester")
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, ["--register", str(town), *words], input=typed)

    return call


@pytest.fixture
def ask_town(in_town: Callable[..., Result]) -> Callable[..., Any]:
    """The JSON that `deedline … --json` prints."""

    def call(*words: str) -> Any:
        result = in_town(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return call
