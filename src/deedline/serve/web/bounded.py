"""What a server may take for one page: no more of a large register than fits into memory beside everything else."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from deedline.operations import at_most

MOST_ITEMS = 100_000  # items that a page compares with each other: some 700 MB, and what is kept between requests


class BoundedScenes:
    """Answers every request within that bound."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; what is computed for it, in whatever thread, is bounded."""
        with at_most(MOST_ITEMS):
            await self.app(scope, receive, send)
