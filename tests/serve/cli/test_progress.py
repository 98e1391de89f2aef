"""What is told of long work where no bar can be drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from deedline.serve.cli.progress import Bar

Run = Callable[..., Result]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock says: one number, to be set."""
    now = [100.0]
    monkeypatch.setattr("deedline.serve.cli.progress.time.monotonic", lambda: now[0])
    return now


def test_a_plain_line_is_told_at_once_and_every_ten_seconds(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    bar = Bar("Comparing", 4, opening="Comparing documents …")
    for seconds, done in ((0, 0), (3, 1), (11, 2), (15, 3), (22, 4)):
        clock[0] = 100.0 + seconds
        bar.show(done)
    assert capsys.readouterr().err.splitlines() == [
        "Comparing documents …",
        "Comparing: 2 of 4 …",
        "Comparing: 4 of 4 …",
    ]


def test_nothing_is_told_of_no_work_or_where_nothing_is_to_be_said(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    for bar in (Bar("Comparing", 0, opening="Comparing …"), Bar("Comparing", 4, hidden=True, opening="Comparing …")):
        bar.show(0)
        clock[0] += 20
        bar.show(1)
    assert capsys.readouterr().err == ""


def test_adding_says_when_it_begins_to_compare(run: Run, tmp_path: Path) -> None:
    paper = tmp_path / "later.txt"
    paper.write_text("海港市政府施政綱領\n2031年1月1日\n\n- 在2032年內興建圖書館（教育局）\n", encoding="utf-8")
    told = run("add", str(paper)).stderr.splitlines()
    assert told[:2] == ["Reading 1 file …", "Comparing documents …"]
    assert "Comparing documents …" not in run("add", str(paper)).stderr
    assert run("add", str(paper), "--quiet").stderr == ""
