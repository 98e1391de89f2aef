"""A Chart as a picture: stacked bars that hatching and numbers tell apart without colour, always the same bytes."""

from __future__ import annotations

import io
import logging
import textwrap
import warnings
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from deedline.serve.reports.fonts import FACE, font_file
from deedline.serve.reports.paper import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing
    from matplotlib.font_manager import FontProperties

# Fill, hatching and the colour of the number on it, for each series in turn.
_LOOKS = (
    ("#ffffff", "", "black"),
    ("#4d4d4d", "", "white"),
    ("#e6e6e6", "///", "black"),
    ("#bfbfbf", "..", "black"),
    ("#ffffff", "\\\\\\", "black"),
    ("#8c8c8c", "", "black"),
    ("#f2f2f2", "xx", "black"),
    ("#d9d9d9", "--", "black"),
)
_WIDE, _ROW, _LINE, _LEGEND = 7.2, 0.16, 0.14, 0.24  # inches: the whole, beside a row's lines, a line, legend's line
_NAME = 36  # cells that a row's name takes before it breaks
_ACROSS = 4  # names of series in a line of the legend
_LEAST = 0.035  # part of the longest bar under which a piece has no room for its number
_DOTS = 200  # a PNG's dots to the inch
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "deedline",
    "svg.fonttype": "path",
    "hatch.linewidth": 0.5,
    "text.parse_math": False,  # a dollar sign stands for itself
}
_one_at_a_time = Lock()  # the library's settings are the process's


def svg(chart: Chart) -> bytes:
    """The chart as SVG, its letters as outlines."""
    return _saved(chart, format="svg", metadata={"Date": None, "Creator": None})


def png(chart: Chart) -> bytes:
    """The chart as PNG."""
    return _saved(chart, format="png", dpi=_DOTS, metadata={"Software": None})


def _saved(chart: Chart, **how: Any) -> bytes:
    import matplotlib

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of its font cache
    with _one_at_a_time, matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()  # whatever the user's own settings are
        matplotlib.rcParams.update(_SETTINGS)
        warnings.simplefilter("ignore", UserWarning)  # of characters without a glyph, which show as boxes
        out = io.BytesIO()
        _draw(chart).savefig(out, **how)
    return out.getvalue()


@cache
def _font(size: float) -> FontProperties:
    from matplotlib.font_manager import FontPath, FontProperties

    return FontProperties(fname=FontPath(str(font_file()), FACE), size=size)


def _draw(chart: Chart) -> Drawing:
    from matplotlib.figure import Figure

    names = [_wrapped(name) for name in chart.rows]
    legend = -(-len(chart.series) // _ACROSS) if len(chart.series) > 1 else 0
    tallest = max((name.count("\n") + 1 for name in names), default=1)
    height = 0.2 + (_ROW + _LINE * tallest) * len(names) + _LEGEND * legend
    drawing = Figure(figsize=(_WIDE, height), layout="constrained")
    axes = drawing.subplots()
    _bars(axes, chart)
    axes.set_yticks(range(len(names)), names, fontproperties=_font(8))
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0, 1.08)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    if legend:
        drawing.legend(loc="outside lower center", ncols=min(_ACROSS, len(chart.series)), prop=_font(8), frameon=False)
    return drawing


def _bars(axes: Axes, chart: Chart) -> None:
    """The bars and their numbers; lengths are parts of the longest bar or, where bars are even, of each one's own."""
    sums = [sum(counts) for counts in chart.counts]
    wholes = [(own if chart.even else max(sums)) or 1 for own in sums]
    reached = [0.0] * len(sums)
    for number, name in enumerate(chart.series):
        fill, hatch, ink = _LOOKS[number % len(_LOOKS)]
        counts = [row[number] for row in chart.counts]
        parts = [count / whole for count, whole in zip(counts, wholes, strict=True)]
        look: dict[str, Any] = {"facecolor": fill, "hatch": hatch, "edgecolor": "black", "linewidth": 0.6}
        axes.barh(range(len(parts)), parts, 0.7, left=reached, label=name, **look)
        for place, (count, part) in enumerate(zip(counts, parts, strict=True)):
            if part >= _LEAST and len(chart.series) > 1:
                ground = {"facecolor": fill, "edgecolor": "none", "pad": 1.0}
                middle = reached[place] + part / 2
                axes.text(middle, place, f"{count:,}", ha="center", va="center", color=ink, bbox=ground, font=_font(7))
        reached = [before + part for before, part in zip(reached, parts, strict=True)]
    for place, own in enumerate(sums):
        axes.text(reached[place] + 0.01, place, f"{own:,}", ha="left", va="center", font=_font(8))


def _wrapped(name: str) -> str:
    """A row's name in lines of at most _NAME cells, two cells for a wide character; three lines, the rest cut."""
    wide = sum(east_asian_width(each) in "WF" for each in name) > len(name) / 2
    lines = textwrap.wrap(name, _NAME // 2 if wide else _NAME) or [""]
    if len(lines) > 3:
        lines = [*lines[:2], lines[2][:-1] + "…"]
    return "\n".join(lines)
