"""The register that the pages show, opened for one request; and whether a request may change it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from deedline.register import Register, open_register
from deedline.serve.sender import is_from_here


def opened(request: Request) -> Register:
    """The register, to read; a context manager."""
    return open_register(request.app.state.location, create=False)


def demand_writable(request: Request, *, reading: bool = False) -> None:
    """Refuse a request that may not change the register: pages that only read, or a form of another site (403).

    `reading` asks only whether the pages may be written to at all.
    """
    if not request.app.state.writable:
        raise HTTPException(403, "These pages only read. Start them on your own machine, or with --writable.")
    if reading:
        return
    if not is_from_here(request, unmarked=False):
        raise HTTPException(403, "The form was sent from another site; open the page here and send it again.")
