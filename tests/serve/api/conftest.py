"""Who asks the API."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline.serve.api import make_api


@pytest.fixture
def client(clearbay: Path, monkeypatch: pytest.MonkeyPatch, root: Path) -> TestClient:
    """Who asks the API."""
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples" / "knowledge"))
    return TestClient(make_api(str(clearbay)), raise_server_exceptions=False)
