"""PDFs set from the parts of a document, with embedded fonts: the other half of the PDF reader's round trip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from deedline.find.markup import read_cell
from deedline.model.document import BlockKind
from deedline.model.text import MappedText
from tests.read.forms_of_file import Part, words_of

WIDE_FONT = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
PLAIN_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_SIZES = {0: 13.2, 1: 26.0, 2: 22.0, 3: 19.0, 4: 16.5}
_BODY = 12.0
_CELL = 10.0
_TOKEN = re.compile(r"\s+|[「『（《〈]*(?:[!-~‐-―]+|[^\s])[、，。；：！？」』）》〉]*")


@dataclass(frozen=True)
class Layout:
    """How pages look: their size, whether lines are set to the full width, whether rows are cut by the page's end."""

    width: float = 595.0
    height: float = 842.0
    justified: bool = True
    rows_cut: bool = False


ONE_COLUMN = Layout()
BROAD = Layout(842.0, 595.0, justified=False)
CUT_ROWS = Layout(842.0, 595.0, justified=False, rows_cut=True)


def need_fonts() -> None:
    """Skips the test where the fonts to set a PDF with are absent."""
    for font in (WIDE_FONT, PLAIN_FONT):
        if not font.is_file():
            pytest.skip(f"{font.name} is absent (Debian: fonts-droid-fallback, fonts-dejavu-core); no PDF can be set")


@cache
def _covered() -> tuple[frozenset[int], frozenset[int]]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(WIDE_FONT).getBestCmap()), frozenset(TTFont(PLAIN_FONT).getBestCmap())


def _font_of(char: str) -> str:
    wide, plain = _covered()
    if unicodedata.east_asian_width(char) in "WF" and ord(char) in wide:
        return "wide"
    return "plain" if ord(char) in plain else "wide"


def printable(text: str) -> str:
    """The text as these fonts can print it: symbol-font bullets become a glyph, the rest is kept."""
    return re.sub("[\ue000-\uf8ff]", "•", text)


def as_pdf(parts: Iterable[Part], layout: Layout = ONE_COLUMN, head: str = "") -> bytes:
    """A PDF of the parts, with page numbers and, where given, a running head."""
    setter = _Setter(layout, head)
    for part in parts:
        if part.kind is BlockKind.ROW:
            setter.table(part.rows)
        elif part.kind is BlockKind.HEADING:
            setter.heading(printable(words_of(part)), part.level)
        elif part.kind is BlockKind.BULLET:
            setter.entry("•", printable(part.words), 14.0 + 20.0 * part.level)
        elif part.kind is BlockKind.NUMBERED and part.marker:
            setter.entry(part.marker, printable(part.words), 0.0)
        else:
            setter.paragraph(printable(words_of(part)))
    return setter.finish()


class _Setter:
    """A pen that sets lines down a page and turns to the next."""

    def __init__(self, layout: Layout, head: str) -> None:
        from fpdf import FPDF

        self.layout, self.head = layout, head
        self.pdf = FPDF(unit="pt", format=(layout.width, layout.height))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_creation_date(datetime(2031, 10, 15, tzinfo=UTC))  # the same bytes every time
        self.pdf.add_font("wide", fname=WIDE_FONT)
        self.pdf.add_font("plain", fname=PLAIN_FONT)
        self.left, self.right = 72.0, layout.width - 72.0
        self.bottom = layout.height - 80.0
        self.pages = 0
        self.y = 0.0
        self.widths: dict[str, float] = {}
        self.turn()

    def finish(self) -> bytes:
        return bytes(self.pdf.output())

    def turn(self) -> None:
        self.pdf.add_page()
        self.pages += 1
        self.y = 84.0
        if self.head:
            self.draw(self.head, self.left, 48.0, 9.0)
        self.draw(str(self.pages), self.layout.width / 2, self.layout.height - 40.0, 9.0)

    def width(self, text: str, size: float) -> float:
        total = 0.0
        for char in text:
            if char not in self.widths:
                self.pdf.set_font(_font_of(char), size=100)
                self.widths[char] = self.pdf.get_string_width(char) / 100
            total += self.widths[char]
        return total * size

    def draw(self, text: str, x: float, y: float, size: float, spread: float = 0.0) -> None:
        self.pdf.set_char_spacing(spread)
        for font, run in _runs(text):
            self.pdf.set_font(font, size=size)
            self.pdf.text(x, y, run)
            x += self.width(run, size) + spread * len(run)
        self.pdf.set_char_spacing(0)

    def broken(self, text: str, size: float, room: float) -> list[str]:
        """The lines of a paragraph: tokens that fit, a token longer than a line cut."""
        lines, line = [], ""
        for token in _TOKEN.findall(text):
            if line and self.width(line + token.rstrip(), size) > room:
                lines.append(line.rstrip())
                line = ""
            line = line + token if line or token.strip() else ""
            while self.width(line.rstrip(), size) > room and len(line) > 1:
                cut = next(i for i in range(len(line), 0, -1) if self.width(line[:i], size) <= room or i == 1)
                lines.append(line[:cut])
                line = line[cut:]
        return [*lines, line.rstrip()] if line.strip() else lines

    def lines(self, text: str, size: float, left: float, room: float) -> None:
        broken = self.broken(text, size, room)
        for i, line in enumerate(broken):
            if self.y > self.bottom:
                self.turn()
            full = self.layout.justified and i < len(broken) - 1 and len(line) > 1
            spread = min((room - self.width(line, size)) / (len(line) - 1), 0.25 * size) if full else 0.0
            self.draw(line, left, self.y, size, spread)
            self.y += 1.5 * size

    def heading(self, text: str, level: int) -> None:
        self.y += 10.0
        self.lines(text, _SIZES.get(level, 14.6), self.left, self.right - self.left)
        self.y += 4.0

    def paragraph(self, text: str) -> None:
        self.lines(text, _BODY, self.left, self.right - self.left)
        self.y += 6.0

    def entry(self, marker: str, text: str, indent: float) -> None:
        if self.y > self.bottom:
            self.turn()
        hang = max(20.0, self.width(marker, _BODY) + 6.0)
        self.draw(marker, self.left + indent, self.y, _BODY)
        self.lines(text, _BODY, self.left + indent + hang, self.right - self.left - indent - hang)
        self.y += 6.0

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows ruled into cells; the first row is repeated on each page that the table runs over."""
        count = max(len(row) for row in rows)
        edges = self.columns(rows, count)
        set_rows = [self.set_row(row, edges) for row in rows]
        self.y += 4.0
        for i, row in enumerate(set_rows):
            height = 1.4 * _CELL * max(len(cell) for cell in row) + 8.0
            if self.y + height > self.bottom + 20.0 and not (self.layout.rows_cut and self.y < self.bottom - 60.0):
                self.turn()
                if i:
                    self.row(set_rows[0], edges)
            self.row(row, edges, set_rows[0] if i else None)
        self.y += 1.5 * _BODY

    def columns(self, rows: Sequence[Sequence[str]], count: int) -> list[float]:
        """The edges of columns, each as wide as its words need, within bounds."""
        need = [min(40.0, max(6.0, *(len(row[i]) if i < len(row) else 0 for row in rows))) for i in range(count)]
        room, edges = self.right - self.left, [self.left]
        for each in need:
            edges.append(edges[-1] + room * each / sum(need))
        return edges

    def set_row(self, row: Sequence[str], edges: Sequence[float]) -> list[list[tuple[float, str]]]:
        """For each cell its lines with their indents."""
        cells: list[list[tuple[float, str]]] = []
        for i in range(len(edges) - 1):
            lines: list[tuple[float, str]] = []
            for mark, depth, text in _pieces(row[i] if i < len(row) else ""):
                indent = 12.0 * depth
                room = edges[i + 1] - edges[i] - 8.0 - indent
                broken = self.broken(text, _CELL, room)
                first = (indent - 12.0, f"\0{mark}") if mark else None
                lines += [
                    (indent, line if first is None or j else f"{first[1]}\0{line}") for j, line in enumerate(broken)
                ]
            cells.append(lines or [(0.0, "")])
        return cells

    def row(
        self,
        row: list[list[tuple[float, str]]],
        edges: Sequence[float],
        header: list[list[tuple[float, str]]] | None = None,
    ) -> None:
        while True:
            most = max(1, int((self.bottom + 20.0 - 8.0 - self.y) / (1.4 * _CELL)))
            now, later = [cell[:most] for cell in row], [cell[most:] for cell in row]
            self.box_row(now, edges)
            if not any(later):
                return
            self.turn()
            if header is not None:
                self.box_row(header, edges)
            row = later

    def box_row(self, row: Sequence[Sequence[tuple[float, str]]], edges: Sequence[float]) -> None:
        height = 1.4 * _CELL * max(len(cell) for cell in row) + 8.0
        for i, cell in enumerate(row):
            self.pdf.rect(edges[i], self.y, edges[i + 1] - edges[i], height)
            for j, (indent, line) in enumerate(cell):
                y, x = self.y + 3.0 + _CELL + 1.4 * _CELL * j, edges[i] + 4.0 + indent
                *mark, words = line.removeprefix("\0").split("\0")
                if mark:
                    self.draw(mark[0], x - 12.0, y, _CELL)
                self.draw(words, x, y, _CELL)
        self.y += height


def _runs(text: str) -> Iterator[tuple[str, str]]:
    run = ""
    for char in text:
        if run and _font_of(char) != _font_of(run[-1]):
            yield _font_of(run[-1]), run
            run = ""
        run += char
    if run:
        yield _font_of(run[-1]), run


def _pieces(cell: str) -> Iterator[tuple[str, int, str]]:
    """A cell's paragraphs as they are set: the glyph or letter before each, its depth, its words."""
    for piece in read_cell(MappedText.original(cell)):
        words = printable(piece.text.text)
        if not piece.depth:
            yield "", 0, words
        elif piece.mark and piece.mark[0] in "(（":
            yield "", piece.depth, f"{piece.mark}{words}"
        else:
            yield ("•", "◦")[min(piece.depth, 2) - 1], piece.depth, words
