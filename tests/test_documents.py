"""The documents tell the truth: every command, link, output and figure in them is real."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bench import report
from deedline.find.bodies import close_bodies
from deedline.find.deadlines import find_deadlines
from deedline.find.quantities import find_quantities
from deedline.find.reports import opens_with_status
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.values import Basis
from deedline.serve.cli import main
from tests.tree import ROOT, documents, files_under, name_of

README = ROOT / "README.md"


def fences(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.S | re.M)


def test_readme_opens_with_the_two_commands() -> None:
    commands = [line.split("#")[0].strip() for line in fences(README, "sh")[0].splitlines()]
    assert commands == ["sh run demo", "sh run test"]


def known_commands() -> dict[str, set[str]]:
    """For each program that documents may name: what may follow it."""
    run = re.findall(r"^    ([a-z-]+)\)", (ROOT / "run").read_text(encoding="utf-8"), re.M)
    make = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    modules = {name_of(path)[:-3].replace("/", ".") for path in files_under("bench", "tests", suffix=".py")}
    return {"sh run": set(run), "make": set(make), "python -m": modules, "deedline": set(main.commands)}


def test_every_command_that_the_documents_name_exists() -> None:
    known = known_commands()
    unknown = []
    for path in documents():
        text = path.read_text(encoding="utf-8")
        printed = re.findall(r"`([^`\n]+)`", text)
        printed += [line.removeprefix("$ ") for fence in fences(path, "(?:sh|console)") for line in fence.splitlines()]
        for command in printed:
            for program, verbs in known.items():
                bare = re.sub(r"^deedline (--\S+ \S+ )+", "deedline ", command)
                found = re.match(rf"{program} ([a-z][a-z._-]*)", bare)
                if found and found[1] not in verbs:
                    unknown.append(f"{name_of(path)}: `{command}`")
    assert not unknown, "\n".join(unknown)


def test_every_table_of_figures_says_its_command() -> None:
    command = re.compile(r"`(python -m bench\.|make |sh run |deedline |pytest )")
    figure = re.compile(r"\|\s*[~<>≥≤]?\d[\d.,]*\s*(%|s|ms|MB)?\s*\|")
    untold = []
    for path in documents():
        if path.relative_to(ROOT).parts[0] != "docs":
            continue
        _, opening, *sections = re.split(r"^#+ ", path.read_text(encoding="utf-8"), flags=re.M)
        for section in (opening, *sections):
            rows = [line for line in section.splitlines() if line.startswith("|")]
            if any(figure.search(row) for row in rows) and not command.search(opening + section):
                untold.append(f"{name_of(path)}: {section.splitlines()[0]}")
    assert not untold, "figures without the command that makes them: " + "; ".join(untold)


def test_links_in_the_documents_lead_somewhere() -> None:
    broken = []
    for path in documents():
        targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
        near = [target for target in targets if "://" not in target]
        broken += [f"{name_of(path)}: {target}" for target in near if not (path.parent / target).exists()]
    assert not broken, "\n".join(broken)


def test_readme_shows_python_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    results = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert results.attempted > 0
    assert results.failed == 0


def session(script: str, folder: Path) -> list[tuple[str, list[str]]]:
    """The commands of a console session with what each prints, run in one shell in a folder with the examples."""
    (folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    commands = [line.removeprefix("$ ") for line in script.splitlines() if line.startswith("$ ")]
    env = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    shell = "\necho ----\n".join(commands)
    ran = subprocess.run(["sh", "-c", shell], cwd=folder, env=env, capture_output=True, text=True, check=True)
    return list(zip(commands, [part.splitlines() for part in ran.stdout.split("----\n")], strict=True))


def test_readme_shows_output_as_printed(tmp_path: Path) -> None:
    script = "".join(fences(README, "console"))
    shown = "".join(
        f"$ {command}\n" + "".join(f"{line}\n" for line in lines) for command, lines in session(script, tmp_path)
    )
    assert shown == script


def test_readme_lists_only_what_is_recognised() -> None:
    hk, dated = jurisdiction("hk"), date(2024, 10, 16)
    rows = [row for row in README.read_text(encoding="utf-8").splitlines() if row.startswith("| 「")]
    printed = [words for row in rows for words in re.findall(r"「([^」]+)」", row.split("|")[1])]
    assert printed
    for words in printed:
        text = passage_of(words)
        known = (
            opens_with_status(text, hk, "zh"),
            close_bodies(text, dated, hk).mentions,
            find_deadlines(text, dated, hk, "zh"),
            find_quantities(text, hk, "zh", Basis.TARGET),
        )
        assert any(known), words


def test_decisions_are_numbered_in_a_row() -> None:
    names = sorted(path.name for path in documents() if path.parent == ROOT / "docs" / "decisions")
    assert names
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name) for name in names)
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_changelog_tells_of_what_is_not_released_yet() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased = re.search(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    assert unreleased
    assert re.search(r"^- \S", unreleased[1], re.M), "say under [Unreleased] what a user will notice"


def test_the_bench_page_shows_the_results_that_are_kept() -> None:
    assert report.PAGE.read_text(encoding="utf-8") == report.page(), "run `python -m bench.report`"
