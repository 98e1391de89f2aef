"""Words as runs of characters, and the inverted index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.link import lexical
from deedline.link.lexical import Bag, Gathered, Index, Shelf, grams, top, vocabulary

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


def shelf(texts: Sequence[str]) -> tuple[list[Bag], Shelf]:
    counted = [grams(text) for text in texts]
    words = vocabulary(counted)
    bags = [words.bag(each) for each in counted]
    return bags, Shelf(bags, words)


def everything(held: Shelf) -> Gathered:
    return held.gather(np.arange(held.size))


@given(TEXTS)
def test_shared_weight_is_what_a_plain_sum_gives(texts: list[str]) -> None:
    bags, held = shelf(texts)
    counted = [grams(text) for text in texts]
    weight = {gram: held.words.weights[number] for gram, number in held.words.numbers.items()}
    for bag, own in zip(bags, counted, strict=True):
        plain = [sum(weight[gram] for gram in own.keys() & other.keys()) for other in counted]
        assert np.allclose(held.shared(bag, everything(held)), plain)


@given(TEXTS)
def test_shares_lie_between_nothing_and_all(texts: list[str]) -> None:
    bags, held = shelf(texts)
    for number, bag in enumerate(bags):
        scores = held.score(bag, everything(held))
        for share in (scores.asked, scores.held, scores.cosine):
            assert ((share >= 0) & (share <= 1 + 1e-9)).all()
        if held.words.norm(bag) > 1e-6:
            assert scores.cosine[number] > 1 - 1e-9


@given(TEXTS)
def test_a_text_scores_the_same_among_few_as_among_all(texts: list[str]) -> None:
    bags, held = shelf(texts)
    some = np.arange(held.size)[::2]
    few, all_of = held.score(bags[0], held.gather(some)), held.score(bags[0], everything(held))
    assert few.bm25.tolist() == all_of.bm25[some].tolist()
    assert few.cosine.tolist() == all_of.cosine[some].tolist()


@given(TEXTS)
def test_the_index_brings_the_texts_that_score_best(texts: list[str]) -> None:
    bags, held = shelf(texts)
    scores = held.score(bags[0], everything(held))
    best = {number for each in (scores.bm25, scores.cosine) for number in top(each, 2).tolist()}
    assert Index(held).best(bags[0], 2) == best


def test_where_many_texts_share_a_word_the_rare_ones_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_MOST_MET", 5)
    bags, held = shelf([*["渡輪"] * 9, "渡輪泊位"])
    assert Index(held).best(bags[9], 3) == {9}


def test_the_rarer_word_weighs_more() -> None:
    words = vocabulary([grams("碼頭"), grams("碼頭"), grams("蜂箱")])
    assert words.weights[words.numbers["蜂箱"]] > words.weights[words.numbers["碼頭"]]


def test_bm25_prefers_the_shorter_text_of_the_same_words() -> None:
    bags, held = shelf(["渡輪", "渡輪，另外還有許多毫不相干的說話", "街燈"])
    scores = held.score(bags[0], everything(held)).bm25
    assert scores[0] > scores[1] > scores[2] == 0


def test_a_text_without_words_scores_nothing() -> None:
    _, held = shelf(["渡輪"])
    nothing = held.words.bag(grams("。。"))
    assert held.score(nothing, everything(held)).bm25.tolist() == [0.0]
    assert Index(held).best(nothing, 3) == set()
