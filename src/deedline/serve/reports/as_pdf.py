"""A report as PDF/UA: tagged, with title, language, outline and embedded fonts. The same report, the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any, Literal

from deedline.errors import StageError
from deedline.serve.reports.charts import svg
from deedline.serve.reports.fonts import font_file
from deedline.serve.reports.paper import Block, Heading, Paper, Paragraph, Table

_LONG = 500  # characters of a cell beyond which its row may break over two pages


def write_pdf(paper: Paper) -> bytes:
    """The report as PDF; StageError where the typesetter refuses it.

    Where a document prints a character that the font lacks, the PDF shows a box in its place; it is tagged then too,
    but cannot call itself PDF/UA.
    """
    import typst

    template = files(__package__).joinpath("templates", "report.typ").read_bytes()
    day = datetime.combine(paper.as_of, time(), UTC)
    asked = {"paper": json.dumps(_whole(paper), ensure_ascii=False)}
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(font_file().parent)])
    problem: Exception | None = None
    standards: tuple[Literal["ua-1"] | None, ...] = ("ua-1", None)
    for standard in standards:
        try:
            return typst.compile(
                template,
                font_paths=fonts,
                format="pdf",
                sys_inputs=asked,
                pdf_standards=standard,
                timestamp=max(day, datetime(1980, 1, 1, tzinfo=UTC)),
            )
        except typst.TypstError as error:
            problem = error
    raise StageError(f"the report could not be set as PDF ({problem}); ask for --format docx or html, and report this")


def _whole(paper: Paper) -> dict[str, Any]:
    called: dict[str, int] = {}
    language, _, region = paper.language.partition("-")
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "lang": language,
        "region": region or "HK",
        "day": {"year": paper.as_of.year, "month": paper.as_of.month, "day": paper.as_of.day},
        "wide": paper.wide,
        "contents": paper.contents,
        "page": paper.page,
        "blocks": [_block(block, called) for block in paper.blocks],
    }


def _block(block: Block, called: dict[str, int]) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        notes = _notes(block.notes, called)
        return {"kind": "paragraph", "text": block.text, "notes": notes, "caution": block.caution}
    if isinstance(block, Table):
        return _table(block, called)
    return {
        "kind": "figure",
        "caption": block.caption,
        "alternative": block.alternative,
        "picture": svg(block.chart).decode(),
        "table": _table(block.table, called),
    }


def _table(table: Table, called: dict[str, int]) -> dict[str, Any]:
    columns = [
        {
            "head": column.head,
            "wide": column.wide,
            "figures": column.figures,
            "lang": column.language.partition("-")[0] or None,
            "region": column.language.partition("-")[2] or None,
        }
        for column in table.columns
    ]
    rows = [{"cells": list(row), "long": max(map(len, row), default=0) > _LONG} for row in table.rows]
    notes = _notes(table.notes, called)
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": columns,
        "rows": rows,
        "notes": notes,
        "summed": table.summed,
    }


def _notes(texts: tuple[str, ...], called: dict[str, int]) -> list[dict[str, Any]]:
    """Notes with their numbers; a text is set once, where it is first called on."""
    listed = []
    for text in texts:
        first = text not in called
        number = called.setdefault(text, len(called) + 1)
        listed.append({"text": text, "number": number, "first": first})
    return listed
