"""The example documents, read and linked once for all pages' tests, and a client to ask the pages with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline.register import StoredDocument, open_register
from deedline.serve.web import make_app

DEEDLINE = str(Path(sys.executable).parent / "deedline")


@pytest.fixture(scope="session")
def clearbay(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of the example documents of both languages, linked; tests that write take a copy of it."""
    register = tmp_path_factory.mktemp("clearbay") / "clearbay.db"
    env = {**os.environ, "DEEDLINE_KNOWLEDGE": str(root / "examples/knowledge"), "DEEDLINE_REGISTER": str(register)}
    documents = sorted(str(path) for path in (root / "examples").glob("clearbay-*"))
    subprocess.run([DEEDLINE, "add", *documents], env=env, check=True, capture_output=True)
    return register


@pytest.fixture(autouse=True)
def _known_places(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples/knowledge"))


@pytest.fixture
def town(clearbay: Path) -> TestClient:
    """The pages over the examples, which only read."""
    return TestClient(make_app(str(clearbay)), raise_server_exceptions=False)


@pytest.fixture
def writable(clearbay: Path, tmp_path: Path) -> TestClient:
    """The pages over a copy of the examples, which people may change."""
    copy = shutil.copy(clearbay, tmp_path / "copy.db")
    return TestClient(make_app(str(copy), writable=True), raise_server_exceptions=False)


@pytest.fixture
def document(clearbay: Path) -> Callable[[str], StoredDocument]:
    """A document of the examples by a part of its name."""

    def find(part: str) -> StoredDocument:
        with open_register(clearbay) as register:
            return register.find_document(part)

    return find
