"""What one line would begin, judged by its own form: bullet, number, heading, row, furniture or plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from deedline.knowledge.fold import fold
from deedline.knowledge.load import common_patterns
from deedline.model.document import BlockKind

_FOOTNOTE_TAG = re.compile(r"\s*(?:<sup>\s*\d{1,3}\s*</sup>|\[\^\d{1,3}\]:|[¹²³⁴-⁹]{1,2}\s)")
_BOLD_LINE = re.compile(r"\s*(?:\*\*[^*]{1,120}\*\*|<b>[^<]{1,120}</b>)\s*")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*")
_PIPE_RULE = re.compile(r"(?:\|\s*)?:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*){1,50}\|?")  # of a line without blanks at its ends
_KINDS = {
    "heading": BlockKind.HEADING,
    "glyph": BlockKind.BULLET,
    "number": BlockKind.NUMBERED,
    "furniture": BlockKind.FURNITURE,
}
MAX_MARKED = 2000
_LONGEST_PAGE_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Form:
    """What a line would begin.

    `content` is the index at which its words start; a `strong` form begins a block even after a line that wrapping
    left open. A heading that is itself numbered has its number as marker and that marker's rule; `level` is the
    number of its marks.
    """

    kind: BlockKind
    rule: str
    marker: str = ""
    content: int = 0
    strong: bool = True
    level: int = 0


PLAIN = Form(BlockKind.PARAGRAPH, "paragraph", strong=False)


def form_of(text: str, *, below_rule: bool = False) -> Form:
    """The form of a line that is not blank; `below_rule` where a footnote rule stands right above it."""
    if "\t" in text.strip(" ") or _PIPE_ROW.fullmatch(text):
        return _row(text)
    if _PIPE_RULE.fullmatch(text.strip()):
        return Form(BlockKind.FURNITURE, "pipe-rule")
    if (below_rule and text.strip().isdigit()) or _FOOTNOTE_TAG.match(text):
        return Form(BlockKind.FURNITURE, "footnote")
    if _is_page_number(text.strip()):
        return Form(BlockKind.FURNITURE, "page-number")
    if _BOLD_LINE.fullmatch(text):
        return _heading(text, "bold-line", len(text) - len(text.lstrip(" *")), 0)
    form = marked_form(text)
    return _heading(text, form.rule, form.content, len(form.marker)) if form.kind is BlockKind.HEADING else form


def _is_page_number(words: str) -> bool:
    pattern = common_patterns("markers").named("page-number")
    return len(words) <= _LONGEST_PAGE_NUMBER and pattern.regex.search(fold(words)) is not None


def _heading(text: str, rule: str, content: int, level: int) -> Form:
    inner = marked_form(text[content:])
    if inner.kind is BlockKind.NUMBERED:
        return Form(BlockKind.HEADING, inner.rule, inner.marker, content + inner.content, level=level)
    return Form(BlockKind.HEADING, rule, content=content if level else 0, level=level)


def _row(text: str) -> Form:
    if _PIPE_RULE.fullmatch(text.strip()):
        return Form(BlockKind.FURNITURE, "pipe-rule")
    return Form(BlockKind.ROW, "pipe-row" if _PIPE_ROW.fullmatch(text) else "tab-row")


def heading_form(text: str, rule: str, level: int) -> Form:
    """The form of words that their file marks as a heading of that level; a number before them is its marker."""
    return _heading(text, rule, 0, level)


def marked_form(text: str) -> Form:
    """The form that a mark at the start of a line gives it; PLAIN where there is none."""
    folded = fold(text[:MAX_MARKED])
    for pattern in common_patterns("markers").patterns:
        match = pattern.regex.match(folded)
        if match is not None and pattern.data["form"] in _KINDS:
            kind = _KINDS[pattern.data["form"]]
            marker = "" if kind is BlockKind.FURNITURE else text[match.start("marker") : match.end("marker")]
            content = 0 if kind is BlockKind.FURNITURE else match.end()
            return Form(kind, pattern.name, marker, content, bool(pattern.data.get("strong", False)))
    return PLAIN
