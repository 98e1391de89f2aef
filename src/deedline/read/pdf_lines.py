"""Glyphs of a page → its lines in reading order, columns told apart.

A line is what stands on one baseline within one column. Places are in points from the top left of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from deedline.knowledge.fold import IDEOGRAPH
from deedline.model.document import LISTED
from deedline.read.forms import form_of
from deedline.read.pdf_gutters import PART, Run, columns_of, common_size
from deedline.read.pdf_sheets import Glyph
from deedline.read.pdf_strokes import Stroke

_WIDE = re.compile(f"[{IDEOGRAPH}\u3000-\u303f\uff00-\uffef]")
_TAB = 3.0  # and one this many times the size, within a column, stands for a tab
_FEWEST_LETTERS = 8  # pairs of them that tell how far letters are set apart
_OPENING = re.compile(r"[「『（《〈\[(“‘]*(?:[!-~‐-―]+|.)[、，。；：！？」』）》〉]*")  # what a line's end never parts
DRAWN_BULLET = "•"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Line:
    """A line: its words, its edges and baseline, the size most of it is set in, the share of it that is bold, and
    the edges of its column."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    column: tuple[float, float] = (0.0, 0.0)
    parted: bool = False  # whether its page has several columns
    content: float = 0.0  # where the words after a bullet or number begin
    sure: float | None = None  # how sure a machine is that recognised it
    opening: float = 0.0  # width of its first word, or first ideograph with the marks that keep to it

    @property
    def top(self) -> float:
        """About where its tallest letters end."""
        return self.base - self.size


def read_lines(glyphs: Sequence[Glyph], gutters: list[float] | None = None) -> list[Line]:
    """The lines of glyphs that stand in no table, in reading order. `gutters` holds those of the pages before, to which
    this page's are added."""
    rows = _raise_superscripts([_runs(row) for row in _baselines(glyphs)])
    lines: list[Line] = []
    columns = columns_of(rows, [] if gutters is None else gutters)
    for column in columns:
        held = [_line([glyph for run in row for glyph in run.glyphs]) for row in column]
        printed = [line for line in held if line.text]
        if printed:
            edges = (min(line.left for line in printed), max(line.right for line in printed))
            for line in printed:
                line.column, line.parted = edges, len(columns) > 1
            lines.extend(printed)
    return lines


def mark_drawn_bullets(lines: Iterable[Line], strokes: Iterable[Stroke]) -> None:
    """Lines that a small drawn disc or square stands before begin with a bullet, as if it were printed."""
    dots = sorted((s for s in strokes if _is_dot(s)), key=lambda s: s.top)
    tops = [dot.top for dot in dots]
    for line in lines:
        for dot in dots[bisect_left(tops, line.base - line.size) : bisect_left(tops, line.base)]:
            high, before = dot.bottom - dot.top, line.left - dot.right
            if (
                0.12 * line.size <= high <= 0.7 * line.size
                and 0 < before <= 2.5 * line.size
                and dot.bottom <= line.base
            ):
                line.text, line.content, line.left = f"{DRAWN_BULLET} {line.text}", line.left, dot.left
                break


def _is_dot(stroke: Stroke) -> bool:
    wide, high = stroke.right - stroke.left, stroke.bottom - stroke.top
    return 0.5 < high <= 20 and abs(wide - high) <= 0.3 * high


def is_wide(char: str) -> bool:
    """Whether a character is an ideograph or a mark of full width, beside which blanks say nothing."""
    return _WIDE.match(char) is not None


def _baselines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline from top to bottom, each row from left to right, what is drawn twice kept once."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if rows and glyph.base - rows[-1][0].base <= 0.2 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_once(sorted(row, key=lambda g: g.left)) for row in rows]


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """Without the second of two same glyphs almost on one place, as false bold is drawn."""
    kept: list[Glyph] = []
    for glyph in row:
        before = kept[-3:]
        if not any(g.char == glyph.char and glyph.left - g.left < 0.12 * glyph.size for g in before):
            kept.append(glyph)
    return kept


def _runs(row: Sequence[Glyph]) -> list[Run]:
    """A row cut at its wide gaps; blanks at the cuts dropped."""
    runs = [Run()]
    last: Glyph | None = None
    for glyph in row:
        if glyph.char.isspace():
            runs[-1].glyphs += [glyph] if runs[-1].glyphs else []
            continue
        if last is not None and glyph.left - last.right > PART * max(glyph.size, last.size):
            runs.append(Run())
        runs[-1].glyphs.append(glyph)
        last = glyph
    for run in runs:
        while run.glyphs and run.glyphs[-1].char.isspace():
            run.glyphs.pop()
    return [run for run in runs if run.glyphs]


def _raise_superscripts(rows: list[list[Run]]) -> list[list[Run]]:
    """Small raised figures go into the line they stand beside, as the superscripts that they are."""
    kept: list[list[Run]] = []
    for i, row in enumerate(rows):
        below = rows[i + 1] if i + 1 < len(rows) else []
        left_over = [run for run in row if not _joins(run, below)]
        if left_over:
            kept.append(left_over)
    return kept


def _joins(run: Run, below: Sequence[Run]) -> bool:
    """Puts a raised run into the run below it that it stands beside; whether it did."""
    text = "".join(glyph.char for glyph in run.glyphs).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return False
    for host in below:
        raised = host.base - run.base
        beside = host.left - 1.5 * host.size <= run.left <= host.right + 0.6 * host.size
        if run.size <= 0.8 * host.size and 0 < raised <= 0.8 * host.size and beside:
            figures = [g._replace(base=host.base, char=g.char.translate(_SUPERSCRIPTS)) for g in run.glyphs]
            host.glyphs = sorted([*host.glyphs, *figures], key=lambda g: g.left)
            return True
    return False


def _line(glyphs: Sequence[Glyph]) -> Line:
    """One line of glyphs from left to right, with the blanks that their gaps stand for."""
    printed = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if not printed:
        return Line("", 0.0, 0.0, 0.0, 1.0, False)
    text, content = _words(glyphs)
    size = common_size(printed)
    bold = sum(glyph.bold for glyph in printed) >= 0.8 * len(printed)
    base = median(glyph.base for glyph in printed)
    kept = _OPENING.match(text)
    first = printed[min(len(kept[0]) if kept else 1, len(printed)) - 1]
    opening = first.right - printed[0].left
    right = max(g.right for g in printed)
    sure = min((glyph.sure for glyph in printed if glyph.sure is not None), default=None)
    return Line(text, printed[0].left, right, base, size, bold, content=content, opening=opening, sure=sure)


def _words(glyphs: Sequence[Glyph]) -> tuple[str, float]:
    """The words, and where those after a leading marker begin."""
    pieces: list[str] = []
    starts: list[float] = []
    last: Glyph | None = None
    blank = False
    spread = _spread(glyphs)
    for glyph in glyphs:
        if glyph.char.isspace():
            blank = True
            continue
        if last is not None:
            before = "".join(pieces) if glyph.left - last.right > _TAB * glyph.size else ""
            gap = _gap(last, glyph, before, blank, spread)
            pieces += [gap] if gap else []
            starts += [last.right] if gap else []
        pieces.append(glyph.char)
        starts.append(glyph.left)
        last, blank = glyph, False
    text = "".join(pieces)
    form = form_of(text)
    marked = form.kind in LISTED and form.content < len(starts)
    return text, starts[form.content] if marked else starts[0]


def _spread(glyphs: Sequence[Glyph]) -> float:
    """By how much the letters of a line are set apart: what most of their gaps have."""
    letters = [(a, b) for a, b in pairwise(glyphs) if a.char.isalpha() and b.char.isalpha()]
    gaps = [b.left - a.right for a, b in letters if not is_wide(a.char) and not is_wide(b.char)]
    return max(0.0, median(gaps)) if len(gaps) >= _FEWEST_LETTERS else 0.0


def _gap(last: Glyph, glyph: Glyph, before: str, blank: bool, spread: float) -> str:
    """What stands between two glyphs: nothing, a blank, or a tab between the cells of a table without rules."""
    space = glyph.left - last.right
    size = max(glyph.size, last.size)
    if space > _TAB * size and form_of(before + " 字").kind not in LISTED:
        return "\t"
    wide = is_wide(last.char) + is_wide(glyph.char)
    needed = (0.18, 0.2, 0.9)[wide]
    return " " if blank or space > needed * size + spread else ""
