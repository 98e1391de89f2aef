"""What the register takes and gives: frozen values around the model's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deedline.model.document import Metadata
from deedline.model.item import Issue, Item, ItemKind
from deedline.model.link import LinkState
from deedline.model.values import StatusCode
from deedline.register.held import Correction, Settlement


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
    is a hash of all that was read and found, and of what people hold over it, which changes whenever any of it does;
    `finding_but_status` is the same, but for the statuses that people set.
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
    finding_but_status: str = ""

    @property
    def size(self) -> int:
        """How many present items it holds."""
        return sum(self.items.values())


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
class Problem:
    """What `check` found wrong: a short kebab-case code, where, and what to do."""

    code: str
    where: str
    message: str
