"""`import deedline`: light, the same rows as elsewhere, and the session of docs/python.md."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import deedline
from deedline.serve.cli import main
from tests.serve.invented import make_register
from tests.tree import ROOT


def test_the_session_of_the_documents_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(ROOT / "examples" / "knowledge"))
    results = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert results.attempted > 20
    assert results.failed == 0


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = {
        "deedline.operations",
        "deedline.register",
        "lxml",
        "onnxruntime",
        "numpy",
        "pydantic",
        "fastapi",
        "polars",
    }
    code = f"import sys, deedline; dir(deedline); print(*sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_every_public_name_is_there() -> None:
    for name in deedline.__all__:
        assert getattr(deedline, name) is not None
    with pytest.raises(AttributeError, match="opne"):
        _ = deedline.opne


def _told(path: Path, *words: str) -> Any:
    return json.loads(CliRunner().invoke(main, ["--register", str(path), *words, "--json"]).stdout)


def test_rows_are_those_of_the_command_line(register_path: Path) -> None:
    with deedline.open(register_path, create=False) as register:
        assert list(register.documents()) == _told(register_path, "documents")["documents"]
        assert list(register.items(late=True)) == _told(register_path, "items", "--late")["items"]
        first = register.items(limit=1)
        assert (len(first), first.total) == (1, 4)
        key = first[0]["id"]
        assert register.item(key) == _told(register_path, "show", key)
        assert register.thread(key) == _told(register_path, "thread", key)
        assert list(register.indicators(late=True)) == _told(register_path, "indicators", "--late")["indicators"]
        assert list(register.due(within=900)) == _told(register_path, "due", "--within", "900")["items"]
        assert list(register.issues()) == _told(register_path, "issues")["issues"]
        assert list(register.history()) == _told(register_path, "history")["changes"]
        with pytest.raises(TypeError, match="due_by is no filter"):
            register.items(due_by="2030-01-01")


def test_rows_are_a_sequence(register_path: Path) -> None:
    with deedline.open(register_path) as register:
        rows = register.items()
    assert [row["id"] for row in rows[1:3]] == [rows[1]["id"], rows[2]["id"]]
    assert rows[-1] in rows


def test_frames_hold_the_rows(register_path: Path) -> None:
    with deedline.open(register_path) as register:
        rows, empty = register.items(), register.items(text="nowhere")
        found = {name: getattr(register, name)() for name in ("documents", "links", "issues", "indicators", "due")}
    polars, pandas = rows.polars(), rows.pandas()
    assert polars["id"].to_list() == list(pandas["id"]) == [row["id"] for row in rows]
    days = [date.fromisoformat(row["due"]) if row["due"] else None for row in rows]
    assert polars["due"].to_list() == days
    assert polars.columns == list(pandas.columns) == rows.arrow().column_names
    assert empty.polars().schema == polars.schema
    assert all(len(each.polars()) == len(each) for each in found.values())


def test_a_register_is_made_and_closed(tmp_path: Path) -> None:
    path = make_register(tmp_path / "city.db")
    with deedline.open(path) as register:
        assert str(path) in repr(register)
    with pytest.raises(deedline.DeedlineError, match="no register"):
        deedline.open(tmp_path / "none.db", create=False)
    with deedline.open(tmp_path / "new.db") as register:
        assert len(register.items()) == 0
        (row,) = register.add(tmp_path / "absent.txt", by="me")
        assert "no such file" in row["error"]
