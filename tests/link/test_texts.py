"""Texts read once, many of them in arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from deedline.knowledge.fold import passage_of
from deedline.link.lexical import grams
from deedline.link.texts import bare, clauses_of, read_texts

TEXTS = st.lists(st.text(alphabet="渡輪服務街燈a1，。；𠮷\ud800", max_size=20), max_size=5)


@given(TEXTS)
def test_runs_are_shared_as_the_characters_are(texts: list[str]) -> None:
    read = read_texts(texts, {})
    plain = [{text[start : start + 4] for start in range(len(text) - 3)} for text in read.bare]
    for one, runs in enumerate(plain):
        for other, others in enumerate(plain):
            assert len(np.intersect1d(read.runs[one], read.runs[other])) == len(runs & others)


@given(TEXTS)
def test_a_text_keeps_its_clauses_and_its_letters(texts: list[str]) -> None:
    numbers: dict[str, int] = {}
    read = read_texts(texts, numbers)
    for number, text in enumerate(texts):
        folded = passage_of(text).matching.text
        clauses = [grams(clause, (2,)).keys() for clause in clauses_of(folded)]
        assert read.bare[number] == bare(folded)
        assert [{*ids} for ids in read.clauses[number]] == [{numbers[gram] for gram in clause} for clause in clauses]


@given(TEXTS)
def test_a_clause_says_nothing_that_its_text_does_not(texts: list[str]) -> None:
    read = read_texts(texts, {})
    for number in range(len(texts)):
        assert {gram for ids in read.clauses[number] for gram in ids} <= {*read.words[number].ids}


def test_of_some_texts_the_clauses_come_with_whose_they_are() -> None:
    read = read_texts(["設立渡輪服務中心，提升城市的競爭力。", "。", "栽種五千株原生樹木"], {})
    clauses, owner = read.clauses.of(np.array([2, 1, 0]))
    assert owner.tolist() == [0, 2, 2]
    assert [read.clauses.grams[each].tolist() for each in clauses] == [
        ids.tolist() for ids in (*read.clauses[2], *read.clauses[0])
    ]
