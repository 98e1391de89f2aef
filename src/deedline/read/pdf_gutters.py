"""Runs of glyphs on a page → the columns that they stand in, told by the gutter between them.

Columns are parted where lines stand side by side, or where an empty strip runs down between lines that seldom share
a baseline. A line that runs over the gutter ends the columns above it; new ones begin below. Where a page before was
parted, fewer lines tell: the columns above a table, or at a chapter's end, may hold but a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deedline.read.pdf_sheets import Glyph

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


def columns_of(rows: Sequence[list[Run]], known: list[float]) -> list[list[list[Run]]]:
    """The rows parted at gutters: bands of columns in reading order, each a list of rows. `known` holds the gutters of
    the pages before; one that is found is added."""
    gutter = _gutter(rows)
    if gutter is not None:
        known[:] = [*known[-_MOST_KNOWN:], gutter]
    else:
        gutter = next((each for each in reversed(known) if _parts(each, rows, _FEWEST_AGAIN)), None)
    if gutter is None:
        return [list(rows)] if rows else []
    ordered: list[list[list[Run]]] = []
    band: list[list[Run]] = []
    across: list[list[Run]] = []
    for row in rows:
        if any(run.left < gutter < run.right for run in row):
            ordered += _part(band, gutter, known)
            band = []
            across.append(row)
        else:
            ordered += [across] if across else []
            across = []
            band.append(row)
    ordered += [across] if across else []
    return ordered + _part(band, gutter, known)


def _part(band: Sequence[list[Run]], gutter: float, known: list[float]) -> list[list[list[Run]]]:
    """The columns of a band, each of which may hold columns itself."""
    sides = [
        [kept for row in band if (kept := [run for run in row if (run.right <= gutter) == left])]
        for left in (True, False)
    ]
    return [column for side in sides for column in columns_of(side, known)]


def _gutter(rows: Sequence[list[Run]]) -> float | None:
    """The middle of the gap at which lines stand side by side as columns of text do; None where there is none."""
    gaps = [
        (one.right, other.left) for row in rows for one, other in pairwise(row) if _is_column(one) and _is_column(other)
    ]
    if len(gaps) < _FEWEST:
        return _strip(rows)
    middle = _emptiest(gaps, [(run.left, run.right) for row in rows for run in row])
    agreeing = sum(left <= middle <= right for left, right in gaps)
    return middle if agreeing >= max(_FEWEST, 0.8 * len(gaps)) else None


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


def _strip(rows: Sequence[list[Run]]) -> float | None:
    """The middle of an empty strip down most of the rows, where the lines of two columns seldom share a baseline:
    left of it and right of it stand several lines, at the same heights of the page, and few run across."""
    runs = [run for row in rows for run in row]
    if not runs:
        return None
    begin, end = min(run.left for run in runs), max(run.right for run in runs)
    window = (begin + 0.35 * (end - begin), begin + 0.65 * (end - begin))
    middle = _emptiest([window] * len(runs), [(run.left, run.right) for run in runs])
    return middle if _parts(middle, rows, _FEWEST) else None


def _parts(middle: float, rows: Sequence[list[Run]], fewest: int) -> bool:
    """Whether so many lines stand left and right of a place at the same heights, and few run over it."""
    runs = [run for row in rows for run in row]
    left = [run for run in runs if run.right <= middle]
    right = [run for run in runs if run.left >= middle]
    if len(runs) - len(left) - len(right) > 0.15 * len(runs) or sum(map(_is_column, right)) < fewest:
        return False
    top, bottom = min(run.base - run.size for run in right), max(run.base + run.size for run in right)
    return sum(top <= run.base <= bottom and _is_column(run) for run in left) >= fewest


def _is_column(run: Run) -> bool:
    """Whether a run is long enough to be a line of a column rather than a marker, a label or a figure."""
    return run.right - run.left >= 9 * run.size


def common_size(glyphs: Iterable[Glyph]) -> float:
    """The size that most of the glyphs are set in, in points."""
    return Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
