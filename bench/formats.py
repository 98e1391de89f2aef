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
from tests.read.pdf_of_parts import CUT_ROWS, as_pdf

ROWS = 40  # of tables that a file holds at most
READERS = {
    "pdf": ["deedline", "pdfplumber", "docling-parse"],
    "docx": ["deedline", "python-docx"],
    "html": ["deedline", "trafilatura", "docling"],
}


def write_files(folder: Path) -> tuple[list[Path], Counter[str], int]:
    """The document in each form; the cells that were set; the pages of the PDF."""
    from pypdfium2 import PdfDocument

    source = sources()[1][0]
    parts = _shortened(parts_of(read_document(source.read_bytes(), source.name)))
    made = {"pdf": as_pdf(parts, CUT_ROWS, head="Running head"), "docx": _typed(as_docx(parts)), "html": as_html(parts)}
    files = [folder / f"document.{form}" for form in made]
    for file, data in zip(files, made.values(), strict=True):
        file.write_bytes(data)
    cells = Counter(bare(cell) for part in parts for row in part.rows for cell in row)
    del cells[""]
    return files, cells, len(PdfDocument(made["pdf"]))


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
    """The document's text, as many parts as its tables have rows, and the first rows of its tables."""
    text = [part for part in parts if part.kind is not BlockKind.ROW][:ROWS]
    rows = [row for part in parts for row in part.rows]
    head = rows[0]
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
    ran = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    if ran.returncode:
        raise SystemExit(f"{reader} did not read {file.name}: {ran.stderr[-500:]}")
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def _medians(outcomes: Sequence[dict[str, Any]], cells: Counter[str]) -> dict[str, Any]:
    row: dict[str, Any] = {
        key: statistics.median(each[key] for each in outcomes) for key in ("seconds", "cpu", "peak_mb", "characters")
    }
    read = Counter(cell for cell in outcomes[0]["cells"] if cell)
    row["cells"] = read.total()
    row["right"] = (read & cells).total()
    return row


def main() -> None:
    """Set the files, measure every reader and write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench.formats", description="cost and cells of reading files")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; their median counts")
    parser.add_argument("--peers", default=sys.executable, help="the Python that has the other readers")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        files, cells, pages = write_files(Path(scratch))
        forms = measure(files, cells, given.runs, given.peers)
    results = {"source": sources()[0], "pages": pages, "cells": cells.total(), "runs": given.runs, "load": load}
    keep("formats", {**results, "forms": forms})


if __name__ == "__main__":
    main()
