"""Which rows belong to a table of indicators, and which cell stands in which column."""

from __future__ import annotations

import pytest

from deedline.find.outline import trace_outline
from deedline.find.tables import BODY, DATE, INDICATOR, NUMBER, PROGRESS, TableRow, read_tables
from deedline.knowledge.indicators import table_words
from deedline.knowledge.load import jurisdiction
from tests.find.tabling import HEADER, read_text


def rows(text: str, language: str = "zh") -> tuple[TableRow, ...]:
    document = read_text(text, language)
    words = table_words(jurisdiction("hk"), language)
    return read_tables(trace_outline(document.blocks, language, {}), words).rows


def cells(row: TableRow) -> dict[str, str]:
    return {column: " / ".join(p.text.text for p in pieces) for column, pieces in row.cells.items() if pieces}


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (HEADER, "1\t推出計劃。\t符合進度。", {NUMBER: "1", INDICATOR: "推出計劃。", PROGRESS: "符合進度。"}),
        ("<b>編號</b>\t**指標**\t進度（截至9月）", "1\t甲\t乙", {NUMBER: "1", INDICATOR: "甲", PROGRESS: "乙"}),
        ("指標\t最新進展", "推出計劃。\t完成執行。", {INDICATOR: "推出計劃。", PROGRESS: "完成執行。"}),
        ("編號\t指標\t負責政策局\t目標日期\t進度", "1\t甲\t教育局\t2025年\t乙",
         {NUMBER: "1", INDICATOR: "甲", BODY: "教育局", DATE: "2025年", PROGRESS: "乙"}),
        ("編號\t指標\t備考\t進度", "1\t甲\t丙\t乙", {NUMBER: "1", INDICATOR: "甲", "": "丙", PROGRESS: "乙"}),
        ("| 編號 | 指標 | 進度 |\n| --- | --- | --- |", "| 1 | 甲 | 乙 |",
         {NUMBER: "1", INDICATOR: "甲", PROGRESS: "乙"}),
        ("No.\tIndicator\tProgress as at 30 June 2024", "1\tBuild.\tDone.",
         {NUMBER: "1", INDICATOR: "Build.", PROGRESS: "Done."}),
    ],
)  # fmt: skip
def test_the_words_of_the_header_name_the_columns(header: str, row: str, expected: dict[str, str]) -> None:
    (found,) = rows(f"{header}\n{row}\n")
    assert cells(found) == expected


@pytest.mark.parametrize("header", ["項目\t頁", "年份\t數目\t比率", "編號\t名稱", "Name\tPhone"])
def test_a_table_of_something_else_has_no_rows_of_indicators(header: str) -> None:
    assert rows(f"{header}\n推出計劃\t7\n") == ()


def test_a_row_short_of_its_number_keeps_its_words_and_progress() -> None:
    _, short = rows(f"{HEADER}\n1\t甲。\t完成執行。\n乙。\t符合進度。\n")
    assert cells(short) == {INDICATOR: "乙。", PROGRESS: "符合進度。"}


def test_surplus_empty_cells_are_nothing_and_surplus_words_stay_with_the_last_column() -> None:
    first, second = rows(f"{HEADER}\n1\t甲。\t完成執行。\t\t\n2\t乙。\t符合進度。\t截至九月。\n")
    assert cells(first) == {NUMBER: "1", INDICATOR: "甲。", PROGRESS: "完成執行。"}
    assert cells(second)[PROGRESS] == "符合進度。 / 截至九月。"


def test_the_last_header_holds_below_headings_and_footnotes_while_the_numbers_go_on() -> None:
    first = f"{HEADER}\n1\t甲。\t完成執行。\n\n<sup>1</sup> 臨時數字。\n\n2\t乙。\t進行中。\n"
    text = f"{first}\n## 房屋\n\n3\t丙。\t進行中。\n"
    assert [row.number for row in rows(text)] == [1, 2, 3]


def test_rows_of_another_table_below_are_not_taken() -> None:
    text = f"{HEADER}\n1\t甲。\t完成執行。\n\n以下為開支。\n\n甲項\t300\t400\n乙項\t500\t600\n"
    assert len(rows(text)) == 1


@pytest.mark.parametrize(
    ("heading", "batch"),
    [
        ("## (一) 新指標", "new"),
        ("## (二) 繼續生效的2022年《施政報告》指定項目指標", "carried"),
        ("## 指標", None),
        ("## A. New indicators", "new"),
        ("## B. Indicators carried over from 2023", "carried"),
    ],
)
def test_the_heading_tells_the_batch(heading: str, batch: str | None) -> None:
    (row,) = rows(f"{heading}\n\n{HEADER}\n1\t甲。\t完成執行。\n")
    assert row.batch == batch


@pytest.mark.parametrize(
    ("printed", "number", "sub"),
    [("<b>9</b>", 9, False), ("9.", 9, False), ("8.2", 8, True), ("48（續）", 48, True), ("", None, False)],
)
def test_the_number_cell_is_read(printed: str, number: int | None, sub: bool) -> None:
    (row,) = rows(f"{HEADER}\n{printed}\t甲。\t完成執行。\n")
    assert (row.number, row.sub) == (number, sub)
