"""The invented city's documents, read and linked, behind the API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline.operations import Source, add, relink
from deedline.register import open_register
from deedline.serve.api import make_api

AT = datetime(2032, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def clearbay(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
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
        yield path


@pytest.fixture
def client(clearbay: Path, monkeypatch: pytest.MonkeyPatch, root: Path) -> TestClient:
    """Who asks the API."""
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples" / "knowledge"))
    return TestClient(make_api(str(clearbay)), raise_server_exceptions=False)
