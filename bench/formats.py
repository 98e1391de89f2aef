"""What reading files costs, and how many cells of their tables come back whole: Deedline beside other readers.

    sh run bench-formats

The files are set from one document's parts, so that the cells that were set are known. Every reading is a process of
its own; the readers take turns, so that a busy machine slows them alike.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from bench.format_readers import bare
from bench.report import ROOT, keep
from bench.synthesise import sources
from deedline.model.document import BlockKind
from deedline.read import read_document
from tests.read.forms_of_file import Part, as_docx, as_html, parts_of
from tests.read.pdf_of_parts import Layout, as_pdf

TEXTS = 40  # paragraphs and entries that a file holds at most
ROWS = 150  # rows of its table, which runs over many pages
READERS = {
    "pdf": ["deedline", "pdfplumber", "docling-parse"],
    "docx": ["deedline", "python-docx"],
    "html": ["deedline", "trafilatura", "docling"],
}


def write_files(folder: Path) -> tuple[list[Path], Counter[str], dict[str, int]]:
    """The document in each form; the cells that were set; how many rows, cells and pages of the PDF there are."""
    from pypdfium2 import PdfDocument

    source = sources()[1][0]
    parts = _shortened(parts_of(read_document(source.read_bytes(), source.name)))
    made = {
        "pdf": as_pdf(parts, Layout(rows_cut=True), head="Running head"),
        "docx": _typed(as_docx(parts)),
        "html": as_html(parts),
    }
    files = [folder / f"document.{form}" for form in made]
    for file, data in zip(files, made.values(), strict=True):
        file.write_bytes(data)
    cells = Counter(bare(cell) for part in parts for row in part.rows for cell in row)
    del cells[""]
    sizes = {"rows": sum(len(part.rows) for part in parts), "cells": cells.total()}
    return files, cells, {**sizes, "pages": len(PdfDocument(made["pdf"]))}


def _typed(docx: bytes) -> bytes:
    """The Word file with the list of its parts' types, without which some readers take none."""
    start = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    names = {"document": "document.main", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{start}.{kind}+xml"/>'
        for name, kind in {**names, "header": "header"}.items()
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rels}{parts}</Types>'
    held = BytesIO(docx)
    with ZipFile(held, "a") as archive:
        archive.writestr("[Content_Types].xml", types)
    return held.getvalue()


def _shortened(parts: Sequence[Part]) -> list[Part]:
    """The beginning of the document's text; as one table, rows of its tables that are as wide as the longest."""
    text = [part for part in parts if part.kind is not BlockKind.ROW][:TEXTS]
    rows = [row for part in parts for row in part.rows]
    longest = max((part for part in parts if part.rows), key=lambda part: sum(len(c) for row in part.rows for c in row))
    head = longest.rows[0]
    body = [row for row in rows if len(row) == len(head) and row != head][:ROWS]
    return [*text, Part(BlockKind.ROW, rows=(head, *body))]


def measure(files: Sequence[Path], cells: Counter[str], runs: int, peers: str) -> dict[str, Any]:
    """For each form and reader the medians of several runs, and the cells that came back whole."""
    results: dict[str, Any] = {}
    for file in files:
        form = file.suffix[1:]
        told: dict[str, list[dict[str, Any]]] = {reader: [] for reader in READERS[form]}
        for _ in range(runs):
            for reader, outcomes in told.items():
                outcomes.append(_once(reader, file, sys.executable if reader == "deedline" else peers))
        results[form] = {reader: _medians(outcomes, cells) for reader, outcomes in told.items()}
    return results


def _once(reader: str, file: Path, python: str) -> dict[str, Any]:
    command = [python, "-m", "bench.format_readers", reader, str(file)]
    launched = [sys.executable, "-I", str(ROOT / "bench" / "peak.py"), *command]
    ran = subprocess.run(launched, check=False, capture_output=True, text=True, cwd=ROOT)
    if ran.returncode:
        raise SystemExit(f"{reader} did not read {file.name}: {ran.stderr[-500:]}")
    *_, told, peak = ran.stdout.splitlines()
    outcome: dict[str, Any] = {**json.loads(told), **json.loads(peak)}
    return outcome


def _medians(outcomes: Sequence[dict[str, Any]], cells: Counter[str]) -> dict[str, Any]:
    row: dict[str, Any] = {
        key: statistics.median(each[key] for each in outcomes) for key in ("seconds", "cpu", "peak_mb", "characters")
    }
    read = Counter(cell for cell in outcomes[0]["cells"] if cell)
    right = read & cells
    row["cells"], row["right"] = read.total(), right.total()
    row["other"] = sum(count for cell, count in (read - right).items() if cell not in cells)
    return row


def main() -> None:
    """Set the files, measure every reader and write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench.formats", description="cost and cells of reading files")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; their median counts")
    parser.add_argument("--peers", default=sys.executable, help="the Python that has the other readers")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        files, cells, sizes = write_files(Path(scratch))
        forms = measure(files, cells, given.runs, given.peers)
    results = {"source": sources()[0], **sizes, "runs": given.runs, "load": load}
    keep("formats", {**results, "forms": forms})


if __name__ == "__main__":
    main()
