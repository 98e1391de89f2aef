"""Which document held before one that is added may be another version of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deedline.operations import resembled
from deedline.operations.resembling import _LOOKED_AT
from deedline.register import Register, StoredDocument, open_register
from tests.operations.town import edition, line

WORDS = [f"興建第{number}座圖書館" for number in range(6)]


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(tmp_path / "town.db")


def added(register: Register, name: str, year: int, words: list[str]) -> StoredDocument:
    edition(name, date(year, 10, 1), *map(line, words)).put(register)
    return register.find_document(name)


def test_most_items_word_for_word_make_a_version_whatever_the_date(register: Register) -> None:
    first = added(register, "first", 2023, WORDS)
    again = added(register, "again", 2024, [*WORDS[:5], "種樹"])
    found = resembled(register, again, [first, again])
    assert found
    assert (found.document, found.nearly_all) == (first, True)


def test_editions_that_share_some_items_are_none(register: Register) -> None:
    first = added(register, "first", 2023, WORDS)
    later = added(register, "later", 2024, [*WORDS[:2], "種樹", "修路", "架橋", "開渠"])
    assert resembled(register, later, [first]) is None


def named(document: StoredDocument, **fields: str) -> StoredDocument:
    return replace(document, metadata=replace(document.metadata, title="政綱", **fields))  # type: ignore[arg-type]


def test_the_same_title_and_date_and_some_items_make_a_version(register: Register) -> None:
    first = added(register, "first", 2023, WORDS)
    later = added(register, "later", 2023, [*WORDS[:2], "種樹", "修路"])
    assert resembled(register, later, [first]) is None
    found = resembled(register, named(later), [named(first)])
    assert found
    assert (found.document.id, found.nearly_all) == (first.id, False)
    assert resembled(register, named(later), [named(first, language="en")]) is None


def test_chapters_under_one_title_that_share_no_item_are_none(register: Register) -> None:
    first = added(register, "first", 2023, WORDS)
    chapter = added(register, "chapter", 2023, [*WORDS[:1], "種樹", "修路", "架橋", "開渠"])
    assert resembled(register, named(chapter), [named(first)]) is None


def test_answers_of_two_parties_under_one_title_are_none(register: Register) -> None:
    first = added(register, "first", 2023, WORDS)
    later = added(register, "later", 2023, [*WORDS[:2], "種樹", "修路"])
    one, other = named(first, publisher="甲會"), named(later, publisher="乙會")
    assert resembled(register, other, [one]) is None
    assert resembled(register, other, [named(first, publisher="")])


def test_of_many_the_one_that_shares_most_is_named(register: Register) -> None:
    held = [added(register, f"{number}", 2023, [*WORDS[:5], f"種樹{number}"]) for number in range(_LOOKED_AT - 1)]
    best = added(register, "best", 2023, WORDS)
    again = added(register, "again", 2023, [*WORDS, "種樹"])
    found = resembled(register, again, [*held, best])
    assert found
    assert found.document == best
