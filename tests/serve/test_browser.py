"""The pages in a real browser: what a person sees after `sh run demo`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DEEDLINE = str(Path(sys.executable).parent / "deedline")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the register of one example document is served."""
    folder = tmp_path_factory.mktemp("served")
    env = {
        **os.environ,
        "DEEDLINE_REGISTER": str(folder / "demo.db"),
        "DEEDLINE_KNOWLEDGE": str(root / "examples/knowledge"),
    }
    document = root / "examples" / "clearbay-2031-supplement.zh.md"
    subprocess.run([DEEDLINE, "add", str(document)], env=env, check=True, capture_output=True)
    serving = subprocess.Popen([DEEDLINE, "serve", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert serving.stdout is not None
        yield re.findall(r"http://\S+", serving.stdout.readline())[0]
    finally:
        serving.terminate()
        serving.wait(10)


def test_a_browser_shows_the_items(address: str, tmp_path: Path) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; as root: apt-get install chromium")
    command = [CHROMIUM, *QUIET, f"--user-data-dir={tmp_path}", "--dump-dom", address]
    page = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert "海堤居" in page
    assert "2031-06-30" in page
