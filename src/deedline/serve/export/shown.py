"""Rows of what is shown of one item, of changes, doubts and bodies. For `--json`, the API and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from deedline.model.columns import TakenSheet
from deedline.model.link import STRONG, Link
from deedline.operations import Added, BodyHeld, Doubt, Named, Portfolio, Shown
from deedline.register import Change, Correction, Register, StoredIssue
from deedline.serve.evidence import SourceLine, value_spans
from deedline.serve.export.listed import listed_rows
from deedline.serve.export.shape import Row, day_text, document_row, issue_row, item_row, link_row
from deedline.serve.export.tracked import followed_row, slippage_row


def shown_row(shown: Shown, lines: Sequence[SourceLine]) -> Row:
    """An item with all around it: its document, parts, doubts, standing, links, each value's words, its lines."""
    return {
        "item": item_row(shown.stored, shown.measured),
        "state": shown.stored.state.value,
        "document": document_row(shown.document),
        "parts": [stored.id for stored in shown.parts],
        "issues": [issue_row(stored) for stored in shown.issues],
        "as_of": shown.around.as_of.isoformat(),
        "standing": followed_row(shown.followed) if shown.followed else None,
        "links": [link_row(link) for link in own_links(shown)],
        "uncompared": [document.id for document in shown.uncompared],
        "changed": [document.id for document in shown.changed],
        "corrections": [correction_row(correction) for correction in shown.stored.corrections],
        "evidence": [
            {"value": kind, "as_printed": words, "spans": [[span.start, span.end] for span in spans]}
            for kind, words, spans in value_spans(shown.stored.item)
        ],
        "lines": [
            {
                "line": line.number,
                "inside": line.inside,
                "pieces": [{"text": piece.text, "mark": piece.mark or None} for piece in line.pieces],
            }
            for line in lines
        ],
    }


def added_row(added: Added) -> Row:
    """What became of one file: the document as kept, and how many of its items are new; or why it could not be."""
    if added.error is not None or added.put is None or added.document is None:
        return {"file": added.address or str(added.path), "outcome": "failed", "error": str(added.error)}
    put = added.put
    return {
        "file": str(added.path),
        "outcome": put.outcome.value,
        "document": document_row(added.document),
        "added": len(put.added),
        "changed": len(put.changed),
        "removed": len(put.removed),
        "kept": len(put.kept),
        "error": None,
        "columns": taken_rows(added.columns),
    }


def taken_rows(sheets: Sequence[TakenSheet]) -> list[Row]:
    """What the columns of a spreadsheet's sheets are taken for; `column` is None where one is not used."""
    return [
        {
            "sheet": sheet.name or None,
            "row": sheet.row,
            "columns": [
                {
                    "letter": taken.letter,
                    "header": taken.header,
                    "column": taken.column.value if taken.column else None,
                    "how": taken.how or None,
                }
                for taken in sheet.columns
            ],
        }
        for sheet in sheets
    ]


def own_links(shown: Shown) -> list[Link]:
    """The links from and to an item: those that hold first, then the strong, then the likely."""
    own = (link for link in shown.around.links if shown.stored.id in (link.from_id, link.to_id))
    return sorted(own, key=lambda link: (not link.holds, link.relation not in STRONG, -link.score, link.to_id))


def correction_row(correction: Correction) -> Row:
    """What a person holds of a value, and what was `read` of it ("" where nothing was); see docs/review.md."""
    said = correction.said
    return {
        "item": correction.item_id,
        "field": said.field.value,
        "of": said.of,
        "value": said.value,
        "read": correction.read,
        "at": correction.at.isoformat(),
        "by": correction.by,
        "why": correction.why,
    }


def settled_row(stored: StoredIssue) -> Row:
    """A doubt with how a person settled it; None while it is open."""
    held = stored.settlement
    settled = held and {"state": held.state.value, "at": held.at.isoformat(), "by": held.by, "why": held.why}
    return {**issue_row(stored), "settled": settled}


def change_row(change: Change) -> Row:
    """A recorded change; `rows` only where the history of one id was asked for."""
    row: Row = {
        "number": change.number,
        "action": change.action,
        "verb": change.verb.value,
        "subject": change.subject,
        "at": change.at.isoformat(),
        "by": change.by,
        "why": change.why,
        "undoes": change.undoes,
        "undone": change.undone,
        "counts": dict(change.counts),
    }
    if change.rows:
        row["rows"] = [
            {"table": changed.table, "id": changed.id, "before": changed.before, "after": changed.after}
            for changed in change.rows
        ]
    return row


def doubt_rows(register: Register, doubts: Iterable[Doubt]) -> Iterator[Row]:
    """Links that wait for a person, each with both its items and what else holds of the first."""
    for doubt in doubts:
        source, target = listed_rows(register, (doubt.source, doubt.target))
        others = [link_row(link) for link in doubt.others]
        yield {"link": link_row(doubt.link), "from": source, "to": target, "others": others}


def body_row(held: BodyHeld) -> Row:
    """A body that is known, with how many items name it."""
    body = held.body
    return {
        "id": body.id,
        "name_zh": body.name_zh,
        "name_en": body.name_en,
        "kind": body.kind,
        "abbreviations": list(body.abbreviations),
        "parent": body.parent,
        "valid_from": day_text(body.valid_from),
        "valid_until": day_text(body.valid_until),
        "predecessors": list(held.predecessors),
        "successors": list(body.successors),
        "items": held.items,
    }


def portfolio_row(held: BodyHeld, found: Portfolio) -> Row:
    """A body with where its undertakings stand."""
    owned = found.owned
    return {
        **body_row(held),
        "as_of": found.as_of.isoformat(),
        "undertakings": len(owned.undertakings),
        "standings": {code.value: count for code, count in sorted(owned.codes.items())},
        "slippage": slippage_row(owned.slippage) if owned.slippage else None,
    }


def name_row(named: Named) -> Row:
    """A name as most often printed, with how many items of how many documents print it."""
    documents = {entry.document_id for entry in named.entries}
    return {"name": named.name, "kind": named.kind, "items": len(named.entries), "documents": len(documents)}
