"""Web pages → their main content: headings, paragraphs, lists, tables. What surrounds it is kept apart as furniture.

The text is the words that a browser shows, laid out as `reading` says; scripts, styles, controls and hidden parts are
no words. Offsets and lines are of that text, not of the page's source.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from deedline.errors import ReadError
from deedline.model.document import BlockKind
from deedline.read.decode import decode
from deedline.read.flow import Flow
from deedline.read.markup import Element, local, parse_html
from deedline.read.page_lists import page_list
from deedline.read.page_parts import NO_WORDS, Surroundings, surroundings
from deedline.read.reading import Piece, cell_words, expand_spans

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


def pieces(data: bytes, name: str) -> list[Piece]:
    """The main content of a web page, piece by piece. Runs inside the confined child.

    Raises ReadError where it holds no words or its encoding cannot be told, LimitError over the limits of `markup`.
    """
    root = parse_html(page_text(data, name), name)
    body = next((child for child in root.iter("body")), root)
    walk = _Walk(around=surroundings(body))
    title = " ".join("".join(root.xpath("string(//head/title)")).split())
    if title:
        walk.pieces.append(Piece(BlockKind.FURNITURE, (title,), rule="page-title"))
    walk.children(body)
    walk.close()
    if not any(piece.kind is not BlockKind.FURNITURE and any(map(str.strip, piece.lines)) for piece in walk.pieces):
        raise ReadError(f"{name}: the page shows no text of its own. Save it from a browser once it is fully shown")
    return walk.pieces


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


@dataclass(slots=True, kw_only=True)
class _Walk(Flow):
    """A walk through a page."""

    around: Surroundings

    def element(self, element: Element) -> None:
        """One element, by its name."""
        tag = local(element)
        if not tag or tag in NO_WORDS or element in self.around.hidden:
            return
        if element in self.around.furniture:
            self.close()
            words = " ".join(_shown(element).split())
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
        self.anchor = element.get("id") or self.anchor
        if tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
            self.children(element)
            self.close()
            self.heading = 0
        elif tag in ("ul", "ol", "menu"):
            self.begin_list(page_list(element, self.lists))
            self.children(element)
            self.end_list()
        elif tag == "li":
            self.begin_entry(element.get("value"))
            self.children(element)
            self.end_entry()
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
        if kept := self.raised(words):
            self.children(element) if kept == words else self.words.append(kept)

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
        inside = _Walk(around=self.around)
        inside.children(cell)
        inside.close()
        return cell_words(inside.pieces)


def _count(cell: Element, name: str) -> int:
    printed = (cell.get(name) or "1").strip()
    return min(int(printed), 1000) if printed.isascii() and printed.isdigit() and len(printed) < 6 else 1


def _shown(element: Element) -> str:
    """The words of an element as a reader sees them, without scripts and styles.

    Not by `itertext` and names: lxml refuses a name with control characters, which it reads all the same.
    """
    said = [element.text or ""]
    for child in element:
        tag = local(child)
        said += [_shown(child) if tag and tag not in NO_WORDS else "", child.tail or ""]
    return "".join(said)
