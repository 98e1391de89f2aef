"""Web pages → their main content: headings, paragraphs, lists, tables. What surrounds it is kept apart as furniture.

The text is the words that a browser shows, laid out as `reading` says; scripts, styles, controls and hidden parts are
no words. Offsets and lines are of that text, not of the page's source.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from deedline.errors import ReadError
from deedline.model.document import BlockKind
from deedline.read.decode import decode
from deedline.read.forms import marked_form
from deedline.read.markup import Element, local, parse_html
from deedline.read.page_lists import PageList, page_list
from deedline.read.page_parts import NO_WORDS, Surroundings, surroundings
from deedline.read.reading import (
    GLYPHS,
    Piece,
    Reading,
    cell_words,
    expand_spans,
    is_bold_heading,
    lay_out,
    raised_words,
    split_paragraph,
)

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w.-]{2,40})", re.I
)
_WIDER = {"big5": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "ascii": "utf-8"}
_HEAD = 4096
_BOLD = frozenset({"b", "strong"})


def read_html(data: bytes, name: str) -> Reading:
    """The main content of a web page.

    Raises ReadError where it holds no words or its encoding cannot be told, LimitError over the limits of `markup`.
    """
    root = parse_html(page_text(data, name), name)
    body = next((child for child in root.iter("body")), root)
    walk = _Walk(surroundings(body))
    title = " ".join("".join(root.xpath("string(//head/title)")).split())
    if title:
        walk.pieces.append(Piece(BlockKind.FURNITURE, (title,), rule="page-title"))
    walk.children(body)
    walk.close()
    reading = lay_out(walk.pieces)
    if not any(block.kind is not BlockKind.FURNITURE for block in reading.blocks):
        raise ReadError(f"{name}: the page shows no text of its own. Save it from a browser once it is fully shown")
    return reading


def page_text(data: bytes, name: str) -> str:
    """The page's source: as its byte-order mark or its own declaration says, else as any text is decoded."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = _CHARSET.search(data[:_HEAD])
        if found is not None:
            printed = (found[1] or found[2]).decode("ascii", "replace").lower()
            try:
                return data.decode(_WIDER.get(printed, printed)).replace("\x00", "")
            except (LookupError, UnicodeError, ValueError):
                pass
    return decode(data, name)


@dataclass(slots=True)
class _Walk:
    """A walk through a page: the pieces so far, and the paragraph under way."""

    around: Surroundings
    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lists: list[PageList] = field(default_factory=list)
    heading: int = 0
    plain: bool = False  # words outside bold stand in the paragraph under way
    bold: int = 0
    anchor: str = ""
    entry: Piece | None = None  # the list entry that the next paragraph opens
    entry_at: int = -1  # the piece that an entry's further paragraphs go on with

    def children(self, element: Element) -> None:
        """All that an element holds."""
        self.say(element.text)
        for child in element:
            self.element(child)
            self.say(child.tail)

    def say(self, text: str | None) -> None:
        """Words of the paragraph under way."""
        if text:
            self.plain = self.plain or (not self.bold and bool(text.strip()))
            self.words.append(text.replace("\n", " "))

    def element(self, element: Element) -> None:
        """One element, by its name."""
        tag = local(element)
        if not tag or tag in NO_WORDS or element in self.around.hidden:
            return
        if element in self.around.furniture:
            self.close()
            words = " ".join("".join(element.itertext(*_shown(element))).split())
            self.pieces.append(Piece(BlockKind.FURNITURE, (words,), rule=self.around.furniture[element]))
        elif tag == "br":
            self.words.append("\n")
        elif tag == "sup":
            self._raised(element)
        elif tag in _INLINE:
            self.bold += tag in _BOLD
            self.children(element)
            self.bold -= tag in _BOLD
        else:
            self._block(element, tag)

    def _block(self, element: Element, tag: str) -> None:
        self.close()
        self.anchor = element.get("id") or ""
        if tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
            self.children(element)
            self.close()
            self.heading = 0
        elif tag in ("ul", "ol", "menu"):
            self._list(element)
        elif tag == "li":
            self._entry(element)
        elif tag == "table" and element not in self.around.layout_tables:
            self._table(element)
        elif tag == "pre":
            self.words.append("\n".join("".join(element.itertext()).splitlines()))
            self.close()
        else:
            self.children(element)
            self.close()

    def _raised(self, element: Element) -> None:
        """A note's mark is no word of its sentence; an exponent is."""
        words = "".join(element.itertext())
        if kept := raised_words(words, "".join(self.words[-1:])):
            self.children(element) if kept == words else self.words.append(kept)

    def _list(self, element: Element) -> None:
        outer, self.entry = self.entry, None  # an entry that opens with a list has no words of its own
        self.lists.append(page_list(element, self.lists))
        self.children(element)
        self.close()
        self.lists.pop()
        self.entry, self.entry_at = None if outer else self.entry, -1

    def _entry(self, element: Element) -> None:
        level = sum(not each.numbered for each in self.lists)
        here = self.lists[-1] if self.lists else None
        if here is not None and here.numbered:
            marker, rule = here.next_marker(element), here.rule
            self.entry = Piece(BlockKind.NUMBERED, (), level, marker, rule)
        else:
            level = max(0, level - 1)
            marker = here.next_marker(element) if here is not None else ""
            self.entry = Piece(BlockKind.BULLET, (), level, marker or GLYPHS[min(level, 2)], "list-entry")
        self.entry_at = -1
        self.children(element)
        self.close()
        self.entry, self.entry_at = None, -1

    def _table(self, element: Element) -> None:
        rows: list[list[tuple[str, int, int]]] = []
        headers: set[int] = set()
        anchors: list[str] = []
        for part in element.iter("tr", "caption"):
            if next(part.iterancestors("table"), None) is not element:
                continue
            if local(part) == "caption":
                self.children(part)
                self.close()
                continue
            cells = [cell for cell in part if local(cell) in ("td", "th") and cell not in self.around.hidden]
            if (part.getparent() is not None and local(part.getparent()) == "thead") or all(
                local(c) == "th" for c in cells
            ):
                headers.add(len(rows))
            rows.append([(self._cell(cell), _count(cell, "colspan"), _count(cell, "rowspan")) for cell in cells])
            anchors.append(part.get("id") or "")
        for cells_laid, anchor in zip(expand_spans(rows, headers=frozenset(headers)), anchors, strict=True):
            self.pieces.append(Piece(BlockKind.ROW, tuple(cells_laid), rule="table-row", anchor=anchor))

    def _cell(self, cell: Element) -> str:
        inside = _Walk(self.around)
        inside.children(cell)
        inside.close()
        return cell_words(inside.pieces)

    def close(self) -> None:
        """End the paragraph under way: at a break before a mark, or an empty line, it is several."""
        lines = "".join(self.words).split("\n")
        bold = not self.plain and is_bold_heading(lines)
        self.words, self.plain = [], False
        for run in split_paragraph(lines):
            self._piece(run, bold=bold)

    def _piece(self, lines: list[str], *, bold: bool) -> None:
        anchor, self.anchor = self.anchor, ""
        words = tuple(lines)
        if self.heading:
            self.pieces.append(Piece(BlockKind.HEADING, (" ".join(words),), self.heading, "", "heading-tag", anchor))
        elif self.entry is not None:
            typed = marked_form(words[0])
            if typed.kind is BlockKind.BULLET and self.entry.kind is BlockKind.BULLET:
                words = (words[0][typed.content :], *words[1:])
            self.entry_at = len(self.pieces)
            self.pieces.append(replace(self.entry, lines=words, anchor=anchor))
            self.entry = None
        elif self.entry_at == len(self.pieces) - 1 and self.entry_at >= 0:
            before = self.pieces[self.entry_at]
            self.pieces[self.entry_at] = replace(before, lines=(*before.lines, *words))
        elif bold:
            self.pieces.append(Piece(BlockKind.HEADING, words, 0, "", "bold-line", anchor))
        else:
            self.pieces.append(Piece(BlockKind.PARAGRAPH, words, rule="paragraph", anchor=anchor))


def _count(cell: Element, name: str) -> int:
    printed = (cell.get(name) or "1").strip()
    return min(int(printed), 1000) if printed.isascii() and printed.isdigit() and len(printed) < 6 else 1


def _shown(element: Element) -> tuple[str, ...]:
    return tuple({tag for each in element.iter() if (tag := local(each)) and tag not in NO_WORDS})
