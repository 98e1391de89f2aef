"""Where a commitment stands at a date."""

from __future__ import annotations

from datetime import date

import pytest

from deedline.model.values import DeadlineKind, StatusCode
from deedline.track.standing import StandingCode, standing_at
from tests.track.undertakings import deadline, entry, report

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


def test_what_was_reported_later_is_not_known_yet() -> None:
    later = report(StatusCode.COMPLETED, "完成執行", date(2025, 1, 1))
    assert standing_at(entry("b1", due=date(2024, 6, 30)), [later], DAY).code is StandingCode.NO_REPORT


def test_days_count_down_and_below_zero() -> None:
    assert standing_at(entry("b1", due=date(2024, 11, 11)), [], DAY).days == 10
    assert standing_at(entry("b1", due=date(2024, 10, 22)), [], DAY).days == -10
