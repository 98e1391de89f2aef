"""Search while there is no index: what the register itself finds, in the documents' order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from deedline.errors import InputError
from deedline.operations.sought import Hit, How, SearchPage, SearchQuery, fits
from deedline.operations.wording import matches, wanted_words
from deedline.register import ItemQuery, Register, StoredDocument, StoredItem
from deedline.register.index_values import Clause

MOST_READ = 5_000  # items that have the words, one by one held against phrases, words to leave out and the year

_NOTE = "the search index is not made yet, so nothing is ranked; `deedline search --rebuild` makes it"


def unranked(register: Register, query: SearchQuery, clauses: Sequence[Clause]) -> SearchPage:
    """One page of what has the words; phrases, words after "-" and the year are held against what is read.

    `total` counts what fits all of it among the first MOST_READ items that have the words; a note says where there are
    more. InputError where `query.after` is not of such a page.
    """
    asked = replace(
        query.within,
        text=wanted_words(f"{query.words} {query.within.text}"),
        limit=None,
        after=_after(query.after),
        retired=False,
    )
    exact = [clause for clause in clauses if clause.exact]
    hits: list[Hit] = []
    last = following = None
    for stored, document in _read(register, asked):
        if len(hits) == query.limit:
            following = last
            break
        last = stored.id
        if fits(stored, document, query) and _answers(stored, document, exact):
            hits.append(Hit(stored, document, matches(clauses, stored, document), None, 0.0))
    total, whole = _counted(register, query, replace(asked, after=None), exact)
    more = () if whole else (f"only the first {MOST_READ:,} items that have the words were looked through",)
    return SearchPage(
        hits=tuple(hits),
        total=total,
        near=0,
        took=0.0,
        how=How.REGISTER,
        notes=(_NOTE, *more),
        next=f"i{following}" if following else None,
    )


def _after(given: str) -> str | None:
    if not given:
        return None
    if not re.fullmatch(r"i[0-9a-f]{16}", given):
        raise InputError(f"{given[:40]!r} is not where a page of this search ended; begin it again")
    return given[1:]


def _read(register: Register, asked: ItemQuery) -> Iterator[tuple[StoredItem, StoredDocument]]:
    documents = {document.id: document for document in register.documents()}
    for stored in islice(register.items(asked), MOST_READ):
        yield stored, documents[stored.document_id]


def _counted(register: Register, query: SearchQuery, asked: ItemQuery, exact: Sequence[Clause]) -> tuple[int, bool]:
    """How many fit, and whether all that have the words were looked through."""
    have = register.count_items(asked)
    if not exact and query.year is None:
        return have, True
    total = sum(fits(*each, query) and _answers(*each, exact) for each in _read(register, asked))
    return total, have <= MOST_READ


def _answers(stored: StoredItem, document: StoredDocument, exact: Sequence[Clause]) -> bool:
    """Whether an item has every phrase, and nothing that it must not have."""
    return all(bool(matches((replace(clause, out=False),), stored, document)) is not clause.out for clause in exact)
