"""PDFs that a browser printed give the register that the same parts give as a web page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from deedline.find import find_items
from deedline.model.document import BlockKind, Document
from deedline.model.item import Item
from deedline.model.text import reread
from deedline.read import read_document
from deedline.read.metadata import place_of
from tests.read.forms_of_file import Part, as_html, parts_of
from tests.read.pdf_of_parts import BROAD, CUT_ROWS, Layout, as_pdf, need_fonts, printable
from tests.read.print_pages import LOOKS, Printer, as_page, printing
from tests.read.test_round_trip import said_of

EXAMPLES = sorted(p.name for p in Path(__file__).parents[2].joinpath("examples").glob("clearbay*"))
A3 = Layout(1191.0, 842.0)
A3_CUT = Layout(1191.0, 842.0, rows_cut=True)
SET = {"broad": BROAD, "cut-rows": CUT_ROWS, "a3": A3, "a3-cut-rows": A3_CUT}


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with printing() as printed:
        yield printed


def _told(item: Item) -> tuple[object, ...]:
    words = re.sub(r"\s+", "", printable(item.text))
    bodies = tuple(body.name for body in item.bodies)
    return item.kind, item.number, item.part, words, bodies, str(item.due), item.report and item.report.status


def _items(document: Document) -> Sequence[Item]:
    return find_items(document, place_of(document.metadata)).items


def _share_alike(pdf: bytes, parts: Sequence[Part], said: dict[str, str]) -> float:
    """The share of the parts' items that the PDF gives alike; items that it adds count against it."""
    document = read_document(pdf, "x.pdf", said)
    wanted, got = _items(read_document(as_html(parts), "x.html", said)), _items(document)
    assert all(item.page for item in got)
    for item in got:
        assert re.sub(r"\s", "", reread(document.text, item.spans)) == re.sub(r"\s", "", item.text)
    alike = Counter(map(_told, wanted)) & Counter(map(_told, got))
    return alike.total() / max(len(wanted), len(got))


@pytest.mark.parametrize(("name", "look"), list(product(EXAMPLES, LOOKS)))
def test_examples_printed_give_the_same_register(
    root: Path, name: str, look: str, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples" / "knowledge"))
    plain = read_document((root / "examples" / name).read_bytes(), name)
    pdf = printer(as_page(parts_of(plain), look, plain.metadata.language))
    assert _share_alike(pdf, parts_of(plain), said_of(plain)) == 1


def _tables(document: Document, rows: int) -> list[Part]:
    """The indicator tables of a document, with the headings above them, up to so many rows."""
    kept: list[Part] = []
    for part in parts_of(document):
        headed = any("指標" in cell for row in part.rows[:2] for cell in row)
        if headed and rows > 0:
            kept.append(Part(part.kind, rows=part.rows[: rows + 1]))
            rows -= len(part.rows)
        elif part.kind is BlockKind.HEADING and rows > 0:
            kept.append(part)
    return kept


@pytest.mark.parametrize("look", ["a4", "a3-landscape", "small-serif"])
def test_tables_over_many_pages_are_stitched(seeds: Path, look: str, printer: Printer) -> None:
    path = next(seeds.glob("000*.txt"))
    plain = read_document(path.read_bytes(), path.name)
    parts = _tables(plain, 120)
    assert _share_alike(printer(as_page(parts, look, "zh")), parts, said_of(plain)) >= 0.99


@pytest.mark.parametrize("layout", SET)
def test_tables_that_another_program_set_are_stitched(seeds: Path, layout: str) -> None:
    need_fonts()
    path = next(seeds.glob("000*.txt"))
    plain = read_document(path.read_bytes(), path.name)
    parts = _tables(plain, 120)
    assert _share_alike(as_pdf(parts, SET[layout], head="Running head"), parts, said_of(plain)) >= 0.99


@pytest.mark.parametrize(("number", "look"), [("000", "a4"), ("003", "two-columns"), ("004", "two-columns")])
def test_a_whole_document_printed_gives_the_same_register(
    seeds: Path, number: str, look: str, printer: Printer
) -> None:
    path = next(seeds.glob(f"{number}*.txt"))
    plain = read_document(path.read_bytes(), path.name)
    parts = parts_of(plain)
    assert _share_alike(printer(as_page(parts, look, "zh")), parts, said_of(plain)) >= 0.99
