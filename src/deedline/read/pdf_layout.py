"""A PDF's pages → what is printed on them, in order: paragraphs, rows, running heads, footnotes, scanned pages.

The main path is `parse`, which the confined child calls; it gives plain values that JSON can hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deedline.errors import ReadError
from deedline.knowledge.fold import fold
from deedline.model.document import BlockKind
from deedline.read.forms import form_of
from deedline.read.pdf_cells import Row, read_rows
from deedline.read.pdf_columns import settle_columns
from deedline.read.pdf_cut_rows import join_cut_rows
from deedline.read.pdf_fonts import is_gibberish
from deedline.read.pdf_lines import Line, mark_drawn_bullets, read_lines
from deedline.read.pdf_paragraphs import Paragraph, close_stretched, goes_on, is_marked, joined, usual_leading
from deedline.read.pdf_sheets import Glyph, Sheet, open_sheets
from deedline.read.pdf_tables import Grid, find_grids

Printed = dict[str, object]

_EDGE = 0.12  # of a page's height at its top and bottom, where running heads and page numbers stand
_REPEATS = 3
_LONGEST_HEADING = 150
_LARGER, _SMALLER = 1.08, 0.95
_SCANNED = 0.4  # of a page that a picture covers, where hardly a word is printed
_FEW_GLYPHS = 10
_VOCABULARY = re.compile(r"[A-Za-z]{4,40}")


@dataclass(slots=True)
class _Leaf:
    """A page taken apart: its lines and rows in reading order."""

    number: int
    height: float
    parts: list[Line | Row] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    furniture: list[tuple[Line, str]] = field(default_factory=list)
    rule: float | None = None  # where a footnote's rule is drawn
    scanned: bool = False
    gibberish: bool = False
    unsure: int = 0

    @property
    def lines(self) -> list[Line]:
        return [part for part in self.parts if isinstance(part, Line)]


def parse(data: bytes, name: str) -> list[Printed]:
    """What is printed, piece by piece: page, kind (text, row, footnote, running-head, page-number, scanned-page),
    words, box, and a heading's level, a row's cells, an entry's indent; `sure` where a machine recognised them. Raises
    ReadError and LimitError."""
    return print_sheets(((sheet, find_grids(sheet)) for sheet in open_sheets(data, name)), name)


def print_sheets(sheets: Iterable[tuple[Sheet, Sequence[Grid]]], name: str) -> list[Printed]:
    """What is printed on pages with the tables that are drawn on them, as `parse` gives it."""
    leaves: list[_Leaf] = []
    gutters: list[float] = []
    unread = glyphs = 0
    for sheet, grids in sheets:
        leaves.append(_leaf(sheet, grids, gutters))
        unread += sheet.unread
        glyphs += len(sheet.glyphs)
    _refuse_unreadable(leaves, glyphs, unread, name)
    body = _body_size(leaves)
    _part_furniture(leaves)
    settle_columns(leaf.lines for leaf in leaves)
    for leaf in leaves:
        close_stretched(leaf.lines)
        _part_notes(leaf, body)
    join_cut_rows([leaf.parts for leaf in leaves])
    return _printed(leaves, body)


def _leaf(sheet: Sheet, grids: Sequence[Grid], gutters: list[float]) -> _Leaf:
    """A page's lines and rows: above, in and between its tables."""
    leaf = _Leaf(sheet.number, sheet.height, unsure=sheet.unsure)
    leaf.scanned = len(sheet.glyphs) < _FEW_GLYPHS and sheet.pictured >= _SCANNED
    leaf.gibberish = is_gibberish((glyph.char for glyph in sheet.glyphs), sheet.unread)
    left = list(sheet.glyphs)
    for grid in grids:
        inside = [g for g in left if _stands_in(g, grid)]
        above = [g for g in left if g.base <= grid.box.top and not _stands_in(g, grid)]
        taken = {id(g) for g in (*inside, *above)}
        left = [g for g in left if id(g) not in taken]
        leaf.parts += read_lines(above, gutters)
        rows, stray = read_rows(grid, inside, sheet.strokes)
        leaf.parts += [*rows, *read_lines(stray)]
    leaf.parts += read_lines(left, gutters)
    mark_drawn_bullets(leaf.lines, sheet.strokes)
    leaf.rule = _footnote_rule(sheet, grids)
    return leaf


def _stands_in(glyph: Glyph, grid: Grid) -> bool:
    middle, height = (glyph.left + glyph.right) / 2, glyph.base - 0.35 * glyph.size
    return grid.box.left <= middle <= grid.box.right and grid.box.top <= height <= grid.box.bottom


def _footnote_rule(sheet: Sheet, grids: Sequence[Grid]) -> float | None:
    """Where the lowest short line across the lower part of the page is drawn."""
    found = [
        stroke.top
        for stroke in sheet.strokes
        if stroke.bottom - stroke.top <= 2
        and 0.08 * sheet.width <= stroke.right - stroke.left <= 0.6 * sheet.width
        and stroke.top > 0.4 * sheet.height
        and not any(grid.box.top - 2 <= stroke.top <= grid.box.bottom + 2 for grid in grids)
    ]
    return max(found, default=None)


def _refuse_unreadable(leaves: Sequence[_Leaf], glyphs: int, unread: int, name: str) -> None:
    if unread > glyphs:
        raise ReadError(
            f"{name}: its fonts do not say which characters they draw ({unread:,} of {unread + glyphs:,} unknown). "
            "Save it anew from its source, or add its text"
        )
    if any(leaf.parts or leaf.scanned for leaf in leaves):
        return
    raise ReadError(f"{name}: holds no text on {len(leaves):,} pages. If its words are drawn as pictures, add its text")


def _body_size(leaves: Sequence[_Leaf]) -> float:
    """The size that most of the text outside tables is set in; in them where hardly any stands outside."""
    outside: Counter[float] = Counter()
    inside: Counter[float] = Counter()
    for leaf in leaves:
        for part in leaf.parts:
            if isinstance(part, Line):
                outside[round(part.size * 2) / 2] += len(part.text)
            else:
                inside[round(part.size * 2) / 2] += part.length
    sizes = outside if outside.total() * 10 >= inside.total() else inside
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _part_furniture(leaves: Sequence[_Leaf]) -> None:
    """Takes out what repeats at one place near the edge of three pages, figures aside, and numbers that stand alone
    there."""
    places: dict[str, list[float]] = {}
    for leaf in leaves:
        for line in _at_edges(leaf):
            places.setdefault(_unnumbered(line.text), []).append(line.base)
    for leaf in leaves:
        for line in _at_edges(leaf):
            same = sum(abs(base - line.base) <= 4 for base in places[_unnumbered(line.text)][:2000])
            rule = form_of(line.text).rule
            if rule == "page-number" or same >= _REPEATS:
                leaf.furniture.append((line, rule if rule == "page-number" else "running-head"))
                leaf.parts = [part for part in leaf.parts if part is not line]


def _at_edges(leaf: _Leaf) -> list[Line]:
    return [
        line
        for line in leaf.lines
        if not _EDGE * leaf.height < line.base < (1 - _EDGE) * leaf.height and len(line.text) <= 200
    ]


def _unnumbered(text: str) -> str:
    return re.sub(r"\d+", "#", fold(text))


def _part_notes(leaf: _Leaf, body: float) -> None:
    """Takes out footnotes: small words below a short rule, or at the page's end behind a raised figure."""
    lines = leaf.lines
    start = len(lines)
    while start and lines[start - 1].size <= _SMALLER * body:
        below_rule = leaf.rule is not None and lines[start - 1].base > leaf.rule
        raised = any(form_of(line.text).rule == "footnote" for line in lines[start - 1 :])
        if not below_rule and not raised and leaf.rule is not None:
            break
        start -= 1
    notes = lines[start:]
    first = next((i for i, line in enumerate(notes) if _opens_note(line, leaf)), len(notes))
    taken = {id(line) for line in notes[first:]}
    leaf.notes = notes[first:]
    leaf.parts = [part for part in leaf.parts if id(part) not in taken]


def _opens_note(line: Line, leaf: _Leaf) -> bool:
    return (leaf.rule is not None and line.base > leaf.rule) or form_of(line.text).rule == "footnote"


def _printed(leaves: Sequence[_Leaf], body: float) -> list[Printed]:
    """The pieces in order; a paragraph that the page's end cut goes on before the furniture in between."""
    measure = usual_leading(leaf.lines for leaf in leaves)
    ordered: list[Paragraph | tuple[int, Row] | Printed] = []
    current: Paragraph | None = None
    for leaf in leaves:
        waiting: list[Printed] = _furniture(leaf)
        for part in leaf.parts:
            if isinstance(part, Row):
                ordered.append((leaf.number, part))
                current = None
            elif current is not None and goes_on(current, part, leaf.number, measure):
                current.lines.append(part)
            else:
                current = Paragraph(leaf.number, [part], is_marked(part.text))
                ordered.append(current)
        ordered += waiting
    vocabulary = frozenset(w.lower() for leaf in leaves for line in leaf.lines for w in _VOCABULARY.findall(line.text))
    ranks = _ranks((p for p in ordered if isinstance(p, Paragraph)), body)
    return [_piece(each, ranks, body, vocabulary) for each in ordered]


def _furniture(leaf: _Leaf) -> list[Printed]:
    pieces = [_plain(leaf.number, rule, [line]) for line, rule in leaf.furniture]
    if leaf.notes:
        pieces += [_plain(leaf.number, "footnote", [line]) for line in leaf.notes]
    if leaf.scanned:
        told = f"[page {leaf.number}: a picture, perhaps a scan; its words were not read]"
        pieces.append({"page": leaf.number, "kind": "scanned-page", "text": told, "box": None})
    if leaf.unsure:
        told = f"[page {leaf.number}: {leaf.unsure} lines of a scan that could not be read]"
        pieces.append({"page": leaf.number, "kind": "unread-lines", "text": told, "box": None})
    if leaf.gibberish:
        told = f"[page {leaf.number}: its fonts do not say rightly which characters they draw]"
        pieces.append({"page": leaf.number, "kind": "lying-fonts", "text": told, "box": None})
    return pieces


def _plain(page: int, kind: str, lines: Sequence[Line]) -> Printed:
    return {"page": page, "kind": kind, "text": joined(lines, frozenset()), "box": _box(lines)} | _sure(lines)


def _sure(lines: Iterable[Line]) -> Printed:
    """How sure the machine is of the line that it is least sure of; nothing where all was printed."""
    least = min((line.sure for line in lines if line.sure is not None), default=None)
    return {} if least is None else {"sure": round(least, 3)}


def _box(lines: Sequence[Line]) -> list[float]:
    edges = min(line.left for line in lines), min(line.top for line in lines)
    ends = max(line.right for line in lines), max(line.base + 0.25 * line.size for line in lines)
    return [round(edge, 1) for edge in (*edges, *ends)]


def _ranks(paragraphs: Iterable[Paragraph], body: float) -> dict[float, int]:
    """The heading level of each size that is larger than the text's, sizes within 4 % counted as one."""
    sizes = sorted({round(p.size * 2) / 2 for p in paragraphs if _is_large(p, body)}, reverse=True)
    ranks: dict[float, int] = {}
    level, last = 0, 0.0
    for size in sizes:
        if not last or size < 0.96 * last:
            level, last = level + 1, size
        ranks[size] = level
    return ranks


def _is_large(paragraph: Paragraph, body: float) -> bool:
    short = sum(len(line.text) for line in paragraph.lines) <= _LONGEST_HEADING
    return short and paragraph.size >= _LARGER * body and form_of(paragraph.lines[0].text).kind is not BlockKind.BULLET


def _piece(
    part: Paragraph | tuple[int, Row] | Printed, ranks: dict[float, int], body: float, vocabulary: frozenset[str]
) -> Printed:
    if isinstance(part, dict):
        return part
    if isinstance(part, tuple):
        page, row = part
        cells = [[joined(lines, vocabulary) for lines in cell] for cell in row.cells]
        box = [round(edge, 1) for edge in row.box]
        sure = _sure(line for cell in row.cells for lines in cell for line in lines)
        return {"page": page, "kind": "row", "text": "", "cells": cells, "box": box} | sure
    lines = part.lines
    turned = next((i for i, (above, below) in enumerate(pairwise(lines), 1) if below.base < above.base), len(lines))
    piece: Printed = {"page": part.page, "kind": "text", "text": joined(lines, vocabulary), "box": _box(lines[:turned])}
    if _is_large(part, body):
        piece["level"] = ranks.get(round(part.size * 2) / 2, 1)
    elif part.bold and part.size >= _SMALLER * body:
        piece["bold"] = True
    piece |= _sure(lines)
    return piece | {"indent": round((lines[0].left - lines[0].column[0]) / lines[0].size)}
