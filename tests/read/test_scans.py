"""Scanned pages and images are read with their confidence; what cannot be read is told."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from deedline.errors import LimitError, ReadError
from deedline.find import find_items
from deedline.model.document import Block, BlockKind, Document, DocumentKind, Metadata
from deedline.model.item import Item
from deedline.model.text import MappedText, reread
from deedline.read import read_document, scans
from deedline.read.metadata import place_of
from tests.read.forms_of_file import parts_of
from tests.read.pdf_of_parts import as_pdf, need_fonts

needs_engine = pytest.mark.skipif(not scans.engine(), reason="rapidocr is absent (pip install deedline[ocr])")
NAME = "clearbay-2030-supplement.zh.md"


@pytest.fixture(scope="module")
def kept() -> Iterator[dict[str, bytes]]:
    """What is recognised in these tests, so that a page is recognised once."""
    store: dict[str, bytes] = {}

    @contextmanager
    def keep() -> Iterator[dict[str, bytes]]:
        yield store

    with scans.keeping_readings(keep):
        yield store


@pytest.fixture(scope="module")
def plain(root: Path) -> Document:
    return read_document((root / "examples" / NAME).read_bytes(), NAME)


def _drawn(pdf: bytes, *numbers: int) -> list[Any]:
    """Pages as a scanner gives them at 200 dots an inch."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(pdf)
    return [opened[n - 1].render(scale=200 / 72, grayscale=True).to_pil().convert("L") for n in numbers]


def _picked(pdf: bytes, *numbers: int) -> bytes:
    import pypdfium2

    picked, written = pypdfium2.PdfDocument.new(), BytesIO()
    picked.import_pages(pypdfium2.PdfDocument(pdf), [n - 1 for n in numbers])
    picked.save(written)
    return written.getvalue()


def _saved(image: Any, form: str, **told: Any) -> bytes:
    written = BytesIO()
    image.save(written, form, **told)
    return written.getvalue()


def _given(document: Document) -> dict[str, str]:
    told = document.metadata
    return {"kind": told.kind.value, "language": told.language, "date": "2030-10-09"}


def _told(item: Item) -> tuple[object, ...]:
    return item.kind, item.number, tuple(body.name for body in item.bodies), str(item.due)


def _words(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@needs_engine
def test_a_scanned_page_gives_the_items_of_the_printed_one(plain: Document, kept: dict[str, bytes]) -> None:
    need_fonts()
    pdf = as_pdf(parts_of(plain), head="Running head")
    (image,) = _drawn(pdf, 2)
    printed = read_document(_picked(pdf, 2), "x.pdf", _given(plain))
    scanned = read_document(_saved(image, "PDF", resolution=200), "x.pdf", _given(plain))
    wanted, got = (find_items(document, place_of(plain.metadata)).items for document in (printed, scanned))
    assert len(wanted) >= 6
    alike = (Counter(map(_told, wanted)) & Counter(map(_told, got))).total()
    assert alike / max(len(wanted), len(got)) >= 0.95
    assert all(item.page == 1 and item.confidence is not None and 0.8 < item.confidence <= 1 for item in got)
    assert all(_words(reread(scanned.text, item.spans)) == _words(item.text) for item in got)
    assert all(item.confidence is None for item in wanted)
    assert all(block.box for block in scanned.blocks if block.confidence is not None)


@needs_engine
def test_the_same_page_reads_the_same_and_is_recognised_once(plain: Document, kept: dict[str, bytes]) -> None:
    need_fonts()
    (image,) = _drawn(as_pdf(parts_of(plain), head="Running head"), 2)
    data = _saved(image, "PDF", resolution=200)
    one = read_document(data, "x.pdf")
    count = len(kept)
    assert read_document(data, "x.pdf") == one
    assert len(kept) == count >= 1


@needs_engine
def test_scanned_and_printed_pages_keep_their_order(plain: Document, kept: dict[str, bytes]) -> None:
    need_fonts()
    import pypdfium2

    pdf = as_pdf(parts_of(plain), head="Running head")
    scan = _saved(_drawn(pdf, 2)[0], "PDF", resolution=200)
    whole, written = pypdfium2.PdfDocument.new(), BytesIO()
    for part, number in ((pdf, 0), (scan, 0), (pdf, 2)):
        whole.import_pages(pypdfium2.PdfDocument(part), [number])
    whole.save(written)
    document = read_document(written.getvalue(), "x.pdf", _given(plain))
    pages = [block.page or 0 for block in document.blocks]
    assert pages == sorted(pages)
    assert set(pages) == {1, 2, 3}
    machine = {block.page for block in document.blocks if block.confidence is not None}
    assert machine == {2}
    assert all(block.rule != "scanned-page" for block in document.blocks)


@needs_engine
def test_a_page_that_lies_upside_down_is_turned(plain: Document, kept: dict[str, bytes]) -> None:
    need_fonts()
    (image,) = _drawn(as_pdf(parts_of(plain)), 2)
    upright = image.crop((0, 150, image.width, 900))
    document = read_document(_saved(upright.rotate(180), "PNG", dpi=(200, 200)), "x.png")
    assert "2031" in document.text
    assert sum(block.confidence or 0 for block in document.blocks) / len(document.blocks) > 0.9


@needs_engine
@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_a_blank_image_is_told(form: str) -> None:
    from PIL import Image

    with pytest.raises(ReadError, match=r"^x\.img: holds no text"):
        read_document(_saved(Image.new("L", (800, 600), 255), form), "x.img")


@needs_engine
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_images_cut_short_are_refused(form: str) -> None:
    from PIL import Image

    whole = _saved(Image.effect_noise((400, 300), 80), form)
    for kept_bytes in (40, len(whole) // 2):
        with pytest.raises(ReadError, match=r"^x\.img: is no image that can be read"):
            read_document(whole[:kept_bytes], "x.img")


@needs_engine
def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    from PIL import Image

    with pytest.raises(LimitError, match=r"12,000 by 12,000 pixels"):
        read_document(_saved(Image.new("1", (12_000, 12_000), 1), "PNG"), "x.png")


def test_without_the_extra_a_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    monkeypatch.setattr(scans, "engine", lambda: "")
    with pytest.raises(ReadError, match=r"is a picture; .*pip install deedline\[ocr\]"):
        read_document(_saved(Image.new("L", (80, 60), 255), "PNG"), "x.png")


def _recognised(confidence: float) -> Document:
    text = "• 在2031年內完成河濱公園的改善工程。(工務局)\n"
    words = MappedText.original(text[2:-1], 2)
    block = Block(BlockKind.BULLET, words, (1, 1), "•", page=7, rule="bullet", confidence=confidence)
    metadata = Metadata(kind=DocumentKind.COMMITMENTS, language="zh")
    return Document("0" * 12, "x.pdf", "0" * 64, "application/pdf", text, metadata, (block,))


@pytest.mark.parametrize(("confidence", "doubted"), [(0.97, False), (0.71, True)])
def test_an_item_that_the_machine_is_not_sure_of_is_a_doubt(confidence: float, doubted: bool) -> None:
    document = _recognised(confidence)
    finding = find_items(document, place_of(document.metadata))
    assert [item.confidence for item in finding.items] == [confidence]
    told = [issue for issue in finding.issues if issue.code == "low-confidence"]
    assert [issue.item for issue in told] == ([finding.items[0].key] if doubted else [])
    assert all("71%" in issue.message and "page 7" in issue.message for issue in told)
