from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.knowledge.fold import fold
from deedline.knowledge.terms import asked_terms, is_ideographs, term_texts, terms

WORDS = st.text(alphabet="氫能發展策略灣区 aB1、，（）「」　ＡＩ-", max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("氫能發展", ["氢", "氢能", "能发", "发展", "展"]),
        ("发展", ["发", "发展", "展"]),
        ("ＡＩ產業", ["ai", "产", "产业", "业"]),
        ("COVID-19", ["covid", "19"]),
        ("2024 年", ["2024", "年"]),
        ("甲、乙", ["甲", "乙"]),
        ("", []),
    ],
)
def test_pairs_of_ideographs_and_words_of_letters(text: str, expected: list[str]) -> None:
    assert term_texts(text) == expected


@given(WORDS)
def test_terms_are_those_that_are_indexed_and_stand_where_they_say(text: str) -> None:
    found = terms(text)
    assert [term.text for term in found] == term_texts(text)
    for term in found:
        printed = "".join(fold(text[term.start : term.end]).lower().split())
        assert printed == term.text


@given(st.text(alphabet="氫能發展策略 aB1、", max_size=30), st.data())
def test_any_part_of_a_text_has_its_terms_side_by_side_there(text: str, data: st.DataObject) -> None:
    matching = "".join(text.split())
    start = data.draw(st.integers(0, len(matching)))
    part = matching[start : data.draw(st.integers(start, len(matching)))]
    asked = asked_terms(part)
    letters_cut = (part[:1] + part[-1:]).isascii() or any(c.isascii() for c in part[:1] + part[-1:])
    if not asked or letters_cut or (len(asked) == 1 and len(asked[0]) == 1):
        return  # a Latin word cut in two is another word; a single ideograph is looked up by itself
    held = term_texts(matching)
    assert any(held[i : i + len(asked)] == asked for i in range(len(held)))


def test_ideographs_are_told_from_letters() -> None:
    assert is_ideographs("氫能")
    assert not is_ideographs("hydrogen")
    assert not is_ideographs("かな")
