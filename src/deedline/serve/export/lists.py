"""The rows of every list that can be downloaded, each with the evidence for it: for pages, the API and files alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from deedline import operations
from deedline.model.entry import Entry
from deedline.operations import AdoptionReport, Followed, Measured, Scene
from deedline.register import (
    Correction,
    ItemQuery,
    Judgement,
    Register,
    Settlement,
    StoredIssue,
    StoredItem,
)
from deedline.serve.evidence import value_spans
from deedline.serve.export.shape import Row, item_row, link_row, reading_row, verdict_row
from deedline.serve.export.tracked import entry_row, followed_row, measured_row


def item_rows(
    register: Register, chosen: ItemQuery | Collection[str], known: Scene, *, late: bool = False
) -> Iterator[Row]:
    """Table "items": those that a query finds, or of the ids given in their order, with what was computed of them.

    `late` keeps those only whose own report, made after they fell due, does not say they are done. NotFoundError
    where an id is of no item.
    """
    computed: dict[str, Measured] | None = None
    if isinstance(chosen, ItemQuery):
        found = operations.items(register, chosen, late=late)
    else:
        found = (register.item(item_id) for item_id in chosen)
    for stored in found:
        if computed is None and stored.item.report is not None:
            computed = {each.entry.id: each for each in operations.measured(register, known)}
        yield item_row(stored, (computed or {}).get(stored.id))


def relation_rows(known: Scene, item_ids: Collection[str] | None = None) -> Iterator[Row]:
    """Table "relations": links that touch any of the ids, or all, with the words at both ends."""
    wanted = None if item_ids is None else frozenset(item_ids)
    for link in known.links:
        if wanted is None or link.from_id in wanted or link.to_id in wanted:
            ends = (known.entries[link.from_id], known.entries[link.to_id])
            source, target = (_entry(each, known) for each in ends)
            yield {**link_row(link), "source": source, "target": target}


def standing_rows(found: Iterable[Followed]) -> Iterator[Row]:
    """Table "standings": where commitments stand, as `operations.standings` and `operations.due` give them."""
    return map(followed_row, found)


def thread_rows(known: Scene, thread_ids: Collection[str] | None = None) -> Iterator[Row]:
    """Table "threads": one row a step, oldest first, of the threads of these ids or of all."""
    for thread in known.threads:
        if thread_ids is not None and thread.id not in thread_ids:
            continue
        for number, step in enumerate(thread.steps, 1):
            yield {
                "step": number,
                **followed_row(operations.followed(step.entry, known)),
                "slipped": thread.slipped,
                "moved": step.moved,
                "follows": list(step.follows),
            }


def indicator_rows(found: Iterable[Measured]) -> Iterator[Row]:
    """Table "indicators": reported items beside what was computed of them, as `operations.measured` gives them."""
    return map(measured_row, found)


def adoption_rows(reports: Iterable[AdoptionReport]) -> Iterator[Row]:
    """Table "adoption": the verdict on each proposal with its words and those of the measures that show it."""
    for report in reports:
        proposals = {entry.id: entry for entry in report.proposals}
        for verdict in report.verdicts:
            shown = [report.entries[item_id] for item_id in verdict.links if item_id in report.entries]
            yield {
                **verdict_row(verdict),
                "proposal": entry_row(proposals[verdict.item_id], report.submission),
                "measures": [_measure(entry, report.edition.name) for entry in shown],
            }


def evidence_rows(register: Register, chosen: ItemQuery) -> Iterator[Row]:
    """Table "evidence": every run of words from which an item or a value of it was read, and where it stands."""
    for stored in register.items(chosen):
        item = stored.item
        for value, words, spans in (("item", item.text, item.spans), *value_spans(item)):
            for span in spans:
                yield {
                    "item": stored.id,
                    "document": stored.document_name,
                    "document_id": stored.document_id,
                    "value": value,
                    "as_printed": words,
                    "start": span.start,
                    "end": span.end,
                    "line_start": item.lines[0],
                    "line_end": item.lines[1],
                    "page": item.page,
                    **reading_row(item),
                }


def decision_rows(register: Register) -> Iterator[Row]:
    """Table "decisions": every correction and settlement that holds and every judgement ever given, oldest first."""
    rows = [*_corrections(register), *_settlements(register), *_judgements(register)]
    yield from sorted(rows, key=lambda row: row["at"])


def _corrections(register: Register) -> Iterator[Row]:
    for held in register.corrections():
        said = held.said
        about = {"item": held.item_id, "what": said.field.value, "of": said.of or None}
        yield _decision("correction", held, _item(register, held.item_id), about, held.read, said.value)


def _settlements(register: Register) -> Iterator[Row]:
    for stored in register.issues(settled=True):
        if held := stored.settlement:
            about = {"item": stored.item_id, "issue": stored.id, "what": stored.issue.code}
            yield _decision("settlement", held, stored, about, stored.issue.message, held.state.value)


def _judgements(register: Register) -> Iterator[Row]:
    for held in register.judgements():
        about = {"item": held.from_id, "to": held.to_id, "what": held.relation}
        value = held.state.value if held.state else None
        yield _decision("judgement", held, _item(register, held.from_id), about, None, value)


def _item(register: Register, item_id: str) -> StoredItem | None:
    """An item that somebody decided of; None where its document was taken out since."""
    return register.items_by_id([item_id]).get(item_id)


def _decision(
    kind: str,
    held: Correction | Settlement | Judgement,
    place: StoredItem | StoredIssue | None,
    about: Row,
    read: str | None,
    value: str | None,
) -> Row:
    return {
        "kind": kind,
        "at": held.at.isoformat(),
        "by": held.by or None,
        "why": held.why or None,
        "document": place.document_name if place else None,
        "document_id": place.document_id if place else None,
        "item": about["item"],
        "to": about.get("to"),
        "issue": about.get("issue"),
        "what": about["what"],
        "of": about.get("of"),
        "read": read or None,
        "value": value,
    }


def _entry(entry: Entry, known: Scene) -> Row:
    return entry_row(entry, known.documents[entry.document_id])


def _measure(entry: Entry, document: str) -> Row:
    return {
        "id": entry.id,
        "document": document,
        "text": entry.item.text,
        "line_start": entry.item.lines[0],
        "line_end": entry.item.lines[1],
        "page": entry.item.page,
        **reading_row(entry.item),
    }
