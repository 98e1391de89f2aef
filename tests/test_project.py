"""The house rules that a tool can check: sizes, names, locks, nothing borrowed."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.tree import ROOT, files_under, name_of, texts

MODULE_LINES, FUNCTION_LINES = 400, 60
SEED_RUN = 40

# Sizes and names


def definitions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)]


def test_modules_and_functions_stay_within_the_house_limits() -> None:
    broken = []
    for path in files_under("src", "bench", suffix=".py"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MODULE_LINES:
            broken.append(f"{name_of(path)}: {lines} lines; split it by what it does")
        for node in definitions(path):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if not isinstance(node, ast.ClassDef) and size > FUNCTION_LINES:
                broken.append(f"{name_of(path)}:{node.lineno} {node.name}: {size} lines")
    assert not broken, "\n".join(broken)


def test_names_say_what_a_thing_does() -> None:
    hollow = re.compile(r"^_*(utils?|helpers?|managers?|process_.*|.*_utils?|.*_helpers?)$|Manager$|Helper$")
    broken = []
    for path in files_under("src", "bench", "tests", suffix=".py"):
        names = [path.stem, path.parent.name, *(node.name for node in definitions(path))]
        broken += [f"{name_of(path)}: {name}" for name in names if hollow.search(name)]
    assert not broken, "\n".join(broken)


def test_importing_deedline_loads_no_reader_store_or_server() -> None:
    heavy = {"pyarrow", "starlette", "uvicorn", "rich", "sqlite3", "pypdfium2", "psycopg", "ray", "opencc"}
    code = f"import sys, deedline; print(*sorted({heavy!r} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == ""


# Locks


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("demo", "--help"), ("setup", "-h")], ids=" ".join)
def test_help_of_run_sets_nothing_up(tmp_path: Path, words: tuple[str, ...]) -> None:
    shutil.copy(ROOT / "run", tmp_path)
    done = subprocess.run(["sh", "run", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "sh run demo [--no-serve]" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def locked(name: str) -> dict[str, list[Version]]:
    versions: dict[str, list[Version]] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line):
            versions.setdefault(found[1].lower().replace("_", "-"), []).append(Version(found[2]))
    return versions


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_locks_hold_what_pyproject_asks_for(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"].get(name, ())]
    lock = locked(name)
    for requirement in map(Requirement, asked):
        versions = lock.get(requirement.name.lower().replace("_", "-"), [])
        assert versions, f"requirements/{name}.txt lacks {requirement}; run `make lock`"
        wrong = [version for version in versions if not requirement.specifier.contains(version, prereleases=True)]
        assert not wrong, f"requirements/{name}.txt holds {wrong[0]} where {requirement} is asked; run `make lock`"


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_locks_name_every_file_by_hash_and_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    entries = re.split(r"\n(?=\S)", text)[1:]
    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


# Nothing borrowed, nothing of the machine that it was written on


def test_no_file_names_a_path_of_one_machine() -> None:
    path = re.compile(r"(?<![\w.~-])/(work|root|tmp/bash_jobs)/")
    found = [f"{name}: {match[0]}" for name, text in texts() if (match := path.search(text))]
    assert not found, "\n".join(found)


def test_no_file_holds_a_long_run_of_the_real_documents(seeds: Path) -> None:
    bare = re.compile(r"[\W_]+")
    source = "".join(bare.sub("", path.read_text(encoding="utf-8")) for path in sorted(seeds.glob("*.txt")))
    runs = {source[start : start + SEED_RUN] for start in range(len(source) - SEED_RUN + 1)}
    found = []
    for name, text in texts():
        words = bare.sub("", text)
        hit = next((i for i in range(len(words) - SEED_RUN + 1) if words[i : i + SEED_RUN] in runs), None)
        if hit is not None:
            found.append(f"{name}: {words[hit : hit + 20]}…")
    assert not found, f"runs of {SEED_RUN} characters of the real documents: " + "; ".join(found)
