"""Evidence or nothing: whether the words of every value stand where its spans point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol, TypeVar

from deedline.model.document import Document
from deedline.model.item import Finding, Issue, Item
from deedline.model.text import Span, reread
from deedline.model.values import Report

LOST = "evidence-lost"


class Printed(Protocol):
    """Any value that was read from printed words."""

    @property
    def as_printed(self) -> str:
        """The words."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where they stand."""


Value = TypeVar("Value", bound=Printed)


def stands(text: str, words: str, spans: Iterable[Span]) -> bool:
    """Whether `spans` re-read to `words`, white space aside, and there are any words at all."""
    return "".join(reread(text, spans).split()) == "".join(words.split()) != ""


def report_stands(text: str, report: Report) -> bool:
    """Whether a report's narrative stands within its spans, which hold the status too, and its status in its own.

    Either may be absent; both only where it has figures, as a row of a spreadsheet whose columns hold nothing else has.
    The figures are looked at one by one, as those of the item are.
    """
    narrative = "".join(report.narrative.split())
    status = not report.as_printed.strip() or stands(text, report.as_printed, report.status_spans)
    told = narrative in "".join(reread(text, report.spans).split())
    return told and status and bool(narrative or report.as_printed.strip() or report.figures)


def lost_values(text: str, item: Item) -> Iterator[str]:
    """What of an item does not re-read, described for a person."""
    if not stands(text, item.text, item.spans):
        yield f"the item's words {item.text[:40]!r}"
    printed: tuple[Printed, ...] = (*item.bodies, *item.deadlines, *item.quantities, *item.names)
    if item.report is not None:
        printed = (*printed, *item.report.figures, *item.report.deadlines)
        if not report_stands(text, item.report):
            yield f"the report {item.report.as_printed or item.report.narrative[:40]!r}"
    for value in printed:
        if not stands(text, value.as_printed, value.spans):
            yield f"the {type(value).__name__.lower()} {value.as_printed!r}"


def sound(document: Document, finding: Finding) -> Finding:
    """The finding without the values, or items, whose words do not re-read; each of them is an Issue instead."""
    items: list[Item] = []
    doubts: list[Issue] = []
    for item in finding.items:
        lost = list(lost_values(document.text, item))
        if not lost:
            items.append(item)
            continue
        whole = stands(document.text, item.text, item.spans)
        if whole:
            items.append(_without_lost(document.text, item))
        doubts.extend(_doubt(document, item, what, kept=whole) for what in lost)
    if not doubts:
        return finding
    kept = {item.key for item in items}
    lines = tuple(replace(line, items=tuple(key for key in line.items if key in kept)) for line in finding.lines)
    return replace(finding, items=tuple(items), lines=lines, issues=(*finding.issues, *doubts))


def _doubt(document: Document, item: Item, what: str, *, kept: bool) -> Issue:
    message = f"{document.name}, line {item.lines[0]}: {what} does not stand where it was read; it was not kept. "
    return Issue(LOST, message + "Read the line and report the case", (), item.lines[0], item.key if kept else None)


def _without_lost(text: str, item: Item) -> Item:
    report = item.report
    if report is not None and not report_stands(text, report):
        report = None
    if report is not None:
        report = replace(report, figures=_standing(text, report.figures), deadlines=_standing(text, report.deadlines))
        report = report if report_stands(text, report) else None  # it had figures only, and lost them
    deadlines = _standing(text, item.deadlines)
    return replace(
        item,
        bodies=_standing(text, item.bodies),
        deadlines=deadlines,
        due=item.due if len(deadlines) == len(item.deadlines) else None,
        quantities=_standing(text, item.quantities),
        names=_standing(text, item.names),
        report=report,
    )


def _standing(text: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(value for value in values if stands(text, value.as_printed, value.spans))
