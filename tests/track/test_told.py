"""What a report tells in words keeps a promise, and what it leaves open keeps none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deedline.knowledge.milestones import milestones_of
from deedline.model.entry import Entry
from deedline.model.text import Span, reread
from deedline.track.told import Told, prints, told_done
from tests.track.undertakings import promising


def told(entry: Entry, number: int = -1) -> Told | None:
    """What the entry's report tells of one of the days that it promises: the last unless another is asked for."""
    assert entry.item.report is not None
    return told_done(entry.item, milestones_of(entry.item)[number], entry.item.report)


@pytest.mark.parametrize(
    ("text", "narrative", "quote"),
    [
        ("在2024年第一季成立「渡輪學院」", "「渡輪學院」已於2024年2月21日正式成立。", "已於2024年2月21日正式成立"),
        ("在2024年內設置渡輪展覽廳", "渡輪展覽廳已於2024年8月7日對外開放。", "已於2024年8月7日對外開放"),
        (
            "在2024年上半年制訂《渡輪發展策略》",
            "已於2024年6月17日公布《渡輪發展策略》。",
            "已於2024年6月17日公布《渡輪發展策略》",
        ),
        (
            "在2023年底前就渡輪條例的建議諮詢業界",
            "已完成就渡輪條例建議的業界諮詢工作，並爭取於年底前諮詢議會。",
            "已完成就渡輪條例建議的業界諮詢工作",
        ),
        ("在2024年上半年向議會提交渡輪條例草案", "渡輪條例草案已於2024年4月提交議會。", "已於2024年4月提交議會"),
        (
            "在2024年上半年完成立法程序，規管渡輪服務",
            "《渡輪服務條例》已於2024年5月獲議會通過。",
            "《渡輪服務條例》已於2024年5月獲議會通過",
        ),
    ],
)
def test_words_that_tell_it_as_done(text: str, narrative: str, quote: str) -> None:
    found = told(promising(text, narrative))
    assert found is not None
    assert found.quote == quote


@pytest.mark.parametrize(
    ("text", "narrative"),
    [
        ("在2024年上半年向議會提交渡輪條例草案", "已就渡輪條例諮詢議會，現計劃在年底提交草案。"),  # another deed
        ("在2024年上半年向議會提交渡輪條例草案", "已完成草擬渡輪條例草案。"),  # strict: only what is submitted
        ("在2024年初就渡輪牌照提交條例草案", "已於2024年6月推出《泊車約章》。"),  # another thing
        (
            "在2024年內公布三個渡輪碼頭的發展方案",
            "已公布東岸渡輪碼頭的發展方案，並計劃公布西岸渡輪碼頭的發展方案。",
        ),  # half
        ("在2024年內完成渡輪諮詢，並開展碼頭設計工作", "已完成渡輪諮詢，並將會優化方案，分階段開展碼頭設計工作。"),
        ("在2024年內推出渡輪計劃", "渡輪計劃將於2024年12月推出。"),
        ("在2024年內推出渡輪計劃", "已邀請營辦商就渡輪計劃提交建議書。"),
        ("在2024年內推出渡輪計劃", "已分階段推出渡輪計劃。"),
        ("在2024年內開設20個渡輪碼頭", "已開設渡輪碼頭。"),  # a figure is kept by figures
        ("在2025年舉辦第二屆渡輪節", "第一屆渡輪節已於2024年5月舉行。"),  # the one before
        ("在2024年內推出渡輪計劃", ""),
    ],
)
def test_words_that_leave_it_open(text: str, narrative: str) -> None:
    assert told(promising(text, narrative)) is None


@pytest.mark.parametrize(
    ("text", "narrative", "done"),
    [
        (
            "Submit the ferries bill to the Council by mid-2024",
            "The ferries bill was submitted to the Council in May 2024.",
            True,
        ),
        ("Submit the ferries bill to the Council by mid-2024", "We consulted the Council on the ferries bill.", False),
        ("Establish a ferry academy by the end of 2023", "The ferry academy was established in November 2023.", True),
        ("Establish a ferry academy by the end of 2023", "The ferry academy will be established in 2025.", False),
        ("Complete the pier study by the end of 2023", "The pier study is largely completed.", False),
        ("Complete the pier study by the end of 2023", "The department has completed the pier study.", True),
    ],
)
def test_english_tells_too(text: str, narrative: str, done: bool) -> None:
    assert (told(promising(text, narrative, language="en")) is not None) is done


def test_each_day_is_told_by_itself() -> None:
    entry = promising(
        "在2023年底前成立渡輪小組，並在2024年第三季公布渡輪藍圖",
        "渡輪小組已於2023年11月成立，渡輪藍圖將於年底公布。",
    )
    assert [told(entry, 0) is not None, told(entry, 1) is not None] == [True, False]


def test_what_is_only_to_begin_has_begun_where_some_of_it_is_done() -> None:
    assert told(promising("由2023年起分階段興建60公里長的渡輪長廊", "渡輪長廊已駁通超過八成。")) is not None
    assert told(promising("由2023年起推行渡輪計劃", "渡輪計劃的指引已經公布。")) is None


def test_it_names_its_days_and_its_place() -> None:
    narrative = "「渡輪學院」已於2024年2月21日正式成立。"
    found = told(promising("在2024年第一季成立「渡輪學院」", narrative))
    assert found is not None
    assert (found.first, found.last) == (date(2024, 2, 21), date(2024, 2, 21))
    assert reread(narrative, found.spans) == found.quote


def test_a_day_after_the_report_tells_nothing_as_done() -> None:
    assert told(promising("在2024年內推出渡輪計劃", "渡輪計劃已定於2024年12月推出。")) is None


def test_a_narrative_whose_place_is_not_known_gives_words_without_a_place() -> None:
    own = promising("在2024年第一季成立「渡輪學院」", "「渡輪學院」已於2024年2月21日正式成立。")
    assert own.item.report is not None
    misplaced = replace(own.item.report, spans=(Span(500, 503),))  # of other words than the narrative
    found = told(replace(own, item=replace(own.item, report=misplaced)))
    assert found is not None
    assert found.quote == "已於2024年2月21日正式成立"
    assert found.spans == ()


@pytest.mark.parametrize(
    ("words", "figure", "is_printed"),
    [
        ("更換20艘渡輪", "20艘渡輪", True),
        ("在2026年,20艘渡輪", "20艘渡輪", True),
        ("推出120艘渡輪", "20艘渡輪", False),
        ("推出120艘渡輪，更換20艘渡輪", "20艘渡輪", True),
        ("推出1,200艘渡輪", "200艘渡輪", False),
        ("增加1.5萬個座位", "5萬個座位", False),
        ("更換十二艘渡輪", "二艘渡輪", False),
        ("更換二艘渡輪", "二艘渡輪", True),
        ("train 200 sailors", "20", False),
        ("train 20, then 30", "20", True),
        ("更換渡輪", "", False),
    ],
)
def test_a_figure_is_not_found_inside_another(words: str, figure: str, is_printed: bool) -> None:
    assert prints(words, figure) is is_printed
