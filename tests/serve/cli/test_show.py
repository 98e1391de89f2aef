"""`show` and `coverage`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from deedline.model.item import Item, ItemKind
from deedline.model.text import Span
from deedline.serve.evidence import excerpt
from tests.serve.invented import TEXT, items, make_register

Run = Callable[..., Result]
Ask = Callable[..., Any]


def test_an_item_is_shown_with_its_values_and_its_lines(run: Run, ids: dict[str, str]) -> None:
    shown = run("show", ids["indicator-7"]).stdout
    assert "indicator 7.1" in shown
    assert "進行中 → in_progress, as of 2030-01-01" in shown
    assert "5 ▸ 把輪候時間減少⟦超過20%⟧（⟦海港市衞生局⟧）\t⟦進行中⟧：已減少⟦14%⟧" in shown
    assert f"holds      {ids['indicator-8']}" in shown
    assert "issue      misprinted-body" in shown


def test_the_beginning_of_an_id_is_enough(run: Run, ids: dict[str, str]) -> None:
    whole = run("show", ids["measure-1"]).stdout
    assert run("show", ids["measure-1"][:6]).stdout == whole


def test_an_unknown_id_is_said_so(run: Run) -> None:
    result = run("show", "ffffffffff")
    assert result.exit_code == 1
    assert "ffffffffff" in result.stderr
    assert "Traceback" not in result.output


def test_evidence_rereads_to_the_printed_words(ask: Ask, ids: dict[str, str]) -> None:
    for identity in ids.values():
        for value in ask("show", identity)["evidence"]:
            assert "".join(TEXT[start:end] for start, end in value["spans"]) == value["as_printed"]


def test_lines_as_json_are_the_lines_of_the_source(ask: Ask, ids: dict[str, str]) -> None:
    printed = TEXT.split("\n")
    lines = ask("show", ids["indicator-8"], "--around", "50")["lines"]
    assert [line["line"] for line in lines] == list(range(1, len(printed) + 1))
    assert ["".join(piece["text"] for piece in line["pieces"]) for line in lines] == printed
    assert [line["line"] for line in lines if line["inside"]] == [7]


def test_no_lines_around_when_none_are_asked_for(ask: Ask, ids: dict[str, str]) -> None:
    assert [line["line"] for line in ask("show", ids["measure-1"], "--around", "0")["lines"]] == [4]


@given(st.text(alphabet="甲乙\n 丙", max_size=60), st.data())
def test_pieces_make_up_the_lines_whatever_is_marked(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    first = data.draw(st.integers(1, len(lines)))
    last = data.draw(st.integers(first, len(lines)))
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    item = Item("k", ItemKind.MEASURE, "", (span,), (first, last), ())
    shown = excerpt(text, item, data.draw(st.integers(0, 3)))
    assert ["".join(piece.text for piece in line.pieces) for line in shown] == [lines[s.number - 1] for s in shown]
    marked = sum(len(piece.text) for line in shown for piece in line.pieces if piece.mark)
    window = {i for i in range(span.start, span.end) if text[i] != "\n"}
    numbers = {line.number for line in shown}
    assert marked == sum(text[:i].count("\n") + 1 in numbers for i in window)


def test_the_most_telling_mark_wins() -> None:
    measure = items()[0]
    (line,) = excerpt(TEXT, measure, 0)
    assert [(piece.text, piece.mark) for piece in line.pieces] == [
        ("在2031年內", "deadline"),
        ("把「", "item"),
        ("海濱單車徑", "name"),
        ("」延長至", "item"),
        ("不少於12公里", "quantity"),
        ("（", ""),
        ("運輸署", "body"),
        ("）", ""),
    ]


def test_coverage_of_a_kept_document_accounts_for_every_line(run: Run, ask: Ask, ids: dict[str, str]) -> None:
    found = ask("coverage", "海港")
    assert found["not_accounted_for"] == []
    assert found["total"] == 7
    by_line = {line["line"]: line for line in found["lines"]}
    assert by_line[5]["items"] == [ids["indicator-7"]]
    assert by_line[8]["role"] == "page_number"
    assert "lines" not in ask("coverage", "海港", "--summary")
    assert "item" in run("coverage", "海港", "--summary").stdout


def test_coverage_fails_where_a_line_is_lost(run: Run, tmp_path: Path) -> None:
    location = make_register(tmp_path / "lossy.db", complete=False)
    result = run("coverage", "海港", location=location)
    assert result.exit_code == 1
    assert "1 of 7 lines not accounted for: 1" in result.stderr
    as_json = run("coverage", "海港", "--json", location=location)
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["not_accounted_for"] == [1]


def test_coverage_of_a_file_needs_no_register(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "paper.txt"
    file.write_text("海港市施政綱領\n\n- 在2031年內興建圖書館（教育局）\n", encoding="utf-8")
    result = run("coverage", str(file), "--json", location=tmp_path / "none.db")
    assert result.exit_code == 0, result.output
    assert [line["line"] for line in json.loads(result.stdout)["lines"]] == [1, 3]
    assert not (tmp_path / "none.db").exists()
