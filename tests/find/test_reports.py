"""Progress cells: statuses as printed and as coded, narratives, figures, and cells with several statuses."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deedline.find.reports import read_report, split_statuses
from deedline.knowledge.fold import passage, passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.text import MappedText, reread
from deedline.model.values import Basis, Report, StatusCode

AS_OF = date(2024, 10, 16)


def read(text: str, language: str = "zh") -> tuple[Report, ...]:
    return read_report(passage_of(text), AS_OF, jurisdiction("hk"), language)


@pytest.mark.parametrize(
    ("text", "printed", "code", "narrative"),
    [
        ("完成執行。已於去年公布。", "完成執行", "completed", "已於去年公布。"),
        ("已完成。", "已完成", "completed", ""),
        ("完成執行，並較原定日期提早兩個月。", "完成執行", "completed", "並較原定日期提早兩個月。"),
        ("2024年的目標完成執行。展覽已舉行。", "2024年的目標完成執行", "completed", "展覽已舉行。"),
        ("2023/24學年的目標完成執行。", "2023/24學年的目標完成執行", "completed", ""),
        ("2024 年的目標超額完成。", "2024 年的目標超額完成", "exceeded", ""),
        ("超額完成。", "超額完成", "exceeded", ""),
        ("目標提前完成。首九個月已達標。", "目標提前完成", "completed_early", "首九個月已達標。"),
        ("提早完成。", "提早完成", "completed_early", ""),
        ("符合進度，預期可達成。", "符合進度", "on_schedule", "預期可達成。"),
        ("符合进度。", "符合进度", "on_schedule", ""),
        ("進行中。因需時磋商。", "進行中", "in_progress", "因需時磋商。"),
    ],
)
def test_a_status_and_its_narrative(text: str, printed: str, code: str, narrative: str) -> None:
    (report,) = read(text)
    assert (report.as_printed, report.status, report.narrative) == (printed, StatusCode(code), narrative)
    assert (report.as_of, report.deadlines) == (AS_OF, ())


@pytest.mark.parametrize(
    ("text", "printed", "code"),
    [
        ("Completed. The ordinance took effect.", "Completed", "completed"),
        ("Completed ahead of schedule. Details follow.", "Completed ahead of schedule", "completed_early"),
        ("2024 target exceeded.", "2024 target exceeded", "exceeded"),
        ("On track, as at September.", "On track", "on_schedule"),
        ("In progress. The bill is being drafted.", "In progress", "in_progress"),
    ],
)
def test_english_statuses(text: str, printed: str, code: str) -> None:
    (report,) = read(text, "en")
    assert (report.as_printed, report.status) == (printed, StatusCode(code))


@pytest.mark.parametrize(
    "text",
    [
        "工程現正進行。",
        "已完成就條例的諮詢，正草擬條文。",
        "推廣活動指標也符合進度，預期可達成。",
        "目標預計提前完成。",
    ],
)
def test_words_of_a_status_inside_a_sentence_are_narrative(text: str) -> None:
    (report,) = read(text)
    assert (report.status, report.as_printed, report.narrative) == (None, "", text)
    assert report.status_spans == ()


def test_a_cell_with_several_statuses_gives_a_report_each() -> None:
    text = "完成執行。已放寬限額。符合進度。名額增至350個，並會進一步增至400個。2025年的目標進行中。"
    assert [piece.shown.text for piece in split_statuses(passage_of(text))] == [
        "完成執行。已放寬限額。",
        "符合進度。名額增至350個，並會進一步增至400個。",
        "2025年的目標進行中。",
    ]
    reports = read(text)
    assert [report.status for report in reports] == [
        StatusCode.COMPLETED,
        StatusCode.ON_SCHEDULE,
        StatusCode.IN_PROGRESS,
    ]
    assert [(q.value, q.basis) for q in reports[1].figures] == [(350, Basis.ACTUAL), (400, Basis.TARGET)]


def test_words_before_the_first_status_are_a_report_without_one() -> None:
    first, second = read("上述活動已有70萬人參加。符合進度。")
    assert (first.status, second.status) == (None, StatusCode.ON_SCHEDULE)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_gives_no_report(text: str) -> None:
    assert read(text) == ()
    assert split_statuses(passage_of(text)) == ()


WORDS = st.sampled_from(
    (*"。，已 \n年", "完成執行", "符合進度", "進行中", "2024年的目標", "30個項目", "Completed", ".")
)


@settings(deadline=None)  # the first example reads the pattern files
@given(st.lists(WORDS, max_size=30).map("".join))
def test_reports_cover_the_text_and_reread(text: str) -> None:
    for language in ("zh", "en"):
        reports = read(text, language)
        for report in reports:
            assert reread(text, report.status_spans) == report.as_printed
            assert reread(text, report.spans) == report.narrative
            assert all(reread(text, figure.spans) == figure.as_printed for figure in report.figures)
        told = "".join(report.as_printed + report.narrative for report in reports)
        assert re.sub(r"[\s。，.]", "", told) == re.sub(r"[\s。，.]", "", text)


def progress_cells(seeds: Path) -> dict[int, tuple[Report, ...]]:
    """The reports in the last cell of each table row of the supplement, by line."""
    (path,) = seeds.glob("000*.txt")
    cells: dict[int, tuple[Report, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split("\t")
        if len(columns) < 2 or not columns[-1].strip() or len(columns[-1]) < 4:
            continue
        kept = [i for i, inside in enumerate(_outside_tags(columns[-1])) if inside]
        shown = MappedText.original(columns[-1]).keep(kept).strip()
        cells[number] = read_report(passage(shown), AS_OF, jurisdiction("hk"), "zh")
    return cells


def _outside_tags(text: str) -> list[bool]:
    outside = [True] * len(text)
    for tag in re.finditer(r"<[^<>]*>", text):
        outside[tag.start() : tag.end()] = [False] * len(tag.group())
    return outside


def test_every_labelled_status_is_read(seeds: Path, gold: Path) -> None:
    cells = progress_cells(seeds)
    labels = [json.loads(line) for line in (gold / "dev" / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    labels = [label for label in labels if label.get("status")]
    right = sum(label["status"] in [report.status for report in cells.get(label["line"], ())] for label in labels)
    assert right / len(labels) >= 0.99


def test_seven_indicators_are_called_in_progress(seeds: Path) -> None:
    reports = [report for held in progress_cells(seeds).values() for report in held]
    assert sum(report.status is StatusCode.IN_PROGRESS for report in reports) == 7
