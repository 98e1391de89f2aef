"""Documents in other forms of file, made from what plain text holds: the other half of each reader's round trip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from deedline.model.document import Block, BlockKind, Document

_TAGS = re.compile(r"</?(?:p|ul|ol|li|br)\b[^<>]{0,200}>", re.I)


@dataclass(frozen=True)
class Part:
    """A block as a person would set it: a heading, a list entry, a paragraph, or the rows of one table."""

    kind: BlockKind
    words: str = ""
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def parts_of(document: Document) -> list[Part]:
    """What a document holds, without the page numbers and running heads that other forms keep elsewhere."""
    parts: list[Part] = []
    rows: list[tuple[str, ...]] = []
    for block in [*document.blocks, None]:
        if block is not None and block.kind is BlockKind.ROW:
            rows.append(tuple(cell.text for cell in block.cells))
            continue
        if block is not None and block.kind is BlockKind.FURNITURE:
            continue
        if rows:
            parts.append(Part(BlockKind.ROW, rows=tuple(rows)))
            rows = []
        if block is not None:
            parts.append(_part(block, document))
    return parts


def _part(block: Block, document: Document) -> Part:
    """A bullet's glyph is the list's own in other forms; a number stays printed, with the mark after it."""
    start = document.line_starts()[block.lines[0] - 1]
    before = document.text[start : block.text.offsets[0]] if block.kind is not BlockKind.BULLET and block.text else ""
    return Part(block.kind, block.text.text, block.level, before.strip("# \t") if block.marker else "")


def words_of(part: Part) -> str:
    """The words with the number that is printed before them."""
    return f"{part.marker} {part.words}" if part.marker else part.words


def in_lists(parts: Iterable[Part], written: Callable[[Part], str]) -> str:
    """The parts as a web page writes them, its bullets in lists as deep as they stand."""
    body: list[str] = []
    depth = 0
    for part in parts:
        deeper = part.level + 1 if part.kind is BlockKind.BULLET else 0
        body.append("<ul>" * max(0, deeper - depth) + "</ul>" * max(0, depth - deeper))
        depth = deeper
        body.append(written(part))
    body.append("</ul>" * depth)
    return "".join(body)


def as_html(parts: Iterable[Part]) -> bytes:
    """A web page with its furniture round the parts."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Page</title><style>p {color: red}</style></head><body>'
        '<nav><ul><li><a href="/">Home</a></li></ul></nav><div class="cookie-banner"><p>We use cookies</p></div>'
        f"<main>{in_lists(parts, _html_part)}</main><footer>Privacy</footer>"
        "<script>var x = '<p>no</p>';</script></body></html>"
    ).encode()


def _html_part(part: Part) -> str:
    words = escape(words_of(part))
    if part.kind is BlockKind.ROW:
        rows = ("".join(f"<td>{html_cell(cell)}</td>" for cell in row) for row in part.rows)
        return "<table>" + "".join(f"<tr>{cells}</tr>\n" for cells in rows) + "</table>"
    if part.kind is BlockKind.HEADING:
        return f"<h{part.level}>{words}</h{part.level}>" if part.level else f"<p><b>{words}</b></p>"
    if part.kind is BlockKind.BULLET:
        return f"<li>{words}</li>\n"
    number = re.fullmatch(r"(\d{1,3})\.", part.marker)
    if part.kind is BlockKind.NUMBERED and number:
        return f'<ol start="{number[1]}"><li><p>{escape(part.words)}</p></li></ol>'
    return f"<p>{words}</p>\n"


def html_cell(cell: str) -> str:
    """The cell's own mark-up, its words escaped."""
    kept = cell.replace("<b>", "").replace("</b>", "")
    tags = _TAGS.findall(kept)
    pieces = [escape(unescape(words)) for words in _TAGS.split(kept)]
    return "".join(words + tag for words, tag in zip(pieces, [*tags, ""], strict=True))


def paragraphs_of(cell: str) -> Sequence[tuple[int, str]]:
    """The paragraphs of a cell in order, each with how many lists it stands in."""
    kept = cell.replace("<b>", "").replace("</b>", "")
    depth, found = 0, []
    tags = [*_TAGS.findall(kept), ""]
    for words, tag in zip(_TAGS.split(kept), tags, strict=True):
        if words.strip():
            found.append((depth, unescape(words).strip()))
        depth += tag.lower().startswith(("<ul", "<ol"))
        depth -= tag.lower().startswith(("</ul", "</ol"))
    return found


_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in range(1, 7)
)


def as_docx(parts: Iterable[Part]) -> bytes:
    """A Word document whose bullets and numbers are lists, with a running head."""
    lists = _WordLists()
    return docx_of("".join(_word_part(part, lists) for part in parts), numbering=lists.numbering())


def docx_of(body: str, *, styles: str = _STYLES, numbering: str = "", notes: str = "") -> bytes:
    """A Word document of these parts, each given as the XML inside its root."""
    parts = {"document": f"<w:body>{body}</w:body>", "styles": styles, "numbering": numbering}
    parts |= {"footnotes": notes, "header": "<w:p><w:r><w:t>Running head</w:t></w:r></w:p>"}
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
        archive.writestr("word/_rels/document.xml.rels", _relations({name: f"{name}.xml" for name in parts}))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_NAMESPACE}>{content}</w:{name}>")
    return held.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    each = (f'<Relationship Id="r{i}" Type="{_OFFICE}/{k}" Target="{t}"/>' for i, (k, t) in enumerate(targets.items()))
    return f'<Relationships xmlns="{_RELATED}">{"".join(each)}</Relationships>'


@dataclass
class _WordLists:
    """The lists of a Word document: one of bullets, and one of numbers that begins anew where they do."""

    restarts: list[int] = field(default_factory=list)
    last: int = 0

    def number(self, printed: int) -> int:
        """The list that prints this number next."""
        if not self.restarts or printed != self.last + 1:
            self.restarts.append(printed)
        self.last = printed
        return len(self.restarts) + 1

    def numbering(self) -> str:
        bullets = "".join(
            f'<w:lvl w:ilvl="{i}"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf06c"/></w:lvl>' for i in range(9)
        )
        numbers = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        held = f'<w:abstractNum w:abstractNumId="0">{bullets}</w:abstractNum>'
        held += f'<w:abstractNum w:abstractNumId="1">{numbers}</w:abstractNum>'
        held += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        for i, start in enumerate(self.restarts, 2):
            override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            held += f'<w:num w:numId="{i}"><w:abstractNumId w:val="1"/>{override}</w:num>'
        return held


def word_paragraph(words: str, settings: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    text = f'<w:t xml:space="preserve">{escape(words)}</w:t>'
    return f"<w:p><w:pPr>{settings}</w:pPr><w:r><w:rPr>{run}</w:rPr>{text}</w:r></w:p>"


def word_entry(words: str, level: int, number: int = 1) -> str:
    """A paragraph of a list."""
    return word_paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _word_part(part: Part, lists: _WordLists) -> str:
    number = re.fullmatch(r"(\d{1,3})\.", part.marker)
    if part.kind is BlockKind.ROW:
        rows = ("".join(f"<w:tc>{_word_cell(cell)}</w:tc>" for cell in row) for row in part.rows)
        return "<w:tbl>" + "".join(f"<w:tr>{cells}</w:tr>" for cells in rows) + "</w:tbl>"
    if part.kind is BlockKind.HEADING:
        style = f'<w:pStyle w:val="{part.level}"/>' if part.level else ""
        return word_paragraph(words_of(part), style, "" if part.level else "<w:b/>")
    if part.kind is BlockKind.BULLET:
        return word_entry(part.words, part.level)
    if part.kind is BlockKind.NUMBERED and number:
        return word_entry(part.words, 0, lists.number(int(number[1])))
    return word_paragraph(words_of(part))


def _word_cell(cell: str) -> str:
    said = paragraphs_of(cell)
    return (
        "".join(word_entry(words, depth - 1) if depth else word_paragraph(words) for depth, words in said) or "<w:p/>"
    )


def as_docbook(parts: Iterable[Part]) -> bytes:
    """A DocBook 5 book whose chapters and sections nest as the headings do; each block has an `xml:id`."""
    body: list[str] = []
    depth = lists = 0
    for number, part in enumerate(parts):
        deeper = part.level + 1 if part.kind is BlockKind.BULLET else 0
        while lists > deeper:
            body.append("</listitem></itemizedlist>")
            lists -= 1
        if deeper and lists == deeper:
            body.append("</listitem>" + f'<listitem xml:id="b{number}">')
        while lists < deeper:
            lists += 1
            body.append("<itemizedlist>" + (f'<listitem xml:id="b{number}">' if lists == deeper else "<listitem>"))
        if part.kind is BlockKind.HEADING and part.level:
            body.append("</section>" * max(0, depth - part.level + 1))
            depth = min(depth, part.level - 1)
            while depth < part.level:
                depth += 1
                body.append("<section>")
        body.append(_docbook_part(part, f'xml:id="b{number}"'))
    body.append("</listitem></itemizedlist>" * lists + "</section>" * depth)
    text = f'<article xmlns="http://docbook.org/ns/docbook" version="5.0">{"".join(body)}</article>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode()


def _docbook_part(part: Part, anchor: str) -> str:
    words = escape(words_of(part))
    if part.kind is BlockKind.ROW:
        rows = ("".join(f"<entry>{_docbook_cell(cell)}</entry>" for cell in row) for row in part.rows)
        tbody = "".join(f"<row>{cells}</row>" for cells in rows)
        return f"<informaltable><tgroup><tbody>{tbody}</tbody></tgroup></informaltable>"
    if part.kind is BlockKind.HEADING:
        return f"<title>{words}</title>" if part.level else f"<bridgehead>{words}</bridgehead>"
    if part.kind is BlockKind.BULLET:
        return f"<para>{words}</para>"
    number = re.fullmatch(r"(\d{1,3})\.", part.marker)
    if part.kind is BlockKind.NUMBERED and number:
        entry = f"<listitem {anchor}><para>{escape(part.words)}</para></listitem>"
        return f'<orderedlist startingnumber="{number[1]}">{entry}</orderedlist>'
    return f"<para {anchor}>{words}</para>"


def _docbook_cell(cell: str) -> str:
    found, depth = [], 0
    for deeper, words in paragraphs_of(cell):
        found.append("<itemizedlist>" * max(0, deeper - depth) + "</itemizedlist>" * max(0, depth - deeper))
        para = f"<para>{escape(words)}</para>"
        found.append(f"<listitem>{para}</listitem>" if deeper else para)
        depth = deeper
    return "".join((*found, "</itemizedlist>" * depth))
