"""Whether a request that changes something was sent from here, or by another site through somebody's browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request


def is_from_here(request: Request, *, unmarked: bool) -> bool:
    """Browsers mark where a request comes from, programs need not: `unmarked` is whether one without mark may come."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin" if origin or unmarked else "")
    own = origin is None or _host_of(origin) == request.headers.get("host", "")
    return own and site in ("same-origin", "none")


def _host_of(origin: str) -> str | None:
    """The host and port of an Origin header; None where it is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:  # as of "http://["
        return None
