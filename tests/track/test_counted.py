"""Figures of two times are not held against each other, and no figure of a step before is a share of the promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deedline.find.quantities import find_quantities
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.knowledge.milestones import milestones_of
from deedline.model.assessment import AssessmentCode
from deedline.model.attainment import Attainment
from deedline.model.entry import Entry
from deedline.model.values import Basis, StatusCode
from deedline.track.assess import assess
from deedline.track.attainment import attainment_of
from deedline.track.counted import counted_until, held_apart, milestone_of
from deedline.track.told import is_ahead
from tests.track.undertakings import promising

DAY = date(2024, 10, 16)


def reporting(text: str, narrative: str, status: StatusCode, language: str) -> Entry:
    """An indicator with a report on 16 October 2024 whose figures are read."""
    own = promising(text, narrative, status, language=language)
    figures = find_quantities(passage_of(narrative), jurisdiction("hk"), language, Basis.ACTUAL)
    assert own.item.report is not None
    return replace(own, item=replace(own.item, report=replace(own.item.report, figures=figures)))


def held(
    text: str,
    narrative: str,
    status: StatusCode = StatusCode.ON_SCHEDULE,
    *,
    window: date | None = None,
    language: str = "zh",
) -> Attainment:
    item = reporting(text, narrative, status, language).item
    assert item.report is not None
    found = attainment_of(item.quantities, item.report.figures, text, narrative, language)
    assert found is not None
    return held_apart(item, found, lambda: window)


@pytest.mark.parametrize(
    ("text", "narrative", "why"),
    [
        (
            "每年支持四個渡輪項目",
            "自2023年推出計劃以來，已支持17個渡輪項目。",
            "the promise is for each year, and the report counts since 2023-01-01",
        ),
        (
            "每年引入35 000名船員",
            "約兩年的時間共引入超過105 000名船員。",
            "the promise is for each year, and the report adds up several years",
        ),
        (
            "在2025年渡輪展覽參觀人數不少於10萬人",
            "截至9月底，渡輪展覽已有超過八萬人次參觀。",
            "the promised time begins on 2025-01-01, and the report counts up to 2024-09-30",
        ),
        (
            "在2024-25至2033-34年度提供約300公頃碼頭用地",
            "已在2023-24年度提供約20公頃碼頭用地。",
            "the promised time begins on 2024-04-01, and the report counts up to 2024-03-31",
        ),
        (
            "在2022至2027年吸引10 000人參與渡輪論壇",
            "2023年的渡輪論壇吸引2 500人參與。",
            "the promised time begins on 2022-01-01, and the report counts 2023-01-01 to 2023-12-31 alone",
        ),
        (
            "在2024年內邀請50間渡輪公司參展",
            "年底的展覽會吸引60間渡輪公司參展。",
            "the report tells its figure as still ahead",
        ),
        (
            "將渡輪輪候時間降至約4.5小時",
            "渡輪輪候時間為5.5小時。",
            "less is better, and no figure tells where it started",
        ),
    ],
)
def test_why_two_figures_are_not_held_against_each_other(text: str, narrative: str, why: str) -> None:
    found = held(text, narrative)
    assert (found.apart, found.share) == (why, None)
    assert found.target > 0
    assert found.actual > 0


@pytest.mark.parametrize(
    ("text", "narrative", "status"),
    [
        ("每年資助約50個渡輪項目", "在2024年4月1日至10月16日期間已資助30個渡輪項目。", StatusCode.ON_SCHEDULE),
        ("每年資助50個渡輪項目", "自2023年以來，每年資助60個渡輪項目。", StatusCode.ON_SCHEDULE),
        ("每年進行約500次檢查", "自2024年1月起，已進行450次檢查。", StatusCode.ON_SCHEDULE),
        ("在2024/25學年提供4 000個渡輪學額", "提早一年於2023/24學年提供12 000個渡輪學額。", StatusCode.ON_SCHEDULE),
        ("在2025年渡輪參觀人數不少於10萬人", "截至9月底，渡輪參觀人數已達12萬人。", StatusCode.COMPLETED_EARLY),
        ("在2026年把覆蓋率提升至80%", "截至2024年9月，覆蓋率為70%。", StatusCode.ON_SCHEDULE),
        ("在2025年把渡輪學額增加至5 000個", "截至2024年9月，渡輪學額已增至4 000個。", StatusCode.ON_SCHEDULE),
        ("在2023至2025年吸引1 000間公司", "在2023年至2024年9月期間，共吸引780間公司。", StatusCode.ON_SCHEDULE),
        ("在2024年內資助400家公司", "截至2024年9月中，已資助340家公司。", StatusCode.ON_SCHEDULE),
    ],
)
def test_figures_of_one_time_or_of_a_level_are_compared(text: str, narrative: str, status: StatusCode) -> None:
    found = held(text, narrative, status)
    assert found.apart == ""
    assert found.share is not None


def test_the_opening_of_a_list_tells_when_the_promised_time_begins() -> None:
    text, narrative = "開展15個渡輪工程項目", "有兩個渡輪項目已開展工程。"
    item = reporting(text, narrative, StatusCode.ON_SCHEDULE, "zh").item
    assert item.report is not None
    item = replace(item, due=date(2032, 12, 31))
    found = attainment_of(item.quantities, item.report.figures, text, narrative)
    assert found is not None
    assert held_apart(item, found, lambda: date(2027, 1, 1)).apart.startswith("the promised time begins on 2027-01-01")
    assert held_apart(item, found, lambda: date(2022, 1, 1)).apart == ""


@pytest.mark.parametrize(
    ("text", "narrative", "language", "step"),
    [
        ("開展15個渡輪項目", "15個渡輪項目的可行性研究已完成。", "zh", "a feasibility study"),
        ("在五個碼頭實施改善措施", "已就五個碼頭展開諮詢工作。", "zh", "a consultation"),
        ("與四間公司試驗電動渡輪", "已有三間公司與船廠簽訂合約。", "zh", "a contract"),
        ("興建四個碼頭", "四個碼頭已招標。", "zh", "a tender"),
        ("增設四個碼頭", "現正籌備增設四個碼頭。", "zh", "preparation"),
        ("Build 15 ferry piers", "Feasibility studies of 15 ferry piers were completed.", "en", "a feasibility study"),
    ],
)
def test_a_step_before_is_no_share_of_the_promise(text: str, narrative: str, language: str, step: str) -> None:
    found = held(text, narrative, language=language)
    assert (found.apart, found.share) == (f"the report counts {step}, a step before what is promised", None)


def test_a_step_that_is_itself_promised_counts() -> None:
    found = held("開展15個渡輪項目的可行性研究", "12個渡輪項目的可行性研究已展開。")
    assert (found.apart, found.share) == ("", 0.8)


def test_the_deed_is_taken_before_the_larger_figure_of_a_step() -> None:
    found = held("開展16個渡輪項目", "有兩個渡輪項目已動工，11個渡輪項目的可行性研究已完成。")
    assert (found.actual, found.apart) == (2, "")


def test_what_cannot_be_compared_is_said_so_and_called_neither_reached_nor_behind() -> None:
    text, narrative = "每年支持四個渡輪項目", "自2023年推出計劃以來，已支持17個渡輪項目。"
    for status, verdict in ((StatusCode.EXCEEDED, "not_comparable"), (StatusCode.ON_SCHEDULE, "undated")):
        item = reporting(text, narrative, status, "zh").item
        found = assess(item, held(text, narrative, status), date(2022, 12, 31), DAY)
        assert found is not None
        assert (found.verdict, found.share, found.disagrees) == (verdict, None, False)
        assert "not held against each other: the promise is for each year" in found.reasons[0]


def test_what_words_tell_as_done_is_not_late_for_a_figure_of_another_time() -> None:
    """By a figure that is held apart nothing is reached; the words still tell what was due as done."""
    text = "在2024年6月底前完成渡輪碼頭的檢討，並每年支持四個渡輪項目"
    figure = "自2023年推出計劃以來，已支持17個渡輪項目。"
    own = reporting(text, f"渡輪碼頭的檢討已於2024年5月完成。{figure}", StatusCode.ON_SCHEDULE, "zh").item
    found = assess(own, held(text, f"渡輪碼頭的檢討已於2024年5月完成。{figure}"), None, DAY)
    assert found is not None
    assert (found.verdict, found.late, found.told) == (AssessmentCode.TOLD_DONE, False, "已於2024年5月完成")
    late = assess(reporting(text, figure, StatusCode.ON_SCHEDULE, "zh").item, held(text, figure), None, DAY)
    assert late is not None
    assert (late.verdict, late.late) == (AssessmentCode.LATE, True)
    assert late.reasons[0].endswith(
        "not held against each other: the promise is for each year, and the report counts since 2023-01-01"
    )


def test_a_figure_is_of_the_day_whose_words_print_it_whole() -> None:
    text, narrative = "在2023年年底前推出120艘渡輪；在2026年年底前更換20艘渡輪", "已更換5艘渡輪。"
    item = reporting(text, narrative, StatusCode.ON_SCHEDULE, "zh").item
    replaced = next(each for each in item.quantities if each.value == 20)
    milestone = milestone_of(milestones_of(item), replace(held(text, narrative), target_quantity=replaced))
    assert milestone is not None
    assert milestone.due == date(2026, 12, 31)


@pytest.mark.parametrize("placed", [True, False])
def test_a_reported_figure_is_looked_up_where_it_stands(placed: bool) -> None:
    narrative = "計劃在2026年吸引130萬人參觀。截至2024年9月，渡輪展覽已有30萬人參觀。"
    own = reporting("在2024年內吸引50萬人參觀渡輪展覽", narrative, StatusCode.ON_SCHEDULE, "zh").item.report
    assert own is not None
    figure = next(each for each in own.figures if each.value == 300_000)
    figure = figure if placed else replace(figure, spans=())
    assert not is_ahead(own, figure)
    assert counted_until(own, figure) == date(2024, 9, 30)


def test_the_second_printing_of_a_figure_is_not_taken_for_the_first() -> None:
    narrative = "計劃在2026年吸引30萬人參觀展覽。截至2024年9月，渡輪展覽已有30萬人參觀。"
    own = reporting("在2024年內吸引50萬人參觀渡輪展覽", narrative, StatusCode.ON_SCHEDULE, "zh").item.report
    assert own is not None
    place = narrative.rindex("30萬人")
    figure = next(each for each in own.figures if each.spans[0].start == place)
    assert (is_ahead(own, figure), counted_until(own, figure)) == (False, date(2024, 9, 30))
