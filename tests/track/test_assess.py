"""What figures and dates bear out, beside what was said officially."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.model.assessment import Assessment, AssessmentCode
from deedline.model.attainment import Attainment
from deedline.model.values import Basis, Comparator, Deadline, DeadlineKind, Quantity, StatusCode
from deedline.track.assess import PACE_MARGIN, assess
from tests.track.undertakings import deadline, entry, promising, report

SET, DUE, DAY = date(2023, 12, 31), date(2024, 12, 31), date(2024, 10, 16)
FIGURE = Quantity("", (), Comparator.EQUAL, 1.0, "", Basis.TARGET, "test")


def attained(share: float | None, unit: str = "HKD") -> Attainment:
    """So much of a sum that was promised, or of a rate (`unit` "ratio")."""
    promised = 0.5
    return Attainment(
        None, promised, promised * (share or 0.0), share, False, unit, FIGURE, FIGURE, ("promised 1, reported that",)
    )


def assessed(
    status: StatusCode | None,
    share: float | None = None,
    *,
    due: date | None = DUE,
    as_of: date = DAY,
    set_on: date | None = SET,
    deadlines: tuple[Deadline, ...] = (),
) -> Assessment:
    item = entry("b1", due=due, report=report(status, ""), deadlines=deadlines).item
    found = assess(item, attained(share) if share is not None else None, set_on, as_of)
    assert found is not None
    return found


def test_without_a_report_there_is_nothing_to_assess() -> None:
    assert assess(entry("b1", due=DUE).item, None, SET, DAY) is None


@pytest.mark.parametrize(
    ("status", "share", "verdict", "disagrees"),
    [
        (StatusCode.COMPLETED, 42 / 45, AssessmentCode.SHORT, True),
        (StatusCode.COMPLETED, 1.0, AssessmentCode.REACHED, False),
        (StatusCode.EXCEEDED, 2.0, AssessmentCode.REACHED, False),
        (StatusCode.ON_SCHEDULE, 0.7, AssessmentCode.BEHIND, True),
        (StatusCode.ON_SCHEDULE, 0.78, AssessmentCode.ON_PACE, False),
        (StatusCode.IN_PROGRESS, 0.7, AssessmentCode.BEHIND, False),
        (StatusCode.IN_PROGRESS, 1.0, AssessmentCode.REACHED, True),
        (StatusCode.COMPLETED, None, AssessmentCode.REACHED, False),
        (StatusCode.ON_SCHEDULE, None, AssessmentCode.NOT_DUE, False),
        (None, 0.1, AssessmentCode.BEHIND, False),
    ],
)
def test_before_the_day(
    status: StatusCode | None, share: float | None, verdict: AssessmentCode, disagrees: bool
) -> None:
    found = assessed(status, share)
    assert (found.verdict, found.disagrees) == (verdict, disagrees)
    assert found.reasons


@pytest.mark.parametrize(
    ("status", "share", "verdict", "disagrees"),
    [
        (StatusCode.IN_PROGRESS, None, AssessmentCode.LATE, False),
        (StatusCode.ON_SCHEDULE, None, AssessmentCode.LATE, True),
        (StatusCode.ON_SCHEDULE, 0.9, AssessmentCode.SHORT, True),
        (StatusCode.IN_PROGRESS, 0.9, AssessmentCode.SHORT, False),
    ],
)
def test_after_the_day(status: StatusCode, share: float | None, verdict: AssessmentCode, disagrees: bool) -> None:
    found = assessed(status, share, as_of=date(2025, 1, 1))
    assert (found.verdict, found.disagrees) == (verdict, disagrees)


def test_what_is_due_on_the_day_itself_is_not_late() -> None:
    assert assessed(StatusCode.ON_SCHEDULE, as_of=DUE).verdict is AssessmentCode.NOT_DUE


def test_without_date_and_figure_nothing_can_be_said() -> None:
    assert assessed(StatusCode.ON_SCHEDULE, due=None).verdict is AssessmentCode.UNDATED


@pytest.mark.parametrize("kind", [DeadlineKind.EACH, DeadlineKind.FROM])
def test_half_the_time_says_nothing_of_what_recurs_or_only_begins(kind: DeadlineKind) -> None:
    found = assessed(StatusCode.ON_SCHEDULE, 0.1, deadlines=(replace(deadline(kind), latest=DUE),))
    assert (found.verdict, found.elapsed) == (AssessmentCode.ON_PACE, None)


def test_without_the_day_of_the_promise_no_pace_is_held_against_it() -> None:
    assert assessed(StatusCode.ON_SCHEDULE, 0.1, set_on=None).verdict is AssessmentCode.ON_PACE


def test_the_reasons_name_both_figures_and_the_time() -> None:
    found = assessed(StatusCode.ON_SCHEDULE, 0.7)
    assert found.reasons[0] == (
        "70% of what was promised with 79% of the time from 2023-12-31 gone by 2024-10-16, due 2024-12-31"
    )
    assert found.reasons[1:] == ("promised 1, reported that",)


@given(st.floats(0, 0.99), st.dates(SET, DUE))
def test_behind_is_exactly_what_trails_the_time_by_more_than_the_margin(share: float, day: date) -> None:
    found = assessed(StatusCode.ON_SCHEDULE, share, as_of=day)
    assert found.elapsed is not None
    assert 0 <= found.elapsed <= 1
    assert (found.verdict is AssessmentCode.BEHIND) == (share < found.elapsed - PACE_MARGIN)


@pytest.mark.parametrize(
    ("due", "verdict"),
    [(date(2025, 1, 14), AssessmentCode.BEHIND), (date(2025, 1, 15), AssessmentCode.ON_PACE)],
)
def test_a_rate_that_trails_the_time_is_behind_in_its_last_ninety_days(due: date, verdict: AssessmentCode) -> None:
    item = entry("b1", due=due, report=report(StatusCode.ON_SCHEDULE, "")).item
    found = assess(item, attained(0.1, "ratio"), SET, DAY)
    assert found is not None
    assert found.verdict is verdict
    assert found.reasons[0].endswith(f"a rate need not move evenly, and {(due - DAY).days} days are left")


@pytest.mark.parametrize(
    ("text", "timed"),
    [
        ("在2024年內設立18個測試站，完成後每年有10萬人次使用", True),  # what recurs is another figure
        ("由2024-25年度起計五年內，由每年1 100個增加至每年1 800個", True),  # a level of each year, by a day
        ("在2023至2027年間每年設立18個測試站", False),
    ],
)
def test_time_is_counted_for_a_figure_that_does_not_itself_recur(text: str, timed: bool) -> None:
    item = promising(text).item
    target = next(each for each in item.quantities if each.basis is Basis.TARGET)
    baseline = next((each.value for each in item.quantities if each.basis is Basis.BASELINE), None)
    found = assess(
        item, Attainment(baseline, 2.0, 1.0, 0.1, False, target.unit, target, target, ()), date(2022, 12, 31), DAY
    )
    assert found is not None
    assert (found.elapsed is not None) is timed
    assert ("so no time is counted" in found.reasons[0]) is not timed


def test_a_window_that_has_not_begun_is_no_time_of_what_is_reported() -> None:
    found = judged("在2026年內覆蓋80%的乘客", of(0.7, promised=0.8))
    assert found.elapsed == (DAY - SET).days / (date(2026, 12, 31) - SET).days


def test_done_without_the_promised_figure_cannot_be_compared() -> None:
    found = judged("在2024年內吸引100間公司", status=StatusCode.COMPLETED)
    assert (found.verdict, found.disagrees) == (AssessmentCode.NOT_COMPARABLE, False)
    assert found.reasons[0] == "reported as done; no figure of the report was found for 100間公司"
    assert judged("在2024年內舉辦最少一個展覽", status=StatusCode.COMPLETED).verdict is AssessmentCode.REACHED


@pytest.mark.parametrize(
    ("text", "narrative", "days"),
    [
        ("在2023年底前推行渡輪許可證", "自2024年6月起，署方已全面推出渡輪許可證。", 153),
        ("在2024年上半年公布渡輪計劃的細節", "已在2024年10月公布渡輪計劃的細節。", 93),
        ("由2024年第一季起推行渡輪計劃", "渡輪計劃已於2024年5月推行。", 31),
        ("在2024年上半年公布渡輪計劃的細節", "已在2024年6月公布渡輪計劃的細節。", None),  # in time
        ("在2024年上半年公布渡輪計劃", "已於2024年3月公布渡輪計劃，並於2024年8月公布渡輪計劃細節。", None),
        ("在2024年上半年公布渡輪計劃的細節", "已公布渡輪計劃的細節。", None),  # no day is told
        ("在2023年底前向議會提交渡輪條例草案", "《渡輪條例草案》已於2024年7月獲議會通過。", None),  # follows a bill
        ("在2024年年中推出渡輪計劃", "渡輪計劃已於2024年8月10日推出。", None),  # a vague time
        (
            "在2024年6月底前推出電子渡輪船票",
            "電子渡輪船票已全面推出。第二期電子渡輪船票已於2024年9月推出。",
            None,  # a second phase
        ),
        ("在2024年6月底前推出電子渡輪船票", "電子渡輪船票已於2024年9月推出。", 63),
    ],
)
def test_a_deed_told_upon_a_later_day_is_done_late(text: str, narrative: str, days: int | None) -> None:
    found = judged(text, status=StatusCode.COMPLETED, narrative=narrative)
    assert (found.done_late, found.late) == (days, False)
    said = [reason for reason in found.reasons if "days after" in reason]
    assert len(said) == (days is not None)
    assert all(f"tells it as done {days} days after" in reason for reason in said)


def test_what_is_to_come_down_is_worded_as_such() -> None:
    found = assess(
        promising("在2024年6月底前把意外率由30.5減至28.5", "", StatusCode.ON_SCHEDULE).item,
        replace(attained(0.5, ""), baseline=30.5, target=28.5, actual=29.5, lower_is_better=True),
        SET,
        DAY,
    )
    assert found is not None
    assert found.reasons[0] == (
        "reported on schedule, due 2024-06-30; 29.5 where 28.5 was promised; less is better (50% of the way from 30.5)"
    )


@given(st.sampled_from(StatusCode), st.none() | st.floats(0, 2), st.dates(SET, date(2026, 1, 1)))
def test_a_status_is_never_overwritten_and_disagreement_needs_a_reason(
    status: StatusCode, share: float | None, day: date
) -> None:
    item = entry("b1", due=DUE, report=report(status, "as printed")).item
    before = replace(item)
    found = assess(item, attained(share) if share is not None else None, SET, day)
    assert item == before
    assert found is not None
    assert not found.disagrees or found.verdict not in (AssessmentCode.NOT_DUE, AssessmentCode.ON_PACE)


def test_each_further_figure_is_told_beside_the_one_that_decides() -> None:
    main, other = attained(0.5), attained(0.9)
    other = replace(
        other,
        target_quantity=replace(FIGURE, as_printed="一千人"),
        actual_quantity=replace(FIGURE, as_printed="900人"),
    )
    item = entry("b1", due=DUE, report=report(StatusCode.ON_SCHEDULE, "符合進度")).item
    found = assess(item, main, SET, DAY, (other, main))
    assert found is not None
    assert found.share == 0.5
    assert [reason for reason in found.reasons if "also promised" in reason] == [
        "also promised 一千人: reported 900人, 90% of it"
    ]


def of(count: float, comparator: Comparator = Comparator.EQUAL, promised: float = 45) -> Attainment:
    """So many of the trips that are promised."""
    target = replace(FIGURE, value=promised, comparator=comparator, as_printed=f"{promised:g}個考察團", unit="個考察團")
    actual = replace(FIGURE, value=count, basis=Basis.ACTUAL, as_printed=f"{count:g}個考察團", unit="個考察團")
    return Attainment(None, promised, count, count / promised, False, "個考察團", target, actual, ())


def judged(
    text: str,
    attainment: Attainment | None = None,
    *,
    status: StatusCode = StatusCode.ON_SCHEDULE,
    narrative: str = "",
    language: str = "zh",
) -> Assessment:
    """What is said on 16 October 2024 of an indicator that was set in 2023."""
    found = assess(promising(text, narrative, status, language=language).item, attainment, SET, DAY)
    assert found is not None
    return found


def test_about_45_is_near_with_42_and_short_with_30() -> None:
    near = judged("在2023/24學年舉辦約45個考察團", of(42, Comparator.ABOUT), status=StatusCode.COMPLETED)
    assert (near.verdict, near.disagrees) == (AssessmentCode.NEAR, True)
    assert near.reasons[0] == "reported completed, due 2024-08-31; 42 of about 45 printed (93%)"
    short = judged("在2023/24學年舉辦約45個考察團", of(30, Comparator.ABOUT), status=StatusCode.COMPLETED)
    assert (short.verdict, short.reasons[0][-28:]) == (AssessmentCode.SHORT, "30 of about 45 printed (67%)")


def test_42_of_exactly_45_is_short() -> None:
    found = judged("在2023/24學年舉辦45個考察團", of(42), status=StatusCode.COMPLETED)
    assert (found.verdict, found.reasons[0]) == (
        AssessmentCode.SHORT,
        "reported completed, due 2024-08-31; 42 of 45 printed (93%)",
    )


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("在2024-25年度舉辦100個考察團", "2024-04-01"),
        ("在2022至2025年間舉辦100個考察團", "2022-01-01"),
        ("由2023年起推展考察計劃，至2027年舉辦100個考察團", "2023-01-01"),
        ("在2025年底前舉辦100個考察團", "2023-12-31"),  # no window is printed: the day of the promise
    ],
)
def test_time_is_counted_from_the_window_that_the_text_prints(text: str, since: str) -> None:
    assert f"of the time from {since} gone by 2024-10-16" in judged(text, of(0, promised=100)).reasons[0]


def test_time_is_counted_to_the_day_up_to_which_the_figures_count() -> None:
    text, figure = "在2024-25年度舉辦100個考察團", of(50, promised=100)
    found = judged(text, figure, narrative="截至2024年9月底，已舉辦50個考察團。")
    assert (found.verdict, round(found.elapsed or 0, 2)) == (AssessmentCode.ON_PACE, 0.5)
    assert round(judged(text, figure, narrative="已舉辦50個考察團。").elapsed or 0, 2) == 0.54
    in_english = judged(
        "Hold 100 tours in 2024-25",
        replace(figure),
        narrative="As at 30 September 2024, 50 tours were held.",
        language="en",
    )
    assert round(in_english.elapsed or 0, 2) == 0.5


def test_three_of_four_at_nine_tenths_of_the_time_keep_step() -> None:
    found = judged("在2024年底前與四間公司合作", of(3, promised=4))
    assert found.elapsed is not None
    assert found.elapsed > 0.75 + PACE_MARGIN
    assert found.verdict is AssessmentCode.ON_PACE


def test_a_figure_is_measured_by_the_day_of_its_own_clause() -> None:
    text = "在2023至2025年舉辦45個考察團，之後在2030年底前舉辦200個考察團"
    found = judged(text, of(10))
    assert "due 2025-12-31" in found.reasons[0]


@pytest.mark.parametrize(
    ("text", "narrative", "language"),
    [
        ("在2023年內推出首個渡輪計劃", "已於2023年12月推出首個渡輪計劃。", "zh"),
        ("在2024年第三季公布全面檢討渡輪服務的結果", "運輸署已完成檢討渡輪服務。", "zh"),
        (
            "Launch the first harbour ferry scheme in 2023",
            "The first harbour ferry scheme was launched in December 2023.",
            "en",
        ),
    ],
)
def test_what_the_report_tells_as_done_is_not_late(text: str, narrative: str, language: str) -> None:
    found = judged(text, narrative=narrative, language=language)
    assert (found.verdict, found.late, found.disagrees) == (AssessmentCode.TOLD_DONE, False, False)
    assert found.told in narrative
    assert found.told in found.reasons[0]


def test_what_the_report_leaves_open_is_late_and_said_so() -> None:
    found = judged("在2023年內推出首個渡輪計劃", narrative="渡輪計劃正在籌備。")
    assert (found.verdict, found.late, found.disagrees) == (AssessmentCode.LATE, True, True)
    assert found.reasons[0].endswith("no words of the report say it is done")
