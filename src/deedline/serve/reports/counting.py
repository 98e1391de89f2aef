"""Counts as figures: what is drawn and the table that stands beside it, which adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deedline.serve.reports.paper import Chart, Column, Figure, Table
from deedline.serve.reports.voice import Voice

Counts = Mapping[str, Mapping[str, int]]


def figure(voice: Voice, caption: str, head: str, counts: Counts, notes: Sequence[str] = ()) -> Figure:
    """Counts by row and series as stacked bars, beside a table of the same with totals; `head` is over the rows' names.

    Series that are empty throughout are left out.
    """
    series = tuple(dict.fromkeys(name for row in counts.values() for name, count in row.items() if count))
    numbers = tuple(tuple(row.get(name, 0) for name in series) for row in counts.values())
    chart = Chart(tuple(counts), series, numbers)
    return Figure(caption, _alternative(voice, caption, chart), chart, _table(voice, caption, head, chart, notes))


def _table(voice: Voice, caption: str, head: str, chart: Chart, notes: Sequence[str]) -> Table:
    single = len(chart.series) < 2
    rows = [
        (name, *(f"{count:,}" for count in counts), *(() if single else (f"{sum(counts):,}",)))
        for name, counts in zip(chart.rows, chart.counts, strict=True)
    ]
    summed = len(rows) > 1
    if summed:
        sums = [sum(column) for column in zip(*chart.counts, strict=True)]
        whole = () if single else (f"{sum(sums):,}",)
        rows.append((voice.say("Total"), *(f"{count:,}" for count in sums), *whole))
    columns = (
        Column(head, 2.4),
        *(Column(name, 1.0, figures=True) for name in chart.series),
        *(() if single else (Column(voice.say("Total"), 1.0, figures=True),)),
    )
    return Table(caption, columns, tuple(rows), tuple(notes), summed)


def _alternative(voice: Voice, caption: str, chart: Chart) -> str:
    """The bars in words, for who does not see them."""
    bars = []
    for name, counts in zip(chart.rows, chart.counts, strict=True):
        parts = ", ".join(f"{series} {count:,}" for series, count in zip(chart.series, counts, strict=True) if count)
        bars.append(f"{name}: {parts or 0}")
    return voice.say("Bar chart. %(caption)s. %(bars)s.", caption=caption, bars="; ".join(bars))
