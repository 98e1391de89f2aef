"""What search takes and gives, and whether an item passes its filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from deedline.operations.suggesting import Suggestion
from deedline.operations.wording import Match
from deedline.register import ItemQuery, StoredDocument, StoredItem
from deedline.register.index_values import Narrowed
from deedline.register.values import EVERYTHING


class Meaning(StrEnum):
    """Whether items near in meaning are sought: where few have the words, always, or never."""

    WHERE_FEW = "where-few"
    ALWAYS = "always"
    NEVER = "never"


class How(StrEnum):
    """What answered: the index beside the register, one in memory, or the register itself, which ranks nothing."""

    INDEX = "index"
    MEMORY = "memory"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to look for.

    `words` are looked for in any script, width and letter case, all of them; "…" 「…」 《…》 hold exact phrases, and a
    word after "-" must not be there. `within` narrows; its order, limit, after and retired do not count. `year` is that
    of the document's date. `after` is `SearchPage.next` of the page before.
    """

    words: str
    within: ItemQuery = EVERYTHING
    year: int | None = None
    limit: int = 20
    after: str = ""
    meaning: Meaning = Meaning.WHERE_FEW


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found, and why: words that matched, their translations, or its nearness in meaning (cosine).

    A hit without `matches` is near in meaning only; a `translated` one has all that was typed only with translations.
    `score` orders hits of one page; it has no unit.
    """

    stored: StoredItem
    document: StoredDocument
    matches: tuple[Match, ...]
    near: float | None
    score: float
    translated: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Hits in their order.

    `total` counts all items that fit the words, `translated` those beside them that fit them with translations (None on
    pages that end long before these begin, where nothing counts them), `near` those near in meaning beside both.
    `rendered` are the words that were translated, each with what it is called in the other language. `most_words` says
    that no item has all the words, so that those with more than half of them are given. `bodies` and `names` are what
    the words name. `took` is in seconds; `notes` say what a person should know of this answer. `next` continues it.
    """

    hits: tuple[Hit, ...]
    total: int
    near: int
    took: float
    how: How
    translated: int | None = 0
    rendered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    most_words: bool = False
    bodies: tuple[Suggestion, ...] = ()
    names: tuple[Suggestion, ...] = ()
    notes: tuple[str, ...] = ()
    next: str | None = None


def narrowed_by(query: SearchQuery) -> Narrowed:
    """The filters of a query, for the index."""
    within = query.within
    asked = {
        "document": within.document,
        "kind": within.kind,
        "status": within.status,
        "batch": within.batch,
        "number": within.number,
        "parent": within.parent,
        "body": within.body,
    }
    exact = {name: str(value) for name, value in asked.items() if value is not None}
    return Narrowed(exact, (within.due_after, within.due_before), query.year, within.without)


def fits(stored: StoredItem, document: StoredDocument, query: SearchQuery) -> bool:
    """Whether an item passes the filters as it is now."""
    within, item = query.within, stored.item
    status = item.report.status if item.report else None
    dated = document.metadata.dated
    pairs: Sequence[tuple[object, object]] = (
        (within.document, stored.document_id),
        (within.kind, item.kind),
        (within.status, status),
        (within.batch, item.batch),
        (within.number, item.number),
        (within.parent, stored.parent_id),
        (query.year, dated.year if dated else None),
    )
    return (
        all(wanted is None or wanted == had for wanted, had in pairs)
        and stored.document_id not in within.without
        and (within.body is None or item.has_body(within.body))
        and (within.due_after is None or (item.due is not None and item.due >= within.due_after))
        and (within.due_before is None or (item.due is not None and item.due <= within.due_before))
    )
