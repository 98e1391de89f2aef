"""A list reads back from every format to the values that went in, and no cell of it is ever a formula."""

from __future__ import annotations

import csv as plain_csv
import io
import json
import math
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.utils.escape import unescape

from deedline.errors import InputError
from deedline.serve.export import csv, xlsx
from deedline.serve.export.columns import ALL
from deedline.serve.export.downloads import MEDIA_TYPES, Look, download
from deedline.serve.export.flat import fields, unflat
from deedline.serve.site import Site
from tests.serve.export.rows import HOSTILE, plain_row, rows

Row = dict[str, Any]
SITE = Site("https://register.example", authority="register.example")
FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))
SHEETS = ("items", "adoption", "links")


def from_csv(table: str, data: bytes) -> list[Row]:
    return [unflat(table, line) for line in csv.read(data, fields(table))]


def from_xlsx(table: str, data: bytes) -> list[Row]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[table]
    lines = list(sheet.iter_rows(values_only=True))
    heads = lines[0]
    found = [{head: read(value) for head, value in zip(heads, line, strict=True)} for line in lines[1:]]
    return [unflat(table, line) for line in found]


def read(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return unescape(value) if isinstance(value, str) else value


def alike(one: Any, other: Any) -> bool:
    """Equal, but for the sixteen digits that a spreadsheet keeps."""
    if isinstance(one, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-14, abs_tol=1e-300)
    return bool(one == other)


# Reading back


@pytest.mark.parametrize("table", ALL)
def test_csv_reads_back(table: str) -> None:
    @FEW
    @given(rows(table))
    def check(made: list[Row]) -> None:
        data = download(table, made, "csv").read()
        assert from_csv(table, data) == [plain_row(table, row) for row in made]

    check()


@pytest.mark.parametrize("table", SHEETS)
def test_workbooks_read_back_and_hold_no_formula(table: str) -> None:
    @FEW
    @given(rows(table))
    def check(made: list[Row]) -> None:
        data = download(table, made, "xlsx").read()
        found = from_xlsx(table, data)
        expected = [plain_row(table, row) for row in made]
        assert alike(expected, found), (expected, found)
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")

    check()


@pytest.mark.parametrize("table", ALL)
def test_parquet_and_json_lines_read_back(table: str) -> None:
    @FEW
    @given(rows(table))
    def check(made: list[Row]) -> None:
        lines = download(table, made, "jsonl").read().decode().split("\n")
        assert [json.loads(line) for line in lines if line] == made
        found = pq.read_table(io.BytesIO(download(table, made, "parquet").read())).to_pylist()
        assert [as_json(row) for row in found] == made

    check()


def as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: as_json(each) for name, each in value.items()}
    return [as_json(each) for each in value] if isinstance(value, list) else value


# What a spreadsheet sees


def link_of(text: str, score: float = 0.5) -> Row:
    row = dict.fromkeys(ALL["links"])
    return {**row, "from": text, "score": score, "sure": True, "why": [text, text]}


def test_no_csv_cell_begins_as_a_formula() -> None:
    data = download("links", map(link_of, HOSTILE), "csv").read().decode("utf-8-sig")
    for line in list(plain_csv.reader(io.StringIO(data, newline="")))[1:]:
        for cell in line:
            assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell), cell


def test_numbers_are_no_words() -> None:
    data = download("links", [link_of("x", -0.5)], "csv").read()
    assert b",-0.5," in data
    sheet = openpyxl.load_workbook(io.BytesIO(download("links", [link_of("007", -0.5)], "xlsx").read()))["links"]
    assert [cell.data_type for cell in sheet[2]][:8] == ["s", "n", "n", "n", "n", "n", "b", "s"]
    assert sheet["A2"].value == "007"
    assert sheet["D2"].value == -0.5


def item_row(text: str = "改善街燈", **more: Any) -> Row:
    row: Row = {name: [] if isinstance(kind, list) else None for name, kind in ALL["items"].items()}
    source = {"line_start": 5, "line_end": 6, "char_start": 1, "char_end": 9, "page": 2, "spans": [[1, 4], [6, 9]]}
    source |= {"anchor": "措施!B7", "confidence": 0.875, "unsure": True}
    return {**row, "id": "ab/1", "document_id": "d0", "text": text, "due": "2031-12-31", "source": source, **more}


def test_a_workbook_has_days_a_frozen_header_a_filter_and_links() -> None:
    data = download("items", [item_row()], "xlsx", look=Look(SITE)).read()
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["items"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:3] == ["page_address", "source_address", "id"]
    due = sheet.cell(2, heads.index("due") + 1)
    assert due.is_date
    assert due.value == datetime(2031, 12, 31)
    assert due.number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(2, len(heads)).coordinate}"
    assert sheet["A2"].hyperlink.target == "https://register.example/items/ab%2F1"
    assert (sheet["B2"].hyperlink.target, sheet["B2"].hyperlink.location) == (
        "https://register.example/documents/d0?line=5",
        "L5",
    )
    assert sheet.cell(2, heads.index("source_spans") + 1).value == "1-4 › 6-9"
    assert [cell.value for cell in book["columns"][2]][:2] == ["id", "Id"]
    assert book["columns"].max_row == len(fields("items")) + 1


def test_headings_in_either_language() -> None:
    data = download("links", [], "csv", look=Look(headings="zh-Hant", bom=False)).read()
    assert data.decode().startswith("由項目,至項目,關係,")
    data = download("items", [], "xlsx", look=Look(headings="en")).read()
    assert "Source: First line" in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))["items"][1]]


@pytest.mark.parametrize("bom", [True, False])
def test_the_mark_of_utf_8_is_optional(bom: bool) -> None:
    data = download("items", [item_row()], "csv", look=Look(bom=bom)).read()
    assert data.startswith(b"\xef\xbb\xbf") is bom
    assert from_csv("items", data) == [plain_row("items", item_row())]


def test_addresses_stand_in_csv_too_where_there_is_a_site() -> None:
    data = download("items", [item_row()], "csv", look=Look(SITE)).read()
    row = next(plain_csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert row["source_address"] == "https://register.example/documents/d0?line=5#L5"


# Limits


def test_words_too_long_for_a_cell_are_cut_and_say_so() -> None:
    data = download("items", [item_row("長" * 40_000), item_row("長" * xlsx.MOST_CHARACTERS)], "xlsx").read()
    sheet = openpyxl.load_workbook(io.BytesIO(data))["items"]
    at = [cell.value for cell in sheet[1]].index("text") + 1
    assert sheet.cell(2, at).value.endswith("… [cut; 40000 characters in all]")
    assert len(sheet.cell(2, at).value) == xlsx.MOST_CHARACTERS
    assert sheet.cell(3, at).value == "長" * xlsx.MOST_CHARACTERS


def test_more_rows_than_a_worksheet_holds_are_refused_before_the_first_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    assert download("items", [item_row()] * 2, "xlsx").read()
    with pytest.raises(InputError, match="ask for csv"):
        download("items", [item_row()] * 3, "xlsx")


def test_beyond_the_links_that_a_worksheet_holds_addresses_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_LINKS", 2)
    data = download("items", [item_row()] * 2, "xlsx", look=Look(SITE)).read()
    sheet = openpyxl.load_workbook(io.BytesIO(data))["items"]
    assert sheet["B2"].hyperlink is not None
    assert sheet["A3"].hyperlink is None
    assert sheet["A3"].value == sheet["A2"].value


def test_a_format_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="csv, xlsx, jsonl, parquet"):
        download("items", [], "xls")


@pytest.mark.parametrize(
    ("stem", "name"),
    [("", "items.csv"), ("items-2024", "items-2024.csv"), ('..\\"; x=/etc\r\n', "x-etc.csv"), ("措施", "items.csv")],
)
def test_file_names_are_safe_in_a_header(stem: str, name: str) -> None:
    assert download("items", [], "csv", stem=stem).name == name


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_the_same_rows_give_the_same_bytes(form: str) -> None:
    one, two = (download("items", [item_row(), item_row("二")], form, look=Look(SITE)).read() for _ in range(2))
    assert one == two


def test_rows_are_taken_as_they_are_sent() -> None:
    taken: list[int] = []

    def endless() -> Any:
        for number in range(10_000):
            taken.append(number)
            yield link_of("x")

    pieces = download("links", endless(), "csv").pieces
    next(pieces)
    assert len(taken) < 1_000


# Another program


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice")
    if found is None or not list(Path(found).resolve().parent.glob("libsclo.*")):
        pytest.skip("LibreOffice Calc is not installed; it cannot be shown to open the workbook")
    return found


def test_libreoffice_opens_the_workbook_and_reads_the_same_words(office: str, tmp_path: Path) -> None:
    made = [link_of(text) for text in HOSTILE if text.isprintable()]
    (tmp_path / "links.xlsx").write_bytes(download("links", made, "xlsx").read())
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "links.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with (tmp_path / "links.csv").open(encoding="utf-8", newline="") as file:
        found = [row["from"] for row in plain_csv.DictReader(file)]
    assert found == [row["from"] for row in made]
