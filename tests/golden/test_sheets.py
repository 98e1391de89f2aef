"""The registers of the example spreadsheets, kept whole; `make golden` writes them anew."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from deedline.model.text import reread
from deedline.operations import Parsed, read_and_find
from deedline.register import ItemState, StoredItem
from deedline.serve.export.shape import item_row
from tests.golden.test_examples import SWITCH

HERE = Path(__file__).parent
FOLDER = HERE.parent.parent / "examples" / "sheets"
NAMES = sorted(file.name for file in FOLDER.iterdir())
DUE = [date(2032, 6, 30), date(2032, 12, 31), date(2031, 12, 31), date(2032, 6, 30), None]
STATUSES = ["on_schedule", "completed_early", "in_progress", "on_schedule", None]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def parsed(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> Parsed:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples" / "knowledge"))
    return read_and_find((FOLDER / name).read_bytes(), name, {"jurisdiction": "clearbay"})


def rows(parsed: Parsed) -> list[str]:
    """Items, lines and doubts as lines of JSON."""
    kept = [StoredItem(i.key, "", "", ItemState.PRESENT, 0, None, i) for i in parsed.finding.items]
    told: list[object] = [{**item_row(each), "anchor": each.item.anchor} for each in kept]
    told += [[line.number, line.role.value, line.rule, list(line.items)] for line in parsed.finding.lines]
    told += [[issue.code, issue.message, issue.line] for issue in parsed.finding.issues]
    return [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in told]


def test_the_register_is_as_expected(name: str, parsed: Parsed) -> None:
    expected = HERE / f"{name}.jsonl"
    found = rows(parsed)
    if os.environ.get(SWITCH) == "1":
        expected.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8").splitlines(), "if this is meant: make golden, read the diff"


def test_both_languages_say_the_same(parsed: Parsed) -> None:
    items = parsed.finding.items
    assert [item.number for item in items] == [f"DR-0{number}" for number in range(1, 6)]
    assert [item.due for item in items] == DUE
    assert [item.report.status if item.report else None for item in items] == STATUSES
    assert [item.anchor for item in items] == ["B5", "B6", "B7", "B9", "B10"]
    assert [len(item.path) for item in items] == [1] * 5
    doubts = [issue.code for issue in parsed.finding.issues if issue.code != "unknown-body"]
    assert doubts == ["unread-due", "unread-status", "row-without-text"]


def test_every_value_rereads_and_every_row_is_accounted_for(parsed: Parsed) -> None:
    text = parsed.document.text
    for item in parsed.finding.items:
        values = (*item.bodies, *item.deadlines, *item.quantities, *(item.report.figures if item.report else ()))
        for value in values:
            assert "".join(reread(text, value.spans).split()) == "".join(value.as_printed.split())
        assert item.report is None or reread(text, item.report.status_spans) == item.report.as_printed
    assert len(parsed.finding.lines) == text.count("\n")
    assert not [line for line in parsed.finding.lines if line.rule == "unaccounted"]
