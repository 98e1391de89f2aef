"""The headers that keep pages from running, framing or fetching anything that is not Deedline's own."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {framers}"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_EMBEDDED = "/embed/"  # cards are made to stand in others' pages
_OPEN = ("/api/", "/oembed", "/feeds/", "/calendars/", _EMBEDDED)  # may be read from other sites


class SafeHeaders:
    """Puts them on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        added = [(name.lower().encode(), value.encode()) for name, value in safe_headers(scope["path"]).items()]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self.app(scope, receive, with_headers)


def safe_headers(path: str) -> dict[str, str]:
    """The headers of an answer at `path`; one that is made outside of the middleware puts them on by itself."""
    framers = "*" if path.startswith(_EMBEDDED) else "'none'"
    resources = "cross-origin" if path.startswith(_OPEN) else "same-origin"
    return {
        **_HEADERS,
        "Content-Security-Policy": _POLICY.format(framers=framers),
        "Cross-Origin-Resource-Policy": resources,
    }
