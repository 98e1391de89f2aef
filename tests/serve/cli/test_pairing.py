"""`pair`: two editions in two languages beside each other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deedline.operations import Source, add
from deedline.register import open_register
from deedline.serve.cli import main
from deedline.serve.export.columns import ALL
from tests.serve.invented import AT

BOTH = ("2031-supplement.zh", "2031-supplement.en")


@pytest.fixture
def planted(clearbay: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`deedline` on the examples, of which the English edition of 2031 prints another date, and lacks an item."""
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples/knowledge"))
    copy = shutil.copy(clearbay, tmp_path / "copy.db")
    name = "clearbay-2031-supplement.en.md"
    lines = (root / "examples" / name).read_text(encoding="utf-8").replace("April 2032", "May 2032").split("\n")
    kept = [line for line in lines if "Floating Theatre" not in line]
    (tmp_path / name).write_text("\n".join(kept), encoding="utf-8")
    with open_register(copy) as register:
        old = register.find_document(name).id
        list(add(register, [Source(tmp_path / name, replaces=old)], at=AT, by="tests", workers=0))
    return lambda *words: CliRunner().invoke(main, ["--register", str(copy), *words])


def test_differences_are_listed_with_the_words_of_both(planted: Callable[..., Result]) -> None:
    result = planted("pair", *BOTH)
    assert result.exit_code == 0
    assert "measure: 18 and 17" in result.stdout
    assert "由2032年4月起" in result.stdout
    assert "from May 2032" in result.stdout
    assert "no such item" in result.stdout
    assert "25 pairs, 2 discrepancies." in result.stderr
    assert "item " not in result.stdout.replace("no such item", "")
    assert "beside" in planted("pair", *BOTH, "--pairs").stdout
    assert "no such item" not in planted("pair", *BOTH, "--only", "date").stdout


def test_json_gives_rows_as_documented(planted: Callable[..., Result]) -> None:
    row = json.loads(planted("pair", *BOTH, "--json").stdout)
    assert [each["code"] for each in row["discrepancies"]] == ["missing", "date"]
    assert row["counts"] == {"measure": [18, 17]}
    assert all(set(each) == set(ALL["discrepancies"]) for each in row["discrepancies"])
    assert all(set(each) == set(ALL["pairs"]) for each in row["pairs"])
    assert set(row["discrepancies"][1]["one"]) == set(ALL["discrepancies"]["one"])
    assert row["discrepancies"][0]["other"] is None
    assert len(row["only_one"]) == 1
    only = json.loads(planted("pair", *BOTH, "--only", "date", "--json").stdout)
    assert [each["code"] for each in only["discrepancies"]] == ["date"]


def test_people_say_what_is_one_publication(planted: Callable[..., Result]) -> None:
    result = planted("pair", *BOTH, "--not-same")
    assert result.exit_code == 0
    assert "not taken for one publication" in result.stderr
    assert json.loads(planted("pair", *BOTH, "--same", "--json").stdout)["recognised"] is True


def test_one_language_is_refused(planted: Callable[..., Result]) -> None:
    result = planted("pair", "2031-supplement.zh", "2030-supplement.zh")
    assert result.exit_code == 1
    assert "not in two languages" in result.stderr


@pytest.mark.parametrize(
    ("apart", "why"),
    [
        (("2031-supplement.zh", "2030-supplement.zh"), "not in two languages"),
        (("2031-supplement.zh", "chamber-submission.en"), "of two kinds"),
    ],
)
def test_nothing_is_kept_of_what_is_said_where_it_fails(
    planted: Callable[..., Result], apart: tuple[str, str], why: str
) -> None:
    before = planted("history", "--json").stdout, planted("documents", "--json").stdout
    result = planted("pair", *apart, "--same")
    assert result.exit_code == 1
    assert why in result.stderr
    assert (planted("history", "--json").stdout, planted("documents", "--json").stdout) == before


def test_what_is_said_is_kept_where_they_cannot_be_laid_side_by_side(
    planted: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deedline.operations.pairing._MOST_PAIRS", 1)
    refused = planted("pair", *BOTH)
    assert refused.exit_code == 1
    assert "is kept" not in refused.stderr
    said = planted("pair", *BOTH, "--not-same")
    assert said.exit_code == 1
    assert "too many to lay each beside" in said.stderr
    assert "What you said of the two is kept" in said.stderr
    assert "edit" in {change["verb"] for change in json.loads(planted("history", "--json").stdout)["changes"]}


def test_that_two_papers_are_not_one_is_kept_and_no_error(planted: Callable[..., Result]) -> None:
    result = planted("pair", "2031-supplement.zh", "chamber-submission.en", "--not-same")
    assert result.exit_code == 0
    assert result.stderr.rstrip().endswith("Kept: they are not one publication in two languages.")
    assert "edit" in {change["verb"] for change in json.loads(planted("history", "--json").stdout)["changes"]}


def test_papers_that_have_nothing_to_do_with_each_other_are_not_laid_side_by_side(
    planted: Callable[..., Result],
) -> None:
    apart = ("2031-supplement.zh", "chamber-submission.en")
    result = planted("pair", *apart)
    assert result.exit_code == 1
    assert "do not look like two languages of one document (0 of 46 items paired)" in result.stderr
    assert result.stdout == ""
    assert planted("pair", *apart, "--json").exit_code == 1
    listed = planted("pair", *apart, "--anyway")
    assert listed.exit_code == 0
    assert "no such item" in listed.stdout
