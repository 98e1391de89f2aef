"""Where the browser is that tests drive."""

from __future__ import annotations

import shutil

import pytest


def chromium_here() -> str:
    """Chromium's program; skips the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine; as root: apt-get install chromium")
    return path
