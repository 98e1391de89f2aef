"""What every request passes: malformed addresses, kinds of answer that there are not, HEAD, OPTIONS, other sites."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deedline.serve.api.problems import problem

LONGEST_ADDRESS = 8_000  # bytes
LARGEST_BODY = 64_000
_LENGTH = re.compile(r"\d+", re.ASCII)
_TOO_LONG = f"What was sent is too long; send {LARGEST_BODY} bytes at most."
_READING = ("GET", "HEAD", "OPTIONS")
_CROSS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Gate:
    """Lets through what the routes can answer; answers the rest itself.

    Other sites may read (CORS) and no more. HEAD is answered as GET is, without the body.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method = scope["method"]
        out = _crossing(send) if method in _READING else send
        refusal = _refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, out)
        elif method == "OPTIONS":
            await self.app(scope, receive, _telling_methods(out))
        elif method == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, _without_body(out))
        else:
            await self.app(scope, _counted(receive), out)


def _refusal(scope: Scope) -> Response | None:
    address = (("path", scope.get("raw_path") or b""), ("parameters", scope["query_string"]))
    if sum(len(written) for _, written in address) > LONGEST_ADDRESS:
        return problem(414, f"The address is too long; give {LONGEST_ADDRESS} bytes at most.")
    told = Headers(scope=scope)
    length = told.get("content-length", "0")
    if not _LENGTH.fullmatch(length):
        return problem(400, "Content-Length is no number of bytes.")
    if len(length) > 9 or int(length) > LARGEST_BODY:
        return problem(413, _TOO_LONG)
    for part, written in address:
        try:
            unquote_to_bytes(written).decode("utf-8")
        except UnicodeDecodeError:
            return problem(400, f"The {part}: the bytes behind the percent signs are no UTF-8; write the address anew.")
    if not any(_accepts(each) for each in told.getlist("accept") or ["*/*"]):
        return problem(406, "Answers are application/json; accept that.")
    return None


def _accepts(header: str) -> bool:
    """Whether an Accept header takes JSON (RFC 9110, 12.5.1): the most exact range that fits decides."""
    weights: dict[str, float] = {}
    for part in header.split(","):
        kind, *parameters = (word.strip().lower() for word in part.split(";"))
        weight = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        try:
            weights[kind] = float(weight)
        except ValueError:
            weights[kind] = 0.0
    fits = (weights[kind] for kind in ("application/json", "application/*", "*/*") if kind in weights)
    return next(fits, 0.0) > 0 or not header.strip()


def _counted(receive: Receive) -> Receive:
    """What is sent, as long as it is not too long (413), whatever length was told."""
    had = 0

    async def counted() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > LARGEST_BODY:
            raise HTTPException(413, _TOO_LONG)
        return message

    return counted


def _telling_methods(send: Send) -> Send:
    """Where the routes know the address and refuse the method, they name those that it takes: the answer asked for."""
    found = False

    async def told(message: Message) -> None:
        nonlocal found
        if message["type"] == "http.response.start" and message["status"] == 405:
            found = True
            headers = [(name, value) for name, value in message["headers"] if name == b"allow"]
            headers += [(name.lower().encode(), value.encode()) for name, value in _PREFLIGHT.items()]
            message = {**message, "status": 204, "headers": headers}
        await send({**message, "body": b""} if found and message["type"] == "http.response.body" else message)

    return told


def _crossing(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            crossing = [(name.lower().encode(), value.encode()) for name, value in _CROSS.items()]
            message["headers"] = [*message["headers"], *crossing]
        await send(message)

    return with_headers


def _without_body(send: Send) -> Send:
    async def bodiless(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return bodiless
