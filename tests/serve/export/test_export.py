"""An export says the same in every format, and its folder is never half of anything."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from deedline.errors import InputError
from deedline.register import open_register
from deedline.serve.export import FORMATS, export
from deedline.serve.export.columns import COLUMNS, Column
from deedline.serve.export.csv import BETWEEN, cell, flat_columns, object_lists
from deedline.serve.export.folder import MANIFEST
from tests.serve.invented import HOSTILE

Run = Callable[..., Result]
Row = dict[str, Any]


@pytest.fixture
def write(register_path: Path, tmp_path: Path) -> Callable[[str], Path]:
    def call(form: str) -> Path:
        with open_register(register_path) as register:
            export(register, tmp_path / form, form)
        return tmp_path / form

    return call


def jsonl(folder: Path, table: str) -> list[Row]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def sheet(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# The contract


def test_items_hold_every_key_of_the_contract(write: Callable[[str], Path], ids: dict[str, str]) -> None:
    rows = {row["id"]: row for row in jsonl(write("jsonl"), "items")}
    assert list(rows) == sorted(rows)
    assert rows[ids["indicator-7"]] == {
        "id": ids["indicator-7"],
        "document": "海港市.txt",
        "document_id": rows[ids["indicator-7"]]["document_id"],
        "kind": "indicator",
        "number": "7",
        "part": 1,
        "batch": "new",
        "text": "把輪候時間減少超過20%",
        "path": ["附錄"],
        "bodies": [{"id": None, "name_zh": "海港市衞生局", "role": "lead", "as_printed": "海港市衞生局"}],
        "source": {
            "line_start": 5,
            "line_end": 5,
            "char_start": 47,
            "char_end": 59,
            "page": None,
            "spans": [[47, 59]],
            "anchor": None,
            "confidence": None,
            "unsure": None,
        },
        "deadlines": [],
        "due": None,
        "quantities": [
            {
                "as_printed": "超過20%",
                "comparator": ">",
                "value": 0.2,
                "unit": "ratio",
                "basis": "target",
                "per": None,
            }
        ],
        "report": {
            "as_of": "2030-01-01",
            "status": "in_progress",
            "as_printed": "進行中",
            "narrative": "進行中：已減少14%",
            "figures": [
                {"as_printed": "14%", "comparator": "=", "value": 0.14, "unit": "ratio", "basis": "actual", "per": None}
            ],
        },
        "attainment": {
            "baseline": None,
            "target": 0.2,
            "actual": 0.14,
            "share": 0.7,
            "lower_is_better": False,
            "apart": None,
        },
        "assessment": {
            "as_of": "2030-01-01",
            "verdict": "on_pace",
            "disagrees": False,
            "late": False,
            "done_late": None,
            "told": None,
            "told_spans": [],
            "elapsed": None,
            "reasons": [
                "70% of what was promised",
                "promised 超過20%, reported 14%",
                "both in percent or shares",
                "both speak of 減少",
            ],
        },
        "names": [],
        "parent": None,
        "lead_in": "衞生",
    }
    assert rows[ids["measure-1"]]["deadlines"] == [
        {
            "as_printed": "在2031年內",
            "kind": "in",
            "earliest": "2031-01-01",
            "latest": "2031-12-31",
            "precision": "year",
        }
    ]
    assert rows[ids["indicator-8"]]["parent"] == ids["indicator-7"]


def test_files_of_what_is_not_there_yet_are_empty(write: Callable[[str], Path]) -> None:
    folder = write("jsonl")
    assert jsonl(folder, "links") == jsonl(folder, "verdicts") == []


def fits(column: Column, value: Any) -> bool:
    """Whether a JSON value is of a column's type."""
    if value is None:
        return True
    if isinstance(column, Mapping):
        return list(value) == list(column) and all(fits(column[name], value[name]) for name in column)
    if isinstance(column, list):
        return isinstance(value, list) and all(fits(column[0], entry) for entry in value)
    if column is date:
        return bool(date.fromisoformat(value))
    if column is float:
        return isinstance(value, int | float)
    return type(value) is column


@pytest.mark.parametrize("table", COLUMNS)
def test_rows_are_of_the_declared_types(write: Callable[[str], Path], table: str) -> None:
    for row in jsonl(write("jsonl"), table):
        assert fits(COLUMNS[table], row), row


# The same in every format


def plain(value: Any) -> Any:
    """A Parquet value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, list) else value


@pytest.mark.parametrize("table", COLUMNS)
def test_parquet_equals_jsonl(write: Callable[[str], Path], table: str) -> None:
    rows = pq.read_table(write("parquet") / f"{table}.parquet").to_pylist()
    assert plain(rows) == jsonl(write("jsonl"), table)


def uncell(words: str) -> str:
    return words.removeprefix("'")


def from_cells(column: Column, words: str) -> Any:
    """What a cell says, by its column's type."""
    words = uncell(words)
    if words == "":
        return [] if isinstance(column, list) else None
    if isinstance(column, list) and isinstance(column[0], list):
        return [[int(offset) for offset in span.split("-")] for span in words.split(BETWEEN)]
    if isinstance(column, list):
        return words.split(BETWEEN)
    return {int: int, float: float, str: str, date: str, bool: "true".__eq__}[column](words)


def rebuilt(columns: Mapping[str, Column], cells: dict[str, str], prefix: str = "") -> Row:
    """A row from its cells; lists of objects are left for their own tables."""
    row: Row = {}
    for name, column in columns.items():
        if isinstance(column, Mapping):
            inner = rebuilt(column, cells, f"{prefix}{name}_")
            row[name] = inner if any(value not in (None, []) for value in inner.values()) else None
        elif isinstance(column, list) and isinstance(column[0], Mapping):
            row[name] = []
        else:
            row[name] = from_cells(column, cells[prefix + name])
    return row


@pytest.mark.parametrize("table", COLUMNS)
def test_csv_equals_jsonl(write: Callable[[str], Path], table: str) -> None:
    folder, columns = write("csv"), COLUMNS[table]
    rows = [rebuilt(columns, cells) for cells in sheet(folder, table)]
    for path in object_lists(columns):
        column = columns
        for name in path:
            column = column[name]
        for cells in sheet(folder, "_".join((table, *path))):
            identity = cells.pop("item")
            owner = next(row for row in rows if row["id"] == identity)
            for name in path[:-1]:
                owner = owner[name]
            owner[path[-1]].append({name: from_cells(column[0][name], words) for name, words in cells.items()})
    expected = [{k: None if v == "" else v for k, v in row.items()} for row in jsonl(write("jsonl"), table)]
    assert rows == expected


def test_csv_opens_in_a_spreadsheet(write: Callable[[str], Path]) -> None:
    raw = (write("csv") / "items.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 5
    assert len(list(flat_columns(COLUMNS["items"]))) == len(raw.split(b"\r\n")[0].split(b","))


def test_no_cell_is_a_formula(write: Callable[[str], Path]) -> None:
    texts = [row["text"] for row in sheet(write("csv"), "items")]
    assert f"'{HOSTILE}" in texts


@given(st.text(max_size=20))
def test_a_cell_never_begins_as_a_formula_and_gives_its_words_back(words: str) -> None:
    shown = cell(words)
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert shown[:1] not in ("\t", "\r", "\n")
    assert uncell(shown) == words


def test_one_apostrophe_is_taken_away_and_no_more() -> None:
    assert [uncell(cell(words)) for words in ("'=1", "''", "-5", " =1")] == ["'=1", "''", "-5", " =1"]


def test_numbers_stay_numbers() -> None:
    assert [cell(-0.5), cell(3), cell(None), cell(True)] == [-0.5, 3, None, "true"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_register_gives_the_same_bytes(register_path: Path, tmp_path: Path, form: str) -> None:
    for name in ("one", "two"):
        with open_register(register_path) as register:
            export(register, tmp_path / name, form)
    one, two = ({f.name: f.read_bytes() for f in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


# The folder


def test_an_earlier_export_is_replaced_as_a_whole(write: Callable[[str], Path], register_path: Path) -> None:
    folder = write("csv")
    with open_register(register_path) as register:
        counts = export(register, folder, "jsonl")
    assert {file.name for file in folder.iterdir()} == {MANIFEST, *counts}
    assert [file.name for file in folder.parent.iterdir() if "partial" in file.name] == []


def test_a_folder_of_other_files_is_refused_unless_forced(run: Run, tmp_path: Path) -> None:
    notes = tmp_path / "out" / "notes.txt"
    notes.parent.mkdir()
    notes.write_text("mine")
    refused = run("export", str(notes.parent))
    assert refused.exit_code == 1
    assert "notes.txt" in refused.stderr
    assert [file.name for file in notes.parent.iterdir()] == ["notes.txt"]
    assert run("export", str(notes.parent), "--force").exit_code == 0
    assert notes.read_text() == "mine"
    assert (notes.parent / "items.jsonl").exists()
    assert run("export", str(notes.parent)).exit_code == 1


def test_a_file_in_its_place_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    result = run("export", str(tmp_path / "out"), "--force")
    assert result.exit_code == 1
    assert "is a file" in result.stderr


def test_an_export_that_fails_leaves_the_old_one(
    write: Callable[[str], Path], register_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write("jsonl")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    def full(*_: object) -> dict[str, int]:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, "csv", full)  # type: ignore[arg-type]
    with open_register(register_path) as register, pytest.raises(InputError, match="No space left"):
        export(register, folder, "csv")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert [file.name for file in folder.parent.iterdir() if "partial" in file.name] == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_verb_tells_what_it_wrote(run: Run, tmp_path: Path, form: str) -> None:
    result = run("export", "--format", form, str(tmp_path / "out"), "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["files"][f"items.{form}"] == 4
    assert {*told["files"], MANIFEST} == {file.name for file in (tmp_path / "out").iterdir()}
    assert f"items.{form}" in run("export", "--format", form, str(tmp_path / "again")).stdout


def test_the_page_on_exports_names_every_table_and_key(root: Path) -> None:
    page = (root / "docs" / "export.md").read_text(encoding="utf-8")
    printed = {word for code in re.findall(r"`([^`]+)`", page) for word in re.findall(r"\w+", code)}
    assert {*COLUMNS, *COLUMNS["items"]} <= printed
