"""Rows of search: what --json, the API and the pages say of a page of hits."""

from __future__ import annotations

from collections.abc import Sequence

from deedline.operations.sought import Hit, SearchPage
from deedline.operations.suggesting import Suggestion
from deedline.operations.wording import Match
from deedline.register import Register
from deedline.serve.export.listed import listed_rows
from deedline.serve.export.shape import Row


def search_row(register: Register, page: SearchPage) -> Row:
    """A page of hits; `next` goes into `after` of the next one. `took` is in milliseconds."""
    return {
        "hits": hit_rows(register, page.hits),
        "total": page.total,
        "translated": page.translated,
        "near": page.near,
        "rendered": [{"words": words, "others": list(others)} for words, others in page.rendered],
        "most_words": page.most_words,
        "bodies": [suggestion_row(one) for one in page.bodies],
        "names": [suggestion_row(one) for one in page.names],
        "how": page.how.value,
        "took": round(page.took * 1000, 1),
        "notes": list(page.notes),
        "next": page.next,
    }


def hit_rows(register: Register, hits: Sequence[Hit]) -> list[Row]:
    """Hits: the item, where words or their translations stand (ranges of characters of `text`), how near it is."""
    items = listed_rows(register, (hit.stored for hit in hits))
    return [_hit_row(hit, item) for hit, item in zip(hits, items, strict=True)]


def _hit_row(hit: Hit, item: Row) -> Row:
    return {
        "item": item,
        "matches": [match_row(one) for one in hit.matches],
        "translated": hit.translated,
        "near": None if hit.near is None else round(hit.near, 4),
        "score": round(hit.score, 4),
    }


def match_row(one: Match) -> Row:
    """Where words matched; `stands_for` is what was typed where its translation did, else null."""
    spans = [list(span) for span in one.spans]
    return {"field": one.field, "text": one.text, "spans": spans, "stands_for": one.stands_for or None}


def suggestion_row(one: Suggestion) -> Row:
    """Words to search for: of a body, a name, a section, or as the items use them."""
    return {"kind": one.kind, "words": one.words, "id": one.id or None, "count": one.count}
