"""The tables of an export, read from a register as they are written, with what was computed of its items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from deedline import operations
from deedline.model.item import Line
from deedline.operations import Scene
from deedline.register import ItemQuery, Order, Register, StoredDocument
from deedline.serve.export.lists import decision_rows, evidence_rows
from deedline.serve.export.shape import Row, document_row, issue_row, item_row, link_row, verdict_row


def items(register: Register, known: Scene) -> Iterator[Row]:
    """All items, by id, with what was computed of those that have a report."""
    computed = {each.entry.id: each for each in operations.measured(register, known)}
    for stored in register.items(ItemQuery(order=Order.ID)):
        yield item_row(stored, computed.get(stored.id))


def links(register: Register, _: Scene) -> Iterator[Row]:
    """All links, by the ids that they join."""
    return map(link_row, register.links())


def verdicts(register: Register, known: Scene) -> Iterator[Row]:
    """What became of each proposal in each edition that may have come after it: by item, newest editions first.

    None of a submission and an edition that were never compared.
    """
    found = sorted(operations.all_verdicts(register, known), key=lambda verdict: verdict.item_id)
    return map(verdict_row, found)


def documents(register: Register, _: Scene) -> Iterator[Row]:
    """All documents, by id."""
    return map(document_row, _by_id(register))


def issues(register: Register, _: Scene) -> Iterator[Row]:
    """All open doubts, by document and line."""
    for document in _by_id(register):
        yield from map(issue_row, register.issues(document.id))


def lines(register: Register, _: Scene) -> Iterator[Row]:
    """What every line that is not empty became, by document and number."""
    for document in _by_id(register):
        for line in register.lines(document.id):
            yield line_row(document, line)


def evidence(register: Register, _: Scene) -> Iterator[Row]:
    """Every run of words that proves something, by item."""
    return evidence_rows(register, ItemQuery(order=Order.ID))


def decisions(register: Register, _: Scene) -> Iterator[Row]:
    """What people decided, oldest first."""
    return decision_rows(register)


def line_row(document: StoredDocument, line: Line) -> Row:
    """A line's role, the rule that decided it, and the ids of the items on it."""
    return {
        "document": document.name,
        "document_id": document.id,
        "line": line.number,
        "role": line.role.value,
        "rule": line.rule,
        "items": list(line.items),
    }


def _by_id(register: Register) -> list[StoredDocument]:
    return sorted(register.documents(), key=lambda document: document.id)


TABLES: Mapping[str, Callable[[Register, Scene], Iterator[Row]]] = {
    "items": items,
    "links": links,
    "verdicts": verdicts,
    "documents": documents,
    "issues": issues,
    "lines": lines,
    "evidence": evidence,
    "decisions": decisions,
}
