"""Search by words or by meaning, each hit with why it is there; and suggestions as one types."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deedline import operations
from deedline.errors import InputError
from deedline.model.item import ItemKind
from deedline.operations.sought import SearchQuery
from deedline.operations.suggesting import suggest_words
from deedline.register import ItemQuery
from deedline.serve.web.asked import Parameters
from deedline.serve.web.marking import marked_text, translations
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page

FIELDS = ("q", "kind", "document", "body", "year", "due_after", "due_before", "after")


def search_page(request: Request) -> Response:
    """What was found, best first."""
    asked = Parameters(request.query_params, *FIELDS)
    words = asked.text("q") or ""
    found, problem = None, ""
    with opened(request) as register:
        documents = operations.documents_held(register)
        if words:
            try:
                found = operations.search(register, _query(asked, words))
            except InputError as error:
                problem = str(error)
    return page(
        request,
        "search.html",
        200 if not problem else 400,
        words_searched=words,
        asked=asked,
        found=found,
        problem=problem,
        documents=documents,
        kinds=[kind.value for kind in ItemKind],
        marked_text=marked_text,
        translations=translations,
    )


def _query(asked: Parameters, words: str) -> SearchQuery:
    within = ItemQuery(
        document=asked.id("document"),
        kind=asked.member("kind", ItemKind),
        body=asked.body("body"),
        due_after=asked.day("due_after"),
        due_before=asked.day("due_before"),
    )
    year = asked.number("year", 1) if asked.text("year") else None
    return SearchQuery(words, within, year=year, after=asked.text("after") or "")


def suggest(request: Request) -> Response:
    """What the beginning of a word may become, for the search box."""
    words = Parameters(request.query_params, "q").text("q") or ""
    with opened(request) as register:
        found = suggest_words(register, words, limit=8) if words else ()
    return JSONResponse([{"kind": each.kind, "words": each.words, "count": each.count} for each in found])


routes = [Route("/search", search_page), Route("/search/suggest", suggest)]
