"""An item as a small card on somebody else's page: by oEmbed, or framed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deedline import operations
from deedline.serve.feeds.oembed import oembed
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.published import site_of
from deedline.serve.web.rendering import page

_ITEM = re.compile(r"/(?:embed/)?items/([0-9a-f]{1,64})")


def oembed_page(request: Request) -> Response:
    """The answer for an item's address (https://oembed.com)."""
    names = ("url", "maxwidth", "maxheight", "format")  # others may be sent, says the specification
    asked = Parameters({name: request.query_params[name] for name in names if name in request.query_params}, *names)
    if asked.text("format") not in (None, "json"):
        raise HTTPException(501)
    found = _ITEM.fullmatch(_path_of(asked.text("url") or ""))
    if found is None:
        raise HTTPException(404)
    with opened(request) as register:
        shown = operations.show(register, found[1])
    answer = oembed(
        shown.stored,
        shown.document,
        site_of(request),
        measured=shown.measured,
        max_width=asked.number("maxwidth", 550),
        max_height=asked.number("maxheight", 260),
    )
    return JSONResponse(answer, headers={"Access-Control-Allow-Origin": "*"})


def _path_of(address: str) -> str:
    """The path of an address; empty where it is none."""
    try:
        return urlsplit(address).path
    except ValueError:  # as of "http://["
        return ""


def card_page(request: Request) -> Response:
    """The card as a page of its own, to be framed."""
    with opened(request) as register:
        shown = operations.show(register, request.path_params["item_id"])
    return page(
        request,
        "card.html",
        shown=shown,
        item=shown.stored.item,
        document=shown.document,
        address=site_of(request).item(shown.stored.id),
    )


routes = [Route("/oembed", oembed_page), Route("/embed/items/{item_id}", card_page)]
