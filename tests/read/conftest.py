"""Readers' tests run their confined children by fork, which is quicker; those of confinement itself do not."""

from __future__ import annotations

import sys

import pytest

from tests import forked


@pytest.fixture(autouse=True)
def _quick_children(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "linux" and "new_interpreters" not in request.fixturenames:
        monkeypatch.setattr("deedline.read.confined.run_child", forked.run_child)
