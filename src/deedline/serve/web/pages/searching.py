"""Search by words or by meaning, each hit with why it is there; and suggestions as one types."""

from __future__ import annotations

import re

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
from deedline.serve.web.rendering import page, tongue_for

FIELDS = ("q", "kind", "document", "body", "year", "due_after", "due_before", "both", "after")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def search_page(request: Request) -> Response:
    """What was found, best first."""
    asked = Parameters(request.query_params, *FIELDS)
    words = asked.text("q") or ""
    found, problem = None, ""
    without: tuple[str, ...] = ()
    once = "" if asked.ticked("both") or asked.id("document") else _tongue_of(words, request)
    with opened(request) as register:
        documents = operations.documents_held(register)
        if words:
            try:
                without = operations.said_again(register, once) if once else ()
                found = operations.search(register, _query(asked, words, without))
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
        once=once,
        left_out=bool(without),
        documents=documents,
        kinds=[kind.value for kind in ItemKind],
        marked_text=marked_text,
        translations=translations,
    )


def _tongue_of(words: str, request: Request) -> str:
    """The language whose edition of a publication is searched: that of the words; the reader's where they have none."""
    if _IDEOGRAPH.search(words):
        return "zh"
    return "en" if re.search("[A-Za-z]", words) else tongue_for(request)


def _query(asked: Parameters, words: str, without: tuple[str, ...]) -> SearchQuery:
    within = ItemQuery(
        document=asked.id("document"),
        kind=asked.member("kind", ItemKind),
        body=asked.body("body"),
        due_after=asked.day("due_after"),
        due_before=asked.day("due_before"),
        without=without,
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
