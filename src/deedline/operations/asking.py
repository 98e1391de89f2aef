"""What a person asks of a register: items by filters, one item with all around it, every line's account."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from deedline.errors import InputError, NotFoundError
from deedline.model.item import COMMITMENTS, Line
from deedline.operations.adding import Source, read_source_apart
from deedline.operations.compared import changed_with, uncompared_with
from deedline.operations.measuring import Measured, is_late, measured_one
from deedline.operations.remembering import documents_held, remembered
from deedline.operations.scene import Scene, demand_bounded, is_large, scene_around
from deedline.operations.tracking import Followed, followed
from deedline.register import ItemQuery, Register, StoredDocument, StoredIssue, StoredItem


@dataclass(frozen=True, slots=True)
class Shown:
    """An item with its document, the items it holds (parts, proposals), the doubts about it, and the whole text.

    `around` is the scene of its thread and links, `followed` where it stands (None for what nobody undertakes), and
    `measured` what its report bears out (None without one). `uncompared` are the documents with which its own, or one
    that its thread leads through, was not compared yet: of these nothing is known. `changed` are those with which it
    was compared before one of the two changed.
    """

    stored: StoredItem
    document: StoredDocument
    parts: tuple[StoredItem, ...]
    issues: tuple[StoredIssue, ...]
    text: str
    around: Scene
    followed: Followed | None
    measured: Measured | None
    uncompared: tuple[StoredDocument, ...] = ()
    changed: tuple[StoredDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """A line that is not empty, as printed, and what it became; `line` is None where nothing accounts for it."""

    number: int
    text: str
    line: Line | None


def find_body(words: str) -> str:
    """The id of the body that `words` name: an id, an abbreviation, a name or short form in either language.

    NotFoundError lists names that come near.
    """
    from deedline.knowledge.bodies import bodies_of
    from deedline.knowledge.load import jurisdictions

    indexes = [bodies_of(place) for place in jurisdictions()]
    for index in indexes:
        if words.lower() in index.by_id:
            return words.lower()
        body = index.named(words)
        if body is not None:
            return body.id
    names = [name for index in indexes for body in index.bodies for name in (body.name_zh, body.name_en) if name]
    near = difflib.get_close_matches(words, names, n=3, cutoff=0.5)
    hint = (
        f"; do you mean {' or '.join(near)}?"
        if near
        else "; give its name, its abbreviation or its id, such as hk/itib"
    )
    raise NotFoundError(f"no body is known as {words!r}{hint}")


def demand_findable(register: Register, query: ItemQuery) -> None:
    """InputError where only reading every item of a register that `is_large` could tell which fit: where what the text
    holds is single letters and marks, which no index knows."""
    from deedline.register.search import pairs  # the store's own, and only where a register is open

    narrow = (query.document, query.parent, query.body, query.due_before, query.due_after)
    if not query.text.strip() or any((*narrow, query.status, query.number, query.batch)) or pairs(query.text):
        return
    if is_large(register):
        raise InputError("text: in a register so large, give two letters or ideographs together, or a further filter")


def items(register: Register, query: ItemQuery, *, late: bool = False) -> Iterator[StoredItem]:
    """The items that fit; with `late`, those of them only that `measuring.is_late` picks. InputError as
    `demand_findable` raises it."""
    demand_findable(register, query)
    return islice(_late(register, query), query.limit) if late else register.items(query)


def count_items(register: Register, query: ItemQuery, *, late: bool = False) -> int:
    """How many items fit, whatever the query's limit and beginning."""
    if not late:
        return register.count_items(query)
    return sum(1 for _ in _late(register, replace(query, after=None)))


def _late(register: Register, query: ItemQuery) -> Iterator[StoredItem]:
    """All that fit and are late, whatever the limit."""
    demand_bounded(register)
    held = {document.id: document for document in documents_held(register)}
    due = register.items(replace(query, limit=None, due_after=query.due_after or date.min))
    of = ((stored, held.get(stored.document_id)) for stored in due)
    return (stored for stored, document in of if document is not None and is_late(stored.item, document))


def show(register: Register, reference: str, as_of: date | None = None) -> Shown:
    """An item, by its id or the beginning of it, with all that stands around it, as known on a day."""
    with register.snapshot():
        stored = register.item(reference)
        known = scene_around(register, stored.id, as_of)
        entry = known.entries.get(stored.id)
        return Shown(
            stored=stored,
            document=register.document(stored.document_id),
            parts=tuple(register.items(ItemQuery(parent=stored.id))),
            issues=tuple(issue for issue in register.issues(stored.document_id) if issue.item_id == stored.id),
            text=_text(register, stored.document_id),
            around=known,
            followed=followed(entry, known) if entry is not None and entry.item.kind in COMMITMENTS else None,
            measured=measured_one(register, known, stored.id),
            uncompared=uncompared_with(register, _documents_of(known, stored)),
            changed=changed_with(register, _documents_of(known, stored)),
        )


def _documents_of(known: Scene, stored: StoredItem) -> frozenset[str]:
    """The documents that an item's thread leads through, its own among them."""
    thread = known.thread_of.get(stored.id)
    steps = thread.steps if thread is not None else ()
    return frozenset((stored.document_id, *(step.entry.document_id for step in steps)))


def _text(register: Register, document_id: str) -> str:
    """A document's text, unpacked once; it weighs as much as entries and links of that size do."""
    question = ("text", document_id)
    return remembered(register, question, lambda: register.document_text(document_id), lambda text: len(text) // 1000)


def coverage(register: Register | None, reference: str) -> tuple[Covered, ...]:
    """Every line that is not empty and what it became, of a file as it would be read, or of a kept document.

    A file is read afresh and nothing is kept; a reference is looked up in the register, which None is not.
    """
    path = Path(reference)
    if path.is_file():
        parsed = read_source_apart(Source(path, columns=register.column_maps() if register is not None else ()))
        text, lines = parsed.document.text, parsed.finding.lines
    elif register is None:
        raise NotFoundError(
            f"{reference}: no such file, and no register to look it up in; name a file, or see --register"
        )
    else:
        with register.snapshot():
            document_id = register.find_document(reference).id
            return remembered(register, ("coverage", document_id), lambda: _kept(register, document_id), len)
    return _covered(text, lines)


def _kept(register: Register, document_id: str) -> tuple[Covered, ...]:
    return _covered(register.document_text(document_id), register.lines(document_id))


def _covered(text: str, lines: Sequence[Line]) -> tuple[Covered, ...]:
    by_number = {line.number: line for line in lines}
    numbered = enumerate(text.split("\n"), 1)
    return tuple(Covered(number, printed, by_number.get(number)) for number, printed in numbered if printed.strip())
