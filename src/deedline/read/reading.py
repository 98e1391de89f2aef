"""What a structured file says, piece by piece → the one text that every offset points into, and its blocks.

The text is the visible words, one paragraph a line, the cells of a row parted by tabs, a list's glyph or number
before its entry. It is built here together with the offsets, so a quotation re-reads and a line has a number in every
format. Paragraphs and lists inside a cell are kept as `<p>`, `<ul>` and `<li>`, which is how cells are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deedline.model.document import Block, BlockKind
from deedline.model.text import MappedText
from deedline.read.clean import clean, clean_heading
from deedline.read.forms import PLAIN, Form, heading_form, marked_form

GLYPHS = ("•", "◦", "▪")
_LONGEST_BOLD = 120
_SENTENCE_END = re.compile(r"[。！？；.!?;]\s*$")
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§#])[\])]?")
_EXPONENTS = {"2": "²", "3": "³"}
_MARKED = (BlockKind.BULLET, BlockKind.NUMBERED)
MOST_COLUMNS = 100  # that one cell spans, or that cells reach down into
MAX_ANCHOR = 200
_DEEPEST = 8  # list levels of a cell that are told apart


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, which offsets and line numbers point into, and its blocks in reading order."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list entry or row as the file marks it.

    `lines` are its words, a line each; of a row, its cells. `level` is a heading's depth from 1, a list entry's from
    0. `marker` is the glyph or number before a list entry, `rule` what told the piece, `anchor` its id in the file.
    """

    kind: BlockKind
    lines: tuple[str, ...]
    level: int = 0
    marker: str = ""
    rule: str = ""
    anchor: str = ""


def lay_out(pieces: Iterable[Piece]) -> Reading:
    """The text and blocks of the pieces; those without words leave nothing."""
    written: list[str] = []
    blocks: list[Block] = []
    offset, line = 0, 1
    for piece in pieces:
        lines = _lines(piece)
        if not lines:
            continue
        form = _form(piece, lines[0])
        indent = "  " * piece.level if piece.kind in _MARKED else ""
        before = f"{indent}{piece.marker} " if piece.marker else ""
        laid = [before + lines[0], *lines[1:]]
        shown = "\n".join(laid)
        content = len(before) if piece.marker else form.content
        raw = MappedText.original(shown[content:], offset + content)
        cells = tuple(raw.parts("\t")) if piece.kind is BlockKind.ROW else ()
        text = raw.strip() if cells else clean_heading(raw) if form.kind is BlockKind.HEADING else clean(raw)
        marker = piece.marker or form.marker
        where = (line, line + len(laid) - 1)
        blocks.append(
            Block(form.kind, text, where, marker, form.level, cells, rule=form.rule, anchor=piece.anchor[:MAX_ANCHOR])
        )
        written.append(shown)
        offset += len(shown) + 1
        line += len(laid)
    return Reading("\n".join((*written, "")), tuple(blocks))


def _lines(piece: Piece) -> list[str]:
    """The lines with their white space closed up; of a row one line, of other pieces those that are not empty."""
    lines = [" ".join(words.split()) for words in piece.lines]
    if piece.kind is BlockKind.ROW:
        return ["\t".join(lines)] if any(lines) else []
    return [words for words in lines if words]


def _form(piece: Piece, first: str) -> Form:
    """What the piece is: as the file marks it; a paragraph that begins with a typed glyph or number is what it says."""
    if piece.kind is BlockKind.HEADING:
        return heading_form(first, piece.rule, piece.level)
    if piece.kind is BlockKind.PARAGRAPH:
        form = marked_form(first)
        marked = form if form.kind in _MARKED else PLAIN
        return Form(marked.kind, marked.rule if marked is not PLAIN else piece.rule, marked.marker, marked.content)
    if piece.kind is BlockKind.NUMBERED:
        told = marked_form(f"{piece.marker} 字")
        return Form(piece.kind, told.rule if told.kind is piece.kind else piece.rule, level=piece.level)
    return Form(piece.kind, piece.rule, level=piece.level)


def cell_words(pieces: Sequence[Piece]) -> str:
    """The words of a cell: bare where it is one paragraph, else marked up as paragraphs and lists."""
    entries = [entry for piece in pieces for entry in _entries(piece)]
    if len(entries) == 1 and not entries[0][0]:
        return entries[0][1]
    marked: list[str] = []
    depth = 0
    for entry_depth, words in entries:
        deeper = min(entry_depth, _DEEPEST)
        marked.append("<ul>" * max(0, deeper - depth) + "</ul>" * max(0, depth - deeper))
        marked.append(f"<li>{words}</li>" if deeper else f"<p>{words}</p>")
        depth = deeper
    return "".join((*marked, "</ul>" * depth))


def _entries(piece: Piece) -> Iterable[tuple[int, str]]:
    """The paragraphs of a piece, each with how many lists it stands in."""
    lines = [" ".join(words.split()) for words in piece.lines]
    lines = [words for words in lines if words]
    if piece.kind is BlockKind.ROW:
        return [(0, " ".join(lines))] if lines else []
    if piece.kind not in _MARKED:
        return [(0, words) for words in lines]
    printed = f"{piece.marker} " if piece.kind is BlockKind.NUMBERED else ""
    return [(piece.level + 1, printed + " ".join(lines))] if lines else []


def expand_spans(
    rows: Sequence[Sequence[tuple[str, int, int]]], *, headers: frozenset[int] = frozenset()
) -> list[list[str]]:
    """Rows of (words, columns, rows) → rows as wide as their table, a merged cell's words in its first place alone.

    In the rows that `headers` numbers, a cell over several columns heads each of them.
    """
    grid: list[list[str]] = []
    below: dict[int, int] = {}  # column → rows that a cell above still reaches into
    for number, row in enumerate(rows):
        laid: list[str] = []
        reach: dict[int, int] = {column: left - 1 for column, left in below.items() if left > 1}
        for words, columns, high in row:
            while below.get(len(laid), 0):
                laid.append("")
            wide = min(max(columns, 1), MOST_COLUMNS)
            if high > 1:
                reach.update((column, high - 1) for column in range(len(laid), min(len(laid) + wide, MOST_COLUMNS)))
            laid.extend([words, *[words if number in headers else ""] * (wide - 1)])
        while below.get(len(laid), 0):
            laid.append("")
        grid.append(laid)
        below = reach
    return grid


def split_paragraph(lines: Iterable[str]) -> list[list[str]]:
    """The lines of a paragraph, as several where a line is empty or begins with a mark; white space closed up."""
    runs: list[list[str]] = [[]]
    for line in (" ".join(words.split()) for words in lines):
        if runs[-1] and (not line or marked_form(line).kind in _MARKED):
            runs.append([])
        if line:
            runs[-1].append(line)
    return [run for run in runs if run]


def is_bold_heading(lines: Sequence[str]) -> bool:
    """Whether a paragraph that is wholly bold heads what follows: one short line that is no sentence."""
    runs = split_paragraph(lines)
    words = runs[0][0] if len(runs) == 1 and len(runs[0]) == 1 else ""
    return 0 < len(words) <= _LONGEST_BOLD and _SENTENCE_END.search(words) is None


def raised_words(words: str, before: str) -> str:
    """What raised words say: an exponent after a unit is kept as one, a note's mark is no word of its sentence."""
    bare = words.strip()
    if bare in _EXPONENTS and before.endswith("m"):
        return _EXPONENTS[bare]
    return "" if _NOTE_MARK.fullmatch(bare) else words
