"""A day of the first twenty is no day of the hundred."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deedline.find.deadlines import find_deadlines
from deedline.find.due import due_of
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.knowledge.stages import days_moved
from deedline.model.item import Item, ItemKind
from deedline.model.text import Span


def item(text: str, language: str = "zh") -> Item:
    found = tuple(find_deadlines(passage_of(text), date(2024, 1, 1), jurisdiction("hk"), language))
    read = Item("i", ItemKind.MEASURE, text, (Span(0, len(text)),), (1, 1), ())
    return replace(read, deadlines=found, due=due_of(found))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("推展一百項計劃，包括在2024年年底前推出當中20項。", True),
        ("在2025年內完成首階段安裝。", True),
        ("首20項在2024年內完成，一百項在2025年內完成。", False),  # the later day is that of the whole
        ("在2025年內完成一百項計劃。", False),
        ("在2025年設立首個中心。", False),
    ],
)
def test_words_around_a_time_say_whether_it_is_of_a_part(text: str, part: bool) -> None:
    assert (days_moved(item("在2026年內落實一百項計劃。"), item(text)) is None) is part


def test_english_says_it_too() -> None:
    whole = item("Open 100 kiosks by 31 December 2026.", "en")
    assert days_moved(whole, item("Open 100 kiosks, the first 20 by 31 December 2025.", "en")) is None
    assert days_moved(whole, item("Open 100 kiosks by 31 December 2025.", "en")) == -365


def test_a_part_neither_hastens_nor_delays_the_whole() -> None:
    whole, part = item("在2025年內推出一百項計劃。"), item("推展百項計劃，在2024年內推出當中20項。")
    assert days_moved(whole, part) is days_moved(part, whole) is None
    assert days_moved(part, item("在2025年內推出當中20項。")) == 365
    assert days_moved(whole, item("在2026年內推出一百項計劃。")) == 365


def test_staged_days_of_one_undertaking_move_by_the_last() -> None:
    staged = item("首20項在2024年內完成，一百項在2025年內完成。")
    assert days_moved(item("在2025年內推出一百項計劃。"), staged) == 0


def test_without_a_day_nothing_moved() -> None:
    assert days_moved(item("推展一百項計劃。"), item("在2025年內推出一百項計劃。")) is None
