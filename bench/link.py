"""How well links are found and what it costs: baselines and the model on readers' labels, then time and memory.

    python -m bench.link [--runs 3] [--items 1000 10000] [--stand-in 1000 10000 100000]

The labels are those of `../shared/gold`, the documents those of `../shared/seeds`. Whatever is timed runs in a process
of its own, with nothing encoded before. `--items` are linked with the real encoder, `--stand-in` with a cheap one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.link_scale import city, cold, encoder
from bench.link_scores import GOLD, entries_of, labelled_cases, measure_all, task_figures
from bench.report import RESULTS, keep
from bench.synthesise import sources


def score(files: list[Path]) -> dict[str, Any]:
    """Each task's table of baselines and model."""
    from deedline.link.embed import default_embedder
    from deedline.model.link import Task

    default_embedder()  # loading it is no part of any way's seconds
    documents = entries_of(files)
    cases = labelled_cases(documents, files)
    compared = list(measure_all(documents, cases))
    return {str(task): task_figures(task, compared, cases) for task in Task}


def _once(what: str, of: Path, items: int) -> dict[str, float]:
    """One timed run in a process and a cache folder of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "bench.link", "--once", what, str(of), str(items)]
        environment = {**os.environ, "DEEDLINE_CACHE": scratch}
        outcome: dict[str, float] = json.loads(
            subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment).stdout
        )
    print(f"{what} {items or ''}: {outcome}", file=sys.stderr)
    return outcome


def _timed(what: str, of: Path, items: int) -> dict[str, float]:
    if what == "cold":
        return cold(of)
    return encoder(items) if what == "encoder" else city(items, what == "stand_in")


def _median(rows: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def _measure(given: argparse.Namespace) -> None:
    """Measure what is asked; every part is kept as soon as it is there, for some take long."""
    name, files = sources()
    kept = RESULTS / "link.json"
    results: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))["results"] if kept.exists() else {}
    results["source"] = name
    if "labels" in given.parts and GOLD.is_dir():
        results["labels"] = score(files)
        keep("link", results)
    if "cold" in given.parts:
        rows = [_once("cold", files[0].parent, 0) for _ in range(given.runs)]
        results["cold"] = {"runs": given.runs, **_median(rows)}
        keep("link", results)
    if "items" in given.parts:
        results["encoder"] = _once("encoder", files[0], 1000)
        for what, sizes in (("items", given.items), ("stand_in", given.stand_in)):
            results[what] = []
            for size in sizes:
                results[what].append(_once(what, files[0], size))
                keep("link", results)


def main() -> None:
    """Measure and write the results; parts that are not measured anew stay as they were."""
    parser = argparse.ArgumentParser(prog="python -m bench.link", description="quality and cost of linking")
    parser.add_argument("--runs", type=int, default=3, help="runs from cold; their median counts")
    parser.add_argument("--items", type=int, nargs="*", default=[1000, 10000], help="how many synthetic items")
    parser.add_argument(
        "--stand-in", type=int, nargs="*", default=[1000, 10000, 100000], help="how many with a cheap encoder"
    )
    parser.add_argument("--parts", nargs="+", default=["labels", "cold", "items"], help="what to measure")
    parser.add_argument("--once", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        what, of, items = given.once
        print(json.dumps(_timed(what, Path(of), int(items))))
        return
    _measure(given)


if __name__ == "__main__":
    main()
