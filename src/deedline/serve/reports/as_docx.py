"""A report as DOCX: real styles, table heads that repeat, footnotes, page numbers, charts with alternative text.

The same report gives the same bytes: the day is the report's own, and the archive's times are fixed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from deedline.serve.reports.charts import png
from deedline.serve.reports.docx_notes import FootNotes
from deedline.serve.reports.docx_parts import TABLE_TEXT, add_field, repeat_head, set_language, set_styles, shade
from deedline.serve.reports.paper import Block, Column, Figure, Heading, Paper, Paragraph, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.text.paragraph import Paragraph as Written

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write_docx(paper: Paper) -> bytes:
    """The report as a DOCX file."""
    import docx

    document = docx.Document()
    _set_page(document, paper)
    set_styles(document)
    _set_properties(document, paper)
    notes = FootNotes(document)
    document.add_paragraph(paper.title, style="Title")
    document.add_paragraph(paper.subtitle, style="Subtitle")
    for block in paper.blocks:
        _add(document, block, notes, paper)
    notes.close()
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _set_page(document: Document, paper: Paper) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if paper.wide else (short, long)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(18)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{paper.title} · {paper.page} ")
    add_field(foot, "PAGE")
    foot.add_run(" / ")
    add_field(foot, "NUMPAGES")


def _set_properties(document: Document, paper: Paper) -> None:
    properties = document.core_properties
    day = datetime.combine(paper.as_of, time(), UTC).replace(tzinfo=None)
    properties.title, properties.subject, properties.language = paper.title[:255], paper.subtitle[:255], paper.language
    properties.author = properties.last_modified_by = "Deedline"
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = day
    properties.revision = 1
    set_language(document, paper.language)


def _add(document: Document, block: Block, notes: FootNotes, paper: Paper) -> None:
    if isinstance(block, Heading):
        document.add_heading(block.text, level=block.level)
    elif isinstance(block, Paragraph):
        written = document.add_paragraph(block.text, style="Intense Quote" if block.caution else None)
        notes.call(written, block.notes)
    elif isinstance(block, Table):
        _add_table(document, block, notes, paper)
    else:
        _add_figure(document, block, notes, paper)


def _add_figure(document: Document, figure: Figure, notes: FootNotes, paper: Paper) -> None:
    from docx.shared import Mm

    written = document.add_paragraph()
    written.paragraph_format.keep_with_next = True
    picture = written.add_run().add_picture(io.BytesIO(png(figure.chart)), width=Mm(190 if paper.wide else 175))
    described = picture._inline.docPr  # the library has no door to the alternative text
    described.set("descr", figure.alternative)
    described.set("title", figure.caption)
    _add_table(document, figure.table, notes, paper)


def _add_table(document: Document, table: Table, notes: FootNotes, paper: Paper) -> None:
    from docx.table import _Cell

    caption = document.add_paragraph(table.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    notes.call(caption, table.notes)
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
    made.autofit = False
    widths = _widths(table.columns, 265 if paper.wide else 178)
    lines = ([column.head for column in table.columns], *table.rows)
    for number, (row, texts) in enumerate(zip(made._tbl.tr_lst, lines, strict=True)):
        strong = number == 0 or (table.summed and number == len(table.rows))
        for held, text, column, width in zip(row.tc_lst, texts, table.columns, widths, strict=True):
            cell = _Cell(held, made)  # `row.cells` counts the whole table over for every row
            cell.width = width
            _fill(cell.paragraphs[0], text, column, strong=strong)
            if number == 0:
                shade(cell)
    for column_of, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column_of.w = width
    repeat_head(made)
    document.add_paragraph(style="Table Text")


def _fill(written: Written, text: str, column: Column, *, strong: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    written._p.style = TABLE_TEXT  # by its id: a name is looked for among all styles, for every cell
    if column.figures:
        written.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = written.add_run(text)
    if strong:
        run.bold = True


def _widths(columns: tuple[Column, ...], whole: float) -> list[Length]:
    from docx.shared import Mm

    parts = sum(column.wide for column in columns)
    return [Mm(whole * column.wide / parts) for column in columns]


def _timeless(data: bytes) -> bytes:
    """The archive with every member's time fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(member, read.read(name))
    return out.getvalue()
