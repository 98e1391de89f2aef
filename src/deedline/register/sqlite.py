"""The register in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from deedline.errors import RegisterError
from deedline.model.columns import ColumnMap
from deedline.model.document import Document
from deedline.model.item import Finding, Line
from deedline.model.link import Link, LinkState
from deedline.register import (
    blobs,
    checks,
    columns,
    correcting,
    documents,
    dumping,
    editing,
    origins,
    past,
    putting,
    queries,
    removing,
    settling,
    touching,
)
from deedline.register import links as _links
from deedline.register.connection import connect, explained, prepare_writing, transaction
from deedline.register.held import Correction, Judgement, Said, Settled
from deedline.register.history import Change, ItemChange, Touched
from deedline.register.ledger import Signature
from deedline.register.schema import migrate, version_of
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


class SqliteRegister:
    """A `Register` (see `base`, which documents every method) in one SQLite file."""

    def __init__(self, path: Path, *, create: bool, wait: float) -> None:
        self._path = path
        self._connection, self._writable = connect(path, create=create, wait=wait)
        self._action: int | None = None
        self._in_action = False
        try:
            with explained(path):
                version_of(self._connection, path)
                if self._writable:
                    prepare_writing(self._connection, wait)
                migrate(self._connection, path, writable=self._writable)
        except BaseException:
            self._connection.close()
            raise

    @property
    def location(self) -> str:
        return str(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with explained(self._path):
            self._connection.close()

    @contextmanager
    def action(self) -> Iterator[None]:
        if self._in_action:
            yield
            return
        self._in_action, self._action = True, None
        try:
            yield
        finally:
            self._in_action, self._action = False, None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._reading() as connection:
            if connection.in_transaction:  # within another snapshot
                yield
                return
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with explained(self._path):
            yield self._connection

    @contextmanager
    def _writing(self, at: datetime, by: str, why: str) -> Iterator[tuple[sqlite3.Connection, Signature]]:
        if not self._writable:
            raise RegisterError(f"{self._path}: can be read but not written; change its permissions or copy it")
        with explained(self._path):
            with transaction(self._connection):
                before = self._sets()
                yield self._connection, Signature(at, by, why, self._action)
                made = self._sets() > before
            if self._in_action and self._action is None and made:
                self._action = before + 1

    def _sets(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM change_sets").fetchone()[0])

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
        arrived = putting.arrival(document, finding, data, said or {})
        with self._writing(at, by, why) as (connection, signature):
            return putting.put(connection, arrived, replaces, signature)

    def knows(self, sha256: str) -> str | None:
        with self._reading() as connection:
            return documents.knows(connection, sha256)

    def documents(self) -> tuple[StoredDocument, ...]:
        with self._reading() as connection:
            return documents.all_documents(connection)

    def document(self, document_id: str) -> StoredDocument:
        with self._reading() as connection:
            return documents.stored(connection, documents.document_row(connection, document_id))

    def find_document(self, reference: str) -> StoredDocument:
        with self._reading() as connection:
            return documents.stored(connection, documents.find(connection, reference))

    def document_text(self, document_id: str) -> str:
        with self._reading() as connection:
            return documents.text(connection, documents.document_row(connection, document_id))

    def document_bytes(self, document_id: str) -> bytes | None:
        with self._reading() as connection:
            return blobs.load(connection, documents.document_row(connection, document_id)["sha256"])

    def note_origin(self, document_id: str, origin: Provenance, *, at: datetime, by: str, why: str = "") -> None:
        with self._writing(at, by, why) as (connection, signature):
            documents.document_row(connection, document_id)
            origins.note(connection, document_id, origin, signature)

    def origins(self, document_id: str) -> tuple[Provenance, ...]:
        with self._reading() as connection:
            return origins.of_document(connection, document_id)

    def watch(self, watch: Watch, *, at: datetime, by: str, why: str = "") -> None:
        with self._writing(at, by, why) as (connection, signature):
            origins.watch(connection, watch, signature)

    def unwatch(self, address: str, *, at: datetime, by: str, why: str = "") -> None:
        with self._writing(at, by, why) as (connection, signature):
            origins.unwatch(connection, address, signature)

    def watches(self) -> tuple[Watch, ...]:
        with self._reading() as connection:
            return origins.watches(connection)

    def map_columns(self, wanted: ColumnMap, *, at: datetime, by: str, why: str = "") -> None:
        with self._writing(at, by, why) as (connection, signature):
            columns.keep(connection, wanted, signature)

    def column_maps(self) -> tuple[ColumnMap, ...]:
        with self._reading() as connection:
            return columns.all_maps(connection)

    def lines(self, document_id: str) -> tuple[Line, ...]:
        with self._reading() as connection:
            return documents.lines(connection, documents.document_row(connection, document_id))

    def edit_document(
        self, document_id: str, changes: Mapping[str, str], *, at: datetime, by: str, why: str = ""
    ) -> StoredDocument:
        with self._writing(at, by, why) as (connection, signature):
            row = documents.document_row(connection, document_id)
            editing.edit(connection, row, changes, signature)
            return documents.stored(connection, documents.document_row(connection, document_id))

    def edits(self, document_id: str) -> Mapping[str, str]:
        with self._reading() as connection:
            return documents.edits(connection, document_id)

    def remove_document(self, document_id: str, *, at: datetime, by: str, why: str = "") -> Change:
        with self._writing(at, by, why) as (connection, signature):
            row = documents.document_row(connection, document_id)
            return past.change(connection, removing.remove(connection, row, signature))

    # Items and issues

    def items(self, query: ItemQuery = EVERYTHING) -> Iterator[StoredItem]:
        with self._reading() as connection:
            yield from queries.items(connection, query)

    def count_items(self, query: ItemQuery = EVERYTHING, *, most: int | None = None) -> int:
        with self._reading() as connection:
            return queries.count(connection, query, most)

    def items_by_id(self, ids: Collection[str]) -> Mapping[str, StoredItem]:
        with self._reading() as connection:
            return queries.by_id(connection, ids)

    def item(self, reference: str) -> StoredItem:
        with self._reading() as connection:
            return queries.item(connection, reference)

    def issues(
        self, document_id: str | None = None, *, settled: bool = False, skip: int = 0, limit: int | None = None
    ) -> tuple[StoredIssue, ...]:
        with self._reading() as connection:
            return queries.issues(connection, document_id, settled=settled, skip=skip, limit=limit)

    def settle_issue(
        self, issue_id: str, state: Settled | None, *, at: datetime, by: str, why: str = ""
    ) -> StoredIssue:
        with self._writing(at, by, why) as (connection, signature):
            settled = settling.settle(connection, issue_id, state, signature)
            return queries.issue(connection, settled)

    def correct_item(self, item_id: str, said: Sequence[Said], *, at: datetime, by: str, why: str = "") -> StoredItem:
        with self._writing(at, by, why) as (connection, signature):
            correcting.correct(connection, queries.item_row(connection, item_id), said, signature)
            return queries.item(connection, item_id)

    def corrections(self, item_id: str | None = None) -> tuple[Correction, ...]:
        with self._reading() as connection:
            return correcting.held(connection, item_id)

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
        with self._writing(at, by, why) as (connection, signature):
            number = _links.replace_between(connection, documents, links, fingerprint, signature)
            return None if number is None else past.change(connection, number)

    def linkings(self) -> Mapping[tuple[str, str], str]:
        with self._reading() as connection:
            return _links.linkings(connection)

    def links(self, item_id: str | None = None) -> Iterator[Link]:
        with self._reading() as connection:
            yield from _links.links(connection, item_id)

    def find_links(self, query: LinkQuery) -> tuple[Link, ...]:
        with self._reading() as connection:
            return _links.find(connection, query)

    def count_links(self, query: LinkQuery) -> int:
        with self._reading() as connection:
            return _links.count(connection, query)

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
        with self._writing(at, by, why) as (connection, signature):
            return _links.judge(connection, (from_id, to_id), relation, state, signature)

    def judgements(self, item_id: str | None = None) -> tuple[Judgement, ...]:
        with self._reading() as connection:
            return _links.judgements(connection, item_id)

    # History and health

    def undo(self, *, at: datetime, by: str, why: str = "") -> tuple[Change, ...]:
        with self._writing(at, by, why) as (connection, signature):
            return past.undo(connection, signature)

    def history(self, reference: str | None = None, *, limit: int | None = None) -> tuple[Change, ...]:
        with self._reading() as connection:
            return past.history(connection, reference, limit)

    def item_changes(
        self, item_ids: Collection[str] | None = None, *, limit: int | None = None
    ) -> tuple[ItemChange, ...]:
        with self._reading() as connection:
            return touching.changes(connection, item_ids, limit)

    def items_touched(self, item_ids: Collection[str] | None = None) -> Mapping[str, Touched]:
        with self._reading() as connection:
            return touching.touched(connection, item_ids)

    def revision(self) -> str:
        with self._reading() as connection:
            return past.revision(connection)

    def check(self) -> tuple[Problem, ...]:
        with self._reading() as connection:
            return tuple(checks.problems(connection))

    def dump(self) -> Iterator[str]:
        with self._reading() as connection:
            yield from dumping.lines(connection)
