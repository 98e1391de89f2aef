"""Words as runs of characters, and the inverted index."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from deedline.link.lexical import Index, grams, vocabulary

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


@given(TEXTS)
def test_shared_weight_is_what_a_plain_sum_gives(texts: list[str]) -> None:
    counted = [grams(text) for text in texts]
    words = vocabulary(counted)
    bags = [words.bag(each) for each in counted]
    index = Index(bags, words)
    weight = {gram: words.weights[number] for gram, number in words.numbers.items()}
    for bag, own in zip(bags, counted, strict=True):
        plain = [sum(weight[gram] for gram in own.keys() & other.keys()) for other in counted]
        assert np.allclose(index.shared(bag), plain)


@given(TEXTS)
def test_shares_lie_between_nothing_and_all(texts: list[str]) -> None:
    counted = [grams(text) for text in texts]
    words = vocabulary(counted)
    bags = [words.bag(each) for each in counted]
    for number, bag in enumerate(bags):
        scores = Index(bags, words).score(bag)
        for share in (scores.asked, scores.held, scores.cosine):
            assert ((share >= 0) & (share <= 1 + 1e-9)).all()
        if words.norm(bag) > 1e-6:
            assert scores.cosine[number] > 1 - 1e-9


def test_the_rarer_word_weighs_more() -> None:
    words = vocabulary([grams("碼頭"), grams("碼頭"), grams("蜂箱")])
    assert words.weights[words.numbers["蜂箱"]] > words.weights[words.numbers["碼頭"]]


def test_bm25_prefers_the_shorter_text_of_the_same_words() -> None:
    counted = [grams("渡輪"), grams("渡輪，另外還有許多毫不相干的說話"), grams("街燈")]
    words = vocabulary(counted)
    index = Index([words.bag(each) for each in counted], words)
    scores = index.score(words.bag(grams("渡輪"))).bm25
    assert scores[0] > scores[1] > scores[2] == 0


def test_a_text_without_words_scores_nothing() -> None:
    words = vocabulary([grams("渡輪")])
    index = Index([words.bag(grams("渡輪"))], words)
    assert index.score(words.bag(grams("。。"))).bm25.tolist() == [0.0]
