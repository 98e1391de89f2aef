"""Which files are the project's own, for the tests that read them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PASSED_OVER = {".git", ".venv", ".venv-bench", "__pycache__", "build", "dist"}
TEXT_SUFFIXES = {".py", ".md", ".toml", ".txt", ".tsv", ".csv", ".json", ".jsonl", ".html", ".css", ".js", ".yaml", ""}


@cache
def project_files() -> tuple[Path, ...]:
    """Files under version control; where there is no git, all that are not made by building or running."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        files = [path for path in ROOT.rglob("*") if not PASSED_OVER & set(path.relative_to(ROOT).parts)]
    return tuple(path for path in sorted(files) if path.is_file())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def files_under(*folders: str, suffix: str) -> list[Path]:
    return [p for p in project_files() if p.suffix == suffix and p.relative_to(ROOT).parts[0] in folders]


def texts() -> list[tuple[str, str]]:
    wanted = [path for path in project_files() if path.suffix in TEXT_SUFFIXES]
    return [(name_of(path), path.read_text(encoding="utf-8", errors="replace")) for path in wanted]


def documents() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".md"]
