"""The OpenAPI description: what FastAPI makes of the routes, with the errors and headers that every answer can have."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from importlib import resources
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from deedline.serve.api.answering import program_version
from deedline.serve.api.models.sent import Problem
from deedline.serve.api.problems import MEDIA_TYPE

_SUMMARY = "What governments say they will do: who owns it, by when, what was reported, what moved."
_ABOUT = """\
Every value leads back to the words it was read from: items carry lines and character offsets, `items/{item_id}` the
lines themselves. The command line prints the same shapes with `--json`.

Lists come a page at a time; the `Link` header of an answer leads to the next page. Answers carry a weak `ETag`; send it
as `If-None-Match` and nothing is sent again until the register changes. Errors are `application/problem+json`
(RFC 9457). A parameter that is not known is refused. What is computed holds at a day, `as_of`, by default that of the
newest document: the clock plays no part.
"""
_ERRORS = {
    "400": "A parameter, the address or what was sent is not of the form that is described.",
    "403": "This server does not take what was sent, or not from there.",
    "404": "Nothing is at the address, or nothing fits what it names.",
    "405": "The method cannot be used here; the Allow header says which can.",
    "406": "Only JSON is answered.",
    "409": "What was sent is well written, but does not fit what it is said of.",
    "413": "What was sent is too long.",
    "414": "The address is too long.",
    "500": "A fault of the program's own.",
    "503": "The register cannot be read now: another process holds it, or it is absent or damaged.",
}
_READING = ("400", "404", "406", "414", "500", "503")
_WRITING = ("400", "403", "404", "406", "409", "413", "414", "500", "503")
_OF_NOW = frozenset({"health", "search", "suggestions"})  # what hangs on more than the register: without a tag
_HEADERS = {
    "ETag": {"description": "Stands for the answer until the register changes.", "schema": {"type": "string"}},
    "Link": {
        "description": 'The address of the next page as rel="next" (RFC 8288); absent on the last.',
        "schema": {"type": "string"},
    },
}


def describe(api: FastAPI) -> None:
    """Let the application describe itself so."""

    @cache
    def whole() -> dict[str, Any]:
        document = get_openapi(
            title=api.title,
            version=program_version(),
            openapi_version="3.1.0",
            summary=_SUMMARY,
            description=_ABOUT,
            routes=api.routes,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        return _completed(document)

    def described() -> dict[str, Any]:
        return dict(whole())  # FastAPI writes into it where it is mounted

    api.openapi = described  # type: ignore[method-assign]


@cache
def _examples() -> Mapping[str, Any]:
    """Answers about the invented city of examples/, by operation, and what to put into addresses to get them."""
    return json.loads((resources.files(__package__) / "examples.json").read_text("utf-8"))  # type: ignore[no-any-return]


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    components = document["components"]
    schemas = components["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = Problem.model_json_schema()
    components["headers"] = _HEADERS
    components["responses"] = {_name(code): _error(code, said) for code, said in _ERRORS.items()}
    for method, operation in _operations(document):
        _complete(method, operation)
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in document["paths"].values():
        yield from path.items()


def _complete(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    for code in _READING if method == "get" else _WRITING:
        responses[code] = {"$ref": f"#/components/responses/{_name(code)}"}
    if method == "get" and operation["operationId"] not in _OF_NOW:
        responses["304"] = {"description": "What you hold is still so.", "headers": _reference("ETag")}
        responses["200"]["headers"] = _reference("ETag")
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
        responses["200"].setdefault("headers", {}).update(_reference("Link"))
    example = _examples().get(operation["operationId"])
    if example is not None:
        code = "200" if method == "get" else "201"
        responses[code]["content"]["application/json"]["example"] = example["answer"]
        if "sent" in example:
            operation["requestBody"]["content"]["application/json"]["example"] = example["sent"]
        for parameter in operation.get("parameters", ()):
            if parameter["name"] in example["asked"]:
                parameter["example"] = example["asked"][parameter["name"]]


def _reference(name: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"}}


def _name(code: str) -> str:
    return f"Problem{code}"


def _error(code: str, said: str) -> dict[str, Any]:
    example = {"type": "about:blank", "title": HTTPStatus(int(code)).phrase, "status": int(code), "detail": said}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    return {"description": said, "content": {MEDIA_TYPE: content}}
