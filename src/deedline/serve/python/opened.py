"""A register as an object with the verbs of the command line; answers are the rows that `--json` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from deedline import operations
from deedline.model.item import ItemKind
from deedline.model.link import LinkState, Relation
from deedline.model.values import StatusCode
from deedline.operations import Held, Source
from deedline.register import ItemQuery, LinkQuery, Register, open_register
from deedline.serve.evidence import excerpt
from deedline.serve.export.listed import listed_rows
from deedline.serve.export.shape import Row, document_row, link_row
from deedline.serve.export.shown import added_row, change_row, doubt_rows, settled_row, shown_row
from deedline.serve.export.tracked import (
    adoption_row,
    editions_row,
    followed_row,
    measured_row,
    slippage_row,
    thread_row,
)
from deedline.serve.python.rows import Rows

Day = date | str  # a day as a date, or written 2024-12-31


def open_to_work(location: str | Path, *, create: bool = True) -> OpenRegister:
    """The register at a path, or at a URL; made where there is none, unless `create` is False.

    RegisterError says why it cannot be opened. It belongs to the thread that opened it; close it, or use `with`.
    """
    return OpenRegister(open_register(location, create=create))


class OpenRegister:
    """An open register. `register` is what `deedline.operations` takes, for what these few verbs do not do."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<deedline register {self.register.location}>"

    def close(self) -> None:
        """Leave the register."""
        self.register.close()

    # What people do

    def add(self, *files: str | Path, by: str, link: bool = True, **said: str) -> Rows:
        """Read files into the register and compare its documents; a row a file, with `error` where it could not be.

        `said` is what you say of the documents: title, publisher, date, series, edition, kind, language, jurisdiction.
        """
        at = _now()
        sources = [Source(Path(file), said) for file in files]
        with self.register.action():
            added = list(operations.add(self.register, sources, at=at, by=by, workers=0))
            if link:
                for _ in operations.relink(self.register, at=at, by=by):
                    pass
        return Rows(tuple(map(added_row, added)))

    def judge(self, source: str, target: str, state: str, *, by: str, why: str = "", relation: str = "") -> Row:
        """Accept or reject ("accepted", "rejected") a link between two items; `relation` says what it is, if new."""
        given = Relation(relation) if relation else None
        asked = operations.relation_of(self.register, source, target, given)
        held = Held(source, target, asked, LinkState(state))
        return link_row(operations.judge(self.register, held, at=_now(), by=by, why=why))

    def undo(self, *, by: str, why: str = "") -> Rows:
        """Take back the last action; the changes that were taken back."""
        return Rows(tuple(map(change_row, self.register.undo(at=_now(), by=by, why=why))))

    # What is kept

    def documents(self) -> Rows:
        """The documents, by date, name and id."""
        return Rows(tuple(map(document_row, self.register.documents())), "documents")

    def items(self, *, late: bool = False, limit: int | None = None, **filters: Any) -> Rows:
        """Items as they stand in their documents.

        `filters` are those of `deedline items`: document, kind, body, due_before, due_after, status, text, number,
        batch.
        """
        with self.register.snapshot():
            query = self._query(filters, limit)
            total = operations.count_items(self.register, query, late=late)
            found = operations.items(self.register, query, late=late)
            return Rows(tuple(listed_rows(self.register, found)), "items", total)

    def item(self, item_id: str, *, around: int = 2, as_of: Day | None = None) -> Row:
        """One item with its values, evidence, parts, doubts, links and where it stands."""
        shown = operations.show(self.register, item_id, _day(as_of))
        return shown_row(shown, excerpt(shown.text, shown.stored.item, around))

    def search(self, words: str, *, limit: int = 20, year: int | None = None, **filters: Any) -> Rows:
        """Items by words and meaning: rows of `item`, `matches`, `near`, `score`. `filters` are those of `items`."""
        page = self.search_page(words, limit=limit, year=year, **filters)
        return Rows(tuple(page["hits"]), total=page["total"])

    def search_page(self, words: str, *, limit: int = 20, year: int | None = None, **filters: Any) -> Row:
        """What `search` finds as `hits`, with what there is to know of it: `translated`, `most_words`, `notes`."""
        from deedline.operations.searching import search
        from deedline.operations.sought import SearchQuery
        from deedline.serve.export.sought import search_row

        return search_row(self.register, search(self.register, SearchQuery(words, self._query(filters), year, limit)))

    def links(self, *, item: str | None = None, relation: str | None = None, state: str | None = None) -> Rows:
        """Links between items, narrowed to those of one item, relation or state."""
        whole = self.register.item(item).id if item else None
        query = LinkQuery(whole, relation, LinkState(state) if state else None)
        return Rows(tuple(map(link_row, self.register.find_links(query))), "links")

    def issues(self, document: str | None = None) -> Rows:
        """Doubts of reading that wait for a person."""
        return Rows(tuple(map(settled_row, operations.open_issues(self.register, document))), "issues")

    def doubts(self, document: str | None = None) -> Rows:
        """Links that wait for a person, the likeliest first, with both their items."""
        return Rows(tuple(doubt_rows(self.register, operations.doubts(self.register, document=document))))

    def history(self, reference: str | None = None, *, limit: int | None = None) -> Rows:
        """What was changed, of all or of one document or item, newest first."""
        return Rows(tuple(map(change_row, self.register.history(reference, limit=limit))))

    # What is computed

    def thread(self, item_id: str, *, as_of: Day | None = None) -> Row:
        """The undertaking that an item belongs to, across editions."""
        known = operations.scene(self.register, _day(as_of))
        return thread_row(self.register, known, operations.thread(known, item_id))

    def indicators(
        self, *, document: str | None = None, body: str | None = None, as_of: Day | None = None, **only: bool
    ) -> Rows:
        """Reported indicators: status beside what figures bear out; `only`: late, done_late, disagree."""
        query = operations.ProgressQuery(**only)  # type: ignore[arg-type]
        asked = operations.reported(self.register, query, document=document, body=body, as_of=_day(as_of))
        return Rows(tuple(map(measured_row, asked.found)), "indicators", asked.of)

    def due(self, *, within: int = 90, body: str | None = None, coming: bool = False, as_of: Day | None = None) -> Rows:
        """What falls due within so many days or, unless only `coming`, fell due and is not reported done; by day."""
        chosen = operations.find_body(body) if body else None
        known = operations.scene(self.register, _day(as_of))
        found = operations.due(known, within=within, body=chosen, past=not coming)
        return Rows(tuple(map(followed_row, found)), "standings")

    def slippage(self, *, as_of: Day | None = None) -> Rows:
        """How the dates of bodies' undertakings moved as they were restated."""
        return Rows(tuple(map(slippage_row, operations.slippage(operations.scene(self.register, _day(as_of))))))

    def compare(self, edition: str, other: str, *, as_of: Day | None = None) -> Row:
        """What became of each commitment between two editions."""
        return editions_row(operations.compare_editions(self.register, edition, other, _day(as_of)))

    def adoption(self, submission: str, against: str | None = None, *, as_of: Day | None = None) -> Sequence[Row]:
        """What became of a submission's proposals, in one edition or in each that may have come after it."""
        return [adoption_row(each) for each in operations.adoption(self.register, submission, against, _day(as_of))]

    def _query(self, filters: Mapping[str, Any], limit: int | None = None) -> ItemQuery:
        asked = dict(filters)
        known = {"document", "kind", "body", "due_before", "due_after", "status", "text", "number", "batch"}
        _demand_known(asked, known)
        return ItemQuery(
            document=self.register.find_document(asked["document"]).id if asked.get("document") else None,
            kind=ItemKind(asked["kind"]) if asked.get("kind") else None,
            body=operations.find_body(asked["body"]) if asked.get("body") else None,
            due_before=_day(asked.get("due_before")),
            due_after=_day(asked.get("due_after")),
            status=StatusCode(asked["status"]) if asked.get("status") else None,
            text=asked.get("text", ""),
            number=asked.get("number"),
            batch=asked.get("batch"),
            limit=limit,
        )


def _demand_known(asked: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise TypeError(f"{unknown[0]} is no filter; there are {', '.join(sorted(known))}")


def _day(day: Day | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
