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
from deedline.register import ItemQuery, Register
from deedline.serve.web.asked import Parameters
from deedline.serve.web.marking import marked_text, translations
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page, tongue_for

FIELDS = ("q", "kind", "document", "body", "year", "due_after", "due_before", "both", "once")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def search_page(request: Request) -> Response:
    """What was found, best first."""
    asked = Parameters(request.query_params, *FIELDS, "after")
    words = asked.text("q") or ""
    found, query, problem = None, None, ""
    once = once_of(request, asked)
    with opened(request) as register:
        documents = operations.documents_held(register)
        if words:
            try:
                query = search_query(register, asked, once)
                found = operations.search(register, query)
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
        left_out=query is not None and bool(query.within.without),
        documents=documents,
        kinds=[kind.value for kind in ItemKind],
        marked_text=marked_text,
        translations=translations,
    )


def once_of(request: Request, asked: Parameters) -> str:
    """The language whose edition alone is searched of a publication in two: the one asked for, else that of the words,
    the reader's where they have none; empty where both are searched."""
    words = asked.text("q") or ""
    if asked.ticked("both") or asked.id("document"):
        return ""
    if chosen := asked.one_of("once", operations.TONGUES):
        return chosen
    if _IDEOGRAPH.search(words):
        return "zh"
    return "en" if re.search("[A-Za-z]", words) else tongue_for(request)


def search_query(register: Register, asked: Parameters, once: str) -> SearchQuery:
    """What is looked for: the words with all filters, in the editions in the language `once` where it names one."""
    within = ItemQuery(
        document=asked.id("document"),
        kind=asked.member("kind", ItemKind),
        body=asked.body("body"),
        due_after=asked.day("due_after"),
        due_before=asked.day("due_before"),
        without=operations.said_again(register, once) if once else (),
    )
    year = asked.number("year", 1) if asked.text("year") else None
    return SearchQuery(asked.text("q") or "", within, year=year, after=asked.text("after") or "")


def suggest(request: Request) -> Response:
    """What the beginning of a word may become, for the search box."""
    words = Parameters(request.query_params, "q").text("q") or ""
    with opened(request) as register:
        found = suggest_words(register, words, limit=8) if words else ()
    return JSONResponse([{"kind": each.kind, "words": each.words, "count": each.count} for each in found])


routes = [Route("/search", search_page), Route("/search/suggest", suggest)]
