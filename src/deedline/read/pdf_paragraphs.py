"""Lines of a PDF → paragraphs, by geometry: a line that ends before its column does ends its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deedline.model.document import LISTED, BlockKind
from deedline.read.forms import form_of
from deedline.read.pdf_lines import Line, is_wide

_TERMINAL = re.compile(r"[。！？；.!?;：:)）」》]\s*$")
_HYPHENED = re.compile(r"([A-Za-z]{2,30})-$")
_WORD = re.compile(r"[a-z]{2,40}")
_FULL, _NEARLY = 0.5, 2.5  # sizes that a full line may end before its column does
_WIDER = 1.3  # times the usual distance of lines, at which a paragraph ends


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, and the pages that they stand on."""

    page: int
    lines: list[Line] = field(default_factory=list)
    marked: bool = False

    @property
    def size(self) -> float:
        """The size of its first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class Measure:
    """How far apart the lines of a paragraph usually are, in sizes; 0 where too few tell."""

    leading: float = 0.0


def is_marked(text: str) -> bool:
    """Whether a bullet, a number or another mark at its start begins a paragraph."""
    form = form_of(text)
    return form.kind in LISTED or form.kind is BlockKind.ROW or form.rule == "markdown-heading"


def usual_leading(columns: Iterable[Sequence[Line]]) -> Measure:
    """The distance that most lines have to the full line above them."""
    gaps = sorted(
        (below.base - above.base) / above.size
        for lines in columns
        for above, below in pairwise(lines)
        if _is_full(above, below) and 0 < below.base - above.base <= 3 * above.size and same_size(above, below)
    )
    return Measure(gaps[len(gaps) // 4] if len(gaps) >= 4 else 0.0)


def same_size(one: Line, other: Line) -> bool:
    """Whether two lines are set in one size, as near as it can be told."""
    return abs(one.size - other.size) <= 0.06 * max(one.size, other.size)


def goes_on(paragraph: Paragraph, line: Line, page: int, measure: Measure) -> bool:
    """Whether a line goes on with the paragraph above it."""
    last = paragraph.lines[-1]
    if is_marked(line.text) or not same_size(last, line):
        return False
    if last.bold != line.bold and not paragraph.marked:
        return _goes_on_mixed(paragraph, line, measure)
    below = page == paragraph.page and 0 < line.base - last.base <= 4 * last.size
    if below and measure.leading and line.base - last.base > _WIDER * measure.leading * last.size:
        return False
    if not _is_full(last, line) or not _is_indented_alike(paragraph, line):
        return False
    return below or not _TERMINAL.search(last.text) or _hangs(paragraph, line)


def reaches_over(paragraph: Paragraph, line: Line) -> bool:
    """Whether a paragraph's last line is full, or nearly so in mid-sentence, and the line, on the next page, is set
    as its further lines are."""
    last = paragraph.lines[-1]
    alike = not is_marked(line.text) and same_size(last, line)
    slack = _NEARLY if breaks_off(last.text) else _FULL
    return alike and _is_full(last, line, slack) and _is_indented_alike(paragraph, line)


def breaks_off(text: str) -> bool:
    """Whether the words end in mid-sentence."""
    return _TERMINAL.search(text) is None


def _goes_on_mixed(paragraph: Paragraph, line: Line, measure: Measure) -> bool:
    """Whether a line of another weight still belongs to the sentence that the line above breaks off in."""
    last = paragraph.lines[-1]
    near = 0 < line.base - last.base <= (_WIDER * measure.leading or 2.0) * last.size
    return near and _is_full(last, line) and not _TERMINAL.search(last.text)


def _is_full(above: Line, below: Line, slack: float = _FULL) -> bool:
    """Whether the first word of the line below would not have fitted on the line above, by so many sizes."""
    between = 0.0 if is_wide(above.text[-1:]) or is_wide(below.text[:1]) else 0.25 * above.size
    return above.right + between + below.opening > above.column[1] - slack * above.size


def _is_indented_alike(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line begins where those of the paragraph do."""
    first, slack = paragraph.lines[0], 0.9 * line.size
    indent = line.left - line.column[0]
    if len(paragraph.lines) > 1:
        usual = paragraph.lines[1].left - paragraph.lines[1].column[0]
        return abs(indent - usual) <= slack
    start, content = first.left - first.column[0], first.content - first.column[0]
    return start - 4.5 * line.size <= indent <= max(start, content) + slack


def _hangs(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line on another page stands under the words of a marked entry, clear of its mark."""
    first = paragraph.lines[0]
    if not paragraph.marked or first.content - first.left < 0.5 * first.size:
        return False
    indent, content = line.left - line.column[0], first.content - first.column[0]
    return abs(indent - content) <= 0.5 * line.size and content > 0.5 * line.size


def close_stretched(lines: Sequence[Line]) -> None:
    """Takes the gaps of a justified line for blanks rather than for the tabs of a table: it is as wide as its column,
    and goes on with a sentence that the line above, just as wide, breaks off in."""
    for above, line in pairwise(lines):
        wide = min(above.right, line.right) >= line.column[1] - _FULL * line.size and above.column == line.column
        near = same_size(above, line) and 0 < line.base - above.base <= 2 * line.size
        if "\t" in line.text and wide and near and "\t" not in above.text and breaks_off(above.text):
            line.text = line.text.replace("\t", " ")


def joined(lines: Sequence[Line], vocabulary: frozenset[str]) -> str:
    """The words of a paragraph's lines as one; a word parted by a hyphen is closed where the document has it whole."""
    text = ""
    for line in lines:
        if not text or is_wide(text[-1]) or is_wide(line.text[:1]):
            text += line.text
        elif hyphened := _HYPHENED.search(text):
            rest = _WORD.match(line.text)
            whole = rest is not None and (hyphened[1] + rest[0]).lower() in vocabulary
            text = (text[:-1] if whole else text) + line.text
        else:
            text += ("" if text.endswith(("-", "–", "/")) else " ") + line.text
    return text
