"""Rows of what was computed: where commitments stand, threads, comparisons, adoption. For `--json` and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from deedline import operations
from deedline.model.attainment import Attainment
from deedline.model.entry import Entry
from deedline.model.link import Link
from deedline.operations import (
    AdoptionReport,
    Compared,
    Editions,
    Fate,
    Followed,
    Linked,
    Measured,
    Reported,
    Scene,
    Slippage,
    Stage,
    Tally,
    Undertaking,
)
from deedline.register import Register, StoredDocument
from deedline.serve.export.shape import (
    Row,
    assessment_row,
    attainment_row,
    day_text,
    link_row,
    reading_row,
    spans_row,
    verdict_row,
)


def entry_row(entry: Entry, document: StoredDocument) -> Row:
    """An entry in brief: what it is, where it stands, when it is due and what was reported."""
    item = entry.item
    return {
        "id": entry.id,
        "document": document.name,
        "document_id": document.id,
        "kind": item.kind.value,
        "number": item.number,
        "part": item.part,
        "text": item.text,
        "line_start": item.lines[0],
        "line_end": item.lines[1],
        "page": item.page,
        "spans": spans_row(item),
        **reading_row(item),
        "bodies": [{"id": mention.body_id, "name_zh": mention.name} for mention in item.bodies],
        "due": day_text(item.due),
        "status": item.report.status.value if item.report and item.report.status else None,
    }


def _stage_row(stage: Stage) -> Row:
    """A day that a commitment promises: the time as printed, what is promised for it, and where it stands;
    `begins` where it is only to begin by then."""
    return {
        "due": day_text(stage.milestone.due),
        "as_printed": stage.milestone.as_printed or None,
        "promised": stage.milestone.clause,
        "standing": stage.code.value,
        "begins": stage.milestone.begins,
        "told": stage.told.quote if stage.told else None,
        "told_spans": [[span.start, span.end] for span in stage.told.spans] if stage.told else [],
        "reason": stage.reason,
    }


def followed_row(followed: Followed) -> Row:
    """A commitment and where it stands by `due`; `days` until then, below zero since. `promised` are its words for that
    day, `stages` all the days that it promises."""
    standing = followed.standing
    return {
        "item": entry_row(followed.entry, followed.document),
        "standing": standing.code.value,
        "due": day_text(standing.due),
        "days": standing.days,
        "promised": followed.promised,
        "reasons": list(standing.reasons),
        "stages": [_stage_row(stage) for stage in standing.stages],
        "thread": followed.thread.id if followed.thread else None,
        "restated": followed.restated,
    }


def measured_row(measured: Measured) -> Row:
    """A reported indicator with what its figures and dates bear out."""
    report = measured.entry.item.report
    return {
        "item": entry_row(measured.entry, measured.document),
        "promised_on": day_text(measured.promised_on),
        "reported": report.as_printed if report else None,
        "narrative": report.narrative if report else None,
        "attainment": attainment_row(measured.attainment) if measured.attainment else None,
        "figures": [_figure_row(each) for each in measured.figures],
        "assessment": assessment_row(measured.assessment) if measured.assessment else None,
    }


def _figure_row(figure: Attainment) -> Row:
    """One of the figures that an indicator promises: how far it goes, with both as printed."""
    promised, reported = figure.target_quantity.as_printed, figure.actual_quantity.as_printed
    return {"promised": promised, "reported": reported, **attainment_row(figure)}


def reported_row(asked: Reported, shown: Sequence[Measured]) -> Row:
    """Reported indicators, of which some are shown."""
    rows = [measured_row(each) for each in shown]
    return {"as_of": asked.as_of.isoformat(), "indicators": rows, "total": len(asked.found), "of": asked.of}


def undertaking_row(
    found: Undertaking,
    links: list[Link],
    uncompared: Sequence[StoredDocument],
    changed: Sequence[StoredDocument],
) -> Row:
    """A thread with its steps, oldest first, the links that make it, and the documents with which those of its steps
    were not compared yet, or not since one of them changed: they may hold further steps."""
    thread = found.thread
    moved = {step.entry.id: step for step in thread.steps} if thread else {}
    return {
        "thread": thread.id if thread else None,
        "slipped": thread.slipped if thread else None,
        "merges": list(thread.merges) if thread else [],
        "splits": list(thread.splits) if thread else [],
        "steps": [
            {
                **followed_row(followed),
                "moved": moved[followed.entry.id].moved if followed.entry.id in moved else None,
                "follows": list(moved[followed.entry.id].follows) if followed.entry.id in moved else [],
            }
            for followed in found.steps
        ],
        "links": [link_row(link) for link in links],
        "uncompared": [document.id for document in uncompared],
        "changed": [document.id for document in changed],
    }


def thread_row(register: Register, known: Scene, found: Undertaking) -> Row:
    """A thread of a scene, with the day, the links between its items, and what its documents wait to be compared to."""
    ids = {followed.entry.id for followed in found.steps}
    links = [link for link in known.links if link.from_id in ids and link.to_id in ids]
    documents = {followed.document.id for followed in found.steps}
    waiting = operations.uncompared_with(register, documents), operations.changed_with(register, documents)
    return {"as_of": known.as_of.isoformat(), **undertaking_row(found, links, *waiting)}


def fate_row(fate: Fate, entries: Mapping[str, Entry], documents: Mapping[str, StoredDocument]) -> Row:
    """What became of an entry between two editions."""
    entry = entries[fate.entry_id]
    return {
        "item": entry_row(entry, documents[entry.document_id]),
        "fate": fate.code.value,
        "counterparts": list(fate.counterparts),
        "changes": list(fate.changes),
        "nearest": link_row(fate.nearest) if fate.nearest else None,
    }


def compared_row(state: Compared) -> Row:
    """Whether two documents were compared, and what to say where they were not, or changed since."""
    return {"compared": state is not Compared.NO, "caution": state.told or None}


def fate_counts(found: Editions) -> Row | None:
    """How many items of each edition met which fate; None where the two were not compared."""
    if found.compared is Compared.NO:
        return None
    sides = {"earlier": found.comparison.earlier, "later": found.comparison.later}
    return {name: dict(Counter(fate.code.value for fate in fates)) for name, fates in sides.items()}


def editions_row(found: Editions) -> Row:
    """Two editions compared; no items where they were not."""
    entries = {entry.id: entry for entry in found.entries}
    documents = {document.id: document for document in (found.earlier, found.later)}
    return {
        "earlier": found.earlier.id,
        "later": found.later.id,
        **compared_row(found.compared),
        "ordered": found.ordered,
        "scope": found.comparison.scope or None,
        "earlier_items": [fate_row(fate, entries, documents) for fate in found.comparison.earlier],
        "later_items": [fate_row(fate, entries, documents) for fate in found.comparison.later],
    }


def tally_row(tally: Tally) -> Row:
    """Counts of verdicts with their denominator."""
    counts = {code.value: count for code, count in tally.counts.items()}
    rest = {"total": tally.total, "stated": tally.stated, "already_there": tally.already_there}
    return {"scope": tally.scope or None, **counts, **rest}


def adoption_row(report: AdoptionReport) -> Row:
    """A submission against an edition; no counts and no verdicts where the two were not compared."""
    texts = {proposal.id: proposal for proposal in report.proposals}
    return {
        "submission": report.submission.id,
        "edition": report.edition.id,
        **compared_row(report.compared),
        "ordered": report.ordered,
        "scope": report.scope or None,
        "scopes": [tally_row(tally) for tally in report.tallies],
        "bodies": [tally_row(tally) for tally in report.by_body],
        "verdicts": [
            {**verdict_row(verdict), "proposal": entry_row(texts[verdict.item_id], report.submission)}
            for verdict in report.verdicts
        ],
        "links": [link_row(link) for link in report.links],
    }


def slippage_row(slippage: Slippage) -> Row:
    """How a body's restated dates moved."""
    return {
        "body": slippage.body_id,
        "name": slippage.name,
        "restated": slippage.restated,
        "later": slippage.later,
        "earlier": slippage.earlier,
        "unmoved": slippage.unmoved,
        "days_later": slippage.days_later,
    }


def linked_row(linked: Linked) -> Row:
    """What became of a pair of documents."""
    pair = linked.pair
    return {
        "from": linked.documents[0],
        "to": linked.documents[1],
        "task": pair.task.value if pair else None,
        "ordered": pair.ordered if pair else None,
        "fresh": linked.fresh,
        "added": linked.added,
        "changed": linked.changed,
        "removed": linked.removed,
    }
