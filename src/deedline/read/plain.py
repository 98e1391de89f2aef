"""Plain text and Markdown, as converters leave them → blocks.

The main path is `read_blocks`: split the lines, see how they were broken, gather each run of lines into a block by
the form of its first line, and tell running heads apart. What a block means is not asked here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from deedline.knowledge.fold import fold
from deedline.model.document import LISTED, Block, BlockKind
from deedline.model.text import MappedText
from deedline.read.clean import clean, clean_heading
from deedline.read.forms import PLAIN, Form, form_of
from deedline.read.lines import SourceLine, Wrapping, columns, split_lines, wrapping

_TERMINAL = re.compile(r"[。！？；.!?;：:)）」》]\s*$")
_SENTENCE_END = re.compile(r"[。！？.!?]\s*$")
_OPENING_TAG = re.compile(r"<(?:p|ul|ol|li|td)\b", re.I)
_ROW_START = re.compile(r"\t|\s*(?:\||<|\d)")  # how a row of its own begins, after one whose tags are open
_CLOSING_TAG = re.compile(r"</(?:p|ul|ol|li|td)>", re.I)
_FOOTNOTE_RULE_WIDTH = 20  # a line of nothing but blanks, at least this long, is where a footnote's rule was drawn
_FULL = 0.95
_LINES_OF_A_ROW = 30
_RUNNING_HEAD_REPEATS = 3
_RUNNING_HEAD_LENGTH = 60


@dataclass(slots=True)
class _Open:
    """A block under way: its form, the lines it has taken, and whether its last line leaves it open."""

    form: Form
    taken: list[SourceLine] = field(default_factory=list)

    @property
    def tail(self) -> str:
        return self.taken[-1].text


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in the order in which they begin. Every line that is not blank belongs to one block."""
    lines = split_lines(text)
    opened = _gather(lines, wrapping(lines))
    levels: dict[str, int] = {}
    return tuple(_mark_running_heads([_close(text, block, levels) for block in opened]))


def _gather(lines: Sequence[SourceLine], style: Wrapping) -> list[_Open]:
    """Runs of lines by the form of their first; a paragraph that the page's end cut goes on after the furniture."""
    gathered: list[_Open] = []
    current: _Open | None = None  # the block that an unmarked line would go on with
    footnote: _Open | None = None  # a footnote under way, while `current` waits
    blanks, below_rule = 0, False
    for line in lines:
        if line.blank:
            blanks += 1
            below_rule = below_rule or (style.width > 0 and len(line.text) >= _FOOTNOTE_RULE_WIDTH)
            continue
        form = form_of(line.text, below_rule=below_rule)
        target = footnote or current
        if target is not None and _goes_on(target, form, line, style, blanks):
            target.taken.append(line)
        else:
            target = _Open(form, [line])
            gathered.append(target)
            if form.rule == "footnote":
                footnote = target
            elif form.kind is not BlockKind.FURNITURE:
                current, footnote = target, None
            elif current is not None and not _left_open(current, style):
                current = None
        if footnote is not None and len(footnote.taken) > 1 and not _left_open(footnote, style):
            footnote = None
        blanks, below_rule = 0, False
    return gathered


def _goes_on(block: _Open, form: Form, line: SourceLine, style: Wrapping, blanks: int) -> bool:
    """Whether a line goes on with the block before it."""
    if block.form.kind is BlockKind.ROW:
        begins_row = form is not PLAIN and _ROW_START.match(line.text) is not None
        return blanks == 0 and not begins_row and _tags_left_open(block)
    if form.strong:
        return False
    if block.form.rule == "footnote":
        return form is PLAIN and (blanks == 0 or _left_open(block, style))
    if style.width or block.form.kind is BlockKind.HEADING:
        return block.form.kind is not BlockKind.HEADING and _left_open(block, style)
    if form is not PLAIN or blanks:
        return False
    marked = block.form.kind in LISTED
    return (marked and line.text.startswith((" ", "\t"))) or not _TERMINAL.search(block.tail)


def _left_open(block: _Open, style: Wrapping) -> bool:
    """Whether the block's last line breaks off at the width rather than at a paragraph's end."""
    if not style.width:
        return False
    tail = block.tail
    if block.form.rule == "footnote" and len(block.taken) == 1 and tail.strip().isdigit():
        return True
    width = columns(tail.strip())
    if style.ends_marked:  # a blank after a full line that ends no sentence is a slip of the converter
        return tail == tail.rstrip() or (width >= _FULL * style.width and not _TERMINAL.search(tail))
    return width >= 0.8 * style.width and not (_SENTENCE_END.search(tail) and width < 0.97 * style.width)


def _tags_left_open(block: _Open) -> bool:
    """Whether a row's mark-up goes on below; one that was never closed holds no more than a cell's worth of lines."""
    if len(block.taken) > _LINES_OF_A_ROW:
        return False
    text = "".join(line.text for line in block.taken)
    return len(_OPENING_TAG.findall(text)) > len(_CLOSING_TAG.findall(text))


def _close(text: str, opened: _Open, levels: dict[str, int]) -> Block:
    """The block of a run of lines; `levels` remembers the bullet glyphs of the document, outermost first."""
    form, first, last = opened.form, opened.taken[0], opened.taken[-1]
    starts = [first.start + form.content, *(line.start - 1 for line in opened.taken[1:])]  # -1: the line end between
    ends = [line.end for line in opened.taken]
    raw = MappedText.join(MappedText.original(text[a:b], a) for a, b in zip(starts, ends, strict=True))
    cells: tuple[MappedText, ...] = ()
    if form.kind is BlockKind.ROW:
        cells = tuple(_cells(raw, "|" if form.rule == "pipe-row" else "\t"))
        shown = raw.strip()
    else:
        shown = clean_heading(raw) if form.kind is BlockKind.HEADING else clean(raw)
    level, lines = _level(form, first, levels), (first.number, last.number)
    return Block(form.kind, shown, lines, form.marker, level, cells, None, form.rule)


def _level(form: Form, line: SourceLine, levels: dict[str, int]) -> int:
    if form.kind is not BlockKind.BULLET:
        return form.level
    indent = len(line.text) - len(line.text.lstrip()) if form.rule != "glyph-private-use" else 0
    return levels.setdefault(f"{form.marker}{indent // 2}", len(levels))


def _cells(row: MappedText, mark: str) -> Iterable[MappedText]:
    """The cells of a row between its marks; a pipe row's outer marks bound it, a tab row's do not."""
    return row.strip().slice(1, -1).parts(mark, "\\") if mark == "|" else row.parts(mark)


def _mark_running_heads(blocks: Sequence[Block]) -> Iterable[Block]:
    """Short words that stand beside a page number at least three times are running heads, not text."""
    beside = Counter(
        fold(block.text.text)
        for i, block in enumerate(blocks)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and _beside_page_number(blocks, i)
    )
    for i, block in enumerate(blocks):
        key = fold(block.text.text)
        if (
            block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
            and len(key) <= _RUNNING_HEAD_LENGTH
            and beside[key] >= _RUNNING_HEAD_REPEATS
            and _beside_page_number(blocks, i)
        ):
            yield replace(block, kind=BlockKind.FURNITURE, rule="running-head")
        else:
            yield block


def _beside_page_number(blocks: Sequence[Block], i: int) -> bool:
    return any(0 <= j < len(blocks) and blocks[j].rule == "page-number" for j in (i - 1, i + 1))
