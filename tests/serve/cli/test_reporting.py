"""`report`: a file in the format that was asked for, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_a_report_is_written_as_the_ending_says(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    result = run("report", "brief", "2030", "--language", "en", "-o", str(path))
    assert result.exit_code == 0, result.output
    assert path.read_text(encoding="utf-8").startswith("# Brief: 海港市施政綱領\n")
    assert str(path) in result.stderr


def test_a_report_has_a_name_of_its_own(
    ask: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = ask("report", "indicators", "2030", "--format", "html")
    assert told["file"] == "indicators-2030-2030-01-01.html"
    assert (tmp_path / told["file"]).stat().st_size == told["bytes"]


def test_nothing_is_left_where_a_file_cannot_be_written(run: Run, tmp_path: Path) -> None:
    result = run("report", "brief", "2030", "--format", "md", "-o", str(tmp_path / "none" / "brief.md"))
    assert result.exit_code == 1
    assert "name another file with -o" in result.stderr
    assert list(tmp_path.glob("none*")) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("body", "運輸署", "--against", "2030"), 2, "leave --against out"),
        (("brief", "2030", "-o", "out.xyz"), 2, "end it in .docx, .pdf, .html, .md"),
        (("brief", "2030", "-o", "out"), 2, "end it in .docx"),
        (("brief", "2030", "-o", "out.docx", "--format", "pdf"), 2, "but --format says pdf"),
        (("brief", "2030", "-o", "-"), 2, "-o - needs --format"),
        (("brief", "2030", "-o", "-", "--format", "md", "--json"), 2, "leave --json out"),
        (("poem", "2030"), 2, "is not one of"),
        (("brief", "nothing like it"), 1, "nothing like it"),
    ],
)
def test_what_cannot_be_made_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    result = run("report", *words)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(("form", "begins"), [("md", b"# Brief"), ("pdf", b"%PDF")])
def test_a_report_is_piped_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, begins: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("report", "brief", "2030", "--language", "en", "--format", form, "-o", "-")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(begins)
    assert not Path("-").exists()
