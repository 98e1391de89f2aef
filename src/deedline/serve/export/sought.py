"""Rows of search: what --json, the API and the pages say of a page of hits."""

from __future__ import annotations

from deedline.operations.sought import Hit, SearchPage
from deedline.operations.suggesting import Suggestion
from deedline.serve.export.shape import Row, item_row


def search_row(page: SearchPage) -> Row:
    """A page of hits; `next` goes into `after` of the next one. `took` is in milliseconds."""
    return {
        "hits": [hit_row(hit) for hit in page.hits],
        "total": page.total,
        "near": page.near,
        "most_words": page.most_words,
        "bodies": [suggestion_row(one) for one in page.bodies],
        "names": [suggestion_row(one) for one in page.names],
        "how": page.how.value,
        "took": round(page.took * 1000, 1),
        "notes": list(page.notes),
        "next": page.next,
    }


def hit_row(hit: Hit) -> Row:
    """A hit: its item, where words matched (ranges of characters of `text`), how near in meaning it is, or both."""
    matches = [
        {"field": one.field, "text": one.text, "spans": [list(span) for span in one.spans]} for one in hit.matches
    ]
    near = None if hit.near is None else round(hit.near, 4)
    return {"item": item_row(hit.stored), "matches": matches, "near": near, "score": round(hit.score, 4)}


def suggestion_row(one: Suggestion) -> Row:
    """Words to search for: of a body, a name, a section, or as the items use them."""
    return {"kind": one.kind, "words": one.words, "id": one.id or None, "count": one.count}
