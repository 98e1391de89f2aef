"""Rows of an export: what each table's objects look like. The contract for other programs; see docs/export.md."""

from __future__ import annotations

from datetime import date
from typing import Any

from deedline.model.assessment import Assessment
from deedline.model.attainment import Attainment
from deedline.model.item import Item, ItemKind
from deedline.model.link import Link, Verdict
from deedline.model.values import Deadline, Mention, Name, Quantity, Report
from deedline.operations import Measured
from deedline.register import StoredDocument, StoredIssue, StoredItem

Row = dict[str, Any]


def item_row(stored: StoredItem, computed: Measured | None = None) -> Row:
    """An item. Percentages are ratios, money is in dollars, dates are YYYY-MM-DD; what does not apply is None.

    `source` gives 1-based lines, the character offsets that enclose the item's words and those of each run of them;
    `deadlines` are the promised ones. `attainment` and `assessment` are those `computed` of it, and None where it has
    no report.
    """
    item = stored.item
    return {
        "id": stored.id,
        "document": stored.document_name,
        "document_id": stored.document_id,
        "kind": item.kind.value,
        "number": item.number,
        "part": item.part,
        "batch": item.batch,
        "text": item.text,
        "path": list(item.path),
        "bodies": [_body(mention) for mention in item.bodies],
        "source": _source(item),
        "deadlines": [_deadline(deadline) for deadline in item.deadlines if deadline.promised],
        "due": day_text(item.due),
        "quantities": [_quantity(quantity) for quantity in item.quantities],
        "report": _report(item.report) if item.report else None,
        "attainment": attainment_row(computed.attainment) if computed and computed.attainment else None,
        "assessment": assessment_row(computed.assessment) if computed and computed.assessment else None,
        "names": [_name(name) for name in item.names],
        "parent": stored.parent_id,
        "lead_in": item.lead_in or None,
    }


def _source(item: Item) -> Row:
    return {
        "line_start": item.lines[0],
        "line_end": item.lines[1],
        "char_start": min((span.start for span in item.spans), default=None),
        "char_end": max((span.end for span in item.spans), default=None),
        "page": item.page,
        "spans": spans_row(item),
        **reading_row(item),
    }


def reading_row(item: Item) -> Row:
    """The place that the file itself gives an item, and how surely a machine recognised it in a scan."""
    return {"anchor": item.anchor or None, "confidence": item.confidence, "unsure": item.unsure}


def spans_row(item: Item) -> list[list[int]]:
    """Where an item's words stand: first and end offset of each run of them, in the document's text."""
    return [[span.start, span.end] for span in item.spans]


def day_text(day: date | None) -> str | None:
    """A day as rows write it: 2024-12-31."""
    return day.isoformat() if day else None


def _body(mention: Mention) -> Row:
    return {
        "id": mention.body_id,
        "name_zh": mention.name,
        "role": mention.role.value,
        "as_printed": mention.as_printed,
    }


def _deadline(deadline: Deadline) -> Row:
    return {
        "as_printed": deadline.as_printed,
        "kind": deadline.kind.value,
        "earliest": day_text(deadline.earliest),
        "latest": day_text(deadline.latest),
        "precision": deadline.precision,
    }


def _quantity(quantity: Quantity) -> Row:
    return {
        "as_printed": quantity.as_printed,
        "comparator": quantity.comparator.value,
        "value": quantity.value,
        "unit": quantity.unit,
        "basis": quantity.basis.value,
        "per": quantity.per or None,
    }


def _name(name: Name) -> Row:
    return {"as_printed": name.as_printed, "kind": name.kind}


def _report(report: Report) -> Row:
    return {
        "as_of": day_text(report.as_of),
        "status": report.status.value if report.status else None,
        "as_printed": report.as_printed,
        "narrative": report.narrative,
        "figures": [_quantity(figure) for figure in report.figures],
    }


def attainment_row(attainment: Attainment) -> Row:
    """How far a reported figure goes towards the promised one; `share` is 1.0 where the target is reached, None where
    `apart` says why the two are not held against each other."""
    return {
        "baseline": attainment.baseline,
        "target": attainment.target,
        "actual": attainment.actual,
        "share": None if attainment.share is None else round(attainment.share, 6),
        "lower_is_better": attainment.lower_is_better,
        "apart": attainment.apart or None,
    }


def assessment_row(assessment: Assessment) -> Row:
    """What figures and dates bear out at the day of the report; `elapsed` is the part of the time that was gone, `told`
    the words that tell it as done."""
    return {
        "as_of": day_text(assessment.as_of),
        "verdict": assessment.verdict.value,
        "disagrees": assessment.disagrees,
        "late": assessment.late,
        "done_late": assessment.done_late,
        "told": assessment.told or None,
        "told_spans": [[span.start, span.end] for span in assessment.told_spans],
        "elapsed": None if assessment.elapsed is None else round(assessment.elapsed, 6),
        "reasons": list(assessment.reasons),
    }


def document_row(document: StoredDocument) -> Row:
    """A document. `date` is its first possible day and `date_precision` how exactly that is known."""
    metadata = document.metadata
    return {
        "id": document.id,
        "name": document.name,
        "title": metadata.title,
        "publisher": metadata.publisher,
        "date": day_text(metadata.dated),
        "date_precision": metadata.dated_precision or None,
        "series": metadata.series,
        "edition": metadata.edition,
        "kind": metadata.kind.value,
        "language": metadata.language,
        "jurisdiction": metadata.jurisdiction,
        "guessed": sorted(metadata.guessed),
        "edited": sorted(document.edited),
        "characters": document.characters,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "items": {kind.value: document.items.get(kind, 0) for kind in ItemKind},
        "issues": document.issues,
    }


def issue_row(stored: StoredIssue) -> Row:
    """A doubt that needs a person, and the line where it stands."""
    issue = stored.issue
    return {
        "id": stored.id,
        "document": stored.document_name,
        "document_id": stored.document_id,
        "item": stored.item_id,
        "line": issue.line,
        "code": issue.code,
        "message": issue.message,
    }


def link_row(link: Link) -> Row:
    """A relation from one item to another; continuity runs from the later one to the earlier."""
    return {
        "from": link.from_id,
        "to": link.to_id,
        "relation": link.relation,
        "score": link.score,
        "origin": link.origin.value,
        "state": link.state.value,
        "sure": link.sure,
        "why": list(link.why),
    }


def verdict_row(verdict: Verdict) -> Row:
    """What became of a proposal in an edition, the measures that show it, and those that were there before it."""
    return {
        "item": verdict.item_id,
        "against": verdict.against,
        "verdict": verdict.verdict.value,
        "sure": verdict.sure,
        "links": list(verdict.links),
        "already_there": list(verdict.already_there),
    }
