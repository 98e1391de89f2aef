"""Word documents (DOCX) → what they say once all changes are accepted: headings, lists with printed numbers, tables.

The text is laid out as `reading` says. Notes stand at its end as footnotes, the running heads after them as furniture;
hidden and deleted words are left out. Offsets and lines are of that text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from deedline.errors import ReadError
from deedline.model.document import BlockKind
from deedline.read.archive import open_archive
from deedline.read.docx_lists import OFF, Lists, Mark, child, read_lists
from deedline.read.markup import Element, local
from deedline.read.package import parse_part, related, value
from deedline.read.reading import (
    GLYPHS,
    Piece,
    cell_words,
    expand_spans,
    is_bold_heading,
    raised_words,
    split_paragraph,
)

_MAIN = "word/document.xml"
_DROPPED = frozenset(
    {"del", "movefrom", "instrtext", "deltext", "fallback", "rt", "ppr", "rpr", "sectpr", "tblpr", "tblgrid", "trpr"}
    | {"tcpr", "sdtpr", "commentreference", "footnotereference", "endnotereference", "annotationref", "footnoteref"}
)
_SYMBOLS = range(0xE000, 0xF900)
_PRINTED = {"tab": " ", "cr": "\n", "nobreakhyphen": "-", "ptab": " "}


def pieces(data: bytes, name: str) -> list[Piece]:
    """What a Word document says, piece by piece. Runs inside the confined child.

    Raises ReadError where it is damaged, locked or holds no words, LimitError over the limits of `archive` and
    `markup`.
    """
    archive = open_archive(data, name)
    main = next((path for kind, path in related(archive, "").values() if kind == "officedocument"), _MAIN)
    parts = list(dict.fromkeys(related(archive, main).values()))  # each once, however often it is referred to

    def part(kind: str) -> Element | None:
        return next((parse_part(archive, path) for each, path in parts if each == kind and archive.has(path)), None)

    walk = _Walk(read_lists(part("styles"), part("numbering")))
    walk.blocks(parse_part(archive, main))
    said = any(piece.kind is not BlockKind.FURNITURE for piece in walk.pieces)
    if not said:
        raise ReadError(f"{name}: holds no text. If it holds pictures of pages, it needs recognition (OCR) first")
    for kind in ("footnotes", "endnotes"):
        walk.furniture(part(kind), "footnote")
    for kind, path in parts:
        if kind in ("header", "footer") and archive.has(path):
            walk.furniture(parse_part(archive, path), "running-head")
    return walk.pieces


@dataclass(slots=True)
class _Words:
    """The words of a paragraph under way; `plain` tells that some of them are not bold."""

    pieces: list[str] = field(default_factory=list)
    plain: bool = False
    boxes: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """A walk through a document's parts: the pieces so far, and words that a deleted paragraph end passes on."""

    lists: Lists
    pieces: list[Piece] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)

    def blocks(self, element: Element) -> None:
        """All paragraphs and tables that an element holds, through whatever wraps them."""
        for each in element:
            tag = local(each)
            if tag == "p":
                self._paragraph(each)
            elif tag == "tbl":
                self._table(each)
            elif tag and tag not in _DROPPED:
                self.blocks(each)

    def furniture(self, part: Element | None, rule: str) -> None:
        """The paragraphs of a part that stands outside the running text."""
        for each in () if part is None else part:
            inside = _Walk(self.lists)
            inside.blocks(each if local(each) in ("footnote", "endnote") else [each])
            words = " ".join(words for piece in inside.pieces for words in piece.lines)
            self.pieces.append(Piece(BlockKind.FURNITURE, (words,), rule=rule))

    def _paragraph(self, paragraph: Element) -> None:
        found = _Words(self.carried)
        self.carried = []
        _gather(paragraph, found)
        settings = child(paragraph, "ppr")
        if child(settings, "rpr", "del") is not None:
            self.carried = found.pieces
        else:
            self._pieces("".join(found.pieces).split("\n"), settings, bold=not found.plain)
        for box in found.boxes:
            self.blocks(box)

    def _pieces(self, lines: list[str], settings: Element | None, *, bold: bool) -> None:
        """The paragraph's words as what its style, its list or its own first characters make of it."""
        style = _said(settings, "pstyle")
        if not any(line.strip() for line in lines):
            return
        outline = _said(settings, "outlinelvl")
        level = int(outline) + 1 if outline in set("012345678") - {""} else 0 if outline else self.lists.heading(style)
        mark = self._mark(settings, style)
        if level:
            number = f"{mark.text} " if mark is not None and not mark.bullet else ""
            words = number + " ".join(" ".join(lines).split())
            self.pieces.append(Piece(BlockKind.HEADING, (words,), level, rule="heading-style"))
        elif self.lists.is_contents(style):
            self.pieces.append(Piece(BlockKind.FURNITURE, (" ".join(lines),), rule="contents"))
        elif mark is not None:
            self.pieces.append(_entry(tuple(lines), mark))
        elif bold and is_bold_heading(lines):
            self.pieces.append(Piece(BlockKind.HEADING, (" ".join(lines),), rule="bold-line"))
        else:
            for run in split_paragraph(lines):
                self.pieces.append(Piece(BlockKind.PARAGRAPH, tuple(run), rule="paragraph"))

    def _mark(self, settings: Element | None, style: str) -> Mark | None:
        own, level = _said(settings, "numpr", "numid"), _said(settings, "numpr", "ilvl")
        if own == "0":  # takes the style's list away
            return None
        return self.lists.mark(
            own, int(level) if level.isascii() and level.isdigit() and len(level) < 3 else None, style
        )

    def _table(self, table: Element) -> None:
        rows: list[list[tuple[str, int, int]]] = []
        headers: set[int] = set()
        held = [list(_within(row, "tc")) for row in _within(table, "tr")]
        alone = all(len(cells) <= 1 for cells in held)
        for row, cells in zip(_within(table, "tr"), held, strict=True):
            settings = child(row, "trpr")
            if child(settings, "del") is not None:
                continue
            if alone:  # a box round running text
                for cell in cells:
                    self.blocks(cell)
                continue
            if child(settings, "tblheader") is not None:
                headers.add(len(rows))
            before = _said(settings, "gridbefore")
            rows.append([("", 1, 1)] * _columns(before, 0) + [self._cell(cell) for cell in cells])
        for laid in expand_spans(rows, headers=frozenset(headers)):
            self.pieces.append(Piece(BlockKind.ROW, tuple(laid), rule="table-row"))

    def _cell(self, cell: Element) -> tuple[str, int, int]:
        """A cell's words and how many columns it takes; one that goes on with the cell above has no words."""
        settings = child(cell, "tcpr")
        columns = _columns(_said(settings, "gridspan"), 1)
        merged = child(settings, "vmerge")
        if merged is not None and value(merged, "val") != "restart":
            return "", columns, 1
        inside = _Walk(self.lists)
        inside.blocks(cell)
        return cell_words(inside.pieces), columns, 1


def _entry(lines: tuple[str, ...], mark: Mark) -> Piece:
    if not mark.bullet and mark.text:
        return Piece(BlockKind.NUMBERED, lines, mark.level, mark.text, mark.rule)
    glyph = mark.text if mark.text and not any(ord(ch) in _SYMBOLS for ch in mark.text) else GLYPHS[min(mark.level, 2)]
    return Piece(BlockKind.BULLET, lines, mark.level, glyph, "list-entry")


def _gather(element: Element, found: _Words) -> None:
    """The words of a paragraph's runs in order, as they are printed; its text boxes are set aside."""
    for each in element:
        tag = local(each)
        if tag in _DROPPED:
            continue
        if tag == "r":
            _run(each, found)
        elif tag == "txbxcontent":
            found.boxes.append(each)
        elif tag == "t":  # of a formula
            found.pieces.append(each.text or "")
        else:
            _gather(each, found)


def _run(run: Element, found: _Words) -> None:
    settings = child(run, "rpr")
    if _is_on(settings, "vanish"):
        return
    own = _Words(boxes=found.boxes)
    for each in run:
        tag = local(each)
        if tag == "t":
            own.pieces.append((each.text or "").replace("\n", " "))
        elif tag == "br":
            own.pieces.append(" " if value(each, "type") in ("page", "column") else "\n")
        elif tag == "sym":
            own.pieces.append(_symbol(value(each, "char")))
        elif tag in _PRINTED:
            own.pieces.append(_PRINTED[tag])
        elif tag not in _DROPPED:
            _gather(each, own)
    words = "".join(own.pieces)
    if _said(settings, "vertalign") == "superscript":
        words = raised_words(words, "".join(found.pieces[-1:]))
    found.plain = found.plain or own.plain or (bool(words.strip()) and not _is_on(settings, "b"))
    found.pieces.append(words)


def _symbol(printed: str) -> str:
    """A symbol font's character where such fonts have theirs, which is how a typed bullet is known."""
    try:
        code = int(printed, 16)
    except ValueError:
        return ""
    code = 0xF000 + code if code < 0x100 else code
    return chr(code) if code in _SYMBOLS else ""


def _is_on(settings: Element | None, name: str) -> bool:
    found = child(settings, name)
    return found is not None and value(found, "val").lower() not in OFF


def _said(settings: Element | None, *names: str) -> str:
    found = child(settings, *names)
    return "" if found is None else value(found, "val")


def _columns(printed: str, otherwise: int) -> int:
    return min(int(printed), 100) if printed.isascii() and printed.isdigit() and len(printed) < 6 else otherwise


def _within(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, through what wraps them but not into inner tables."""
    for each in element:
        tag = local(each)
        if tag == name:
            yield each
        elif tag in ("sdt", "sdtcontent", "customxml", "ins", "moveto", "smarttag"):
            yield from _within(each, name)
