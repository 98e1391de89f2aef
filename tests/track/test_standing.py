"""Where a commitment stands at a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deedline.find.quantities import find_quantities
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.entry import Entry
from deedline.model.passage import Passage
from deedline.model.values import Basis, DeadlineKind, Report, StatusCode
from deedline.track import told
from deedline.track.attainment import attainments_of
from deedline.track.standing import StandingCode, days_kept, standing_at
from tests.track.undertakings import deadline, entry, promising, report

DAY = date(2024, 11, 1)


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (date(2025, 12, 31), StandingCode.NOT_YET_DUE),
        (date(2025, 1, 30), StandingCode.DUE_SOON),
        (date(2024, 11, 1), StandingCode.DUE_SOON),
        (date(2024, 10, 31), StandingCode.NO_REPORT),
        (None, StandingCode.UNDATED),
    ],
)
def test_without_a_report(due: date | None, code: StandingCode) -> None:
    assert standing_at(entry("b1", due=due), [], DAY).code is code


def test_what_recurs_without_a_last_day_recurs() -> None:
    assert standing_at(entry("b1", deadlines=(deadline(DeadlineKind.EACH),)), [], DAY).code is StandingCode.RECURRING


def test_a_report_of_done_is_done_even_before_its_day() -> None:
    done = report(StatusCode.COMPLETED_EARLY, "目標提前完成")
    assert standing_at(entry("b1", due=date(2025, 12, 31)), [done], DAY).code is StandingCode.DONE


def test_a_report_after_the_day_that_is_not_done_is_late() -> None:
    late = standing_at(entry("b1", due=date(2024, 6, 30)), [report(StatusCode.IN_PROGRESS, "進行中")], DAY)
    assert late.code is StandingCode.LATE
    assert late.reasons[0].endswith("“進行中” 108 days later, and no report says that it is done")


def test_a_report_before_the_day_does_not_stand_for_one_after_it() -> None:
    early = report(StatusCode.ON_SCHEDULE, "符合進度", date(2024, 5, 1))
    assert standing_at(entry("b1", due=date(2024, 6, 30)), [early], DAY).code is StandingCode.NO_REPORT


def beginning(due: date, text: str = "b1") -> Entry:
    begins = replace(deadline(DeadlineKind.FROM), as_printed="起", earliest=due, latest=due)
    return entry(text, due=due, deadlines=(begins,))


def test_what_begins_with_its_own_document_is_not_waited_for() -> None:
    own = beginning(date(2024, 10, 16))  # the day from which document "b" dates
    on_the_day = standing_at(own, [], date(2024, 10, 16))
    assert (on_the_day.code, on_the_day.reasons[0]) == (StandingCode.DUE_SOON, "to begin by 2024-10-16, in 0 days")
    after = standing_at(own, [], DAY)
    assert (after.code, after.days) == (StandingCode.BEGUN, -16)
    assert after.reasons[0] == "begins by 2024-10-16, as its document of 2024-10-16 says"


def test_what_is_to_begin_later_is_said_to_be_a_beginning() -> None:
    found = standing_at(beginning(date(2024, 10, 20)), [], DAY)
    assert (found.code, found.reasons[0]) == (
        StandingCode.NO_REPORT,
        "to begin by 2024-10-20, 12 days ago; no report since was found",
    )


def test_what_is_due_by_the_day_of_its_own_document_waits() -> None:
    assert standing_at(entry("b1", due=date(2024, 10, 16)), [], DAY).code is StandingCode.NO_REPORT


def test_what_was_reported_later_is_not_known_yet() -> None:
    later = report(StatusCode.COMPLETED, "完成執行", date(2025, 1, 1))
    assert standing_at(entry("b1", due=date(2024, 6, 30)), [later], DAY).code is StandingCode.NO_REPORT


def test_days_count_down_and_below_zero() -> None:
    assert standing_at(entry("b1", due=date(2024, 11, 11)), [], DAY).days == 10
    assert standing_at(entry("b1", due=date(2024, 10, 22)), [], DAY).days == -10


TWO_DAYS = "在2024年6月底前提交渡輪條例草案，以及在2025年底前落成碼頭"


def own_report(of: Entry) -> Report:
    assert of.item.report is not None
    return of.item.report


def stages(text: str, narrative: str | None = None) -> list[tuple[str, str]]:
    """Each promised day with where it stands, by the entry's own report of 16 October 2024 if there is one."""
    own = promising(text, narrative or "")
    found = standing_at(own, [] if narrative is None else [own_report(own)], DAY)
    return [(stage.milestone.due.isoformat(), stage.code.value) for stage in found.stages]


def test_each_promised_day_stands_by_itself() -> None:
    assert stages(TWO_DAYS) == [("2024-06-30", "no_report"), ("2025-12-31", "not_yet_due")]
    told = "渡輪條例草案已於2024年4月提交議會，碼頭工程進行中。"
    assert stages(TWO_DAYS, told) == [("2024-06-30", "told_done"), ("2025-12-31", "not_yet_due")]
    # the whole is called on schedule after the first day: that is no word of the day itself, nor against it
    assert stages(TWO_DAYS, "工程進行中。") == [("2024-06-30", "on_schedule"), ("2025-12-31", "not_yet_due")]


def test_the_whole_stands_by_its_last_day_and_tells_of_the_others() -> None:
    found = standing_at(promising(TWO_DAYS), [], DAY)
    assert (found.code, found.due) == (StandingCode.NOT_YET_DUE, date(2025, 12, 31))
    assert found.reasons[1].startswith("promised day past, “在2024年6月底前”: due 2024-06-30, 124 days ago")
    ahead = standing_at(promising(TWO_DAYS), [], date(2024, 1, 1))
    assert ahead.reasons[1].startswith("next promised day, “在2024年6月底前”: due 2024-06-30")


def test_a_day_that_a_report_tells_as_done_later_says_by_how_much() -> None:
    own = promising("在2024年3月底前推出渡輪計劃", "渡輪計劃已於2024年6月26日推出。")
    found = standing_at(own, [own_report(own)], DAY)
    assert found.code is StandingCode.TOLD_DONE
    assert found.told is not None
    assert found.told.quote in own_report(own).narrative
    assert found.reasons[0].endswith("87 days after 2024-03-31")


def test_a_report_from_before_a_promise_keeps_it_not() -> None:
    earlier = own_report(promising("在2024年3月底前推出渡輪計劃", "渡輪計劃已於2024年2月推出。"))
    later = replace(promising("在2024年10月底前推出渡輪計劃"), dated=date(2024, 10, 20))
    later = replace(later, item=replace(later.item, report=None))
    assert standing_at(later, [earlier], DAY).code is StandingCode.NO_REPORT
    before = replace(later, dated=date(2024, 1, 1))
    assert standing_at(before, [earlier], DAY).code is StandingCode.TOLD_DONE


def test_only_words_of_its_own_report_have_a_place_in_its_document() -> None:
    own = promising("在2024年3月底前推出渡輪計劃", "渡輪計劃已於2024年2月推出。")
    other = replace(own, item=replace(own.item, report=None), dated=date(2024, 1, 1))
    told_by = [standing_at(each, [own_report(own)], DAY).stages[0].told for each in (own, other)]
    assert [each.quote for each in told_by if each] == ["已於2024年2月推出"] * 2
    assert [bool(each.spans) for each in told_by if each] == [True, False]


@pytest.mark.parametrize(
    ("narrative", "code"),
    [
        ("渡輪碼頭已增加至12個碼頭。", "told_done"),
        ("渡輪碼頭的擴建現正籌備12個碼頭。", "late"),  # only being prepared
        ("渡輪碼頭已增加至9個碼頭。", "late"),
    ],
)
def test_a_counted_promise_is_kept_by_figures(narrative: str, code: str) -> None:
    own = promising("在2024年9月底前把渡輪碼頭增加至10個碼頭", narrative)
    figures = find_quantities(passage_of(narrative), jurisdiction("hk"), "zh", Basis.ACTUAL)
    own = replace(own, item=replace(own.item, report=replace(own_report(own), figures=figures)))
    read = attainments_of(own.item.quantities, figures, own.item.text, narrative)
    assert read
    kept = days_kept(own, [own_report(own)], DAY, read)
    assert standing_at(own, [own_report(own)], DAY, kept=kept).code == code


def test_a_report_is_cut_once_for_all_the_days_of_an_item(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[str] = []
    narrative = told.narrative_of

    def counted(said: Report) -> Passage:
        cut.append(said.narrative)
        return narrative(said)

    monkeypatch.setattr(told, "narrative_of", counted)
    text = "、".join(f"在2024年{month}月底前公布渡輪報告第{month}號" for month in range(1, 9))
    own = promising(text, "渡輪報告第1號已於2024年1月公布，只此一次。")
    assert len(days_kept(own, [own_report(own)], DAY)) == 8
    assert cut == [own_report(own).narrative]


def test_of_very_many_days_the_first_and_the_last_are_read_in_words() -> None:
    text = "、".join(f"在{year}年內公布渡輪報告" for year in range(1990, 2024))
    own = promising(text, "渡輪報告已經公布。")
    codes = [each.code for each in days_kept(own, [own_report(own)], DAY)]
    assert len(codes) == 34
    told_done = StandingCode.TOLD_DONE
    assert codes == [*[told_done] * 20, *[None] * 13, told_done]
