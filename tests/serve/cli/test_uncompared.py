"""What the verbs say of documents that were not compared, and of what a person rejected."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deedline import operations
from deedline.errors import RegisterError
from deedline.operations import Linked
from deedline.register import Register, open_register
from deedline.serve.cli import adding, main
from deedline.serve.cli.progress import Bar
from tests.operations.town import edition, ids, submission

Run = Callable[..., Result]
Ask = Callable[..., Any]

NOT_YET = "Not compared yet; run deedline link."


@pytest.fixture
def unlinked(tmp_path: Path) -> Path:
    """A register of two editions and a submission that nobody linked."""
    path = tmp_path / "unlinked.db"
    with open_register(path) as register:
        edition("old", date(2023, 10, 1), "興建圖書館 #a").put(register)
        edition("new", date(2024, 10, 1), "圖書館啟用 #a").put(register)
        submission("asked", date(2024, 8, 1), "應增設單車徑 #c").put(register)
    return path


@pytest.fixture
def told(unlinked: Path) -> Run:
    """`deedline` with the words given, on that register."""
    return lambda *words: CliRunner().invoke(main, ["--register", str(unlinked), *words])


def test_compare_says_that_it_was_not_done(told: Run) -> None:
    shown = told("compare", "old.txt", "new.txt", "--summary")
    assert shown.stdout.splitlines() == [
        "earlier  old.txt (2023-10-01): not compared yet",
        "later    new.txt (2024-10-01): not compared yet",
    ]
    assert NOT_YET in shown.stderr
    row = json.loads(told("compare", "old.txt", "new.txt", "--json").stdout)
    assert (row["compared"], row["caution"], row["summary"]) == (False, NOT_YET, None)
    assert row["earlier_items"] == row["later_items"] == []


def test_adoption_and_its_report_say_that_it_was_not_done(told: Run, tmp_path: Path) -> None:
    shown = told("adoption", "asked")
    assert NOT_YET in shown.stderr
    assert "none" not in shown.stdout
    (row,) = json.loads(told("adoption", "asked", "--json").stdout)["reports"]
    assert (row["compared"], row["verdicts"], row["scopes"]) == (False, [], [])
    for language, words in (("en", NOT_YET), ("zh", "尚未比較；請執行 deedline link。")):
        paper = tmp_path / f"{language}.md"
        assert told("report", "adoption", "asked", "--language", language, "-o", str(paper)).exit_code == 0
        written = paper.read_text("utf-8")
        assert words in written
        assert "Nothing found" not in written
        assert "未見" not in written


def test_a_brief_says_that_it_was_not_done(told: Run, tmp_path: Path) -> None:
    paper = tmp_path / "brief.md"
    told("report", "brief", "new.txt", "--language", "en", "-o", str(paper))
    assert NOT_YET in paper.read_text("utf-8")
    assert "No mention found" not in paper.read_text("utf-8")


def test_an_item_alone_is_not_called_so(told: Run, unlinked: Path) -> None:
    with open_register(unlinked) as register:
        item = ids(register)["圖書館啟用 #a"]
        older = register.find_document("old.txt").id
    shown = told("thread", item)
    assert "Not compared yet with old.txt, asked.txt; run deedline link." in shown.stderr
    assert "stands alone" not in shown.stderr
    assert older in json.loads(told("thread", item, "--json").stdout)["uncompared"]
    assert "not compared yet with old.txt, asked.txt" in told("show", item).stdout


def test_doctor_names_the_pairs_that_wait(told: Run) -> None:
    checks = {check["what"]: check for check in json.loads(told("doctor", "--json").stdout)["checks"]}
    waiting = "new.txt with old.txt; asked.txt with new.txt"
    assert checks["comparing"] == {
        "what": "comparing",
        "state": "warn",
        "found": f"2 pairs of documents not compared yet; run deedline link: {waiting}",
    }
    assert "all well" not in checks["register"]["found"]


def test_an_export_holds_no_verdict_on_what_was_not_compared(told: Run, tmp_path: Path) -> None:
    told("export", str(tmp_path / "out"))
    assert (tmp_path / "out" / "verdicts.jsonl").read_text("utf-8") == ""


def test_stopped_while_comparing_it_says_what_is_left(told: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    relink = operations.relink

    def stopped(register: Register, **asked: Any) -> Iterator[Linked]:
        made = relink(register, **asked)
        yield next(made)
        made.close()  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    monkeypatch.setattr(operations, "relink", stopped)
    assert "1 pair of documents left to compare; run deedline link." in told("link").stderr


def test_stopped_while_reading_the_bar_is_taken_away_first(
    unlinked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Drawn(Bar):
        def __init__(self, *words: Any, **more: Any) -> None:
            super().__init__(*words, **more)
            self.drawn = True

    def stopped(*_: object, **__: object) -> Iterator[None]:
        yield from ()
        raise KeyboardInterrupt

    paper = tmp_path / "paper.txt"
    paper.write_text("- 興建圖書館\n", encoding="utf-8")
    monkeypatch.setattr(adding, "Bar", Drawn)
    monkeypatch.setattr(operations, "add", stopped)
    result = CliRunner().invoke(main, ["--register", str(unlinked), "add", str(paper)], color=True)
    assert result.exit_code == 130
    before, left, _ = result.stderr.partition("2 pairs of documents left to compare")
    assert left
    assert before.endswith("0 of 1\r\x1b[K\x1b[31m\x1b[1m\x1b[0m")


def test_stopped_it_says_so_though_the_register_cannot_be_asked(told: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> Iterator[None]:
        yield from ()
        raise KeyboardInterrupt

    def lost(*_: object) -> None:
        raise RegisterError("the register has gone")

    monkeypatch.setattr(operations, "relink", stopped)
    monkeypatch.setattr(operations, "waiting_pairs", lost)
    result = told("link")
    assert result.exit_code == 130
    assert result.stderr.splitlines()[-1].startswith("Stopped.")
    assert "has gone" not in result.stderr


def test_a_rejected_candidate_is_marked(in_town: Run, town_ids: dict[str, str]) -> None:
    later, earlier = town_ids["行人路完工 #b"], town_ids["維修行人路 ?b"]
    assert in_town("judge", later, earlier, "--reject").exit_code == 0
    shown = in_town("compare", "old.txt", "new.txt").stdout
    assert f"nearest {later} (0.40, same, rejected by a person)" in shown
    assert f"nearest {earlier} (0.40, same, rejected by a person)" in shown


def test_review_counts_all_that_waits(in_town: Run) -> None:
    assert "1 judged, 1 link still waiting." in in_town("review", "--links", "--limit", "1", typed="r\n").stdout


def test_indicators_say_by_when_they_are_known(in_town: Run) -> None:
    assert (
        "0 of 0 reported indicators, as known by 1000-01-01." in in_town("indicators", "--as-of", "1000-01-01").stderr
    )
