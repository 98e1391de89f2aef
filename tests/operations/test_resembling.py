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
    assert resembled(register, again, [first, again]) == first


def test_editions_that_share_some_items_are_none(register: Register) -> None:
    first = added(register, "first", 2023, WORDS)
    later = added(register, "later", 2024, [*WORDS[:2], "種樹", "修路", "架橋", "開渠"])
    assert resembled(register, later, [first]) is None


def test_the_same_title_and_date_make_a_version(register: Register) -> None:
    first = added(register, "first", 2023, WORDS)
    later = added(register, "later", 2023, ["種樹"])
    assert resembled(register, later, [first]) is None
    told = [replace(each, metadata=replace(each.metadata, title="政綱")) for each in (first, later)]
    assert resembled(register, told[1], told[:1]) == told[0]
    abroad = replace(told[0], metadata=replace(told[0].metadata, language="en"))
    assert resembled(register, told[1], [abroad]) is None


def test_of_many_the_one_that_shares_most_is_named(register: Register) -> None:
    held = [added(register, f"{number}", 2023, [*WORDS[:5], f"種樹{number}"]) for number in range(_LOOKED_AT - 1)]
    best = added(register, "best", 2023, WORDS)
    again = added(register, "again", 2023, [*WORDS, "種樹"])
    assert resembled(register, again, [*held, best]) == best
