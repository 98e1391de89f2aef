"""How fast documents are read, and what it costs in memory, from five documents to five thousand.

    python -m bench.read [--times 1 100 1000] [--runs 3]

Every run is a process of its own. `find` reads and finds in one process and keeps nothing; `add` is what
`deedline add` does, with as many processes as it takes by itself, into a new register.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.report import keep
from bench.synthesise import sources, write_copies, write_originals

MOMENT = datetime(2025, 1, 1, tzinfo=UTC)


def find_all(files: list[Path], _register: Path) -> tuple[int, int]:
    """Read and find one file after the other; characters and items."""
    from deedline.operations import read_and_find

    characters = items = 0
    for file in files:
        parsed = read_and_find(file.read_bytes(), file.name, {})
        characters += len(parsed.document.text)
        items += len(parsed.finding.items)
    return characters, items


def add_all(files: list[Path], register: Path) -> tuple[int, int]:
    """Add all files to a new register; characters and items."""
    from deedline.operations import Source, add
    from deedline.register import ItemQuery, open_register

    with open_register(register) as opened:
        added = list(add(opened, [Source(file) for file in files], at=MOMENT, by="bench"))
        failed = [outcome for outcome in added if outcome.error]
        if failed:
            raise SystemExit(f"{failed[0].path}: {failed[0].error}")
        items = opened.count_items(ItemQuery())
    return sum(len(file.read_text(encoding="utf-8")) for file in files), items


STEPS: dict[str, Callable[[list[Path], Path], tuple[int, int]]] = {"find": find_all, "add": add_all}


def run_once(step: str, folder: Path) -> dict[str, float]:
    """One step over a folder, in this process: what it read, its seconds, those of all processors, its peak memory.

    Memory is this process's peak and, for each worker that it may have had, the largest worker's: an upper bound,
    since what they share is counted again.
    """
    files = sorted(folder.iterdir())
    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        characters, items = STEPS[step](files, Path(scratch) / "bench.db")
        seconds = time.perf_counter() - start
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = own.ru_maxrss + min(len(files), os.cpu_count() or 1) * workers.ru_maxrss
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in (own, workers))
    return {"characters": characters, "items": items, "seconds": seconds, "cpu": cpu, "peak_mb": peak / 1024}


def measure(step: str, folder: Path, runs: int) -> dict[str, Any]:
    """Medians of several runs, each in a process of its own."""
    command = [sys.executable, "-m", "bench.read", "--once", step, str(folder)]
    outcomes = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(runs)]
    return {key: statistics.median(outcome[key] for outcome in outcomes) for key in outcomes[0]}


def main() -> None:
    """Measure every step at every size and write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench.read", description="speed and memory of reading and adding")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 100, 1000], help="how many times as many documents")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; their median counts")
    parser.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        print(json.dumps(run_once(given.once[0], Path(given.once[1]))))
        return
    name, files = sources()
    results: dict[str, Any] = {"source": name, "runs": given.runs, **{step: [] for step in STEPS}}
    for times in (0, *given.times):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            documents = write_copies(files, times, folder) if times else write_originals(files, folder)
            for step in STEPS:
                row = {"copies": times > 0, "documents": documents, **measure(step, folder, given.runs)}
                results[step].append(row)
                print(f"{step}: {row}", file=sys.stderr)
    keep("read", results)


if __name__ == "__main__":
    main()
