"""One item: its words and values, its source, its thread, its links, how to cite it, its history."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.model.entry import Entry
from deedline.model.item import COMMITMENTS
from deedline.model.link import Link
from deedline.operations.pairing import counterparts
from deedline.register import StoredDocument
from deedline.serve.evidence import excerpt, marked_words
from deedline.serve.export.shown import own_links
from deedline.serve.feeds.structured import in_page, item_jsonld
from deedline.serve.web.asked import Parameters
from deedline.serve.web.choosing import reviewer_of
from deedline.serve.web.citing import cite
from deedline.serve.web.opened import opened
from deedline.serve.web.pages.review import CORRECTABLE
from deedline.serve.web.published import site_of
from deedline.serve.web.rendering import page

_WEAK = 8  # links that do not hold and are not in doubt: so many are shown


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as the item's page shows it: the item at its other end, whether it leads from here, and whether it is a
    proposal that it leads from, so that adoption is what may be said of it."""

    link: Link
    other: Entry
    document: StoredDocument
    outward: bool
    asked: bool


def item_page(request: Request) -> Response:
    """Every value with the words that prove it, and all that was computed and judged of the item."""
    asked = Parameters(request.query_params, "as_of")
    with opened(request) as register, register.snapshot():
        shown = operations.show(register, request.path_params["item_id"], asked.day("as_of"))
        history = register.history(shown.stored.id, limit=50)
        thread = shown.followed.thread if shown.followed else None
        undertaking = operations.thread(shown.around, shown.stored.id) if thread else None
        spoken = counterparts(register, shown.stored.id, shown.document)
    item, site = shown.stored.item, site_of(request)
    return page(
        request,
        "item.html",
        shown=shown,
        item=item,
        document=shown.document,
        pieces=marked_words(shown.text, item),
        lines=excerpt(shown.text, item, around=3),
        undertaking=undertaking,
        moved={step.entry.id: step.moved for step in thread.steps} if thread else {},
        ties=_ties(shown),
        spoken=spoken,
        history=history,
        citation=cite(shown.stored, shown.document, site.base),
        correctable=CORRECTABLE,
        reviewer=reviewer_of(request),
        linked_data=in_page(item_jsonld(shown.stored, shown.document, site)),
    )


def _ties(shown: operations.Shown) -> list[Tie]:
    """The links upon the item: all that hold or wait for a person, and the best of the rest."""
    ties = []
    for link in own_links(shown):
        outward = link.from_id == shown.stored.id
        other = shown.around.entries.get(link.to_id if outward else link.from_id)
        if other is not None:
            source = shown.stored.item if outward else other.item
            asked = source.kind not in COMMITMENTS
            ties.append(Tie(link, other, shown.around.documents[other.document_id], outward, asked))
    firm = [tie for tie in ties if tie.link.holds]
    return firm + [tie for tie in ties if not tie.link.holds][:_WEAK]


routes = [Route("/items/{item_id}", item_page)]
