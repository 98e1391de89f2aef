"""Two editions of one publication in two languages, item by item: where they differ first, then every pair."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline.model.pairing import DiscrepancyCode
from deedline.operations.pairing import pair_languages
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page

PAGE_SIZE = 60


def languages_page(request: Request) -> Response:
    """Discrepancies that are sure, then those in doubt, then the pairs, a page of them at a time."""
    asked = Parameters(request.query_params, "differs", "anyway", "page")
    code = asked.member("differs", DiscrepancyCode)
    with opened(request) as register:
        found = pair_languages(register, request.path_params["document_id"], request.path_params["other_id"])
    listing = found.alike or asked.ticked("anyway")
    listed = sorted(found.found.discrepancies, key=lambda each: not each.sure)
    first = (asked.number("page", 1) - 1) * PAGE_SIZE
    pairs = found.found.pairs[first : first + PAGE_SIZE]
    return page(
        request,
        "languages.html",
        found=found,
        asked=asked,
        listing=listing,
        counts=Counter(each.code.value for each in listed),
        listed=[each for each in listed if code in (None, each.code)] if listing and first == 0 else [],
        pairs=pairs if code is None else (),
        more=code is None and len(found.found.pairs) > first + PAGE_SIZE,
    )


routes = [Route("/editions/{document_id}/languages/{other_id}", languages_page)]
