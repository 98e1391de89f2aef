"""A draft's words → the item with its times, figures and names."""

from __future__ import annotations

from dataclasses import replace

from deedline.find.deadlines import find_deadlines
from deedline.find.draft import Draft
from deedline.find.due import due_of
from deedline.find.names import find_names
from deedline.find.quantities import find_quantities
from deedline.knowledge.load import Jurisdiction
from deedline.model.document import Document
from deedline.model.item import Item, ItemKind
from deedline.model.values import Basis, Report


def read_values(draft: Draft, document: Document, place: Jurisdiction) -> Item:
    """The draft's item with deadlines, due date, quantities and names read from its words.

    A part without a date of its own is due when the opening that it shares with its neighbours says. An indicator's
    words were first said in an earlier document, so a day before this one's may still be what they promise.
    """
    language, dated = document.metadata.language, document.metadata.dated
    carried = draft.item.kind is ItemKind.INDICATOR
    deadlines = find_deadlines(draft.passage, dated, place, language, carried=carried)
    due = due_of(deadlines)
    if due is None and draft.lead_in is not None:
        due = due_of(find_deadlines(draft.lead_in, dated, place, language, carried=carried))
    return replace(
        draft.item,
        deadlines=deadlines,
        due=due,
        quantities=find_quantities(draft.passage, place, language, Basis.TARGET),
        names=find_names(draft.passage, language),
        report=_read_report(draft, document, place),
    )


def _read_report(draft: Draft, document: Document, place: Jurisdiction) -> Report | None:
    """The report with the times that its words name."""
    report = draft.item.report
    if report is None or draft.report is None:
        return report
    return replace(report, deadlines=find_deadlines(draft.report, report.as_of, place, document.metadata.language))
