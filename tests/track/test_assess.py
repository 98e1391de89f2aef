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
from tests.track.undertakings import deadline, entry, report

SET, DUE, DAY = date(2023, 12, 31), date(2024, 12, 31), date(2024, 10, 16)
FIGURE = Quantity("", (), Comparator.EQUAL, 1.0, "", Basis.TARGET, "test")


def attained(share: float | None) -> Attainment:
    return Attainment(None, 1.0, share or 0.0, share, False, "", FIGURE, FIGURE, ("promised 1, reported that",))


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
        (StatusCode.IN_PROGRESS, None, AssessmentCode.OVERDUE, False),
        (StatusCode.ON_SCHEDULE, None, AssessmentCode.OVERDUE, True),
        (StatusCode.ON_SCHEDULE, 0.9, AssessmentCode.SHORT, True),
        (StatusCode.IN_PROGRESS, 0.9, AssessmentCode.SHORT, False),
    ],
)
def test_after_the_day(status: StatusCode, share: float | None, verdict: AssessmentCode, disagrees: bool) -> None:
    found = assessed(status, share, as_of=date(2025, 1, 1))
    assert (found.verdict, found.disagrees) == (verdict, disagrees)


def test_what_is_due_on_the_day_itself_is_not_overdue() -> None:
    assert assessed(StatusCode.ON_SCHEDULE, as_of=DUE).verdict is AssessmentCode.NOT_DUE


def test_without_date_and_figure_nothing_can_be_said() -> None:
    assert assessed(StatusCode.ON_SCHEDULE, due=None).verdict is AssessmentCode.UNDATED


@pytest.mark.parametrize("kind", [DeadlineKind.EACH, DeadlineKind.FROM])
def test_half_the_time_says_nothing_of_what_recurs_or_only_begins(kind: DeadlineKind) -> None:
    found = assessed(StatusCode.ON_SCHEDULE, 0.1, deadlines=(deadline(kind),))
    assert (found.verdict, found.elapsed) == (AssessmentCode.ON_PACE, None)


def test_without_the_day_of_the_promise_no_pace_is_held_against_it() -> None:
    assert assessed(StatusCode.ON_SCHEDULE, 0.1, set_on=None).verdict is AssessmentCode.ON_PACE


def test_the_reasons_name_both_figures_and_the_time() -> None:
    found = assessed(StatusCode.ON_SCHEDULE, 0.7)
    assert found.reasons == ("70% of what was promised with 79% of the time gone, due 2024-12-31", *found.reasons[1:])
    assert found.reasons[1:] == ("promised 1, reported that",)


@given(st.floats(0, 0.99), st.dates(SET, DUE))
def test_behind_is_exactly_what_trails_the_time_by_more_than_the_margin(share: float, day: date) -> None:
    found = assessed(StatusCode.ON_SCHEDULE, share, as_of=day)
    assert found.elapsed is not None
    assert 0 <= found.elapsed <= 1
    assert (found.verdict is AssessmentCode.BEHIND) == (share < found.elapsed - PACE_MARGIN)


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
