"""Times in sentences: what is found, which days it names, how it binds, and whether it is promised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.errors import KnowledgeError
from deedline.find import find_items
from deedline.find.deadlines import find_deadlines
from deedline.find.moments import months_later
from deedline.find.time_grammar import grammar, scan
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.text import reread
from deedline.model.values import Deadline, DeadlineKind
from deedline.read import read_document

DATED = date(2024, 10, 16)


def found(text: str, language: str = "zh", dated: date | None = DATED, carried: bool = False) -> tuple[Deadline, ...]:
    return find_deadlines(passage_of(text), dated, jurisdiction("hk"), language, carried=carried)


def told(limit: Deadline) -> tuple[str, str, str, str]:
    """As printed, kind, "earliest..latest" and precision; a time that only describes has its kind in brackets."""
    kind = limit.kind.value if limit.promised else f"({limit.kind.value})"
    return limit.as_printed, kind, f"{limit.earliest or ''}..{limit.latest or ''}", limit.precision


CHINESE = [
    # years, halves, quarters, months, days and their parts
    ("在2025年內完成", [("在2025年內", "in", "2025-01-01..2025-12-31", "year")]),
    ("於二零二六年推出", [("於二零二六年", "in", "2026-01-01..2026-12-31", "year")]),
    ("２０２６年上半年展開", [("２０２６年上半年", "in", "2026-01-01..2026-06-30", "half")]),
    ("在 2025 年第一季推出", [("在 2025 年第一季", "in", "2025-01-01..2025-03-31", "quarter")]),
    ("於2026年首季度啟用", [("於2026年首季度", "in", "2026-01-01..2026-03-31", "quarter")]),
    ("在2025第四季推出", [("在2025第四季", "in", "2025-10-01..2025-12-31", "quarter")]),
    ("在2026年Q3啟用", [("在2026年Q3", "in", "2026-07-01..2026-09-30", "quarter")]),
    ("在2025年7月落實", [("在2025年7月", "in", "2025-07-01..2025-07-31", "month")]),
    ("在2026年2月底前遞交", [("在2026年2月底前", "by", "..2026-02-28", "third")]),
    ("2026年3月中旬遞交", [("2026年3月中旬", "in", "2026-03-11..2026-03-20", "third")]),
    ("由2025年3月1日起實施", [("由2025年3月1日起", "from", "2025-03-01..2025-03-01", "day")]),
    ("在2025年5月7及8日舉行", [("在2025年5月7及8日", "in", "2025-05-07..2025-05-08", "period")]),
    ("不遲於2026-03-31提交", [("不遲於2026-03-31", "by", "..2026-03-31", "day")]),
    ("在2025年年初更新名單", [("在2025年年初", "in", "2025-01-01..2025-03-31", "vague")]),
    ("在2025年中完成", [("在2025年中", "in", "2025-04-01..2025-06-30", "vague")]),
    ("在2025年年底推出", [("在2025年年底", "in", "2025-10-01..2025-12-31", "vague")]),
    ("在2025年推出全年計劃", [("在2025年", "in", "2025-01-01..2025-12-31", "year")]),
    # holidays and seasons: before one is before it begins, if that day is known
    ("在2025年暑假前更換", [("在2025年暑假前", "by", "..2025-06-30", "period")]),
    ("在明年聖誕節前推出", [("在明年聖誕節前", "by", "..2025-12-24", "period")]),
    ("2026年農曆新年前完成", [("2026年農曆新年前", "by", "..2026-02-23", "vague")]),
    ("於2025年夏季展開", [("於2025年夏季", "in", "2025-06-01..2025-08-31", "vague")]),
    # a limit without a year lies ahead, unless it is told what was done
    ("於6月底前完成檢討", [("於6月底前", "by", "..2025-06-30", "third")]),
    ("最遲於6月提交", [("最遲於6月", "by", "..2025-06-30", "month")]),
    ("已於6月底前完成檢討", [("於6月底前", "(by)", "..2024-06-30", "third")]),
    ("6月底前已完成檢討", [("6月底前", "(by)", "..2024-06-30", "third")]),
    ("使用量至6月共達三成", [("至6月", "(by)", "..2024-06-30", "month")]),
    # fiscal, school and assessment years
    ("在2024–25年度檢視", [("在2024–25年度", "in", "2024-04-01..2025-03-31", "fiscal_year")]),
    ("由2025/26年度起資助", [("由2025/26年度起", "from", "2025-04-01..2026-03-31", "fiscal_year")]),
    ("在2025–26年繼續舉辦", [("在2025–26年", "in", "2025-04-01..2026-03-31", "fiscal_year")]),
    ("在2024/25學年推行", [("在2024/25學年", "in", "2024-09-01..2025-08-31", "school_year")]),
    ("在2026/27學年完結前達標", [("在2026/27學年完結前", "by", "..2027-08-31", "school_year")]),
    ("由2025–26課稅年度起放寬", [("由2025–26課稅年度起", "from", "2025-04-01..2026-03-31", "assessment_year")]),
    ("在本屆政府任期內培訓", [("在本屆政府任期內", "in", "2022-07-01..2027-06-30", "term")]),
    # how a time binds
    ("在2025年或之前落實", [("在2025年或之前", "by", "..2025-12-31", "year")]),
    ("在2025年第三季前增設", [("在2025年第三季前", "by", "..2025-09-30", "quarter")]),
    ("在2025年年底前提交條例草案", [("在2025年年底前", "by", "..2025-12-31", "vague")]),
    ("最遲於2026年6月公布", [("最遲於2026年6月", "by", "..2026-06-30", "month")]),
    ("於2025年開始分階段實施", [("於2025年開始", "from", "2025-01-01..2025-12-31", "year")]),
    ("2025年第四季起引入", [("2025年第四季起", "from", "2025-10-01..2025-12-31", "quarter")]),
    ("由2025年第三季把試驗恆常化", [("由2025年第三季", "from", "2025-07-01..2025-09-30", "quarter")]),
    ("延長計劃至2027年年底", [("至2027年年底", "by", "..2027-12-31", "vague")]),
    ("由2024–25年度起計五年內增加", [("由2024–25年度起計五年內", "by", "2024-04-01..2029-03-31", "period")]),
    ("每年舉辦", [("每年", "each", "..", "period")]),
    ("每兩年檢討一次", [("每兩年", "each", "..", "period")]),
    # ranges and chains
    ("在2024年至2027年間推出", [("在2024年至2027年間", "during", "2024-01-01..2027-12-31", "period")]),
    ("在2024至2026年擔任主席", [("在2024至2026年", "during", "2024-01-01..2026-12-31", "period")]),
    ("在2023–24至2027–28年度收回", [("在2023–24至2027–28年度", "during", "2023-04-01..2028-03-31", "period")]),
    ("於2024/25至2027/28學年間提供", [("於2024/25至2027/28學年間", "during", "2024-09-01..2028-08-31", "period")]),
    ("第一階段（2022–2027）", [("2022–2027", "during", "2022-01-01..2027-12-31", "period")]),
    ("2025年6月至9月舉行", [("2025年6月至9月", "during", "2025-06-01..2025-09-30", "period")]),
    ("2025年11月至2月進行", [("2025年11月至2月", "during", "2025-11-01..2026-02-28", "period")]),
    (
        "在2024–25及2025–26年度增加名額",
        [
            ("在2024–25", "in", "2024-04-01..2025-03-31", "fiscal_year"),
            ("2025–26年度", "in", "2025-04-01..2026-03-31", "fiscal_year"),
        ],
    ),
    (
        "由2025年第一季及2026年起",
        [
            ("由2025年第一季", "from", "2025-01-01..2025-03-31", "quarter"),
            ("2026年起", "from", "2026-01-01..2026-12-31", "year"),
        ],
    ),
    (
        "由2024年起每年舉辦演練",
        [("由2024年起", "from", "2024-01-01..2024-12-31", "year"), ("每年", "each", "..", "period")],
    ),
    # relative to the document
    ("在明年年中完成", [("在明年年中", "in", "2025-04-01..2025-06-30", "vague")]),
    ("今年內推出", [("今年內", "in", "2024-01-01..2024-12-31", "year")]),
    ("在年內提交", [("在年內", "in", "2024-01-01..2024-12-31", "year")]),
    ("在年底前公布", [("在年底前", "by", "..2024-12-31", "vague")]),
    (
        "在2025年上半年設計，並在年底前動工",
        [("在2025年上半年", "in", "2025-01-01..2025-06-30", "half"), ("在年底前", "by", "..2025-12-31", "vague")],
    ),
    ("在月底前提交", [("在月底前", "by", "..2024-10-31", "third")]),
    ("在二〇二五至二六年度撥款", [("在二〇二五至二六年度", "in", "2025-04-01..2026-03-31", "fiscal_year")]),
    ("於25/26學年推出", [("於25/26學年", "in", "2025-09-01..2026-08-31", "school_year")]),
    ("五年內（2025–26至2029–30年度）", [("2025–26至2029–30年度", "during", "2025-04-01..2030-03-31", "period")]),
    ("由下學年起推行", [("由下學年起", "from", "2025-09-01..2026-08-31", "school_year")]),
    ("在本財政年度內檢討", [("在本財政年度內", "in", "2024-04-01..2025-03-31", "fiscal_year")]),
    ("在三年內擬備標準", [("在三年內", "in", "2024-10-16..2027-10-16", "period")]),
    ("於十個月內提交建議", [("於十個月內", "in", "2024-10-16..2025-08-16", "period")]),
    ("半年內完成", [("半年內", "in", "2024-10-16..2025-04-16", "period")]),
    ("未來五年，準備土地", [("未來五年", "in", "2024-10-16..2029-10-16", "period")]),
    ("預計於3月啟用", [("於3月", "in", "2025-03-01..2025-03-31", "month")]),
    ("稍後公布詳情", [("稍後", "in", "2024-10-16..", "vague")]),
]


@pytest.mark.parametrize(("text", "expected"), CHINESE, ids=[text for text, _ in CHINESE])
def test_chinese_times(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert [told(limit) for limit in found(text)] == expected


ENGLISH = [
    ("Launch by end-2025.", [("by end-2025", "by", "..2025-12-31", "vague")]),
    ("Done in the first half of 2026.", [("in the first half of 2026", "in", "2026-01-01..2026-06-30", "half")]),
    (
        "Run it within the 2024/25 school year.",
        [("within the 2024/25 school year", "in", "2024-09-01..2025-08-31", "school_year")],
    ),
    ("More places from 2025-26.", [("from 2025-26", "from", "2025-04-01..2026-03-31", "fiscal_year")]),
    ("Start works in Q3 2025.", [("in Q3 2025", "in", "2025-07-01..2025-09-30", "quarter")]),
    # days in digits; where either number may be the month, the time reaches from the one to the other
    ("Report by 30/6/2025.", [("by 30/6/2025", "by", "..2025-06-30", "day")]),
    ("Report by 30-6-2025.", [("by 30-6-2025", "by", "..2025-06-30", "day")]),
    ("Report by 30.6.2025.", [("by 30.6.2025", "by", "..2025-06-30", "day")]),
    ("Open on 12/31/2025.", [("on 12/31/2025", "in", "2025-12-31..2025-12-31", "day")]),
    ("Open on 3/4/2026.", [("on 3/4/2026", "in", "2026-03-04..2026-04-03", "period")]),
    ("Open on 5/5/2026.", [("on 5/5/2026", "in", "2026-05-05..2026-05-05", "day")]),
    ("Report by 07/2026.", [("by 07/2026", "by", "..2026-07-31", "month")]),
    ("Report by 31/31/2025.", []),
    ("Report by 30/6/25.", []),
    ("Run it over 2024/25-2026/27.", [("over 2024/25-2026/27", "during", "2024-04-01..2027-03-31", "period")]),
    # holidays and seasons
    ("Open by Christmas 2025.", [("by Christmas 2025", "by", "..2025-12-26", "period")]),
    ("Open before Christmas 2025.", [("before Christmas 2025", "by", "..2025-12-24", "period")]),
    ("Open before Lunar New Year 2026.", [("before Lunar New Year 2026", "by", "..2026-02-23", "vague")]),
    ("Open in summer 2025.", [("in summer 2025", "in", "2025-06-01..2025-08-31", "vague")]),
    # a limit without a year lies ahead, unless it is told what was done
    ("Complete the review by June.", [("by June", "by", "..2025-06-30", "month")]),
    ("Complete the review by the end of June.", [("by the end of June", "by", "..2025-06-30", "third")]),
    ("The review was completed by June.", [("by June", "(by)", "..2024-06-30", "month")]),
    ("Open by mid-2027.", [("by mid-2027", "by", "..2027-06-30", "vague")]),
    ("Report by the end of next year.", [("by the end of next year", "by", "..2025-12-31", "vague")]),
    ("Starting from April 2025, pay.", [("Starting from April 2025", "from", "2025-04-01..2025-04-30", "month")]),
    ("Submit on or before 31 March 2026.", [("on or before 31 March 2026", "by", "..2026-03-31", "day")]),
    ("Finish before 2027.", [("before 2027", "by", "..2026-12-31", "year")]),
    ("Finish before the end of 2026.", [("before the end of 2026", "by", "..2026-12-31", "vague")]),
    ("Start in Q4 of 2025-26.", [("Start in Q4 of 2025-26", "from", "2026-01-01..2026-03-31", "quarter")]),
    (
        "Open it in the second half of the financial year 2025-26.",
        [("in the second half of the financial year 2025-26", "in", "2025-10-01..2026-03-31", "half")],
    ),
    (
        "Teach it in the 2024/25 and 2025/26 school years.",
        [
            ("in the 2024/25", "in", "2024-09-01..2025-08-31", "school_year"),
            ("2025/26 school years", "in", "2025-09-01..2026-08-31", "school_year"),
        ],
    ),
    ("Report within six months.", [("within six months", "in", "2024-10-16..2025-04-16", "period")]),
    ("Launch this year and expand.", [("this year", "in", "2024-01-01..2024-12-31", "year")]),
    ("Answer within 30 days in 90% of cases.", [("within 30 days", "(in)", "2024-10-16..2024-11-15", "period")]),
    ("Build between 2026 and 2028.", [("between 2026 and 2028", "during", "2026-01-01..2028-12-31", "period")]),
    ("Talks from March to June 2025.", [("from March to June 2025", "during", "2025-03-01..2025-06-30", "period")]),
    (
        "Publish it each year from 2025.",
        [("each year", "each", "..", "period"), ("from 2025", "from", "2025-01-01..2025-12-31", "year")],
    ),
    ("Complete within 18 months.", [("within 18 months", "in", "2024-10-16..2026-04-16", "period")]),
    (
        "Raise it from 330 in 2022 to 600 in 2027.",
        [("in 2022", "(in)", "2022-01-01..2022-12-31", "year"), ("in 2027", "in", "2027-01-01..2027-12-31", "year")],
    ),
    ("The 2024 Policy Address says so.", [("2024", "(in)", "2024-01-01..2024-12-31", "year")]),
    ("As at May 2024, 790 firms.", [("May 2024", "(in)", "2024-05-01..2024-05-31", "month")]),
    ("It may help 2,025 firms.", []),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text for text, _ in ENGLISH])
def test_english_times(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert [told(limit) for limit in found(text, "en")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "截至2024年9月底，已批出790個牌照",
        "透過在2024年成立的研究院推動合作",
        "自2022年以來的工作",
        "已於2024年9月推出",
        "較2022年增加100%",
        "較上一個五年期（即2023–24至2027–28年度）增加",
        "與2018–19年度相比",
        "由2025年的330間",
        "制訂至2035年的完整策略",
        "《2025年房屋條例》",
        "2025年《施政報告》提出",
        "2024–25年度財政預算案",
        "去年公布了藍圖",
        "在2023年第三季推出計劃",
        "兩地在2024年10月簽署協議",
        "達致2050年車輛零碳排放",
        "簡化2025年起期滿地契的續期手續",
        "公布未來十年土地的供應預測",
        "大學畢業五年內的藝術家",
    ],
)
def test_a_time_that_only_describes_is_not_promised(text: str) -> None:
    limits = found(text)
    assert limits != ()
    assert not any(limit.promised for limit in limits)


@pytest.mark.parametrize(
    "text",
    [
        "推進預計於2027年成立的學院的籌備工作",
        "包括將在2025年內落成的單位",
        "在2028–29年度落成的樓宇中，一半採用新技術",
        "增加至2027年的600間",
        "警務處會在2024年11月主辦會議",
        "由2024年10月16日起，調低稅率",
        "在2025年1月舉辦的圓桌會議",
    ],
)
def test_a_time_ahead_is_promised_even_where_it_stands_beside_a_noun(text: str) -> None:
    assert any(limit.promised for limit in found(text))


@pytest.mark.parametrize(
    "text",
    ["第十個教育日", "十五周年", "40歲以下人士", "2 600人次", "電話28102233", "中小企", "每名學生", "80周年", "18區"],
)
def test_figures_of_other_things_are_no_times(text: str) -> None:
    assert found(text) == ()


def test_what_an_earlier_document_said_may_be_promised_for_a_past_day() -> None:
    (limit,) = found("在2023年底前推行許可證", carried=True)
    assert limit.promised
    assert not found("在2023年底前推行許可證")[0].promised


def test_a_span_without_a_known_start_counts_from_the_time_before_it() -> None:
    limits = found("在2023年底前成立工作組，並在十個月內提交建議", carried=True)
    assert [limit.latest for limit in limits] == [date(2023, 12, 31), date(2024, 10, 31)]


def test_a_time_that_cannot_be_dated_keeps_its_words_and_leaves_its_days_open() -> None:
    (limit,) = found("在明年內推出", dated=None)
    assert told(limit) == ("在明年內", "in", "..", "year")


def test_a_day_that_no_calendar_has_is_left_out() -> None:
    assert found("在2025年2月30日推出") == ()


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(KnowledgeError, match="deadlines"):
        find_deadlines(passage_of("2025年"), DATED, jurisdiction("hk"), "xx")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_accepted_example_of_a_time_is_reached_by_the_scan(language: str) -> None:
    words = grammar(language)
    missed = [
        (pattern.name, example)
        for pattern in words.times
        for example in pattern.accept
        if pattern.name not in {time.rule for time in scan(passage_of(example).matching.text, words)}
    ]
    assert missed == []


FORMS = [
    ("在{y}年內", "year"), ("{y}年上半年", "half"), ("在{y}年第二季前", "quarter"), ("由{y}年4月起", "month"),
    ("在{y}年3月15日或之前", "day"), ("{y}年9月底", "third"), ("在{y}年年中", "vague"), ("{y}年底前", "vague"),
]  # fmt: skip
SHORTEST = {"year": 365, "half": 181, "quarter": 90, "month": 28, "third": 8, "vague": 90, "day": 1}


def days(limit: Deadline) -> int:
    assert limit.earliest is not None
    assert limit.latest is not None
    return (limit.latest - limit.earliest).days + 1


@given(st.sampled_from(FORMS), st.integers(2025, 2090))
def test_a_year_more_in_the_words_is_a_year_more_in_the_days(form: tuple[str, str], year: int) -> None:
    (first,) = found(form[0].format(y=year))
    (second,) = found(form[0].format(y=year + 1))
    assert first.latest is not None
    assert second.latest == months_later(first.latest, 12)
    assert first.precision == second.precision == form[1]


@given(st.sampled_from(FORMS), st.integers(2025, 2090))
def test_an_interval_is_never_shorter_than_its_words(form: tuple[str, str], year: int) -> None:
    (limit,) = found(form[0].format(y=year))
    if limit.kind is not DeadlineKind.BY:
        assert days(limit) >= SHORTEST[limit.precision]


WORDS = (
    "由在於至到及前後起開始內或之的已將會截較每年月日季度上下半中底初第一二三四十兩學課稅財政任期未來今明去本屆政府個"
    "2024–25/26、，。（）《》「」 a1:-"
)


@given(st.text(alphabet=WORDS, max_size=60), st.booleans())
def test_any_text_gives_ordered_spans_that_reread_to_the_printed_words(text: str, carried: bool) -> None:
    limits = found(text, carried=carried)
    edge = 0
    for limit in limits:
        assert limit.spans[0].start >= edge
        edge = limit.spans[-1].end
        assert re.sub(r"\s", "", reread(text, limit.spans)) == re.sub(r"\s", "", limit.as_printed)
        if limit.earliest is not None and limit.latest is not None:
            assert limit.earliest <= limit.latest


@given(
    st.text(alphabet="of in by the end year month 2025-26/Q3 March May 31, first half next each to and .", max_size=60)
)
def test_any_english_text_gives_ordered_intervals(text: str) -> None:
    for limit in found(text, "en"):
        assert re.sub(r"\s", "", reread(text, limit.spans)) == re.sub(r"\s", "", limit.as_printed)
        assert limit.earliest is None or limit.latest is None or limit.earliest <= limit.latest


@given(st.text(alphabet="推動發展政策措施加強支援市民服務優化計劃香港，。「」", max_size=60))
def test_no_time_without_words_of_time(text: str) -> None:
    assert found(text) == ()


def lines(seeds: Path) -> Iterator[tuple[str, int, str]]:
    for file in sorted(seeds.glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            yield file.name, number, line


def test_every_time_in_the_real_documents_rereads_to_its_words(seeds: Path) -> None:
    count = 0
    for name, number, line in lines(seeds):
        for limit in found(line):
            count += 1
            printed = re.sub(r"\s", "", limit.as_printed)
            assert re.sub(r"\s", "", reread(line, limit.spans)) == printed, (name, number)
            assert limit.earliest is None or limit.latest is None or limit.earliest <= limit.latest, (name, number)
            if limit.precision in ("year", "fiscal_year", "school_year") and limit.earliest and limit.latest:
                assert limit.latest - limit.earliest >= timedelta(days=364), (name, number)
    assert count > 1000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("asked.txt", "1. Open the pier by 3/4/2026.\n2. Open the park by 30/4/2026.\n"),
        ("plan.csv", "No.,Measure\n1,Open the pier by 3/4/2026\n2,Open the park by 30/4/2026\n"),
    ],
)
def test_a_day_of_either_order_leaves_a_doubt(name: str, text: str) -> None:
    given = {"jurisdiction": "hk", "language": "en", "date": "2025-01-02"}
    kind = {"kind": "submission"} if name == "asked.txt" else {}
    document = read_document(text.encode(), name, given | kind)
    finding = find_items(document, jurisdiction("hk"))
    assert [item.due for item in finding.items] == [date(2026, 4, 3), date(2026, 4, 30)]
    (doubt,) = (issue for issue in finding.issues if issue.code == "unclear-day")
    assert doubt.item == finding.items[0].key
    assert reread(document.text, doubt.spans) == "by 3/4/2026"
