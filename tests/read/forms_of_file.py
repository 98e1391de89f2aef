"""Documents in other forms of file, made from what plain text holds: the other half of each reader's round trip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from deedline.model.document import Block, BlockKind, Document

_TAGS = re.compile(r"</?(?:p|ul|ol|li|br)\s*/?>", re.I)


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


def as_html(parts: Iterable[Part]) -> bytes:
    """A web page with its furniture round the parts."""
    body: list[str] = []
    depth = 0
    for part in parts:
        deeper = part.level + 1 if part.kind is BlockKind.BULLET else 0
        body.append("<ul>" * max(0, deeper - depth) + "</ul>" * max(0, depth - deeper))
        depth = deeper
        body.append(_html_part(part))
    body.append("</ul>" * depth)
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Page</title><style>p {color: red}</style></head><body>'
        '<nav><ul><li><a href="/">Home</a></li></ul></nav><div class="cookie-banner"><p>We use cookies</p></div>'
        f"<main>{''.join(body)}</main><footer>Privacy</footer><script>var x = '<p>no</p>';</script></body></html>"
    ).encode()


def _html_part(part: Part) -> str:
    words = escape(words_of(part))
    if part.kind is BlockKind.ROW:
        rows = ("".join(f"<td>{_html_cell(cell)}</td>" for cell in row) for row in part.rows)
        return "<table>" + "".join(f"<tr>{cells}</tr>\n" for cells in rows) + "</table>"
    if part.kind is BlockKind.HEADING:
        return f"<h{part.level}>{words}</h{part.level}>" if part.level else f"<p><b>{words}</b></p>"
    if part.kind is BlockKind.BULLET:
        return f"<li>{words}</li>\n"
    number = re.fullmatch(r"(\d{1,3})\.", part.marker)
    if part.kind is BlockKind.NUMBERED and number:
        return f'<ol start="{number[1]}"><li><p>{escape(part.words)}</p></li></ol>'
    return f"<p>{words}</p>\n"


def _html_cell(cell: str) -> str:
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
        depth += tag.lower() in ("<ul>", "<ol>")
        depth -= tag.lower() in ("</ul>", "</ol>")
    return found
