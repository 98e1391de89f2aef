"""Lists of undertakings as tables of a report."""

from __future__ import annotations

from collections.abc import Sequence

from deedline.model.entry import Entry
from deedline.operations import Followed
from deedline.serve.labels import numbered
from deedline.serve.reports.paper import Column, Table
from deedline.serve.reports.voice import Voice, tongue


def day(entry: Entry) -> str:
    """The day on which an entry is due; a dash where it has none."""
    return entry.item.due.isoformat() if entry.item.due else "–"


def not_reported(voice: Voice) -> str:
    """What bounds every list of what is not reported done."""
    return voice.say(
        "“Not reported done” says that the documents known on the day report nothing of it as done. It does not say "
        "that it was not done."
    )


def followed_table(caption: str, listed: Sequence[Followed], voice: Voice) -> Table:
    """Undertakings with their day and where they stand."""
    columns = (
        Column(voice.say("Due"), 0.9),
        Column(voice.say("Days"), 0.6, figures=True),
        Column(voice.say("Standing"), 1.1),
        Column(voice.say("No."), 0.6),
        Column(voice.say("Item"), 4, language=one_tongue(listed)),
        Column(voice.say("Bodies"), 1.5),
        Column(voice.say("Source"), 0.8),
    )
    rows = tuple(
        (
            each.standing.due.isoformat() if each.standing.due else "–",
            "" if each.standing.days is None else f"{each.standing.days:,}",
            voice.label(each.standing.code.value),
            numbered(each.entry.item),
            each.promised,
            voice.bodies(each.entry.item),
            voice.cite(each.document, each.entry.item),
        )
        for each in listed
    )
    return Table(caption, columns, rows)


def one_tongue(listed: Sequence[Followed]) -> str:
    """The language of all the documents that entries stand in; empty where there are several."""
    tongues = {tongue(each.document) for each in listed}
    return tongues.pop() if len(tongues) == 1 else ""
