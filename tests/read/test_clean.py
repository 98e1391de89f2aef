"""Each cleaning step does its one thing, and what is left can be re-read from the original."""

from __future__ import annotations

import pytest
from hypothesis import given

from deedline.model.text import MappedText, reread
from deedline.read.clean import HEADINGS, RUNNING_WORDS, clean, clean_heading
from tests.strategies import converted_texts

CASES = [
    ("close-wide-gaps", "帶領相關政策局及公 營機構", "帶領相關政策局及公營機構"),
    ("close-wide-gaps", "配 合 人 工 智 能 的 大 勢", "配合人工智能的大勢"),
    ("close-wide-gaps", "進一\n\n步推動", "進一步推動"),
    ("close-wide-gaps", "在 2025 年內 推出 AI 服務", "在 2025 年內推出 AI 服務"),
    ("collapse-spaces", "  the   new\n pier ", "the new pier"),
    ("drop-emphasis", "**打造**高地", "打造高地"),
    ("drop-invisible", "推\u200b動\ufeff", "推動"),
]


@pytest.mark.parametrize(("step", "before", "after"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)])
def test_running_words(step: str, before: str, after: str) -> None:
    assert step in {named.name for named in RUNNING_WORDS}
    assert clean(MappedText.original(before)).text == after


def test_a_heading_keeps_the_space_between_its_halves() -> None:
    assert clean_heading(MappedText.original("維護國家安全 完善執行機制")).text == "維護國家安全 完善執行機制"


def test_a_letter_spaced_heading_is_closed() -> None:
    assert clean_heading(MappedText.original("維 護 國 家 安 全")).text == "維護國家安全"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("推動\n步伐", "推動步伐"),
        ("推動\u3000\n\n \u3000步伐", "推動步伐"),
        ("推動 步伐", "推動 步伐"),
        ("推動\nsteps", "推動 steps"),
        ("\n推動\n", "推動"),
    ],
)
def test_a_heading_is_joined_over_line_ends_inside_ideographs(before: str, after: str) -> None:
    assert clean(MappedText.original(before), HEADINGS).text == after


@given(converted_texts())
def test_cleaning_only_drops_characters_white_space_aside(text: str) -> None:
    for steps in (RUNNING_WORDS, HEADINGS):
        cleaned = clean(MappedText.original(text), steps)
        assert "".join(cleaned.text.split()) == "".join(reread(text, cleaned.spans()).split())


@given(converted_texts())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(MappedText.original(text))
    assert clean(once) == once


@pytest.mark.parametrize("unit", ["\u3000", " ", "\n", "\n\u3000", "\u3000 ", "。\n "])
def test_blanks_are_gone_through_once(unit: str) -> None:
    """A pattern that tries each of them anew would not come to an end."""
    text = f"中{unit * 100_000}x"
    for steps in (RUNNING_WORDS, HEADINGS):
        assert clean(MappedText.original(text), steps).text.startswith("中")
    assert clean_heading(MappedText.original(text)).text.endswith("x")
