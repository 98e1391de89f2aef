"""One Chromium and one server a register for all tests of the pages; a context for each kind of visitor."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browsers import chromium_here
from tests.serve.browser.visitor import POINTER, Visitor

DEEDLINE = str(Path(sys.executable).parent / "deedline")
HEIGHT = 800


@contextmanager
def served(register: Path) -> Iterator[str]:
    """The address at which a process of its own serves a register."""
    command = [DEEDLINE, "--register", str(register), "serve", "--port", "0"]
    serving = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert serving.stdout is not None
        yield re.findall(r"http://\S+", serving.stdout.readline())[0]
    finally:
        serving.terminate()
        serving.wait(10)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = chromium_here()
    # One package's fixture: while Playwright runs, nothing else in this thread can run an event loop.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="package", autouse=True)
def _known(root: Path) -> Iterator[None]:
    """What this process and the servers need to know of the examples' city."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples/knowledge"))
        yield


@pytest.fixture(scope="package")
def examples(clearbay: Path, _known: None) -> Iterator[str]:
    """Where the linked examples are served."""
    with served(clearbay) as address:
        yield address


@pytest.fixture(scope="package")
def real(linked_seeds: Path) -> Iterator[str]:
    """Where the five real documents are served."""
    with served(linked_seeds) as address:
        yield address


@pytest.fixture(scope="package")
def own_copy(clearbay: Path, _known: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a copy of the linked examples is served, for tests that change it."""
    copy = tmp_path_factory.mktemp("own") / "copy.db"
    shutil.copy(clearbay, copy)
    with served(copy) as address:
        yield address


@pytest.fixture(scope="package")
def contexts(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A context for a language and width, the same again for the same; it keeps what it fetched."""
    made: dict[tuple[object, ...], BrowserContext] = {}

    def context(locale: str, width: int) -> BrowserContext:
        if (locale, width) not in made:
            made[locale, width] = chromium.new_context(locale=locale, viewport={"width": width, "height": HEIGHT})
        return made[locale, width]

    yield context
    for each in made.values():
        each.close()


@pytest.fixture
def visit(contexts: Callable[..., BrowserContext]) -> Iterator[Callable[..., Visitor]]:
    """Visitors of a site, whose pages must have done nothing wrong when the test ends."""
    with ExitStack() as stack:

        def begin(site: str, locale: str = "en-GB", width: int = 1200, by: str = POINTER) -> Visitor:
            visitor = Visitor(contexts(locale, width), site, by)
            stack.callback(visitor.close)
            visitors.append(visitor)
            return visitor

        visitors: list[Visitor] = []
        yield begin
        assert [problem for visitor in visitors for problem in visitor.problems] == []
