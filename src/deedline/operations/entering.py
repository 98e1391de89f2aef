"""What of an item is indexed for searching: its terms, those of what stands about it, and values to filter by.

A change of it raises `indexing.FORMAT`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain

from deedline.knowledge.bodies import body_of
from deedline.knowledge.terms import is_ideographs, term_texts
from deedline.register import StoredDocument, StoredItem
from deedline.register.index_values import Entered

_LONGEST_HEADING = 100
_LONGEST_SHOWN = 300


def entered(stored: StoredItem, document: StoredDocument) -> Entered:
    """An item as it is indexed."""
    item, metadata = stored.item, document.metadata
    words = [item.text, item.lead_in, item.report.narrative if item.report else ""]
    text = [term for part in words if part for term in term_texts(part)]
    elsewhere = [*item.path, *chain.from_iterable(body_words(stored)), item.number or "", metadata.title]
    around = [term for part in elsewhere if part for term in _terms_again(part)]
    letters = [letter for letter in set("".join(chain(text, around))) if is_ideographs(letter)]
    exact: dict[str, tuple[str, ...]] = {
        "kind": (item.kind.value,),
        "status": (item.report.status.value,) if item.report and item.report.status else (),
        "batch": (item.batch,) if item.batch else (),
        "number": (item.number,) if item.number else (),
        "parent": (stored.parent_id,) if stored.parent_id else (),
        "body": tuple(sorted({mention.body_id for mention in item.bodies if mention.body_id})),
        "section": tuple(dict.fromkeys(heading[:_LONGEST_HEADING] for heading in item.path)),
        "name": tuple(dict.fromkeys(name.as_printed[:_LONGEST_HEADING] for name in item.names)),
    }
    return Entered(
        id=stored.id,
        shown=item.text[:_LONGEST_SHOWN],
        text=text,
        around=around,
        letters=letters,
        exact=exact,
        due=item.due,
        year=metadata.dated.year if metadata.dated else None,
    )


def body_words(stored: StoredItem) -> list[tuple[str, ...]]:
    """For each of an item's bodies, what it is called: as printed, its names, its abbreviations."""
    return [
        tuple(dict.fromkeys((mention.as_printed, mention.name, *body_names(mention.body_id))))
        for mention in stored.item.bodies
    ]


@cache
def body_names(body_id: str | None) -> tuple[str, ...]:
    """The names and abbreviations of a body, Chinese first; none of one that no jurisdiction knows."""
    body = body_of(body_id)
    return tuple(filter(None, (body.name_zh, body.name_en, *body.abbreviations))) if body is not None else ()


@lru_cache(maxsize=10_000)
def _terms_again(text: str) -> tuple[str, ...]:
    """`term_texts` of what stands about many items alike."""
    return tuple(term_texts(text))
