"""Words as runs of characters, and the inverted index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.link import lexical
from deedline.link.lexical import Bag, Bags, Gathered, Index, Shelf, bags_of, grams, numbered, top, vocabulary

TEXTS = st.lists(st.text(alphabet="甲乙丙丁戊 ab1，", max_size=14), min_size=1, max_size=6)


def test_latin_words_and_numbers_stay_whole() -> None:
    assert grams("乘5.5億元用API") == {
        "乘": 1,
        "5.5": 1,
        "億元": 1,
        "億": 1,
        "元": 1,
        "用": 1,
        "api": 1,
        "億元用": 1,
        "元用": 1,
    }


def bags(texts: Sequence[str], numbers: dict[str, int]) -> Bags:
    return bags_of(numbered(grams(text), numbers) for text in texts)


def shelf(texts: Sequence[str]) -> tuple[list[Bag], Shelf]:
    numbers: dict[str, int] = {}
    made = bags(texts, numbers)
    return [made[number] for number in range(len(texts))], Shelf(made, vocabulary(numbers, made))


def everything(held: Shelf) -> Gathered:
    return held.gather(np.arange(held.size))


@given(TEXTS)
def test_shared_weight_is_what_a_plain_sum_gives(texts: list[str]) -> None:
    listed, held = shelf(texts)
    counted = [grams(text) for text in texts]
    weight = {gram: held.words.weights[number] for gram, number in held.words.numbers.items()}
    for bag, own in zip(listed, counted, strict=True):
        plain = [sum(weight[gram] for gram in own.keys() & other.keys()) for other in counted]
        assert np.allclose(held.shared(bag.ids, everything(held)), plain)


@given(TEXTS)
def test_shares_lie_between_nothing_and_all(texts: list[str]) -> None:
    listed, held = shelf(texts)
    for number, bag in enumerate(listed):
        scores = held.score(bag, everything(held))
        for share in (scores.asked, scores.held, scores.cosine):
            assert ((share >= 0) & (share <= 1 + 1e-9)).all()
        if held.words.norm(bag) > 1e-6:
            assert scores.cosine[number] > 1 - 1e-9


def test_a_text_comes_back_from_its_bag() -> None:
    numbers: dict[str, int] = {}
    made = bags(["渡輪渡輪", "。", "街燈"], numbers)
    named = {number: gram for gram, number in numbers.items()}
    for number, text in enumerate(["渡輪渡輪", "。", "街燈"]):
        bag = made[number]
        assert bag.ids.tolist() == sorted(bag.ids)
        assert {named[gram]: count for gram, count in zip(bag.ids, bag.counts, strict=True)} == grams(text)


@given(st.lists(st.integers(-3, 40), max_size=80), st.integers(1, 6), st.integers(1, 9))
def test_the_highest_are_those_of_a_plain_sort(values: list[int], count: int, groups: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexical, "_GROUPS", groups)
        found = top(np.array(values, np.float64), count).tolist()
    plain = sorted((-value, place) for place, value in enumerate(values) if value > 0)
    assert found == [place for _, place in plain[:count]]


@given(TEXTS)
def test_a_text_scores_the_same_among_few_as_among_all(texts: list[str]) -> None:
    listed, held = shelf(texts)
    some = np.arange(held.size)[::2]
    few, all_of = held.score(listed[0], held.gather(some)), held.score(listed[0], everything(held))
    assert few.bm25.tolist() == all_of.bm25[some].tolist()
    assert few.cosine.tolist() == all_of.cosine[some].tolist()


@given(TEXTS)
def test_the_index_brings_the_texts_that_score_best(texts: list[str]) -> None:
    listed, held = shelf(texts)
    scores = held.score(listed[0], everything(held))
    best = {number for each in (scores.bm25, scores.cosine) for number in top(each, 2).tolist()}
    assert Index(held).best(listed[0], 2) == best


def test_where_many_texts_share_a_word_the_rare_ones_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_MOST_MET", 5)
    listed, held = shelf([*["渡輪"] * 9, "渡輪泊位"])
    assert Index(held).best(listed[9], 3) == {9}


def test_the_rarer_word_weighs_more() -> None:
    _, held = shelf(["碼頭", "碼頭", "蜂箱"])
    words = held.words
    assert words.weights[words.numbers["蜂箱"]] > words.weights[words.numbers["碼頭"]]


def test_bm25_prefers_the_shorter_text_of_the_same_words() -> None:
    listed, held = shelf(["渡輪", "渡輪，另外還有許多毫不相干的說話", "街燈"])
    scores = held.score(listed[0], everything(held)).bm25
    assert scores[0] > scores[1] > scores[2] == 0


def test_a_text_without_words_scores_nothing() -> None:
    _, held = shelf(["渡輪"])
    nothing = held.words.bag(grams("。。"))
    assert held.score(nothing, everything(held)).bm25.tolist() == [0.0]
    assert Index(held).best(nothing, 3) == set()
