"""A register to ask, and the command line to ask it with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deedline.operations import Source, add, relink
from deedline.register import open_register
from deedline.serve.cli import main
from tests.serve.invented import AT, make_register


@pytest.fixture
def register_path(tmp_path: Path) -> Path:
    """A register that holds the invented document."""
    return make_register(tmp_path / "city.db")


@pytest.fixture
def ids(register_path: Path) -> dict[str, str]:
    """The lasting id of each invented item, by its key."""
    with open_register(register_path) as register:
        return {stored.item.key: stored.id for stored in register.items()}


@pytest.fixture
def run(register_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`deedline` with the words given, on the invented register."""
    monkeypatch.setenv("DEEDLINE_USER", "tester")
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*words: str, location: Path | None = None) -> Result:
        return CliRunner().invoke(main, ["--register", str(location or register_path), *words])

    return call


@pytest.fixture
def ask(run: Callable[..., Result]) -> Callable[..., Any]:
    """The JSON that `deedline … --json` prints."""

    def call(*words: str) -> Any:
        result = run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return call


@pytest.fixture(scope="session")
def clearbay(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of all the examples, to be read only, with what is known of their city."""
    examples = root / "examples"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DEEDLINE_KNOWLEDGE", str(examples / "knowledge"))
        path = tmp_path_factory.mktemp("clearbay") / "clearbay.db"
        with open_register(path) as register:
            files = sorted(file for file in examples.iterdir() if file.is_file())
            added = list(add(register, [Source(file) for file in files], at=AT, by="tests", workers=0))
            assert not any(one.error for one in added)
            list(relink(register, at=AT, by="tests"))
    return path
