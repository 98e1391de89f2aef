"""`add`, `edit-document`, `remove`, `history` and `undo`."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from deedline.serve.cli.adding import expand

Run = Callable[..., Result]
Ask = Callable[..., Any]
PAPER = (
    "海港市政府施政綱領\n2030年1月1日\n\n第一章 社區\n\n- 在明年內興建圖書館（教育局）\n- 改善行人路照明（路政署）\n"
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "one.txt"
    path.parent.mkdir()
    path.write_text(PAPER, encoding="utf-8")
    return path


def test_a_file_is_read_into_the_register(run: Run, ask: Ask, paper: Path) -> None:
    result = run("add", str(paper))
    assert result.exit_code == 0, result.output
    assert "one.txt  2 measures" in result.stdout
    assert "Reading 1 file …" in result.stderr
    assert ask("items", "--document", "one.txt", "--text", "圖書館")["total"] == 1


def test_the_register_is_made_where_there_is_none(run: Run, paper: Path, tmp_path: Path) -> None:
    result = run("add", str(paper), location=tmp_path / "new.db")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "new.db").exists()


def test_the_same_file_again_changes_nothing(run: Run, ask: Ask, paper: Path) -> None:
    run("add", str(paper))
    before = ask("history")
    assert ask("add", str(paper))["files"][0]["outcome"] == "unchanged"
    assert ask("history") == before


def test_one_bad_file_stops_no_other(run: Run, ask: Ask, paper: Path) -> None:
    bad = paper.with_name("bad.txt")
    bad.write_bytes(b"%PDF-1.7 nothing")
    missing = paper.with_name("missing.txt")
    result = run("add", str(bad), str(missing), str(paper))
    assert result.exit_code == 1
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error:")]
    assert len(errors) == 2
    assert "bad.txt" in errors[0]
    assert "missing.txt" in errors[1]
    assert "2 files of 3" in result.stderr
    assert ask("documents")["total"] == 2


def test_failures_as_json(run: Run, paper: Path) -> None:
    missing = paper.with_name("missing.txt")
    result = run("--json", "add", str(missing), str(paper))
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)["files"]
    assert (first["outcome"], second["outcome"]) == ("failed", "added")
    assert "missing.txt" in first["error"]


def test_quiet_says_nothing_of_success(run: Run, paper: Path) -> None:
    result = run("--quiet", "add", str(paper))
    assert (result.exit_code, result.output) == (0, "")


def test_what_is_given_wins_over_what_is_read_and_stays(run: Run, ask: Ask, paper: Path) -> None:
    given = ["--title", "Harbour plan", "--date", "2031-05"]
    document = ask("add", str(paper), *given)["files"][0]["document"]
    assert (document["title"], document["date"], document["date_precision"]) == ("Harbour plan", "2031-05-01", "month")
    assert document["edited"] == ["date", "title"]
    again = ask("add", str(paper))["files"][0]
    assert again["document"]["title"] == "Harbour plan"
    assert again["outcome"] == "unchanged"


def test_what_belongs_to_one_document_is_refused_for_several(run: Run, paper: Path) -> None:
    paper.with_name("two.txt").write_text(PAPER + "\n- 另建泳池（康文署）\n", encoding="utf-8")
    result = run("add", str(paper.parent), "--title", "x")
    assert result.exit_code == 2
    assert "--title belongs to one document" in result.stderr


def test_a_better_version_keeps_ids(run: Run, ask: Ask, paper: Path) -> None:
    run("add", str(paper))
    before = {item["text"]: item["id"] for item in ask("items", "--document", "one.txt")["items"]}
    better = paper.with_name("better.txt")
    better.write_text(PAPER.replace("社區", "社區建設"), encoding="utf-8")
    assert ask("add", str(better), "--replaces", "one.txt")["files"][0]["outcome"] == "changed"
    after = {item["text"]: item["id"] for item in ask("items", "--document", "better.txt")["items"]}
    assert after == before


def test_a_version_of_what_is_held_is_told_with_the_commands_that_replace_it(run: Run, ask: Ask, paper: Path) -> None:
    run("add", str(paper))
    better = paper.with_name("better one.txt")
    better.write_text(PAPER.replace("照明", "照明系統"), encoding="utf-8")
    result = run("add", str(better))
    assert result.exit_code == 0
    names = {document["name"]: document["id"] for document in ask("documents")["documents"]}
    told = "better one.txt has the title, the date and some of the items of one.txt"
    assert f"{told} ({names['one.txt']})" in result.stderr
    refused = run("compare", "2030", "2031")
    assert refused.exit_code == 1
    assert "'2030' fits several editions" in refused.stderr
    assert all(f"{name} ({document_id})" in refused.stderr for name, document_id in names.items() if ".txt" in name)
    for command in re.findall("^  deedline (.+)$", result.stderr, re.M):
        assert run(*shlex.split(command)).exit_code == 0
    after = {document["name"]: document["id"] for document in ask("documents")["documents"]}
    assert after["better one.txt"] == names["one.txt"]
    assert "one.txt" not in after


def test_bytes_that_are_held_are_told_under_their_name(run: Run, paper: Path) -> None:
    run("add", str(paper))
    renamed = paper.rename(paper.with_name("renamed.txt"))
    result = run("add", str(renamed))
    assert "; held as one.txt\n" in result.stdout


def test_editing_the_date_moves_deadlines_that_hang_on_it(run: Run, ask: Ask, paper: Path) -> None:
    run("add", str(paper))
    edited = ask("edit-document", "one.txt", "--date", "2040-06-01", "--why", "as printed on the cover")
    assert edited["date"] == "2040-06-01"
    (item,) = ask("items", "--document", "one.txt", "--text", "圖書館")["items"]
    assert item["due"] == "2041-12-31"
    run("undo")
    (item,) = ask("items", "--document", "one.txt", "--text", "圖書館")["items"]
    assert item["due"] == "2031-12-31"


@pytest.mark.parametrize("verb", ["add", "edit-document"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--date", "1000"), "is no date of 1800 to 2200"),
        (("--date", "next week"), "is no date"),
        (("--date", "2024-02-30"), "is no date"),
        (("--language", "klingon"), "there is zh, en"),
        (("--jurisdiction", "mars"), "there is anywhere"),
    ],
)
def test_what_no_document_can_have_is_refused_before_it_is_read(
    run: Run, ask: Ask, paper: Path, verb: str, given: tuple[str, str], said: str
) -> None:
    run("add", str(paper))
    before = ask("history")
    result = run(verb, str(paper) if verb == "add" else paper.name, *given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "metadata.toml" not in result.stderr
    assert "Reading" not in result.stderr
    assert ask("history") == before


def test_an_address_that_fails_is_told_as_typed(run: Run) -> None:
    address = "http://127.0.0.1:9/x.pdf"
    result = run("add", address)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {address}: ")
    assert json.loads(run("add", address, "--json").stdout)["files"][0]["file"] == address


def test_editing_nothing_is_a_usage_error(run: Run) -> None:
    assert run("edit-document", "海港").exit_code == 2


def test_a_removed_document_comes_back_by_undo(run: Run, ask: Ask) -> None:
    before = ask("items")
    removed = ask("remove", "海港", "--why", "a draft")
    assert removed["why"] == "a draft"
    assert ask("documents")["total"] == 0
    assert [change["by"] for change in ask("undo")["undone"]] == ["tester"]
    assert ask("items") == before


def test_undo_takes_a_whole_command_back_and_then_the_one_before(run: Run, ask: Ask, paper: Path) -> None:
    paper.with_name("two.txt").write_text(PAPER + "\n- 另建泳池（康文署）\n", encoding="utf-8")
    run("add", str(paper.parent))
    assert ask("documents")["total"] == 3
    run("undo")
    assert ask("documents")["total"] == 1
    run("undo")
    assert ask("documents")["total"] == 0
    assert "nothing to take back" in run("undo").stderr


def test_history_of_one_document_gives_rows(run: Run, ask: Ask) -> None:
    (document,) = ask("documents")["documents"]
    (change,) = ask("history", document["id"])["changes"]
    assert change["by"] == "tester"
    assert change["rows"]
    assert "tester" in run("history").stdout


def test_folders_and_patterns_mean_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.txt", "a.md", ".hidden", "sub/c.txt", ".git/x.txt"):
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    monkeypatch.chdir(tmp_path)
    folder = [Path("in/a.md"), Path("in/b.txt"), Path("in/sub/c.txt")]
    assert list(expand(["in"])) == folder
    assert list(expand(["in/*.txt", "in"])) == [Path("in/b.txt"), Path("in/a.md"), Path("in/sub/c.txt")]
    assert list(expand(["nowhere.txt", "no*.txt"])) == [Path("nowhere.txt"), Path("no*.txt")]


@pytest.mark.parametrize(
    "words",
    [
        ("add", ""),
        ("add", "here.txt", ""),
        ("columns", ""),
        ("export", ""),
        ("evaluate", ""),
        ("train", "--out", ""),
        ("train", "--labels", "", "--out", "there"),
        ("report", "brief", "2030", "-o", ""),
        ("documents", "--register", ""),
    ],
    ids=" ".join,
)
def test_an_empty_word_names_no_file(
    run: Run, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "here.txt").write_text(PAPER, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    result = run(*words)
    assert result.exit_code == 2
    assert "an empty word names no file" in result.stderr
    assert ask("documents")["total"] == 1
    assert [path.name for path in Path().iterdir()] == ["here.txt"]


def test_an_empty_folder_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("add", str(tmp_path / "empty"))
    assert result.exit_code == 2
    assert "no files in there" in result.stderr


def test_a_text_without_items_is_kept_with_a_warning_and_noise_is_refused(run: Run, tmp_path: Path) -> None:
    note, noise = tmp_path / "note.txt", tmp_path / "noise.txt"
    note.write_text("A quiet note about the weather.\n\nIt rained in the morning.\n", encoding="utf-8")
    noise.write_bytes(bytes(range(1, 32)) * 40)
    result = run("add", str(note), "--no-link")
    assert result.exit_code == 0
    assert "warning: nothing that looks like a commitment or a proposal was found in note.txt" in result.stderr
    assert "deedline coverage" in result.stderr
    refused = run("add", str(noise))
    assert refused.exit_code == 1
    assert "noise.txt: looks like noise, no text" in refused.stderr
