"""DocBook 5 (and 4) → its text: titled parts as headings, lists with printed numbers, tables, notes apart.

The text is laid out as `reading` says; `xml:id` is kept as the anchor of the passage. Offsets and lines are of that
text, not of the XML.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from deedline.errors import ReadError
from deedline.model.document import BlockKind
from deedline.read.flow import Flow
from deedline.read.markup import Element, local, parse_xml
from deedline.read.page_lists import PageList, first_number
from deedline.read.reading import Piece, cell_words, expand_spans

NAMESPACE = b"docbook.org/ns/docbook"
ROOTS = frozenset({"book", "article", "chapter", "part", "section", "set", "appendix", "preface", "topic"})
_TITLED = ROOTS | frozenset(
    {"sect1", "sect2", "sect3", "sect4", "sect5", "simplesect", "glossary", "bibliography", "reference", "refentry"}
    | {
        "dedication",
        "acknowledgements",
        "acknowledgments",
        "colophon",
        "partintro",
        "glossdiv",
        "bibliodiv",
        "refsect1",
    }
)
_INFO = frozenset({"info", "bookinfo", "articleinfo", "chapterinfo", "sectioninfo", "partinfo", "setinfo"})
_FRONT = frozenset(
    {"subtitle", "author", "authorgroup", "editor", "corpauthor", "orgname", "publisher", "pubdate", "date", "edition"}
    | {"abstract", "releaseinfo", "titleabbrev"}
)
_BLOCKS = frozenset(
    {"para", "simpara", "formalpara", "blockquote", "epigraph", "attribution", "sidebar", "note", "tip", "important"}
    | {"warning", "caution", "example", "informalexample", "figure", "informalfigure", "caption", "abstract", "title"}
    | {"subtitle", "variablelist", "varlistentry", "term", "glossentry", "glossterm", "glossdef", "qandaset", "answer"}
    | {
        "question",
        "qandaentry",
        "author",
        "authorgroup",
        "publisher",
        "address",
        "orgname",
        "pubdate",
        "date",
        "edition",
    }
    | {"calloutlist", "callout", "segmentedlist", "textobject", "personname"}
)
_LINES = frozenset({"literallayout", "programlisting", "screen", "synopsis", "address"})
_NO_WORDS = frozenset(
    {"indexterm", "remark", "mediaobject", "inlinemediaobject", "index", "co", "footnoteref", "xref", "imageobject"}
)
_CONTENTS = frozenset({"toc", "lot", "tocdiv"})
_STYLES = {"arabic": "decimal", "loweralpha": "lower-alpha", "upperalpha": "upper-alpha"}
_ROMAN = {"lowerroman": "lower-roman", "upperroman": "upper-roman"}
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LEVELS = 9


def pieces(data: bytes, name: str) -> list[Piece]:
    """What a DocBook document says, piece by piece. Runs inside the confined child.

    Raises ReadError where it is not well-formed, is no DocBook or holds no words, LimitError over the limits of
    `markup`.
    """
    root = parse_xml(data, name)
    if local(root) not in _TITLED:
        raise ReadError(f"{name}: its root <{local(root)}> is no document of DocBook. Save it as text or HTML")
    walk = _Walk()
    walk.element(root)
    walk.close()
    if not any(piece.kind is not BlockKind.FURNITURE and any(map(str.strip, piece.lines)) for piece in walk.pieces):
        raise ReadError(f"{name}: holds no text. If its parts are in files of their own, join them first (xmllint)")
    return [*walk.pieces, *walk.notes]


@dataclass(slots=True, kw_only=True)
class _Walk(Flow):
    """A walk through a document: `depth` counts the titled parts around, `notes` are set aside for the end."""

    depth: int = 0
    notes: list[Piece] = field(default_factory=list)
    ended: dict[int, int] = field(default_factory=dict)  # the last number of the last list at each depth

    def element(self, element: Element) -> None:
        """One element, by its name."""
        tag = local(element)
        if not tag or tag in _NO_WORDS:
            return
        if tag in ("footnote", "annotation"):
            self.notes.append(Piece(BlockKind.FURNITURE, (_joined(element),), rule="footnote", anchor=_anchor(element)))
        elif tag == "superscript":
            self.say(self.raised(_joined(element)))
        elif tag == "anchor":
            self.anchor = self.anchor or _anchor(element)
        elif tag in _TITLED:
            self._part(element)
        elif tag in _CONTENTS or tag in _INFO:
            self._front(element, tag)
        elif tag in _BLOCKS or tag in _LINES or tag in _BLOCK_READERS:
            self.close()
            self.anchor = _anchor(element) or self.anchor
            _BLOCK_READERS.get(tag, _Walk._lines if tag in _LINES else _Walk._plain)(self, element)
        else:
            self.children(element)

    def _plain(self, element: Element) -> None:
        self.children(element)
        self.close()

    def _lines(self, element: Element) -> None:
        self.words.append("".join(element.itertext()))
        self.plain = True
        self.close()

    def _part(self, element: Element) -> None:
        """A part with its title, which its information may hold, as a heading; what it holds is a level deeper."""
        self.close()
        title = _title(element)
        inner = 1 if title is not None else 0
        self.depth += inner
        if title is not None:
            anchor = _anchor(element) or _anchor(title)
            level = min(self.depth, _LEVELS)
            self.pieces.append(Piece(BlockKind.HEADING, (_joined(title),), level, rule="title", anchor=anchor))
        for child in element:
            if child is not title:
                self.element(child)
        self.close()
        self.depth -= inner

    def _front(self, element: Element, tag: str) -> None:
        """What a document says of itself; the rest of its information, and tables of contents, say nothing."""
        self.close()
        for child in element:
            name = local(child)
            if tag in _INFO and name in _FRONT:
                self.element(child)
                self.close()
            elif name and name != "title":
                rule = "contents" if tag in _CONTENTS else "info"
                self.pieces.append(Piece(BlockKind.FURNITURE, (_joined(child),), rule=rule))

    def _bridge(self, element: Element) -> None:
        """A heading that opens no part."""
        self.pieces.append(Piece(BlockKind.HEADING, (_joined(element),), 0, rule="bridgehead", anchor=_anchor(element)))

    def _list(self, element: Element) -> None:
        tag = local(element)
        ordered = tag in ("orderedlist", "procedure", "substeps")
        style = (_STYLES | _ROMAN).get(element.get("numeration") or "arabic", "decimal")
        goes_on = element.get("continuation") == "continues"
        first = first_number(element.get("startingnumber"), self.ended.get(len(self.lists), 0) + 1 if goes_on else 1)
        numbered = ordered and all(each.style != style for each in self.lists if each.numbered)
        self.begin_list(PageList(ordered, numbered, style, first - 1, 1))
        for child in element:
            if local(child) in ("listitem", "step", "member"):
                self.begin_entry(child.get("override"))
                self.anchor = _anchor(child) or self.anchor
                self.children(child)
                self.end_entry()
            else:
                self.element(child)
        number = self.lists[-1].number
        self.end_list()
        self.ended[len(self.lists)] = number

    def _table(self, element: Element) -> None:
        rows: list[list[tuple[str, int, int]]] = []
        headers: set[int] = set()
        anchors: list[str] = []
        for each in element:
            if local(each) in ("title", "caption"):
                self._plain(each)
        for row in element.iter("{*}row", "{*}tr"):
            if next(row.iterancestors("{*}table", "{*}informaltable", "{*}entrytbl"), None) is not element:
                continue
            columns = _columns(row)
            cells = [cell for cell in row if local(cell) in ("entry", "entrytbl", "td", "th")]
            if local(row.getparent()) == "thead":
                headers.add(len(rows))
            rows.append(_placed([(self._cell(cell), cell) for cell in cells], columns))
            anchors.append(next((anchor for each in row.iter() if (anchor := _anchor(each))), ""))
        for laid, anchor in zip(expand_spans(rows, headers=frozenset(headers)), anchors, strict=True):
            self.pieces.append(Piece(BlockKind.ROW, tuple(laid), rule="table-row", anchor=anchor))

    def _cell(self, cell: Element) -> str:
        inside = _Walk(notes=self.notes)
        inside.children(cell)
        inside.close()
        return cell_words(inside.pieces)


_BLOCK_READERS = {
    "itemizedlist": _Walk._list,
    "orderedlist": _Walk._list,
    "simplelist": _Walk._list,
    "procedure": _Walk._list,
    "substeps": _Walk._list,
    "table": _Walk._table,
    "informaltable": _Walk._table,
    "bridgehead": _Walk._bridge,
}


def _title(part: Element) -> Element | None:
    for child in part:
        if local(child) == "title":
            return child
        if local(child) in _INFO:
            inner = next((each for each in child if local(each) == "title"), None)
            if inner is not None:
                return inner
    return None


def _joined(element: Element) -> str:
    """The words of an element on one line, without the notes that hang on them."""
    inside = _Walk()
    inside.children(element)
    inside.close()
    return " ".join(words for piece in inside.pieces for words in piece.lines)


def _anchor(element: Element) -> str:
    return str(element.get(_XML_ID) or element.get("id") or "")


def _columns(row: Element) -> dict[str, int]:
    """The places of the named columns of the table that a row stands in."""
    group = next(row.iterancestors("{*}tgroup", "{*}entrytbl"), None)
    found: dict[str, int] = {}
    place = 0
    for spec in () if group is None else group:
        if local(spec) == "colspec":
            place = first_number(spec.get("colnum"), place + 1)
            if name := spec.get("colname"):
                found[name] = place
    return found


def _placed(cells: list[tuple[str, Element]], columns: dict[str, int]) -> list[tuple[str, int, int]]:
    """Cells as words, columns and rows, by either model of tables."""
    placed: list[tuple[str, int, int]] = []
    for words, cell in cells:
        first, last = columns.get(cell.get("namest") or "", 0), columns.get(cell.get("nameend") or "", 0)
        wide = last - first + 1 if 0 < first <= last else first_number(cell.get("colspan"), 1)
        high = (
            first_number(cell.get("morerows"), 0) + 1 if cell.get("morerows") else first_number(cell.get("rowspan"), 1)
        )
        placed.append((words, wide, min(high, 1000)))
    return placed
