"""Reasons: their words, and that their spans re-read to those words."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from deedline.link.explain import common_runs, explain
from deedline.model.item import ItemKind
from deedline.model.text import reread
from tests.link.pairs import entry

FEW = st.text(alphabet="甲乙丙丁", max_size=30)


@given(FEW, FEW)
def test_common_runs_are_in_both_texts_and_do_not_overlap(one: str, other: str) -> None:
    runs = common_runs(one, other)
    taken: set[int] = set()
    for start, place, size in runs:
        assert size >= 4
        assert one[start : start + size] == other[place : place + size]
        assert not taken & set(range(start, start + size))
        taken |= set(range(start, start + size))


@given(FEW)
def test_a_text_shares_itself_whole(text: str) -> None:
    assert sum(size for _, _, size in common_runs(text, text)) == (len(text) if len(text) >= 4 else 0)


def test_spans_point_at_the_shared_words_in_both_originals() -> None:
    originals = "引言。" + "設立渡輪服務中心並培訓船員", "舊文：在東岸設立渡輪服務中心"
    source = entry("a", originals[0][3:], document="new", start=3)
    target = entry("b", originals[1][3:], document="old", start=3)
    (words,) = [reason for reason in explain(source, target, asked=False) if reason.code == "words"]
    assert reread(originals[0], words.source) == reread(originals[1], words.target) == "設立渡輪服務中心"


def test_a_moved_deadline_says_by_how_many_days() -> None:
    source = entry("a", "設立渡輪服務中心", due=date(2026, 12, 31))
    target = entry("b", "設立渡輪服務中心", due=date(2025, 12, 31))
    (moved,) = [reason for reason in explain(source, target, asked=False) if reason.code == "deadline-moved"]
    assert "365 days later" in moved.said["en"]
    assert "推遲" in moved.said["zh"]


def test_what_is_asked_and_not_met_is_named() -> None:
    ask = entry("a", "延長圖書館開放時間至十時，同時為山徑加設無障礙升降機。", ItemKind.PROPOSAL)
    (unmet,) = [
        reason
        for reason in explain(ask, entry("b", "延長圖書館開放時間至十時。"), asked=True)
        if reason.code == "ask-missing"
    ]
    assert "升降機" in unmet.said["zh"]
    assert reread(ask.item.text, unmet.source).startswith("同時為山徑")
