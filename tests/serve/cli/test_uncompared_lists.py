"""What lists, exports and rows say of documents that were not compared, or changed since."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deedline.operations import default_engine
from deedline.register import open_register
from deedline.serve.cli import main
from tests.operations.town import AT, Tags, edition, ids, linked, submission


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register of two editions that nobody linked."""
    made = tmp_path / "unlinked.db"
    with open_register(made) as register:
        edition("old", date(2023, 10, 1), "興建圖書館 #a").put(register)
        edition("new", date(2024, 10, 1), "圖書館啟用 #a").put(register)
    return made


def _told(path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--register", str(path), *words])


def test_due_says_that_what_it_lists_may_be_restated(path: Path) -> None:
    caution = "Some editions were not compared yet, so a later one may restate what is listed; run deedline link."
    assert caution in _told(path, "due").stderr
    assert json.loads(_told(path, "due", "--json").stdout)["caution"] == caution
    assert json.loads(_told(path, "due", "--as-of", "2023-12-31", "--json").stdout)["caution"] is None


def test_an_export_speaks_of_verdicts_only_where_there_can_be_any(path: Path, tmp_path: Path) -> None:
    assert "without verdicts" not in _told(path, "export", str(tmp_path / "one")).stderr
    with open_register(path) as register:
        submission("asked", date(2024, 8, 1), "應增設單車徑 #c").put(register)
    said = "1 pair of documents not compared yet, so without verdicts; run deedline link."
    assert said in _told(path, "export", str(tmp_path / "two")).stderr
    assert "without verdicts" not in _told(path, "export", str(tmp_path / "three"), "--as-of", "2023-12-31").stderr


def test_rows_name_what_changed_since_it_was_compared(path: Path) -> None:
    with open_register(path) as register:
        linked(register, Tags(default_engine().name))
        item, old, new = ids(register)["圖書館啟用 #a"], register.find_document("old"), register.find_document("new")
        edition("alone", date(2025, 10, 1), "別的").put(register)
        register.edit_document(old.id, {"date": "2023-10-02"}, at=AT, by="tester")
        alone = register.find_document("alone")
    for words in (("thread", item), ("show", item)):
        row = json.loads(_told(path, *words, "--json").stdout)
        assert (row["uncompared"], row["changed"]) == ([alone.id], [old.id, new.id])
