"""The only place where the stages meet: what a person asks for, as functions over a register.

The main path is `add`: each file goes through `read_and_find` (a pure function, in several processes where that
pays) and what comes out is kept in the register, in the order of the files.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from deedline.errors import DeedlineError, InputError, NotFoundError, StageError
from deedline.model.document import Document
from deedline.model.item import Finding, Line
from deedline.model.values import StatusCode
from deedline.register import Change, ItemQuery, Put, Register, StoredDocument, StoredIssue, StoredItem
from deedline.run.here import Failed, map_stage

HOME = "hk"  # whose knowledge reads a document that does not show where it is from
WORTH_A_WORKER = 100_000  # bytes: below, starting a process takes longer than reading
SECONDS_A_FILE = 300.0
_DELIVERED = {StatusCode.COMPLETED, StatusCode.COMPLETED_EARLY, StatusCode.EXCEEDED}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, what the user says of it, and the id of the document that it is a better version of."""

    path: Path
    given: Mapping[str, str] = field(default_factory=dict)
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's bytes, the Document they are and what was found in it."""

    data: bytes
    document: Document
    finding: Finding


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: `put` and the document as kept, or the `error` for which it was not."""

    path: Path
    put: Put | None = None
    document: StoredDocument | None = None
    error: DeedlineError | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An item with its document, the items it holds (parts, proposals), the doubts about it, and the whole text."""

    stored: StoredItem
    document: StoredDocument
    parts: tuple[StoredItem, ...]
    issues: tuple[StoredIssue, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A line that is not empty, as printed, and what it became; `line` is None where nothing accounts for it."""

    number: int
    text: str
    line: Line | None


# Adding


def read_and_find(data: bytes, name: str, given: Mapping[str, str]) -> Parsed:
    """The two stages that turn bytes into items. Pure: the same bytes and words give the same values anywhere.

    The Document comes back without its blocks: they are large, and what was found in them is in the Finding.
    """
    from deedline.find import find_items
    from deedline.knowledge.load import jurisdiction
    from deedline.read import read_document

    document = read_document(data, name, given)
    finding = find_items(document, jurisdiction(document.metadata.jurisdiction or HOME))
    return Parsed(data, replace(document, blocks=()), finding)


def read_source(source: Source) -> Parsed:
    """`read_and_find` for a file; InputError where it cannot be read."""
    from deedline.read.decode import MAX_BYTES

    if not source.path.is_file():
        raise InputError(f"{source.path}: there is no such file; check the path")
    try:
        with source.path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # one more than a reader takes, so that it refuses what is longer
    except OSError as error:
        raise InputError(f"{source.path}: cannot be read ({error.strerror}); check its permissions") from error
    return read_and_find(data, source.path.name, source.given)


def add(
    register: Register,
    sources: Sequence[Source],
    *,
    at: datetime,
    by: str,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Added]:
    """Read files into the register; one `Added` a file, in order, each kept as soon as it is yielded.

    A file that fails stops no other; the register is the same whatever the number of `workers` (None: as many
    processors as pay). What is given with a file stays said when it is read again. All of it is one action for
    `undo`. RegisterError, and NotFoundError where a source replaces no known document, stop the whole.
    """
    team = _team(sources) if workers is None else workers
    for older in filter(None, (source.replaces for source in sources)):
        register.document(older)
    with register.action():
        for outcome in map_stage(read_source, sources, workers=team, seconds=SECONDS_A_FILE, progress=progress):
            source = sources[outcome.index]
            if isinstance(outcome, Failed):
                yield Added(source.path, error=outcome.error)
                continue
            try:
                put = _keep(register, source, outcome.value, at=at, by=by)
            except (InputError, StageError) as error:  # of this file; what ails the register itself stops all
                yield Added(source.path, error=error)
            else:
                yield Added(source.path, put, register.document(put.document_id))


def _keep(register: Register, source: Source, parsed: Parsed, *, at: datetime, by: str) -> Put:
    """Keep what was read; what people said of the document before, and say now, stays said."""
    document, said = parsed.document, source.given
    known = source.replaces or register.knows(document.sha256)
    before = register.edits(known) if known else {}
    if before:
        parsed = read_and_find(parsed.data, document.name, {**before, **said})
    return register.put(
        parsed.document, parsed.finding, data=parsed.data, at=at, by=by, replaces=source.replaces, said=said
    )


def _team(sources: Sequence[Source]) -> int:
    """How many processes pay: one for little, else one a processor."""
    size = sum(source.path.stat().st_size for source in sources if source.path.is_file())
    return min(len(sources), os.cpu_count() or 1) if size > WORTH_A_WORKER else 1


# Keeping


def edit_document(
    register: Register, reference: str, changes: Mapping[str, str], *, at: datetime, by: str, why: str = ""
) -> StoredDocument:
    """Set what a person knows better of a document, and read it anew by that: 「今年」 hangs on the document's date."""
    document = register.find_document(reference)
    data = register.document_bytes(document.id)
    if data is None:
        return register.edit_document(document.id, changes, at=at, by=by, why=why)
    parsed = read_and_find(data, document.name, {**register.edits(document.id), **changes})
    register.put(parsed.document, parsed.finding, data=data, at=at, by=by, why=why, said=changes)
    return register.document(document.id)


def remove_document(register: Register, reference: str, *, at: datetime, by: str, why: str = "") -> Change:
    """Take a document, named by any reference that only it has, out of the register."""
    return register.remove_document(register.find_document(reference).id, at=at, by=by, why=why)


# Asking


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


def is_late(stored: StoredItem) -> bool:
    """Whether its own report, made after it fell due, does not yet call it delivered."""
    item = stored.item
    if item.due is None or item.report is None or item.report.as_of is None:
        return False
    return item.due < item.report.as_of and item.report.status not in _DELIVERED


def items(register: Register, query: ItemQuery, *, late: bool = False) -> Iterator[StoredItem]:
    """The items that fit; with `late`, those of them only that `is_late` picks."""
    if not late:
        return register.items(query)
    picked = (stored for stored in register.items(replace(query, limit=None)) if is_late(stored))
    return islice(picked, query.limit)


def count_items(register: Register, query: ItemQuery, *, late: bool = False) -> int:
    """How many items fit, whatever the query's limit and beginning."""
    if not late:
        return register.count_items(query)
    return sum(map(is_late, register.items(replace(query, limit=None, after=None))))


def show(register: Register, reference: str) -> Shown:
    """An item, by its id or the beginning of it, with all that stands around it."""
    with register.snapshot():
        stored = register.item(reference)
        siblings = register.items(ItemQuery(document=stored.document_id))
        return Shown(
            stored=stored,
            document=register.document(stored.document_id),
            parts=tuple(sibling for sibling in siblings if sibling.parent_id == stored.id),
            issues=tuple(issue for issue in register.issues(stored.document_id) if issue.item_id == stored.id),
            text=register.document_text(stored.document_id),
        )


def coverage(register: Register | None, reference: str) -> tuple[Covered, ...]:
    """Every line that is not empty and what it became, of a file as it would be read, or of a kept document.

    A file is read afresh and nothing is kept; a reference is looked up in the register, which None is not.
    """
    path = Path(reference)
    if path.is_file():
        parsed = read_source(Source(path, {}))
        text, lines = parsed.document.text, parsed.finding.lines
    elif register is None:
        raise NotFoundError(
            f"{reference}: no such file, and no register to look it up in; name a file, or see --register"
        )
    else:
        with register.snapshot():
            document = register.find_document(reference)
            text, lines = register.document_text(document.id), register.lines(document.id)
    by_number = {line.number: line for line in lines}
    numbered = enumerate(text.split("\n"), 1)
    return tuple(Covered(number, printed, by_number.get(number)) for number, printed in numbered if printed.strip())
