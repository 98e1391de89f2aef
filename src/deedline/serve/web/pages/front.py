"""The first page: the newest edition at a glance, what falls due next, where reports and figures disagree."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page, tongue_for

SHOWN = 6
LISTED = 30  # documents of a large register


def front_page(request: Request) -> Response:
    """What there is to know first."""
    as_of = Parameters(request.query_params, "as_of").day("as_of")
    with opened(request) as register:
        seen = operations.overview(register, as_of, language=tongue_for(request))
        held = len(operations.documents_held(register))
        editions = {glance.edition.id for glance in seen.editions}
        caution = operations.told_of_editions(register, editions) if seen.whole else ""
    return page(request, "front.html", seen=seen, held=held, caution=caution, shown=SHOWN, listed=LISTED, as_of=as_of)


routes = [Route("/", front_page)]
