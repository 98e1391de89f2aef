"""One item: its words and values, its source, its thread, its links, its history."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.serve.evidence import excerpt
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page


def item_page(request: Request) -> Response:
    """Every value, and the lines of the source with its words marked."""
    with opened(request) as register:
        shown = operations.show(register, request.path_params["item_id"])
    return page(
        request,
        "item.html",
        shown=shown,
        item=shown.stored.item,
        document=shown.document,
        lines=excerpt(shown.text, shown.stored.item, around=3),
    )


routes = [Route("/items/{item_id}", item_page)]
