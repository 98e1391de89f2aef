"""PDF → the text that every offset points into, and its blocks with page and box.

The file is parsed in a confined process (`pdf_layout.parse`); here what it found printed becomes canonical text, one
line a paragraph or row, the cells of a row parted by tabs and the paragraphs of a cell by `<br>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deedline.errors import LimitError
from deedline.model.document import Block, BlockKind
from deedline.model.text import MappedText
from deedline.read import scans
from deedline.read.clean import clean, clean_heading
from deedline.read.confined import parse_confined
from deedline.read.forms import Form, form_of
from deedline.read.reading import Reading

MAX_BYTES = 256 * 1024 * 1024
_FURNITURE = frozenset({"running-head", "page-number", "footnote", "scanned-page", "unread-lines", "lying-fonts"})
_LONGEST_BOLD = 120
_BREAK = "<br>"


def read_pdf(data: bytes, name: str) -> Reading:
    """The text and blocks of a PDF. Raises ReadError where it is damaged or locked, or scanned and nothing is installed
    to read it with; LimitError over the limits of bytes, pages, characters, memory and time."""
    if len(data) > MAX_BYTES:
        raise LimitError(f"{name}: {len(data):,} bytes; PDFs are read up to {MAX_BYTES:,}. Split the file")
    pieces = parse_confined("deedline.read.pdf_layout:parse", data, name, "PDF")
    scanned = [int(piece["page"]) for piece in pieces if piece["kind"] == "scanned-page"]
    if scanned and scans.engine():
        pieces = scans.read_pages(data, name, scanned)
    elif scanned and all(piece["kind"] in _FURNITURE or piece["page"] in scanned for piece in pieces):
        raise scans.refusal(scanned, name)
    return compose(pieces)


def compose(pieces: Sequence[Mapping[str, Any]]) -> Reading:
    """Canonical text and blocks of printed pieces, as `pdf_layout.parse` gives them."""
    text: list[str] = []
    blocks: list[Block] = []
    levels: dict[str, int] = {}
    start = number = 0
    for piece in pieces:
        line = _line(piece)
        if line.strip():
            number += 1
            blocks.append(_block(piece, MappedText.original(line, start), number, levels))
            text.append(line)
            start += len(line) + 1
    return Reading("\n".join([*text, ""]), tuple(blocks))


def _line(piece: Mapping[str, Any]) -> str:
    if piece["kind"] == "row":
        cells = [_BREAK.join(_bare(paragraph) for paragraph in cell if paragraph.strip()) for cell in piece["cells"]]
        return "\t".join(cells)
    text = str(piece["text"])
    # a heading's number and words stand apart as the cells of a row do
    return _bare(text) if "level" in piece or piece["kind"] in _FURNITURE else " ".join(text.split("\n"))


def _bare(text: str) -> str:
    return " ".join(text.replace("\t", " ").splitlines())


def _block(piece: Mapping[str, Any], line: MappedText, number: int, levels: dict[str, int]) -> Block:
    form = _form(piece, line.text)
    cells: tuple[MappedText, ...] = ()
    words = line.slice(form.content)
    if form.kind is BlockKind.ROW:
        cells, shown = tuple(line.parts("\t")), line.strip()
    else:
        shown = clean_heading(words) if form.kind is BlockKind.HEADING else clean(words)
    level = form.level
    if form.kind is BlockKind.BULLET:
        level = levels.setdefault(f"{form.marker}{piece.get('indent', 0)}", len(levels))
    box = tuple(piece["box"]) if piece.get("box") else None
    lines = (number, number)
    sure = piece.get("sure")
    return Block(form.kind, shown, lines, form.marker, level, cells, int(piece["page"]), form.rule, box, "", sure)


def _form(piece: Mapping[str, Any], text: str) -> Form:
    """What a piece is: by its place and size first, then by how its words begin."""
    kind = str(piece["kind"])
    if kind in _FURNITURE:
        return Form(BlockKind.FURNITURE, kind)
    if kind == "row":
        return Form(BlockKind.ROW, "ruled-row")
    form = form_of(text)
    if form.kind in (BlockKind.ROW, BlockKind.FURNITURE) and "level" not in piece:
        return form
    if "level" in piece:
        return _heading(form, "larger-size", int(piece["level"]))
    if piece.get("bold") and len(text) <= _LONGEST_BOLD and form.kind is not BlockKind.BULLET:
        return _heading(form, "bold-line", 0)
    return form


def _heading(form: Form, rule: str, level: int) -> Form:
    if form.kind is BlockKind.NUMBERED:
        return Form(BlockKind.HEADING, form.rule, form.marker, form.content, level=level)
    return Form(BlockKind.HEADING, rule, level=level)
