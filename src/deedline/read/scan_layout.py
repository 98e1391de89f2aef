"""Recognised pages, alone or among the pages of a PDF that hold words → what is printed, as `pdf_layout` gives it.

Runs inside the confined child. `data` is a line of JSON, the recognised pages by number as `scan_words.recognise`
gives each, and the PDF, or nothing where all pages are images.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deedline.read.pdf_layout import Printed, print_sheets
from deedline.read.pdf_sheets import Glyph, Sheet, open_sheets
from deedline.read.pdf_strokes import Stroke
from deedline.read.pdf_tables import Grid, find_grids

_ONE_SIZE = 0.07  # sizes measured from ink are as near as this where they are one


def parse(data: bytes, name: str) -> list[Printed]:
    """What is printed on all pages, piece by piece; raises as `pdf_layout.parse` does."""
    head, _, pdf = data.partition(b"\n")
    pages = {int(number): page for number, page in json.loads(head).items()}
    sizes = _settled(glyph[3] for page in pages.values() for glyph in page["glyphs"])
    sheets = {number: _sheet(number, page, sizes) for number, page in pages.items()}
    if not pdf:
        return print_sheets(sheets.values(), name)
    return print_sheets(_mixed(pdf, name, sheets), name)


def _mixed(
    pdf: bytes, name: str, recognised: Mapping[int, tuple[Sheet, list[Grid]]]
) -> Iterator[tuple[Sheet, list[Grid]]]:
    for sheet in open_sheets(pdf, name):
        yield recognised[sheet.number] if sheet.number in recognised else (sheet, find_grids(sheet))


def _sheet(number: int, page: Mapping[str, Any], sizes: Mapping[float, float]) -> tuple[Sheet, list[Grid]]:
    glyphs = [
        Glyph(left, right, base, sizes[size], char, False, sure)
        for left, right, base, size, char, sure in page["glyphs"]
    ]
    strokes = [Stroke(*box) for box in (*page["dots"], *page["rules"])]
    grids = [_grid(rows) for rows in page["grids"]]
    return Sheet(number, page["width"], page["height"], glyphs, strokes, unsure=page["unsure"]), grids


def _grid(rows: Iterable[Iterable[Any]]) -> Grid:
    cells = tuple(tuple(Stroke(*box) if box else None for box in row) for row in rows)
    every = [cell for row in cells for cell in row if cell]
    box = (min(c.left for c in every), min(c.top for c in every), max(c.right for c in every))
    return Grid(Stroke(*box, max(c.bottom for c in every)), cells)


def _settled(measured: Iterable[float]) -> dict[float, float]:
    """Each measured size → the commoner one beside it that it is taken for."""
    counted = Counter(measured)
    kept: list[float] = []
    taken: dict[float, float] = {}
    for size, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        near = min(kept, key=lambda other: abs(other - size), default=None)
        if near is not None and abs(near - size) <= _ONE_SIZE * near:
            taken[size] = near
        else:
            kept.append(size)
            taken[size] = size
    return taken
