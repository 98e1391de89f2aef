"""`documents`, `items` and `issues`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from rich.cells import cell_len

from deedline.model.document import Metadata
from deedline.serve.cli.output import one_line
from deedline.serve.labels import when

Run = Callable[..., Result]
Ask = Callable[..., Any]


def keys_of(found: Any, ids: dict[str, str]) -> list[str]:
    by_id = {identity: key for key, identity in ids.items()}
    assert found["total"] == len(found["items"])
    return [by_id[item["id"]] for item in found["items"]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["measure-1", "indicator-7", "measure-2", "indicator-8"]),
        (["--kind", "measure"], ["measure-1", "measure-2"]),
        (["--document", "海港"], ["measure-1", "indicator-7", "measure-2", "indicator-8"]),
        (["--status", "in_progress"], ["indicator-7"]),
        (["--due-before", "2029-12-31"], ["indicator-8"]),
        (["--due-before", "2029-12-30"], []),
        (["--due-after", "2030-01-01"], ["measure-1"]),
        (["--late"], ["indicator-8"]),
        (["--late", "--status", "in_progress"], []),
        (["--text", "海滨单车径"], ["measure-1"]),
        (["--number", "7"], ["indicator-7"]),
        (["--batch", "new"], ["indicator-7"]),
        (["--body", "hk/td"], ["measure-1"]),
        (["--body", "TD"], ["measure-1"]),
        (["--body", "運輸署"], ["measure-1"]),
        (["--body", "Transport Department"], ["measure-1"]),
    ],
)
def test_every_option_narrows_the_list(ask: Ask, ids: dict[str, str], options: list[str], expected: list[str]) -> None:
    assert keys_of(ask("items", *options), ids) == expected


def test_a_limit_cuts_the_list_and_the_total_stays(run: Run, ask: Ask) -> None:
    found = ask("items", "--limit", "1")
    assert len(found["items"]) == 1
    assert found["total"] == 4
    assert "1 of 4 items." in run("items", "--limit", "1").stderr


def test_counting_prints_the_number_alone(run: Run, ask: Ask) -> None:
    assert run("items", "--kind", "indicator", "--count").stdout == "2\n"
    assert ask("items", "--late", "--count") == {"total": 1}


def test_columns_stand_under_each_other_whatever_the_width_of_characters(run: Run) -> None:
    lines = run("items").stdout.splitlines()
    starts = {cell_len(line[: line.index(words)]) for line, words in zip(lines[1:3], ("在2031", "把輪候"), strict=True)}
    assert starts == {cell_len(lines[0][: lines[0].index("text")])}


def test_a_piped_list_is_not_cut_short(run: Run) -> None:
    assert "延長至不少於12公里" in run("items").stdout


def test_a_narrow_terminal_cuts_the_last_column(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    lines = run("items").stdout.splitlines()
    assert all(cell_len(line) <= 90 for line in lines)
    assert lines[1].endswith("…")


def test_an_unknown_body_is_answered_with_names_that_come_near(run: Run) -> None:
    result = run("items", "--body", "運輸及物流居")
    assert result.exit_code == 1
    assert "運輸及物流局" in result.stderr


def test_an_unknown_document_is_said_so(run: Run) -> None:
    result = run("items", "--document", "nowhere")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr


def test_a_day_that_is_none_is_a_usage_error(run: Run) -> None:
    result = run("items", "--due-before", "2024-02-30")
    assert result.exit_code == 2
    assert "2024-12-31" in result.stderr


def test_documents_mark_what_nobody_confirmed(run: Run, ask: Ask) -> None:
    assert "海港市施政綱領*" in run("documents").stdout
    document = ask("documents")["documents"][0]
    assert document["items"] == {"measure": 2, "indicator": 2, "recommendation": 0, "proposal": 0}
    assert document["guessed"] == ["date", "title"]


def test_issues_say_where_they_stand(run: Run, ask: Ask, ids: dict[str, str]) -> None:
    (issue,) = ask("issues")["issues"]
    assert (issue["line"], issue["code"], issue["item"]) == (5, "misprinted-body", ids["indicator-7"])
    assert "misprinted-body" in run("issues", "--document", "海港").stdout


def test_what_a_terminal_would_obey_is_not_printed(run: Run) -> None:
    shown = run("items").stdout
    assert "\x1b" not in shown
    assert "[red]改善\ufffd[31m街燈" in shown
    assert one_line("a\u202eb\x9bc\nd") == "a\ufffdb\ufffdc d"


@pytest.mark.parametrize(("precision", "shown"), [("year", "2024"), ("month", "2024-08"), ("day", "2024-08-09")])
def test_a_date_is_shown_as_exactly_as_it_is_known(precision: str, shown: str) -> None:
    from datetime import date

    assert when(Metadata(dated=date(2024, 8, 9), dated_precision=precision)) == shown
