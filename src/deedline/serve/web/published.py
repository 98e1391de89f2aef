"""Where the pages are, as those who read them see it: for addresses in files, feeds and citations."""

from __future__ import annotations

from starlette.requests import Request

from deedline.serve.site import Site
from deedline.serve.web.rendering import language_for


def site_of(request: Request) -> Site:
    """The place of publication: as the server was told, else as this request names it."""
    base = request.app.state.site or str(request.base_url)
    host = request.url.hostname if not request.app.state.site else request.app.state.site.split("//")[-1].split("/")[0]
    return Site(base.rstrip("/"), authority=(host or "localhost").split(":")[0], language=language_for(request))


def own_address(request: Request) -> str:
    """The address that was asked for, as those who read the pages see it."""
    query = request.url.query
    return site_of(request).base + request.url.path + (f"?{query}" if query else "")
