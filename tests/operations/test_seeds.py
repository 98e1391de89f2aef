"""What the real documents must show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deedline.model.values import StatusCode
from deedline.operations import (
    FateCode,
    Measured,
    Scene,
    adoption,
    compare_editions,
    disagreements,
    measured,
    relink,
    scene,
    thread,
)
from deedline.register import ItemQuery, Register, open_register


@pytest.fixture(scope="module")
def register(linked_seeds: Path) -> Iterator[Register]:
    with open_register(linked_seeds) as opened:
        yield opened


@pytest.fixture(scope="module")
def known(register: Register) -> Scene:
    return scene(register)


@pytest.fixture(scope="module")
def reported(register: Register, known: Scene) -> list[Measured]:
    return list(measured(register, known))


def about(found: list[Measured], words: str) -> Measured:
    (one,) = (each for each in found if words in each.entry.item.text.replace(" ", ""))
    return one


def test_the_learning_tours_reported_as_completed_are_near_their_figure(reported: list[Measured]) -> None:
    tours = about(list(disagreements(reported)), "舉辦約45個內地學習團")
    assert tours.attainment is not None
    assert (tours.attainment.target, tours.attainment.actual) == (45, 42)
    assert tours.entry.item.report is not None
    assert tours.entry.item.report.status is StatusCode.COMPLETED
    assert tours.assessment is not None
    assert tours.assessment.verdict == "near"
    assert tours.assessment.reasons[0] == "reported completed, due 2024-08-31; 42 of about 45 printed (93%)"


def test_the_travel_agents_on_schedule_are_behind(reported: list[Measured]) -> None:
    agents = about(list(disagreements(reported)), "旅行社資訊科技發展配對基金")
    assert agents.attainment is not None
    assert (agents.attainment.target, agents.attainment.actual) == (0.2, 0.14)
    assert agents.promised_on == date(2023, 12, 31)
    assert agents.assessment is not None
    assert (agents.assessment.verdict, agents.assessment.as_of) == ("behind", date(2024, 10, 16))
    assert "a rate need not move evenly, and 76 days are left" in agents.assessment.reasons[0]


@pytest.mark.parametrize(
    ("words", "verdict", "why"),
    [
        ("輸入至少35000名", "not_comparable", "adds up several years"),
        ("支持四項活動", "not_comparable", "the report counts since 2023-01-01"),
        ("向20個新成立的中小藝團", "not_comparable", "the report counts since 2023-07-01"),
        ("在五條屋邨內分階段", "not_due", "the report counts a consultation"),
        ("開展15個工程項目(需在第一階段", "not_due", "the promised time begins on 2027-01-01"),
        ("吸引至少100間有潛力", "not_comparable", "no figure of the report was found for 至少100間"),
        ("「公屋綜合輪候時間」在", "not_due", "less is better"),
    ],
)
def test_figures_that_are_not_the_promise_are_held_apart(
    reported: list[Measured], words: str, verdict: str, why: str
) -> None:
    found = about(reported, words).assessment
    assert found is not None
    assert (found.verdict, found.disagrees, found.share) == (verdict, False, None)
    assert why in found.reasons[0]


def test_works_begun_are_counted_not_their_studies(reported: list[Measured]) -> None:
    works = about(reported, "開展16個工程項目").attainment
    assert works is not None
    assert (works.target, works.actual) == (16, 2)


def test_two_are_told_as_done_after_their_day(reported: list[Measured]) -> None:
    late = {
        each.entry.item.number: each.assessment.done_late for each in reported if each.assessment and each.done_late
    }
    assert late == {"8": 153, "24": 93}


def test_a_report_of_two_statuses_is_held_to_that_of_the_figure(reported: list[Measured]) -> None:
    grants = about(reported, "香港博士研究生獎學金計劃名額")
    assert grants.entry.item.report is not None
    assert grants.entry.item.report.status is StatusCode.COMPLETED
    assert grants.attainment is not None
    assert (grants.attainment.target, grants.attainment.actual) == (400, 350)
    assert grants.assessment is not None
    assert (grants.assessment.verdict, grants.assessment.disagrees) == ("on_pace", False)


def test_indicators_were_set_in_the_year_that_their_heading_names(reported: list[Measured]) -> None:
    days = {each.entry.item.batch: each.promised_on for each in reported}
    assert days == {"new": date(2023, 12, 31), "carried": date(2022, 12, 31)}


def test_six_are_late_and_each_is_reported_in_progress(reported: list[Measured]) -> None:
    late = [each for each in reported if each.assessment is not None and each.assessment.late]
    assert len(late) == 6
    assert {each.entry.item.report.status for each in late} == {StatusCode.IN_PROGRESS}  # type: ignore[union-attr]
    assert all(each.assessment is not None and each.assessment.verdict == "late" for each in late)


@pytest.mark.parametrize(
    ("words", "verdict", "told"),
    [
        ("推出首個「社區客廳試行計劃」", "told_done", "推出計劃下的首個項目"),
        ("全面檢討再培訓局服務範圍", "told_done", "已完成檢討"),
        ("推行「在校課後託管服務試行計劃」", "reached", ""),
    ],
)
def test_what_a_report_tells_as_done_is_not_held_to_be_late(
    reported: list[Measured], words: str, verdict: str, told: str
) -> None:
    found = about(reported, words).assessment
    assert found is not None
    assert (found.verdict, found.late, found.disagrees) == (verdict, False, False)
    assert told in found.told


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [("長者學苑計劃", "2024-04-01", "2024-09-30"), ("查核不少於1000個「劏房」戶", "2024-04-01", "2024-09-30")],
)
def test_pace_is_of_the_time_that_the_text_prints(reported: list[Measured], words: str, since: str, until: str) -> None:
    found = about([each for each in reported if each.attainment is not None], words)
    assert found.assessment is not None
    days = (date.fromisoformat(until) - date.fromisoformat(since)).days
    assert found.assessment.elapsed == days / (date(2025, 3, 31) - date.fromisoformat(since)).days
    assert found.assessment.verdict == "on_pace"


def test_most_statuses_are_borne_out(reported: list[Measured]) -> None:
    """A list of disagreements that is long is a list of misreadings."""
    assert 2 <= len(disagreements(reported)) <= len(reported) // 20


def test_the_electronic_recordkeeping_system_is_one_thread(register: Register, known: Scene) -> None:
    found = [stored for stored in register.items(ItemQuery(text="電子檔案保管系統")) if stored.item.due]
    threads = {thread(known, stored.id).thread for stored in found}
    assert len(found) == 3
    assert len(threads) == 1
    (one,) = threads
    assert one is not None
    assert [step.entry.document_id for step in one.steps] == [
        document.id for document in known.documents.values() if document.id in {s.document_id for s in found}
    ]
    assert one.slipped == 0


def test_a_chapter_speaks_only_of_itself(register: Register) -> None:
    found = compare_editions(register, "002", "000")
    assert found.earlier.name.startswith("002")
    assert "one chapter" in found.comparison.scope
    fates = {fate.code for fate in found.comparison.later}
    assert FateCode.CANNOT_SAY in fates
    early = [fate.code for fate in found.comparison.earlier]
    assert FateCode.CANNOT_SAY not in early
    assert early.count(FateCode.NO_MENTION) < len(early) / 2


def test_counts_of_a_submission_add_up(register: Register) -> None:
    for report in adoption(register, "001"):
        whole, *scopes = report.tallies
        assert whole.total == len(report.proposals) == 634
        assert sum(scope.total for scope in scopes) == whole.total
        assert sum(whole.counts.values()) == whole.total
        assert whole.already_there <= whole.total - sum(not verdict.links for verdict in report.verdicts)


def test_linking_again_does_nothing(register: Register) -> None:
    found = list(relink(register, at=datetime(2026, 1, 2, tzinfo=UTC), by="tests"))
    assert len(found) == 8  # seven pairs, and the edition that carries indicators over with itself
    assert all(each.fresh for each in found)
