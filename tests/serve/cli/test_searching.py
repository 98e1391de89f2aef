"""`search`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from click.testing import Result

from deedline.operations import SearchPage
from deedline.serve.cli.output import print_table
from deedline.serve.cli.searching import _dividers

Run = Callable[..., Result]
Ask = Callable[..., Any]

PLAIN = ("--meaning", "never")
WORD = "海濱"


def test_hits_are_printed_with_what_matched_between_brackets(run: Run) -> None:
    result = run("search", WORD, *PLAIN)
    assert result.exit_code == 0
    assert f"[{WORD}" in result.stdout
    assert "found by" in result.stdout


def test_json_holds_the_rows_that_the_api_gives(ask: Ask) -> None:
    found = ask("search", WORD, *PLAIN)
    assert found["total"] >= 1
    assert found["how"] == "index"
    hit = found["hits"][0]
    match = next(match for match in hit["matches"] if match["field"] == "text")
    start, end = match["spans"][0]
    assert WORD in hit["item"]["text"][start:end]
    assert hit["near"] is None


def test_pages_follow_each_other(ask: Ask) -> None:
    whole = [hit["item"]["id"] for hit in ask("search", WORD, *PLAIN)["hits"]]
    first = ask("search", WORD, *PLAIN, "--limit", "1")
    assert [hit["item"]["id"] for hit in first["hits"]] == whole[:1]
    if first["next"]:
        second = ask("search", WORD, *PLAIN, "--limit", "1", "--after", first["next"])
        assert [hit["item"]["id"] for hit in second["hits"]] == whole[1:2]


def test_suggestions_go_on_from_what_is_typed(ask: Ask) -> None:
    found = ask("search", "--suggest", WORD[:1])["suggestions"]
    assert all({"kind", "words", "id", "count"} == set(one) for one in found)


def test_the_index_is_made_anew(run: Run, register_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deedline.operations.meaning._encoded", lambda _, most: ({}, most))
    result = run("search", "--rebuild")
    assert result.exit_code == 0
    assert "made anew" in result.stderr
    assert Path(f"{register_path}.index").is_dir()


@pytest.mark.parametrize("words", [(), ("",), ("「」",), ("x" * 2_000,), ("氫", "--after", "nowhere")])
def test_what_cannot_be_looked_for_is_one_plain_message(run: Run, words: tuple[str, ...]) -> None:
    result = run("search", *words)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.output


def test_hits_show_when_they_are_due_and_who_owns_them(run: Run) -> None:
    head, first, *_ = run("search", WORD, *PLAIN).stdout.splitlines()
    assert head.split()[:5] == ["id", "kind", "number", "due", "bodies"]
    assert "運輸署" in run("search", WORD, *PLAIN).stdout
    assert "2031-12-31" in run("search", WORD, *PLAIN).stdout
    assert first


def test_hits_of_a_lesser_kind_stand_below_a_line_of_their_own() -> None:
    kinds = [(("word",), False), (("word",), True), (("word",), True), ((), False)]
    hits = tuple(SimpleNamespace(matches=matches, translated=translated) for matches, translated in kinds)
    assert _dividers(cast("SearchPage", SimpleNamespace(hits=hits))) == {
        1: "── translated ──",
        3: "── near in meaning only ──",
    }


def test_a_divider_stands_before_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("id", "text"), [("1", "a"), ("2", "b")], dividers={1: "── less ──"})
    assert capsys.readouterr().out.splitlines() == ["id  text", "1   a", "── less ──", "2   b"]
