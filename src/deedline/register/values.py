"""What the register takes and gives: frozen values around the model's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from deedline.model.document import Metadata
from deedline.model.item import Issue, Item, ItemKind
from deedline.model.link import LinkState
from deedline.model.values import StatusCode


class Outcome(StrEnum):
    """What `put` did: a new document, nothing, a document read anew, or nothing as a newer version replaced it."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    SUPERSEDED = "superseded"


class ItemState(StrEnum):
    """PRESENT: the document says it; RETIRED: it no longer does, kept for the links and judgements upon it."""

    PRESENT = "present"
    RETIRED = "retired"


class Verb(StrEnum):
    """What a set of changes did."""

    ADD = "add"
    READ = "read"  # a document again: found more or better, or from a better file
    EDIT = "edit"
    REMOVE = "remove"
    LINK = "link"
    JUDGE = "judge"
    FETCH = "fetch"
    WATCH = "watch"
    COLUMNS = "columns"  # what those of spreadsheets hold
    CORRECT = "correct"  # an item's values
    SETTLE = "settle"  # a doubt of reading
    UNDO = "undo"


class Order(StrEnum):
    """ID for export; DOCUMENT for lists: by the documents' dates and names, then as they read; DUE by the day, which
    leaves out those without one."""

    ID = "id"
    DOCUMENT = "document"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Put:
    """What became of one document and its items, by id. `issues` are the doubts that stand now."""

    document_id: str
    outcome: Outcome
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where bytes were fetched from: the address that was asked for, the one where redirects led, and when."""

    sha256: str
    address: str
    final_address: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """An address watched for a new edition, with what its place said of its bytes the last time it was asked."""

    address: str
    sha256: str = ""
    etag: str = ""
    last_modified: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the register holds it.

    `metadata` is what was read with what people set over it; `edited` names the fields that a person set. `items`
    counts the present items of each kind, `issues` the open doubts; `characters` is the length of its text. `finding`
    is a hash of all that was read and found, and of what people hold over it, which changes whenever any of it does.
    """

    id: str
    name: str
    sha256: str
    media_type: str
    metadata: Metadata
    edited: frozenset[str]
    characters: int
    items: Mapping[ItemKind, int]
    issues: int
    finding: str = ""

    @property
    def size(self) -> int:
        """How many present items it holds."""
        return sum(self.items.values())


class Field(StrEnum):
    """What of an item a person may correct; its words are never changed."""

    DUE = "due"
    KIND = "kind"
    STATUS = "status"
    BODY = "body"
    DEADLINE = "deadline"
    TARGET = "target"
    ACTUAL = "actual"
    BASELINE = "baseline"
    WRONG = "wrong"


WRONG_KINDS = ("body", "deadline", "quantity", "figure", "name")  # of values that may be read where there is none
NOTHING = "none"  # the value that takes one away: no due day, no status, no such body


@dataclass(frozen=True, slots=True)
class Said:
    """One value that a person holds of an item. `value` is NOTHING where there is none, "" to go back to what was read.

    DUE: YYYY-MM-DD. KIND: an ItemKind. STATUS: a StatusCode. BODY: the role of the body whose id is `of`, and whose
    name is `detail`. DEADLINE: "by", of the day `of`, which reading missed. TARGET, ACTUAL, BASELINE: a figure with its
    unit ("20%", "45 km"). WRONG: "wrong", of a value that was read where there is none, `of` its kind and words:
    "deadline 2025年底" (kinds: body, deadline, quantity, figure, name).
    """

    field: Field
    value: str
    of: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person holds of one value of an item, and what was `read` of it, in words; "" where nothing was."""

    item_id: str
    said: Said
    read: str
    at: datetime
    by: str
    why: str


class Settled(StrEnum):
    """What became of a doubt: RESOLVED by what a person corrected or looked up, DISMISSED as none."""

    RESOLVED = "resolved"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Settlement:
    """That a person settled a doubt."""

    state: Settled
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item with its lasting id. `parent_id` is the id of `item.parent`; `position` its place in the document.

    `item` is what holds, people's `corrections` over what was read; `read` is that alone, None where nobody corrected.
    """

    id: str
    document_id: str
    document_name: str
    state: ItemState
    position: int
    parent_id: str | None
    item: Item
    read: Item | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredIssue:
    """A doubt with where it stands; `item_id` is the id of `issue.item`, `settlement` None while it is open."""

    id: str
    document_id: str
    document_name: str
    item_id: str | None
    issue: Issue
    settlement: Settlement | None = None


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """Which items to list; every field narrows, and an empty query lists all that are present.

    `document` is a document's id, `parent` an item's that the wanted ones are parts of, and `body` a body's
    ("hk/itib"). `due_before` and `due_after` include their day.
    `text` is found anywhere in the item's words, whatever its width, script or letter case. `after` is the id of the
    last item already seen, in the same `order`. `retired` lists retired items too. `without` are ids of documents
    whose items are left out.
    """

    document: str | None = None
    kind: ItemKind | None = None
    body: str | None = None
    due_before: date | None = None
    due_after: date | None = None
    status: StatusCode | None = None
    text: str = ""
    number: str | None = None
    batch: str | None = None
    parent: str | None = None
    order: Order = Order.DOCUMENT
    limit: int | None = None
    after: str | None = None
    retired: bool = False
    without: tuple[str, ...] = ()


EVERYTHING = ItemQuery()


@dataclass(frozen=True, slots=True)
class LinkQuery:
    """Which links to list; every field narrows. `item` is an id at either end, `after` the pair of ids of the last link
    already seen."""

    item: str | None = None
    relation: str | None = None
    state: LinkState | None = None
    sure: bool | None = None
    limit: int | None = None
    after: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person held of a link, once and for all recorded; a later one of the same pair replaces its effect.

    `state` is None where the judgement was withdrawn by `undo`.
    """

    number: int
    from_id: str
    to_id: str
    relation: str
    state: LinkState | None
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of one table before and after, by column; None where it did not exist."""

    table: str
    id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded set of changes: what was done (`verb`), to which document or item (`subject`), by whom, when, why.

    `action` is shared by the sets of one command, which `undo` takes back together; `undoes` is the number of the set
    that this one took back, and `undone` says that a later one took this back. `counts` is by table and what became
    of its rows ("items added": 642). `rows` are given only where one id's history was asked for.
    """

    number: int
    action: int
    verb: Verb
    subject: str
    at: datetime
    by: str
    why: str
    undoes: int | None
    undone: bool
    counts: Mapping[str, int]
    rows: tuple[RowChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What one set of changes did to one item's row: those columns that differ, None where it did not exist.

    `number`, `verb`, `subject` and `at` are those of the set, as in `Change`.
    """

    number: int
    verb: Verb
    subject: str
    at: datetime
    item_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Touched:
    """When an item was first and last added or changed, and in how many sets of changes."""

    first: datetime
    last: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What `check` found wrong: a short kebab-case code, where, and what to do."""

    code: str
    where: str
    message: str
