"""What every register can do, whatever holds it. One suite of tests runs over all stores."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from deedline.model.columns import ColumnMap
from deedline.model.document import Document
from deedline.model.item import Finding, Line
from deedline.model.link import Link, LinkState
from deedline.register.held import Correction, Judgement, Said, Settled
from deedline.register.history import Change, ItemChange, Touched
from deedline.register.values import (
    EVERYTHING,
    ItemQuery,
    LinkQuery,
    Problem,
    Provenance,
    Put,
    StoredDocument,
    StoredIssue,
    StoredItem,
    Watch,
)


class Register(Protocol):
    """The store of documents, items, links, judgements and their history.

    A context manager; close it to leave one file. Every method that writes is one transaction: after a kill, the
    register is as before or as after. `at` is the time that history shows and must know its zone; `by` is who did it.
    Every method may raise RegisterError (BusyError where another process writes for too long, CorruptError where the
    file is damaged). A register belongs to the thread that opened it, and is not carried over a fork.
    """

    @property
    def location(self) -> str:
        """Where the register is, as a person would type it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def close(self) -> None:
        """Leave the register; the same as leaving its `with` block."""

    def action(self) -> AbstractContextManager[None]:
        """Everything written inside is one action: `undo` takes it back together. Each write is still kept at once."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is as of one moment, whatever others write. Nothing can be written inside.

        One inside another is of the outer one's moment.
        """

    # Documents

    def put(
        self,
        document: Document,
        finding: Finding,
        *,
        data: bytes | None,
        at: datetime,
        by: str,
        why: str = "",
        replaces: str | None = None,
        said: Mapping[str, str] | None = None,
    ) -> Put:
        """Keep a document and what was found in it; the same content again changes nothing.

        `said` is what a person says of the document with it, kept in the same transaction as `edit_document` does.

        The same bytes read anew keep the document's id and its items' ids; so does a better version of the same
        edition, given as the one that `replaces` that document id. Bytes that such a version replaced are SUPERSEDED
        and change nothing, unless `replaces` says to go back to them. A value whose words do not re-read from the
        text is not kept, and becomes an Issue of code "evidence-lost". An item that is no longer found is deleted, or
        retired where a person's judgement hangs on it. `data` are the original bytes, kept compressed.
        NotFoundError where `replaces` names no document, InputError where `said` names a field or value that cannot be.
        """

    def knows(self, sha256: str) -> str | None:
        """The id of the present document that these bytes are, or were a version of."""

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents by date, name and id."""

    def document(self, document_id: str) -> StoredDocument:
        """One document by its whole id; NotFoundError where there is none."""

    def find_document(self, reference: str) -> StoredDocument:
        """One document by id, beginning of its id, name, or a part of its name or title that no other has.

        NotFoundError lists those that fit, or those that come near.
        """

    def document_text(self, document_id: str) -> str:
        """The decoded text that every span points into."""

    def document_bytes(self, document_id: str) -> bytes | None:
        """The original bytes; None where the document was put without them."""

    def lines(self, document_id: str) -> tuple[Line, ...]:
        """What every non-empty line became; `Line.items` are here the ids of stored items."""

    def edit_document(
        self, document_id: str, changes: Mapping[str, str], *, at: datetime, by: str, why: str = ""
    ) -> StoredDocument:
        """Set what a person knows better: title, publisher, date, series, edition, kind, language, jurisdiction.

        `date` is YYYY, YYYY-MM or YYYY-MM-DD; an empty value takes the person's value away again. Survives re-reading.
        InputError names a field or value that cannot be.
        """

    def edits(self, document_id: str) -> Mapping[str, str]:
        """What people set of a document, by field: what to give a reader that reads it again."""

    def remove_document(self, document_id: str, *, at: datetime, by: str, why: str = "") -> Change:
        """Take a document and its items out; judged ones stay retired. `undo` brings all of it back."""

    # Where documents come from

    def note_origin(self, document_id: str, origin: Provenance, *, at: datetime, by: str, why: str = "") -> None:
        """Keep where the bytes of a document were fetched from; NotFoundError where there is no such document."""

    def origins(self, document_id: str) -> tuple[Provenance, ...]:
        """Where the bytes of a document were fetched from, oldest first."""

    def watch(self, watch: Watch, *, at: datetime, by: str, why: str = "") -> None:
        """Watch an address, or keep what its place says now."""

    def unwatch(self, address: str, *, at: datetime, by: str, why: str = "") -> None:
        """Watch an address no longer; NotFoundError where it is not watched."""

    def watches(self) -> tuple[Watch, ...]:
        """The watched addresses."""

    # What the columns of spreadsheets hold

    def map_columns(self, wanted: ColumnMap, *, at: datetime, by: str, why: str = "") -> None:
        """Keep what a person says of the columns of all sheets with these headers; nothing said forgets it."""

    def column_maps(self) -> tuple[ColumnMap, ...]:
        """What people said of sets of headers."""

    # Items and issues

    def items(self, query: ItemQuery = EVERYTHING) -> Iterator[StoredItem]:
        """Stored items that fit, read as they are asked for. NotFoundError where `query.after` is no item."""

    def count_items(self, query: ItemQuery = EVERYTHING, *, most: int | None = None) -> int:
        """How many items fit, `limit` and `after` aside. With `most`, more need not be counted, but may be."""

    def items_by_id(self, ids: Collection[str]) -> Mapping[str, StoredItem]:
        """Those of some items that there are, by their whole ids, retired ones too; at most a few hundred at once."""

    def item(self, reference: str) -> StoredItem:
        """One item, retired ones too, by its id or a beginning of it that no other has; else NotFoundError."""

    def issues(
        self, document_id: str | None = None, *, settled: bool = False, skip: int = 0, limit: int | None = None
    ) -> tuple[StoredIssue, ...]:
        """Open doubts of one document or of all, in the documents' order, by line; with `settled` all doubts.

        Without the first `skip`, and at most `limit`.
        """

    def settle_issue(
        self, issue_id: str, state: Settled | None, *, at: datetime, by: str, why: str = ""
    ) -> StoredIssue:
        """Settle a doubt, by its id or a beginning of it that no other has; None opens it again.

        The same doubt about the same words stays settled when the document is read again. NotFoundError where there is
        none.
        """

    def correct_item(self, item_id: str, said: Sequence[Said], *, at: datetime, by: str, why: str = "") -> StoredItem:
        """Put what a person holds of an item's values over what was read; `Said` tells of each.

        It holds everywhere, filters too, and stays when the document is read again. A value of "" goes back to what was
        read. InputError where a value cannot be understood, NotFoundError where there is no such item.
        """

    def corrections(self, item_id: str | None = None) -> tuple[Correction, ...]:
        """What people hold of one item's values, or of all, by item and value."""

    # Links and judgements

    def put_links_between(
        self,
        documents: tuple[str, str],
        links: Sequence[Link],
        *,
        fingerprint: str | None,
        at: datetime,
        by: str,
        why: str = "",
    ) -> Change | None:
        """Replace the machine's unjudged links from one document's items to another's; what a person judged is never
        touched, whatever `links` says of the pair.

        `fingerprint` stands for all that the links were made from, and comes back in `linkings`; None where the two
        are not to be linked any more. None where nothing changed. ValueError where a link leads elsewhere,
        NotFoundError where it names no stored item.
        """

    def linkings(self) -> Mapping[tuple[str, str], str]:
        """The fingerprints from which documents, from and to, were linked last; removing either forgets it."""

    def links(self, item_id: str | None = None) -> Iterator[Link]:
        """Links from or to one item, or all, by from_id and to_id."""

    def find_links(self, query: LinkQuery) -> tuple[Link, ...]:
        """The links that fit, by from_id and to_id."""

    def count_links(self, query: LinkQuery) -> int:
        """How many links fit, `limit` and `after` aside."""

    def judge_link(
        self,
        from_id: str,
        to_id: str,
        relation: str,
        state: LinkState,
        *,
        at: datetime,
        by: str,
        why: str = "",
    ) -> Link:
        """Record a person's acceptance or rejection of a pair, or a link of their own; ACCEPTED or REJECTED only."""

    def judgements(self, item_id: str | None = None) -> tuple[Judgement, ...]:
        """Every judgement ever given, on one item's links or on all, oldest first."""

    # History and health

    def undo(self, *, at: datetime, by: str, why: str = "") -> tuple[Change, ...]:
        """Take back the last action not yet taken back, itself recorded; what was taken back, newest first.

        Empty where there is nothing to take back; RegisterError where another action changed the same rows since.
        """

    def history(self, reference: str | None = None, *, limit: int | None = None) -> tuple[Change, ...]:
        """Change sets, newest first; of one document's or item's id, with its rows before and after."""

    def item_changes(
        self, item_ids: Collection[str] | None = None, *, limit: int | None = None
    ) -> tuple[ItemChange, ...]:
        """What became of items, of these ids or of all, newest first, those of one moment by id."""

    def items_touched(self, item_ids: Collection[str] | None = None) -> Mapping[str, Touched]:
        """When items, of these ids or of all, were last added or changed, and how often."""

    def revision(self) -> str:
        """A short word that is another one as soon as anything that the register holds may have changed; "" if empty.

        It costs next to nothing: a key for what was computed of the register.
        """

    def check(self) -> tuple[Problem, ...]:
        """What `doctor` shows: damage, values that do not re-read, lines not accounted for. Empty where all is well."""

    def dump(self) -> Iterator[str]:
        """All but the history as lines of JSON in a fixed order: equal registers give equal dumps."""
