"""Readers of files, Deedline's and others', each as one function: a file → the words, and the cells of its tables.

    python -m bench.format_readers READER FILE

prints what reading the file once cost, as JSON; `peak.py`, which starts it, tells the memory. It imports nothing of
the rest, so that another environment's Python can run it where the peers are.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

Read = tuple[str, list[str]]


def deedline(file: Path) -> Read:
    """Deedline: blocks with places, confined in a process of its own."""
    from deedline.read import read_document

    document = read_document(file.read_bytes(), file.name)
    return document.text, [cell.text for block in document.blocks for cell in block.cells]


def pdfplumber(file: Path) -> Read:
    """pdfplumber: each page's text and tables, with its usual settings."""
    import pdfplumber

    words: list[str] = []
    cells: list[str] = []
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            words.append(page.extract_text() or "")
            cells += [cell or "" for table in page.extract_tables() for row in table for cell in row]
            page.close()
    return "\n".join(words), cells


def docling_parse(file: Path) -> Read:
    """docling-parse, the engine under docling's reading of PDFs: lines of text with places; it knows no tables."""
    from docling_parse.pdf_parser import DoclingPdfParser

    document = DoclingPdfParser().load(str(file))
    return "\n".join(line.text for _, page in document.iterate_pages() for line in page.textline_cells), []


def docling(file: Path) -> Read:
    """docling's readers of Word files and web pages, which need no model."""
    from docling.backend.html_backend import HTMLDocumentBackend
    from docling.backend.msword_backend import MsWordDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    word = file.suffix == ".docx"
    kind = MsWordDocumentBackend if word else HTMLDocumentBackend
    form = InputFormat.DOCX if word else InputFormat.HTML
    held = InputDocument(path_or_stream=file, format=form, backend=kind)
    document = held._backend.convert()
    return document.export_to_text(), [cell.text for table in document.tables for cell in table.data.table_cells]


def python_docx(file: Path) -> Read:
    """python-docx: paragraphs in order, and the text of each cell."""
    from docx import Document

    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]), cells


def trafilatura(file: Path) -> Read:
    """trafilatura: the main content as text, a table's rows as lines of cells."""
    import trafilatura

    text = trafilatura.extract(file.read_text(encoding="utf-8"), include_tables=True) or ""
    return text, [cell for line in text.splitlines() if line.startswith("|") for cell in line.strip("|").split("|")]


READERS: dict[str, Callable[[Path], Read]] = {
    "deedline": deedline,
    "pdfplumber": pdfplumber,
    "docling-parse": docling_parse,
    "docling": docling,
    "python-docx": python_docx,
    "trafilatura": trafilatura,
}


def bare(text: str) -> str:
    """Words for comparing: without mark-up, blanks and the marks of lists, which readers show each in its way."""
    return re.sub(r"<[^<>]{0,200}>|[\s•◦▪o·*|\-\ue000-\uf8ff]+", "", text)


def main() -> None:
    """Read one file with one reader, and tell what it cost."""
    read, file = READERS[sys.argv[1]], Path(sys.argv[2])
    start, used = time.perf_counter(), time.process_time()
    text, cells = read(file)
    seconds, here = time.perf_counter() - start, time.process_time() - used
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "seconds": seconds,
        "cpu": here + child.ru_utime + child.ru_stime,
        "characters": len(bare(text)),
        "cells": [bare(cell) for cell in cells],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
