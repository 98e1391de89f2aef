"""The documents, and each one's text with what every line became: where every citation leads."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.model.item import ItemKind
from deedline.serve.feeds.structured import document_jsonld, in_page
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.pages.review import PAGE_SIZE as PAGE_OF_REVIEW
from deedline.serve.web.published import site_of
from deedline.serve.web.rendering import page

PAGE_SIZE = 150  # lines
DOCUMENTS = 100  # on a page of the list


def documents_page(request: Request) -> Response:
    """The documents in the register, a page at a time."""
    asked = Parameters(request.query_params, "page")
    with opened(request) as register:
        documents = operations.documents_held(register)
    first = (asked.number("page", 1) - 1) * DOCUMENTS
    return page(
        request,
        "documents.html",
        asked=asked,
        documents=documents[first : first + DOCUMENTS],
        more=len(documents) > first + DOCUMENTS,
        total=len(documents),
        kinds=list(ItemKind),
    )


def document_page(request: Request) -> Response:
    """A document's lines that are not empty, numbered, each with what it became: the first, or those around `line`."""
    asked = Parameters(request.query_params, "line")
    with opened(request) as register, register.snapshot():
        document = register.document(request.path_params["document_id"])
        lines = operations.coverage(register, document.id)
        issues = register.issues(document.id)
        origins = register.origins(document.id)
    place = bisect_left(lines, asked.number("line", 1), key=lambda each: each.number)
    current = max(min(place, len(lines) - 1), 0) // PAGE_SIZE
    first = current * PAGE_SIZE
    doubts = defaultdict(list)
    for at, stored in enumerate(issues):
        doubts[stored.issue.line].append((stored.id, at // PAGE_OF_REVIEW + 1))
    return page(
        request,
        "document.html",
        document=document,
        total=len(lines),
        lines=lines[first : first + PAGE_SIZE],
        starts=[each.number for each in lines[::PAGE_SIZE]],
        current=current,
        doubts=doubts,
        origins=origins,
        linked_data=in_page(document_jsonld(document, site_of(request))),
    )


routes = [Route("/documents", documents_page), Route("/documents/{document_id}", document_page)]
