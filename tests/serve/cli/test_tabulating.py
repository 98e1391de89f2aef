"""`columns`: what those of a spreadsheet hold is shown, said once, kept for the next file, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deedline.serve.cli import main

Call = Callable[..., Result]
KNOWN = "No.,Measure,Lead,Due date,Colour\n1,Build homes,Works Department,2031-12,red\n"
UNKNOWN = "What,Who,When\nBuild homes,Works Department,2031-12\n"


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.chdir(tmp_path)
    Path("known.csv").write_text(KNOWN, encoding="utf-8")
    Path("a.csv").write_text(UNKNOWN, encoding="utf-8")
    Path("next.csv").write_text(UNKNOWN.replace("What,Who,When", "who ,WHAT,When").replace("2031", "2032"))
    return lambda *words: CliRunner().invoke(main, ["--register", "r.db", *words])


def held(call: Call, file: str) -> dict[str, str | None]:
    """The columns of a file by header."""
    sheets: list[Any] = json.loads(call("columns", file, "--json").stdout)["sheets"]
    return {each["header"]: each["column"] for each in sheets[0]["columns"]}


def test_columns_are_shown_without_a_register(call: Call) -> None:
    assert held(call, "known.csv") == {
        "No.": "number", "Measure": "text", "Lead": "body", "Due date": "due", "Colour": None,
    }  # fmt: skip
    shown = call("columns", "known.csv")
    assert [line.split() for line in shown.stdout.splitlines()][2] == ["B", "Measure", "text", "its", "header"]
    assert not Path("r.db").exists()


def test_add_tells_which_columns_it_took(call: Call) -> None:
    added = call("add", "known.csv", "--no-link")
    assert "B “Measure” text, C “Lead” body, D “Due date” due" in added.stderr
    row = json.loads(call("add", "known.csv", "--no-link", "--json").stdout)["files"][0]
    assert [each["column"] for each in row["columns"][0]["columns"]] == ["number", "text", "body", "due", None]


def test_a_file_without_a_known_text_says_what_to_type(call: Call) -> None:
    failed = call("add", "a.csv", "--no-link")
    assert failed.exit_code == 1
    assert "'What', 'Who', 'When'" in failed.stderr
    assert "deedline columns a.csv --map 'What'=text" in failed.stderr


def test_what_is_said_once_holds_for_the_next_file(call: Call) -> None:
    said = call("columns", "a.csv", "--map", "what=text", "--map", "Who=body", "--map", "When=due")
    assert said.exit_code == 0, said.output
    assert held(call, "a.csv") == {"What": "text", "Who": "body", "When": "due"}
    assert held(call, "next.csv") == {"who": "body", "WHAT": "text", "When": "due"}
    assert call("add", "a.csv", "next.csv", "--no-link").exit_code == 0
    items = json.loads(call("items", "--json").stdout)["items"]
    assert sorted(item["due"] for item in items) == ["2031-12-31", "2032-12-31"]
    assert call("coverage", "a.csv").exit_code == 0


def test_a_kept_file_is_read_again_and_undo_takes_it_back(call: Call) -> None:
    call("add", "known.csv", "--no-link")
    changed = call("columns", "known.csv", "--map", "Due date=none", "--map", "Colour=section", "--why", "no dates")
    assert "was read again" in changed.stderr
    item = json.loads(call("items", "--json").stdout)["items"][0]
    assert (item["due"], item["path"]) == (None, ["red"])
    assert call("edit-document", "known.csv", "--title", "Register").exit_code == 0
    assert json.loads(call("items", "--json").stdout)["items"][0]["path"] == ["red"]
    call("columns", "known.csv", "--map", "Colour=", "--map", "Due date=")
    assert json.loads(call("items", "--json").stdout)["items"][0]["due"] == "2031-12-31"
    call("undo")
    assert held(call, "known.csv")["Colour"] == "section"


@pytest.mark.parametrize(
    ("words", "code", "cause"),
    [
        (("known.csv", "--map", "Nothing=due"), 1, "has no column headed 'nothing'; there is 'No.', 'Measure'"),
        (("known.csv", "--map", "Lead=owner"), 2, "'owner' is nothing that a column holds"),
        (("known.csv", "--map", "Lead"), 2, "not of the form HEADER=COLUMN"),
        (("absent.csv",), 1, "there is no such file"),
        (("plain.txt",), 1, "is no spreadsheet"),
    ],
)
def test_what_cannot_be_is_told(words: tuple[str, ...], code: int, cause: str, call: Call) -> None:
    Path("plain.txt").write_text("- Build homes.\n", encoding="utf-8")
    result = call("columns", *words)
    assert result.exit_code == code
    assert cause in result.stderr
