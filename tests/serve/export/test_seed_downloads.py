"""The five real documents, as everybody would take them away: every list reads back to the same values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from icalendar import Calendar

from deedline import operations
from deedline.knowledge.milestones import milestones_of
from deedline.model.text import Span, reread
from deedline.operations import Scene
from deedline.register import Register, open_register
from deedline.serve.export import columns, csv, lists
from deedline.serve.export.downloads import download
from deedline.serve.export.flat import fields, unflat
from deedline.serve.export.tables import TABLES as TABLES_OF_ALL
from deedline.serve.feeds.calendars import due_calendar
from deedline.serve.site import Site
from tests.serve.export.rows import plain_row

Row = dict[str, Any]
LISTED = ("relations", "threads", "indicators", "adoption", "standings")
EXPORTED = tuple(table for table in columns.EXPORTED if table != "decisions")  # nobody has decided anything of them
TABLES = (*EXPORTED, *LISTED)


@pytest.fixture(scope="module")
def register(linked_seeds: Path) -> Iterator[Register]:
    with open_register(linked_seeds) as opened:
        yield opened


@pytest.fixture(scope="module")
def known(register: Register) -> Scene:
    return operations.scene(register)


@pytest.fixture(scope="module")
def rows(register: Register, known: Scene) -> dict[str, list[Row]]:
    submission = next(each.id for each in known.documents.values() if each.name.startswith("001"))
    return {
        **{table: list(TABLES_OF_ALL[table](register, known)) for table in EXPORTED},
        "relations": list(lists.relation_rows(known)),
        "threads": list(lists.thread_rows(known)),
        "indicators": list(lists.indicator_rows(operations.measured(register, known))),
        "adoption": list(lists.adoption_rows(operations.adoption(register, submission))),
        "standings": list(lists.standing_rows(operations.standings(known))),
    }


@pytest.mark.parametrize("table", TABLES)
def test_every_list_reads_back_from_csv(rows: dict[str, list[Row]], table: str) -> None:
    data = download(table, rows[table], "csv").read()
    assert len(rows[table]) > (4 if table in ("documents", "issues") else 20)
    found = (unflat(table, line) for line in csv.read(data, fields(table)))
    for row, read in zip(rows[table], found, strict=True):
        assert read == plain_row(table, row)


@pytest.mark.parametrize("table", TABLES)
def test_every_list_reads_back_from_parquet(rows: dict[str, list[Row]], table: str) -> None:
    from tests.serve.export.test_downloads import as_json

    found = pq.read_table(io.BytesIO(download(table, rows[table], "parquet").read())).to_pylist()
    assert [as_json(row) for row in found] == rows[table]


def test_a_workbook_of_all_items_holds_no_formula(rows: dict[str, list[Row]]) -> None:
    data = download("items", rows["items"], "xlsx").read()
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row ") == len(rows["items"]) + 1
    assert b"<f>" not in sheet


def test_all_evidence_reads_again(register: Register, rows: dict[str, list[Row]]) -> None:
    texts = {each.id: register.document_text(each.id) for each in register.documents()}
    for row in rows["evidence"]:
        words = reread(texts[row["document_id"]], [Span(row["start"], row["end"])])
        assert "".join(words.split()) in "".join(row["as_printed"].split())


def test_every_promised_day_stands_in_the_calendar_once(register: Register, known: Scene) -> None:
    calendar = Calendar.from_ical(due_calendar(register, known, Site("https://register.example")))
    expected = [
        promised.due
        for entry in known.entries.values()
        for promised in milestones_of(entry.item)
        if entry.item.due and entry.item.kind in ("measure", "indicator") and not known.is_restated(entry)
    ]
    found = [event["DTSTART"].dt for event in calendar.walk("VEVENT")]
    assert found == sorted(expected)
    assert len(set(map(str, (event["UID"] for event in calendar.walk("VEVENT"))))) == len(found) > 100
