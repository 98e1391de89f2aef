"""docs/threads.md says what the register shows: the same lines, days and words, each thread whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deedline.knowledge.fold import passage_of
from deedline.operations import Scene, scene, thread
from deedline.register import ItemQuery, Register, StoredItem, open_register

PAGE = Path(__file__).resolve().parents[2] / "docs" / "threads.md"
_ROW = re.compile(r"^\| (\d{3}) \| (\d+) \| ([\d-]*) ?\| (.+) \|$")


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the page."""

    document: str
    line: int
    due: str
    words: str


def steps() -> dict[str, list[Step]]:
    """The page's rows by the heading above them."""
    found: dict[str, list[Step]] = {}
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif row := _ROW.match(line):
            found.setdefault(heading, []).append(Step(row[1], int(row[2]), row[3], row[4]))
    return found


@pytest.fixture(scope="module")
def register(linked_seeds: Path) -> Iterator[Register]:
    with open_register(linked_seeds) as opened:
        yield opened


@pytest.fixture(scope="module")
def known(register: Register) -> Scene:
    return scene(register)


@pytest.fixture(scope="module")
def by_line(register: Register, known: Scene) -> dict[tuple[str, int], StoredItem]:
    names = {document.id: document.name[:3] for document in known.documents.values()}
    return {(names[item.document_id], item.item.lines[0]): item for item in register.items(ItemQuery())}


def test_the_page_shows_ten_threads_in_short_quotes() -> None:
    assert len(steps()) == 10
    assert all(len({step.document for step in listed}) > 1 for listed in steps().values())
    assert all(len(step.words) < 40 for listed in steps().values() for step in listed)


@pytest.mark.parametrize("heading", steps())
def test_a_thread_is_as_the_page_says(heading: str, known: Scene, by_line: dict[tuple[str, int], StoredItem]) -> None:
    listed = steps()[heading]
    items = [by_line[step.document, step.line] for step in listed]
    for step, stored in zip(listed, items, strict=True):
        assert _folded(step.words) in _folded(stored.item.text)
        assert step.due == str(stored.item.due or "")
    followed = thread(known, items[0].id).thread
    assert followed is not None
    assert {step.entry.id for step in followed.steps} == {stored.id for stored in items}


def _folded(words: str) -> str:
    return passage_of(words).matching.text.replace(" ", "")
