"""Names in marks: their kind, their evidence, lost and misread marks, and slogans told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deedline.find.names import find_names
from deedline.knowledge.fold import passage_of
from deedline.model.text import reread
from deedline.model.values import Name


def found(text: str, language: str = "zh") -> tuple[Name, ...]:
    return find_names(passage_of(text), language)


def told(text: str, language: str = "zh") -> list[tuple[str, str]]:
    return [(name.as_printed, name.kind) for name in found(text, language)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("修訂《河道條例》的建議", "河道條例", "law"),
        ("實施《2024年河道(修訂)條例草案》", "2024年河道(修訂)條例草案", "law"),
        ("成立「海濱督導委員會」", "海濱督導委員會", "committee"),
        ("設立「海濱發展辦公室」", "海濱發展辦公室", "office"),
        ("在「海濱藝術基金」下", "海濱藝術基金", "fund"),
        ("推出「海濱導賞資助計劃」", "海濱導賞資助計劃", "scheme"),
        ("頒發「海濱獎學金」", "海濱獎學金", "scheme"),
        ("公布《海濱發展藍圖2.0》", "海濱發展藍圖2.0", "plan"),
        ("舉辦「海濱文化節」", "海濱文化節", "event"),
        ("建立「海濱數據平台」", "海濱數據平台", "platform"),
        ("興建「海濱博物館」", "海濱博物館", "facility"),
        ("發表《海濱紀事》", "海濱紀事", "publication"),
        ("貫徹「一國兩制」", "一國兩制", "slogan"),
        ("共建「一帶一路」", "一帶一路", "slogan"),
        ("落實「愛國者治港」", "愛國者治港", "slogan"),
        ("做到「先易後難、先小後大」", "先易後難、先小後大", "slogan"),
        ("取締「板間房」", "板間房", "term"),
        # what follows the closing mark says what the words themselves do not
        ("引入「快線」系統", "快線", "platform"),
        ("「K」品牌計劃的賽事", "K", "scheme"),
        ("「寬鬆期」的安排", "寬鬆期", "term"),
    ],
)
def test_what_a_marked_name_is(text: str, name: str, kind: str) -> None:
    assert told(text) == [(name, kind)]


def test_inner_marks_are_part_of_a_name_but_a_title_in_it_stands_for_itself() -> None:
    assert told("「明日『Star』計劃」") == [("明日『Star』計劃", "plan")]
    assert told("「海濱《河道條例》工作組」") == [("海濱《河道條例》工作組", "committee"), ("河道條例", "law")]


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("推出「前沿研究計劃1,將會接受申請", "前沿研究計劃", "closing mark misread"),
        ("在「天眼計劃 | 下增加鏡頭", "天眼計劃", "closing mark misread"),
        ("推出「海濱導賞試行計劃的成效良好。", "海濱導賞試行計劃", "closing mark missing"),
    ],
)
def test_a_lost_closing_mark_is_mended_and_says_so(text: str, name: str, rule: str) -> None:
    assert [(each.as_printed, each.rule) for each in found(text)] == [(name, rule)]


@pytest.mark.parametrize("text", ["「", "」", "「」", "「好", "沒有名稱", "「" * 50, "「甲。乙」" * 0, "」「"])
def test_marks_without_a_name_give_none(text: str) -> None:
    assert found(text) == ()


def test_a_mark_does_not_close_beyond_its_reach() -> None:
    assert told("「" + "海" * 200 + "」") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("set up the Harbour Arts Fund next year", [("Harbour Arts Fund", "fund")]),
        ("amend the Clean Harbour Ordinance", [("Clean Harbour Ordinance", "law")]),
        ("under the “Harbour for All” scheme", [("Harbour for All", "scheme")]),
        ("uphold “One Country, Two Systems”", [("One Country, Two Systems", "slogan")]),
        ("set up a fund for the arts", []),
        ("“ ” and “”", []),
    ],
)
def test_english_names(text: str, names: list[tuple[str, str]]) -> None:
    assert told(text, "en") == names


WORDS = st.sampled_from((*"「」『』《》|1。，海計劃條例 \n", "基金", "Fund", "Harbour ", "“", "”"))


@settings(deadline=None)  # the first example reads the pattern files
@given(st.lists(WORDS, max_size=40).map("".join))
def test_evidence_rereads_to_the_printed_words(text: str) -> None:
    for language in ("zh", "en"):
        for name in found(text, language):
            assert reread(text, name.spans) == name.as_printed
            assert name.as_printed.strip()


def test_the_real_documents_name_laws_schemes_and_slogans(seeds: Path) -> None:
    kinds: set[str] = set()
    for path in sorted(seeds.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for name in found(line):
                assert reread(line, name.spans) == name.as_printed
                kinds.add(name.kind)
    assert kinds >= {"law", "committee", "office", "fund", "scheme", "plan", "event", "platform", "facility", "slogan"}
