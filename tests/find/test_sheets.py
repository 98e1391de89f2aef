"""Rows of spreadsheets become items: what columns are taken for, and what cells of each are read as."""

from __future__ import annotations

from datetime import date

import pytest

from deedline.errors import InputError
from deedline.find import columns_taken, find_items
from deedline.knowledge.load import jurisdiction
from deedline.model.columns import Column, ColumnMap, column_letters
from deedline.model.item import Finding, Item
from deedline.read import read_document


def found(text: str, *known: ColumnMap, **given: str) -> Finding:
    document = read_document(text.encode(), "a.csv", {"jurisdiction": "hk", "date": "2030", **given})
    return find_items(document, jurisdiction("hk"), known)


def first(head: str, row: str) -> Item:
    return found(f"{head}\n{row}\n").items[0]


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("2031-12-31", date(2031, 12, 31)),
        ("2031-12-31 00:00:00", date(2031, 12, 31)),
        ("31/12/2031", date(2031, 12, 31)),
        ("2031-06", date(2031, 6, 30)),
        ("2031年年底前", date(2031, 12, 31)),
        ("2031年第三季", date(2031, 9, 30)),
        ("Q3 2031", date(2031, 9, 30)),
        ("end-2031", date(2031, 12, 31)),
        ("2029", date(2029, 12, 31)),
        ("2031-13-01", None),
        ("03/04/2031", None),
        ("待定", None),
    ],
)
@pytest.mark.parametrize("words", ["興建公共房屋", "Build public housing"])
def test_due_cells_in_any_language_are_promised(words: str, cell: str, due: date | None) -> None:
    finding = found(f"Measure,Due\n{words},{cell}\n")
    assert finding.items[0].due == due
    assert all(each.promised for each in finding.items[0].deadlines)
    assert [issue.code for issue in finding.issues] == ([] if due else ["unread-due"])


def test_one_date_tells_the_order_of_the_others() -> None:
    days = [item.due for item in found("Measure,Due\nBuild,03/04/2031\nOpen,25/04/2031\n").items]
    assert days == [date(2031, 4, 3), date(2031, 4, 25)]
    days = [item.due for item in found("Measure,Due\nBuild,03/04/2031\nOpen,04/25/2031\n").items]
    assert days == [date(2031, 3, 4), date(2031, 4, 25)]


def test_an_empty_due_cell_leaves_the_time_of_the_text() -> None:
    assert first("Measure,Due,No.", "Build it by end-2031,,1").due == date(2031, 12, 31)
    assert first("Measure,Due,deadlines", "Build it by end-2031,,x").due is None


@pytest.mark.parametrize(
    ("header", "cell", "value", "unit"),
    [
        ("Target", "20%", 0.2, "ratio"),
        ("Target (%)", "20", 0.2, "ratio"),
        ("Target (km)", '"5,000"', 5000, "km"),
        ("目標（個）", "300", 300, "個"),
        ("Target", "300 flats", 300, "flats"),
        ("目標", "不少於300個", 300, "個"),
        ("Target", "-3.5", -3.5, ""),
    ],
)
def test_figures_of_a_target_column(header: str, cell: str, value: float, unit: str) -> None:
    (quantity,) = first(f"Measure,{header}", f"Build,{cell}").quantities
    assert (quantity.value, quantity.unit, quantity.basis.value) == (value, unit, "target")
    assert quantity.as_printed == cell.strip('"')


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("房屋局", ["hk/hb"]),
        ("Housing Bureau; Development Bureau", ["hk/hb", "hk/devb"]),
        ("房屋局 › 發展局", ["hk/hb", "hk/devb"]),
        ("房屋局、發展局", ["hk/hb", "hk/devb"]),
        ("Friends of the Pier", [None]),
    ],
)
def test_bodies_of_a_cell(cell: str, ids: list[str | None]) -> None:
    item = first("Measure,Lead", f"Build,{cell}")
    assert [body.body_id for body in item.bodies] == ids
    assert [body.role.value for body in item.bodies] == ["lead", "joint"][: len(ids)]


def test_without_a_column_the_closing_bodies_count() -> None:
    item = first("措施,編號", "興建公共房屋。(房屋局),1")
    assert ([body.body_id for body in item.bodies], item.text) == (["hk/hb"], "興建公共房屋。")


@pytest.mark.parametrize(
    ("status", "code"),
    [("完成", "completed"), ("On track", "on_schedule"), ("completed_early", "completed_early"), ("奇怪", None)],
)
def test_statuses(status: str, code: str | None) -> None:
    report = first("Measure,Status,Remarks", f"Build,{status},建成 3 座").report
    assert report is not None
    assert (report.status, report.as_printed, report.narrative) == (code, status, "建成 3 座")


def test_headers_below_a_title_and_again() -> None:
    finding = found("Register,,\n,,\nMeasure,Lead,Due\nBuild,房屋局,2031\nMeasure,Lead,Due\nOpen,房屋局,2032\n,,9\n")
    assert [line.rule for line in finding.lines] == [
        "above-header", "sheet-header", "sheet-row", "sheet-header", "sheet-row", "sheet-section",
    ]  # fmt: skip


def test_what_a_person_says_wins_and_is_not_guessed_twice() -> None:
    document = read_document(b"Measure,Description,Lead\na,b,c\n", "a.csv")
    headers = ("lead", "MEASURE", "Description")
    said = ColumnMap(headers, {"description": Column.TEXT, "Lead": Column.NONE})
    (sheet,) = columns_taken(document, [said])
    assert [(each.column, each.how) for each in sheet.columns] == [
        (None, ""), (Column.TEXT, "said"), (Column.NONE, "said"),
    ]  # fmt: skip


def test_no_text_names_the_headers() -> None:
    with pytest.raises(InputError, match=r"row 1\) are 'What', 'When'.*--map 'What'=text"):
        found("What,When\na,b\n")


def test_a_submission_holds_recommendations_and_kinds_are_read() -> None:
    assert [i.kind.value for i in found("Proposal,Ref\na,1\n", kind="submission").items] == ["recommendation"]
    kinds = [i.kind.value for i in found("Kind,Text\n指標,a\nmeasure,b\nProposal,c\n").items]
    assert kinds == ["indicator", "measure", "proposal"]


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")])
def test_letters_of_columns(index: int, letters: str) -> None:
    assert column_letters(index) == letters
