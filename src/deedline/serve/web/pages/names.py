"""Names: schemes, plans, laws and committees, each with every item that mentions it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page, tongue_for

PAGE_SIZE = 120  # names
ON_A_PAGE = 30  # items of a name


def names_page(request: Request) -> Response:
    """All names, those with most items first, by kind and by the words they hold."""
    asked = Parameters(request.query_params, "kind", "text", "as_of", "page")
    with opened(request) as register:
        found = operations.names(register, asked.day("as_of"), tongue_for(request))
    kinds = sorted({each.kind for each in found.by_key.values()})
    kind = asked.one_of("kind", tuple(kinds)) if asked.text("kind") else None
    words = operations.name_key(asked.text("text") or "")
    listed = [each for key, each in found.by_key.items() if kind in (None, each.kind) and words in key]
    first = (asked.number("page", 1) - 1) * PAGE_SIZE
    return page(
        request,
        "names.html",
        asked=asked,
        kinds=kinds,
        total=len(listed),
        shown=listed[first : first + PAGE_SIZE],
        more=len(listed) > first + PAGE_SIZE,
        documents=found.documents,
    )


def name_page(request: Request) -> Response:
    """One name with its items, oldest first."""
    asked = Parameters(request.query_params, "name", "as_of", "page")
    wanted = asked.text("name")
    if wanted is None:
        raise HTTPException(404)
    with opened(request) as register:
        found = operations.names(register, asked.day("as_of"), tongue_for(request))
        if operations.name_key(wanted) not in found.by_key:  # a name of the other language alone
            found = operations.names(register, asked.day("as_of"))
    named = operations.named_in(found, wanted)
    first = (asked.number("page", 1) - 1) * ON_A_PAGE
    return page(
        request,
        "name.html",
        named=named,
        asked=asked,
        shown=named.entries[first : first + ON_A_PAGE],
        more=len(named.entries) > first + ON_A_PAGE,
        size=ON_A_PAGE,
        documents=found.documents,
    )


routes = [Route("/names", names_page), Route("/names/one", name_page)]
