"""Runs of glyphs on a page → the columns that they stand in, told by the gutter between them.

Columns are parted where lines stand side by side, or where an empty strip runs down between lines that seldom share
a baseline. A line that runs over the gutter ends the columns above it; new ones begin below. Where a page before was
parted, fewer lines tell: the columns above a table, or at a chapter's end, may hold but a few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from deedline.read.pdf_sheets import Glyph

PART = 0.9  # sizes: a gap this wide may be a gutter
_STRETCHED = 1.6  # and one up to this wide a blank of a justified line
_LARGER = 1.08  # times the usual size, from which words may be a heading
_FEWEST = 4  # lines on both sides of a gutter that make columns
_MOST_KNOWN = 8
_FEWEST_AGAIN = 2  # at a gutter of a page before


@dataclass(slots=True)
class Run:
    """Glyphs side by side on one baseline, from left to right."""

    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(glyph.right for glyph in self.glyphs[-3:])

    @property
    def base(self) -> float:
        """Its baseline."""
        return self.glyphs[0].base

    @property
    def size(self) -> float:
        """The size most of it is set in."""
        return common_size(self.glyphs)


Row = list[Run]


def columns_of(rows: Sequence[Row], known: list[float]) -> list[list[Row]]:
    """The rows parted at gutters: bands of columns in reading order, each a list of rows. `known` holds the gutters of
    the pages before; one that is found is added."""
    gutter = _gutter(rows)
    if gutter is not None:
        known[:] = [*known[-_MOST_KNOWN:], gutter]
    else:
        gutter = next((each for each in reversed(known) if _parts(each, rows, _FEWEST_AGAIN)), None)
    if gutter is None:
        return [list(rows)] if rows else []
    heads = _heads(rows, gutter)
    ordered: list[list[Row]] = []
    band: list[Row] = []
    across: list[Row] = []
    for i, row in enumerate(rows):
        if i in heads or _crosses(row, gutter):
            ordered += _part(band, gutter, known)
            band = []
            across.append(row)
        else:
            ordered += [across] if across else []
            across = []
            band.append(row)
    ordered += [across] if across else []
    return ordered + _part(band, gutter, known)


def _part(band: Sequence[Row], gutter: float, known: list[float]) -> list[list[Row]]:
    """The columns of a band, each of which may hold columns itself."""
    sides = [
        [kept for row in band if (kept := [run for run in row if (run.right <= gutter) == left])]
        for left in (True, False)
    ]
    return [column for side in sides for column in columns_of(side, known)]


def _crosses(row: Row, middle: float) -> bool:
    return any(run.left < middle < run.right for run in row)


def _heads(rows: Sequence[Row], gutter: float) -> set[int]:
    """Which rows head both columns though they end before the gutter: larger words, with as much room right of them
    as there is above and below them."""
    usual = median(run.size for row in rows for run in row)
    right = [row[-1].base for row in rows if row[-1].right > gutter]
    left = [i for i, row in enumerate(rows) if row[0].right <= gutter]
    heads: set[int] = set()
    for above, here, below in zip(left, left[1:], left[2:], strict=False):
        row = rows[here]
        after = bisect_left(right, row[0].base)
        if row[-1].right > gutter or row[0].size < _LARGER * usual or not 0 < after < len(right):
            continue
        room = rows[below][0].base - rows[above][0].base
        if right[after] - right[after - 1] >= 0.9 * room and right[after] - row[0].base >= row[0].size:
            heads.add(here)
    return heads


def _gutter(rows: Sequence[Row]) -> float | None:
    """The middle of the gap at which lines stand side by side as columns of text do; None where there is none."""
    gaps = [gap for row in rows for gap in _gaps(row)]
    beside = [row for row in rows if _gaps(row)]
    if len(beside) < _FEWEST:
        return _strip(rows)
    middle = _emptiest(gaps, [(run.left, run.right) for row in rows for run in row])
    agreeing = [any(left <= middle <= right for left, right in _gaps(row)) for row in rows]
    if sum(agreeing) < max(_FEWEST, 0.8 * len(beside)):
        return None
    first, last = agreeing.index(True), len(rows) - agreeing[::-1].index(True)
    across = sum(_crosses(row, middle) for row in rows[first:last])
    return middle if across <= 0.3 * sum(agreeing) else None


def _gaps(row: Row) -> list[tuple[float, float]]:
    """The gaps of a row that lines of columns stand on both sides of."""
    if len(row) < 2:
        return []
    reach = [row[0].left] * len(row)  # where the line that ends with a run begins
    for i in range(1, len(row)):
        reach[i] = reach[i - 1] if _is_near(row[i - 1], row[i]) else row[i].left
    found: list[tuple[float, float]] = []
    end = row[-1].right
    for i in range(len(row) - 1, 0, -1):
        one, other = row[i - 1], row[i]
        if _is_long(reach[i - 1], one.right, one) and _is_long(other.left, end, other):
            found.append((one.right, other.left))
        end = end if _is_near(one, other) else one.right
    return found


def _is_near(one: Run, other: Run) -> bool:
    return other.left - one.right <= _STRETCHED * max(one.size, other.size)


def _is_long(left: float, right: float, run: Run) -> bool:
    """Whether words are long enough to be a line of a column rather than a marker, a label or a figure."""
    return right - left >= 9 * run.size


def _emptiest(gaps: Iterable[tuple[float, float]], runs: Iterable[tuple[float, float]]) -> float:
    """The middle of the strip that most gaps share and fewest runs cross, the widest where several do."""
    steps: Counter[float] = Counter()
    for share, spans in ((1, gaps), (-1, runs)):
        for left, right in spans:
            steps[left] += share
            steps[right] -= share
    best, strip, share = 0, (0.0, 0.0), 0
    for begin, end in pairwise(sorted(steps)):
        share += steps[begin]
        if share > best or (share == best and end - begin > strip[1] - strip[0]):
            best, strip = share, (begin, end)
    return (strip[0] + strip[1]) / 2


def _strip(rows: Sequence[Row]) -> float | None:
    """The middle of an empty strip down most of the rows, where the lines of two columns seldom share a baseline:
    left of it and right of it stand several lines, at the same heights of the page, and few run across."""
    runs = [run for row in rows for run in row]
    if not runs:
        return None
    begin, end = min(run.left for run in runs), max(run.right for run in runs)
    window = (begin + 0.3 * (end - begin), begin + 0.7 * (end - begin))
    middle = _emptiest([window] * len(runs), [(run.left, run.right) for run in runs])
    return middle if _parts(middle, rows, _FEWEST) else None


def _parts(middle: float, rows: Sequence[Row], fewest: int) -> bool:
    """Whether so many lines stand left and right of a place at the same heights, and few run over it."""
    if sum(_crosses(row, middle) for row in rows) > 0.15 * len(rows):
        return False
    left = [side for row in rows if (side := [run for run in row if run.right <= middle])]
    right = [side for row in rows if (side := [run for run in row if run.left >= middle])]
    if sum(_is_column(side[::-1]) for side in left) < fewest or sum(map(_is_column, right)) < fewest:
        return False
    top, bottom = right[0][0].base - right[0][0].size, right[-1][0].base + right[-1][0].size
    return sum(top <= side[0].base <= bottom and _is_column(side[::-1]) for side in left) >= fewest


def _is_column(side: Row) -> bool:
    """Whether runs, from the gutter outwards, hold a line of a column."""
    end = next((i for i, (one, other) in enumerate(pairwise(side), 1) if not _is_near(*_sorted(one, other))), len(side))
    held = side[:end]
    return _is_long(min(run.left for run in held), max(run.right for run in held), side[0])


def _sorted(one: Run, other: Run) -> tuple[Run, Run]:
    return (one, other) if one.left <= other.left else (other, one)


def common_size(glyphs: Iterable[Glyph]) -> float:
    """The size that most of the glyphs are set in, in points."""
    return Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
