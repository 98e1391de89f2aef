"""Clients to ask the pages of the example documents with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline.register import StoredDocument, open_register
from deedline.serve.web import make_app


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
