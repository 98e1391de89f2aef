"""The same report in four formats: it opens, holds its rows, obeys no document, and comes out the same twice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree, html
from markdown_it import MarkdownIt

from deedline.serve.reports import MEDIA_TYPES, Made, ReportFormat, ReportKind
from deedline.serve.reports.paper import Chart, Column, Figure, Heading, Paper, Paragraph, Table, changed
from deedline.serve.words import CHINESE, ENGLISH

Make = Callable[..., Made]
SUBJECTS = [
    (ReportKind.BRIEF, "new"),
    (ReportKind.ADOPTION, "asked"),
    (ReportKind.BODY, "ITIB"),
    (ReportKind.INDICATORS, "new"),
]


def tables(paper: Paper) -> list[Table]:
    found = [block.table if isinstance(block, Figure) else block for block in paper.blocks]
    return [table for table in found if isinstance(table, Table)]


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(("kind", "subject"), SUBJECTS)
@pytest.mark.parametrize("wanted", ReportFormat)
def test_the_same_question_gives_the_same_bytes(
    made: Make, kind: ReportKind, subject: str, wanted: ReportFormat
) -> None:
    first, second = made(kind, subject, wanted, CHINESE), made(kind, subject, wanted, CHINESE)
    assert first.data == second.data
    assert first.media_type == MEDIA_TYPES[wanted]
    assert re.fullmatch(rf"{kind}-[\w.-]+-2024-10-01\.{wanted}", first.name)


@pytest.mark.parametrize(("kind", "subject"), SUBJECTS)
def test_a_docx_holds_the_rows_under_heads_that_repeat(
    made: Make, paper: Callable[..., Paper], kind: ReportKind, subject: str
) -> None:
    document = docx.Document(io.BytesIO(made(kind, subject, ReportFormat.DOCX).data))
    wanted = tables(paper(kind, subject))
    assert len(document.tables) == len(wanted)
    for written, table in zip(document.tables, wanted, strict=True):
        head, *rows = [tuple(cell.text for cell in row.cells) for row in written.rows]
        assert head == tuple(column.head for column in table.columns)
        assert tuple(rows) == table.rows
        properties = written.rows[0]._tr.trPr
        assert properties is not None
        assert properties.find(qn("w:tblHeader")) is not None
    heads = [(p.style.name, p.text) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert heads == [
        (f"Heading {block.level}", block.text) for block in paper(kind, subject).blocks if isinstance(block, Heading)
    ]


def test_a_docx_names_its_title_language_fonts_pages_and_pictures(made: Make) -> None:
    data = made(ReportKind.BRIEF, "new", ReportFormat.DOCX, CHINESE).data
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.title == "簡報：new"
    assert document.core_properties.language == "zh-HK"
    parts = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name).decode() for name in ("word/styles.xml", "word/footer1.xml")
    }
    assert 'w:eastAsia="zh-HK"' in parts["word/styles.xml"]
    assert 'w:eastAsia="Microsoft JhengHei"' in parts["word/styles.xml"]
    assert "NUMPAGES" in parts["word/footer1.xml"]
    described = document.element.body.findall(f".//{qn('wp:docPr')}")
    assert described
    assert all(each.get("descr", "").startswith("棒形圖") for each in described)


def test_the_footnotes_of_a_docx_are_all_called(made: Make) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(ReportKind.BRIEF, "new", ReportFormat.DOCX).data))
    notes = etree.fromstring(archive.read("word/footnotes.xml"))
    body = etree.fromstring(archive.read("word/document.xml"))
    held = {note.get(qn("w:id")) for note in notes if note.get(qn("w:type")) is None}
    called = [mark.get(qn("w:id")) for mark in body.iter(qn("w:footnoteReference"))]
    assert held == set(called)
    assert len(called) == len(set(called))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("kind", "subject"), SUBJECTS)
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_a_pdf_reads_back_to_its_figures(
    made: Make, paper: Callable[..., Paper], kind: ReportKind, subject: str, language: str
) -> None:
    document = pypdfium2.PdfDocument(made(kind, subject, ReportFormat.PDF, language).data)
    text = bare("".join(page.get_textpage().get_text_range() for page in document))
    wanted = paper(kind, subject, language)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == wanted.title
    for table in tables(wanted):
        for row in table.rows:
            figures = [cell for cell, column in zip(row, table.columns, strict=True) if column.figures]
            assert all(cell in text for cell in figures)
    outlined = [mark.get_title() for mark in document.get_toc()]
    assert outlined == [block.text for block in wanted.blocks if isinstance(block, Heading)]


def test_a_pdf_is_pdf_ua_and_says_its_language(made: Make) -> None:
    from pypdfium2 import raw

    made_pdf = made(ReportKind.ADOPTION, "asked", ReportFormat.PDF, CHINESE).data
    assert b"pdfuaid:part" in made_pdf or b"pdfuaid" in made_pdf
    document = pypdfium2.PdfDocument(made_pdf)
    buffer = (raw.FPDF_WCHAR * 32)()
    length = raw.FPDFCatalog_GetLanguage(document, buffer, 64)
    assert bytes(buffer)[: length - 2].decode("utf-16-le") == "zh-HK"


def test_a_character_without_a_glyph_does_not_stop_a_pdf() -> None:
    from deedline.serve.reports.as_pdf import write_pdf

    odd = make_paper("\U0001f700 \ue000 नमस्ते مرحبا")
    assert write_pdf(odd).startswith(b"%PDF-")


def test_a_page_of_html_needs_nothing_and_runs_nothing(made: Make) -> None:
    page = html.document_fromstring(made(ReportKind.BRIEF, "new", ReportFormat.HTML).data)
    assert page.get("lang") == "en"
    assert not page.xpath("//script | //link | //iframe | //object")
    assert all(source.startswith("data:image/svg+xml") for source in page.xpath("//img/@src"))
    assert all(page.xpath("//img/@alt"))
    assert page.xpath("//th[@scope='col']")
    targets = {link.removeprefix("#") for link in page.xpath("//a/@href")}
    assert targets <= set(page.xpath("//@id"))


@pytest.mark.parametrize("wanted", [ReportFormat.HTML, ReportFormat.MARKDOWN])
def test_what_a_document_says_is_shown_not_obeyed(
    made: Make, paper: Callable[..., Paper], wanted: ReportFormat
) -> None:
    data = made(ReportKind.BRIEF, "new", wanted).data.decode()
    if wanted is ReportFormat.MARKDOWN:
        data = MarkdownIt("commonmark", {"html": True}).enable("table").render(data)
    page = html.document_fromstring(data.encode(), parser=html.HTMLParser(encoding="utf-8"))
    assert not page.xpath("//script")
    cells = {bare(cell.text_content()) for cell in page.xpath("//td")}
    wanted_cells = {
        bare(cell) for table in tables(paper(ReportKind.BRIEF, "new")) for row in table.rows for cell in row
    }
    assert {cell for cell in wanted_cells if "HYPERLINK" in cell} <= cells
    assert "\x1b" not in data
    assert "\u202e" not in data


def make_paper(words: str) -> Paper:
    """A small report that says the same words everywhere."""
    table = Table(words, (Column(words), Column(words, figures=True)), ((words, words),), (words,))
    figure = Figure(words, words, Chart((words, "b"), (words, "c"), ((1, 2), (0, 4))), table)
    blocks = (Heading(words), Paragraph(words, (words,), caution=True), table, figure)
    return Paper(words, words, "en", date(2024, 1, 1), blocks, ("Contents", "Notes", "Page"))


@pytest.mark.parametrize(
    "words", ["", "$x$ #let", "]]>&<b>", "長" * 600, "x" * 900, "a\nb\n\nc", "| --- |\n# h", "𠀋😀"]
)
def test_any_words_can_stand_anywhere(words: str) -> None:
    from deedline.serve.reports.as_docx import write_docx
    from deedline.serve.reports.as_html import write_html
    from deedline.serve.reports.as_markdown import write_markdown
    from deedline.serve.reports.as_pdf import write_pdf

    odd = make_paper(words)
    document = docx.Document(io.BytesIO(write_docx(odd)))
    assert document.tables[0].rows[1].cells[0].text == words
    assert pypdfium2.PdfDocument(write_pdf(odd))
    page = html.document_fromstring(write_html(odd), parser=html.HTMLParser(encoding="utf-8"))
    assert page.xpath("string(//td)") == words
    assert write_markdown(odd).decode().count("[^1]:") == 1


def test_a_text_is_changed_wherever_it_stands() -> None:
    assert "w" not in repr(changed(make_paper("w"), lambda _: "z").blocks).replace("rows", "").replace("wide", "")


def test_libre_office_opens_every_docx(made: Make, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    for kind, subject in SUBJECTS:
        (tmp_path / f"{kind}.docx").write_bytes(made(kind, subject, ReportFormat.DOCX, CHINESE).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(path) for path in sorted(tmp_path.glob("*.docx"))]
    told = subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for kind, _ in SUBJECTS:
        text = pypdfium2.PdfDocument(tmp_path / f"{kind}.pdf")[0].get_textpage().get_text_range()
        assert "所知" in text, told
