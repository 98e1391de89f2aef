"""From a register to an answer: opened for one request, as of one moment, not sent again where nothing changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import Response

from deedline import operations
from deedline.errors import InputError, NotFoundError
from deedline.operations import Memory
from deedline.register import Register, open_register
from deedline.serve.api.paging import Answer, next_link

Compute = Callable[[Register], Answer]


_MEMORY = Memory(most_of_one=4_000, most_of_all=32_000)  # thousands of characters


def answer(request: Request, compute: Compute) -> Response:
    """What `compute` makes of the register, or 304 where the asker holds it already.

    The ETag is weak: of the register's revision, the address and the version of the program. InputError raised while
    computing is told as 404: the parameters are of the right form, but there is nothing that fits them. Answers stay in
    memory, within bounds, until the register changes.
    """
    address = (request.scope["path"], request.scope["query_string"])
    with open_register(request.app.state.location, create=False) as register, register.snapshot():
        tag = _tag(register.revision(), address)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if _names(request, tag):
            return Response(status_code=304, headers=headers)
        try:
            text, after = operations.remembered(
                register, address, lambda: _written(compute(register)), lambda made: len(made[0]) // 1000, _MEMORY
            )
        except InputError as error:
            raise NotFoundError(str(error)) from error
    if _is_any(request):
        return Response(status_code=304, headers=headers)
    if after is not None:
        headers["Link"] = next_link(request.url.path, request.url.query, after)
    return Response(text, headers=headers, media_type="application/json")


def answer_now(request: Request, compute: Compute) -> Response:
    """What `compute` makes of the register now, where that hangs on more than the register: kept by nobody."""
    with open_register(request.app.state.location, create=False) as register:
        try:
            made = compute(register)
        except InputError as error:
            raise NotFoundError(str(error)) from error
    answered = as_json(made.row)
    if made.after is not None:
        answered.headers["Link"] = next_link(request.url.path, request.url.query, made.after)
    return answered


def _written(made: Answer) -> tuple[bytes, str | None]:
    return json_bytes(made.row), made.after


def json_bytes(row: object) -> bytes:
    """A value as JSON: UTF-8, no NaN; a lone surrogate, which UTF-8 cannot hold, becomes a question mark."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")


def as_json(row: object, status: int = 200) -> Response:
    """A value of this moment, which nobody keeps."""
    return Response(json_bytes(row), status, {"Cache-Control": "no-store"}, "application/json")


@cache
def program_version() -> str:
    """The version of the installed program."""
    return version("deedline")


def _tag(revision: str, address: tuple[str, bytes]) -> str:
    path, query = address
    words = json.dumps([program_version(), revision, path, query.decode("latin-1")])
    return f'W/"{hashlib.sha256(words.encode()).hexdigest()[:24]}"'


def _names(request: Request, tag: str) -> bool:
    """Whether If-None-Match names the tag; the comparison is weak (RFC 9110, 13.1.2)."""
    listed = request.headers.get("if-none-match", "")
    return tag.removeprefix("W/") in (each.strip().removeprefix("W/") for each in listed.split(","))


def _is_any(request: Request) -> bool:
    """Whether If-None-Match is true of any answer that there is."""
    return request.headers.get("if-none-match", "").strip() == "*"
