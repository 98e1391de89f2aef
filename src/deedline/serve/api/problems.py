"""Errors as problem+json (RFC 9457): what happened, and what to do next. No answer shows a traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from deedline.errors import BusyError, DeedlineError, InputError, NotFoundError, RegisterError, TooLargeError
from deedline.serve.api.asked import parameters

MEDIA_TYPE = "application/problem+json"
_SAID = {
    404: "Nothing is at this address; openapi.json lists what there is.",
    405: "This cannot be done here; Allow says what can.",
    413: "What was sent is too long; send less.",
}
_KINDS = ((NotFoundError, 404), (InputError, 400), (BusyError, 503), (RegisterError, 503), (TooLargeError, 503))
_SHOWN = 100  # characters of a value that a message repeats


def problem(
    status: int, detail: str, *, headers: Mapping[str, str] | None = None, known: Sequence[str] | None = None
) -> Response:
    """An error as an answer."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if known is not None:
        body["known"] = list(known)
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(text, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


async def refused(_: Request, error: Exception) -> Response:
    """An address or a method that there is not, a body that is too large, a request from another site."""
    if not isinstance(error, HTTPException):
        raise error
    standing = error.detail == HTTPStatus(error.status_code).phrase
    detail = _SAID.get(error.status_code, error.detail) if standing else error.detail
    headers = dict(error.headers or {})
    if error.status_code == 405:
        allowed = {method.strip() for method in headers.get("Allow", headers.get("allow", "")).split(",")}
        headers = {"Allow": ", ".join(sorted(allowed | ({"HEAD"} if "GET" in allowed else set()) | {"OPTIONS"}))}
    return problem(error.status_code, detail, headers=headers)


async def misread(request: Request, error: Exception) -> Response:
    """Parameters or a body of another form than the description gives."""
    if not isinstance(error, RequestValidationError):
        raise error
    found = error.errors()
    said = "; ".join(_said(each) for each in found[:3])
    known = None
    if any(each["type"] == "extra_forbidden" and each["loc"][0] == "query" for each in found):
        known = sorted(parameters(request))
    return problem(400, said, known=known)


def _said(error: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return f"{where[:_SHOWN]}: no such parameter"
    if error["type"] == "json_invalid":
        return "What was sent is no JSON; send an object, as application/json"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{where[:_SHOWN]}: {message[:500]}"


async def troubled(_: Request, error: Exception) -> Response:
    """An error that Deedline raised on purpose."""
    status = next((code for kind, code in _KINDS if isinstance(error, kind)), 500)
    return problem(status, str(error) if isinstance(error, DeedlineError) else HTTPStatus(status).phrase)


async def failed(_: Request, __: Exception) -> Response:
    """A fault of Deedline's own; the details go to the log."""
    return problem(500, "A fault of Deedline's own, not of your request. Please report the address that you asked.")
