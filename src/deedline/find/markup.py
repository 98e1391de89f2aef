"""A table cell's left-over mark-up → its paragraphs and list entries, each character still mapped to the original.

Reads HTML as converters leave it inside cells, Markdown emphasis and line breaks, and lists that are told by their
glyphs or letters alone. What a piece means is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from deedline.knowledge.fold import IDEOGRAPH
from deedline.model.text import MappedText

_BREAKS = "p|div|br|hr|table|thead|tbody|tr|td|th|h[1-6]|ul|ol|li|dl|dt|dd"
_INLINE = "b|i|u|s|em|strong|span|font|small|big|a|sub|sup|mark|ins|del|code"
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{_BREAKS}|{_INLINE})\b(?P<rest>[^<>]{{0,2000}})>", re.I)
_LISTS = frozenset({"ul", "ol", "dl"})
_ENTRIES = frozenset({"li", "dt", "dd"})
_BREAK = re.compile(_BREAKS, re.I)
_NOTE_MARK = re.compile(r"<sup\b[^<>]{0,200}>\s{0,5}(?:\d{1,3}|[*†‡§#])\s{0,5}</sup>|\[\^\w{1,8}\]", re.I)
_UNIT = re.compile(r"(?:^|[^A-Za-z])[ckdm]?m$")
_GLYPHS = "•‧●○◦▪▫■□◆◇★☆►▶▸‣⁃∙※✓✔❖➢➤➔→⚫⬤\ue000-\uf8ff"
# These three run on text whose white space is closed up.
_GLYPH = re.compile(rf"(?:(?<=[\s:：;；。.,，、)）])|^) ?(?P<mark>[{_GLYPHS}]) ?(?=\S)")
_DASH = re.compile(r"^(?P<mark>[-–—*]) (?=\S)")
_LETTER = re.compile(
    r"(?:(?<=[:：;；及和或])|(?<=\band)|(?<=\bor)|^) ?(?P<mark>[(（](?:[a-zA-Z]|[ivx]{1,4})[)）]) ?(?=\S)"
)
_EMPHASIS = re.compile(r"\*\*")
_ENTITY = re.compile(r"&(?:amp;)|&(?:nbsp|ensp|emsp|zwnj|shy);|\\(?=[|\\*_])")
_DEEPEST = 4  # list levels that are told apart
_SPACES = re.compile(r"\s+")
_WIDE = f"{IDEOGRAPH}\u3000-\u303f\uff00-\uffef"
_GAP_IN_WIDE = re.compile(f"(?<=[{_WIDE}])\\s+(?=[{_WIDE}])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a list entry of a cell.

    `text` is free of mark-up, its white space closed up; `depth` is 0 for a paragraph, 1 for an outer list's entry, 2
    for one inside it; `mark` is the glyph or letter that was printed before it, empty where a tag alone told.
    """

    text: MappedText
    depth: int = 0
    mark: str = ""


def read_cell(cell: MappedText) -> tuple[Piece, ...]:
    """The paragraphs and list entries of a cell in order; none for an empty one."""
    pieces = [marked for run, depth in _runs(cell) for marked in _split_marks(run, depth)]
    return tuple(piece for piece in _deepen(pieces) if piece.text)


def join_texts(texts: Iterable[MappedText], original: str) -> MappedText:
    """Several closed-up texts as one, parted by a blank that `original`, the document's text, has between them.

    Nothing is inserted: where the original has no white space between two texts, and between ideographs, they stand
    side by side.
    """
    joined: list[MappedText] = []
    for text in texts:
        if joined and text and not _GAP_IN_WIDE.search(f"{joined[-1].text[-1]} {text.text[0]}"):
            start = joined[-1].offsets[-1] + 1
            blank = _SPACES.search(original, start, max(start, text.offsets[0]))
            if blank is not None:
                joined.append(MappedText(" ", (blank.start(),)))
        if text:
            joined.append(text)
    return MappedText.join(joined)


def _runs(cell: MappedText) -> Iterator[tuple[MappedText, int]]:
    """Words between block tags, with how many lists they stand in."""
    position, depth, lists = 0, 0, 0
    kept: list[MappedText] = []
    for tag in _TAG.finditer(_blank_out_notes(cell.text)):
        kept.append(cell.slice(position, tag.start()))
        position = tag.end()
        name = tag["name"].lower()
        if not _BREAK.fullmatch(name):
            continue
        yield MappedText.join(kept), depth
        kept = []
        opens = not tag["close"]
        if name in _LISTS:
            lists = max(0, lists + (1 if opens else -1))
            depth = depth if opens else min(depth, lists)
        elif name in _ENTRIES:
            depth = max(1, min(lists, _DEEPEST)) if opens else max(0, min(lists, _DEEPEST) - 1)
        elif not lists:
            depth = 0
    kept.append(cell.slice(position))
    yield MappedText.join(kept), depth


def _blank_out_notes(text: str) -> str:
    """The text with footnote marks made to look like one inline tag each, so that they drop out; as long as before."""

    def drop(match: re.Match[str]) -> str:
        if match[0].startswith("<") and _UNIT.search(text[max(0, match.start() - 3) : match.start()]):
            return match[0]  # an exponent: m², km²
        return "<b" + " " * (len(match[0]) - 3) + ">"

    return _NOTE_MARK.sub(drop, text)


def _split_marks(run: MappedText, depth: int) -> Iterator[Piece]:
    """The run cut before each glyph or letter that marks an entry."""
    run = _tidy(run)
    cuts = [*_glyph_marks(run.text), *_letter_marks(run.text)]
    cuts.sort()
    start, mark = 0, ""
    for left, right, printed in cuts:
        yield Piece(_close_up(run.slice(start, left)), max(depth, 1) if mark else depth, mark)
        start, mark = right, printed
    yield Piece(_close_up(run.slice(start)), max(depth, 1) if mark else depth, mark)


def _glyph_marks(text: str) -> Iterable[tuple[int, int, str]]:
    found = [*_GLYPH.finditer(text), *_DASH.finditer(text)]
    return ((match.start(), match.end(), match["mark"]) for match in found)


def _letter_marks(text: str) -> Iterable[tuple[int, int, str]]:
    """Letters in brackets: one at the start counts by itself, others only where a second follows."""
    found = list(_LETTER.finditer(text))
    if len(found) < 2 and not (found and found[0].start() == 0):
        return ()
    return ((match.start(), match.end(), match["mark"]) for match in found)


def _deepen(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces with their depth; where glyphs alone tell levels apart, a second glyph is an inner level."""
    outer = next((piece.mark for piece in pieces if piece.mark), "")
    tagged = any(piece.depth and not piece.mark for piece in pieces)
    for piece in pieces:
        inner = piece.mark and piece.mark != outer and piece.depth == 1 and not tagged and not _lettered(piece.mark)
        yield Piece(piece.text, 2, piece.mark) if inner else piece


def _lettered(mark: str) -> bool:
    return mark[0] in "(（"


def _tidy(text: MappedText) -> MappedText:
    """Without emphasis marks, escapes and the tails of entities that one character stands for; closed up."""
    dropped: set[int] = set()
    for match in _EMPHASIS.finditer(text.text):
        dropped.update(range(*match.span()))
    for match in _ENTITY.finditer(text.text):
        dropped.update(range(match.start() + (match[0] == "&amp;"), match.end()))
    kept = text.keep(i for i in range(len(text)) if i not in dropped) if dropped else text
    return _close_up(kept)


def _close_up(text: MappedText) -> MappedText:
    """No white space at the ends or between ideographs, elsewhere one blank at most."""
    stripped = text.strip()
    dropped: set[int] = set()
    for gap in _SPACES.finditer(stripped.text):
        dropped.update(range(gap.start() + 1, gap.end()))
    for gap in _GAP_IN_WIDE.finditer(stripped.text):
        dropped.update(range(*gap.span()))
    kept = stripped.keep(i for i in range(len(stripped)) if i not in dropped) if dropped else stripped
    return MappedText(_SPACES.sub(" ", kept.text), kept.offsets)
