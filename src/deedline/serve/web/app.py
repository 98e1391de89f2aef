"""The pages: the list of items, one item with its evidence, the documents. They only read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deedline import operations
from deedline.errors import BusyError, DeedlineError, InputError, NotFoundError
from deedline.model.document import Metadata
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.register import Register, open_register
from deedline.serve.evidence import excerpt
from deedline.serve.labels import numbered, when
from deedline.serve.web.asked import BATCHES, PAGE_SIZE, read_query

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LANGUAGES = {"zh": "zh-Hant", "": "zh-Hant"}


def make_app(location: str, hosts: Sequence[str] = ("*",)) -> Starlette:
    """The application over the register at `location`, opened to read for each request.

    `hosts` are the names by which it may be asked; a page elsewhere that points its own name here gets nothing.
    """
    app = Starlette(
        routes=[
            Route("/", items_page),
            Route("/items/{item_id}", item_page),
            Route("/documents", documents_page),
            Mount("/static", StaticFiles(packages=[("deedline.serve.web", "static")])),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={HTTPException: refused, DeedlineError: troubled, Exception: failed},
    )
    app.state.location = location
    return app


class SafeHeaders:
    """Puts the headers that keep pages from running or framing anything on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((k.lower().encode(), v.encode()) for k, v in _HEADERS.items()),
                ]
            await send(message)

        await self.app(scope, receive, with_headers)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("deedline.serve.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["language_of"] = language_of
    environment.filters["when"] = when
    environment.filters["numbered"] = numbered
    return environment


def language_of(metadata: Metadata) -> str:
    """The language tag of a document's words."""
    return _LANGUAGES.get(metadata.language, metadata.language)


def page(template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from its template."""
    return HTMLResponse(_templates().get_template(template).render(**context), status_code=status)


def _register(request: Request) -> Register:
    return open_register(request.app.state.location, create=False)


def items_page(request: Request) -> Response:
    """The list of items, narrowed by the filters in the address, a page at a time."""
    asked = read_query(request.query_params)
    with _register(request) as register, register.snapshot():
        found = list(operations.items(register, asked.query, late=asked.late))
        total = operations.count_items(register, asked.query, late=asked.late)
        documents = register.documents()
    return page(
        "items.html",
        found=found[:PAGE_SIZE],
        more=asked.link(after=found[PAGE_SIZE - 1].id) if len(found) > PAGE_SIZE else "",
        total=total,
        asked=asked,
        documents=documents,
        languages={document.id: language_of(document.metadata) for document in documents},
        kinds=[kind.value for kind in ItemKind],
        statuses=[status.value for status in StatusCode],
        batches=BATCHES,
    )


def item_page(request: Request) -> Response:
    """One item: every value, and the lines of the source with its words marked."""
    with _register(request) as register:
        shown = operations.show(register, request.path_params["item_id"])
    return page(
        "item.html",
        shown=shown,
        item=shown.stored.item,
        document=shown.document,
        lines=excerpt(shown.text, shown.stored.item, around=3),
    )


def documents_page(request: Request) -> Response:
    """The documents in the register."""
    with _register(request) as register:
        documents = register.documents()
    return page("documents.html", documents=documents, kinds=list(ItemKind))


async def refused(_: Request, error: Exception) -> Response:
    """A page for an address or a method that there is not."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    phrase = HTTPStatus(status).phrase
    answer = page("error.html", status, title=phrase, message="Nothing is at this address; go back to the list.")
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


async def troubled(_: Request, error: Exception) -> Response:
    """A page for an error that Deedline raised on purpose: what happened, and what to do."""
    known = ((NotFoundError, 404), (InputError, 400), (BusyError, 503))
    status = next((code for kind, code in known if isinstance(error, kind)), 503)
    return page("error.html", status, title=HTTPStatus(status).phrase, message=str(error))


async def failed(_: Request, __: Exception) -> Response:
    """A page for a fault of Deedline's own; the details go to the log, not to the reader."""
    message = "A fault of Deedline's own, not of your request. Please report the address of this page."
    return page("error.html", 500, title="Fault", message=message)
