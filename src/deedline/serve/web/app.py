"""The web application: pages, downloads, feeds and the API, put together. Every page is a module in `pages/`."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from deedline.errors import BusyError, DeedlineError, InputError, NotFoundError, TooLargeError
from deedline.serve.api import make_api
from deedline.serve.web import choosing
from deedline.serve.web.bounded import BoundedScenes
from deedline.serve.web.bringing import Errands
from deedline.serve.web.headers import SafeHeaders, safe_headers
from deedline.serve.web.pages import PAGES
from deedline.serve.web.rendering import language_for, page
from deedline.serve.words import words


def make_app(location: str, hosts: Sequence[str] = ("*",), *, writable: bool = False, site: str = "") -> Starlette:
    """The application over the register at `location`, opened anew for each request.

    `hosts` are the names by which it may be asked; a page elsewhere that points its own name here gets nothing.
    `writable` lets people judge and add documents through it; whoever reaches it may. `site` is the address at which
    it is published, where that is not the one that requests name.
    """
    app = Starlette(
        routes=[
            *(route for module in PAGES for route in module.routes),
            *choosing.routes,
            Mount("/api/v1", make_api(location, writable=writable)),
            Mount("/static", StaticFiles(packages=[("deedline.serve.web", "static")])),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(BoundedScenes),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        exception_handlers={HTTPException: refused, DeedlineError: troubled, Exception: failed},
    )
    app.state.location = location
    app.state.writable = writable
    app.state.site = site
    app.state.errands = Errands(location)
    return app


async def refused(request: Request, error: Exception) -> Response:
    """A page for an address or a method that there is not, or that may not be used."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    phrase = HTTPStatus(status).phrase
    said = error.detail if isinstance(error, HTTPException) and error.detail != phrase else ""
    gettext = words(language_for(request)).gettext
    message = gettext(said) if said else gettext("Nothing is at this address; go back to the overview.")
    answer = page(request, "error.html", status, title=gettext(phrase), message=message)
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


async def troubled(request: Request, error: Exception) -> Response:
    """A page for an error that Deedline raised on purpose: what happened, and what to do."""
    known = ((NotFoundError, 404), (InputError, 400), (BusyError, 503))
    status = next((code for kind, code in known if isinstance(error, kind)), 503)
    gettext = words(language_for(request)).gettext
    if isinstance(error, TooLargeError):
        title = gettext("This register is too large for this page")
        message = gettext("It would compare more items with each other than fit into memory while you wait.")
        return page(request, "error.html", status, title=title, message=message, lists=True)
    return page(request, "error.html", status, title=gettext(HTTPStatus(status).phrase), message=str(error))


async def failed(request: Request, __: Exception) -> Response:
    """A page for a fault of Deedline's own; the details go to the log, not to the reader."""
    gettext = words(language_for(request)).gettext
    message = gettext("A fault of Deedline's own, not of your request. Please report the address of this page.")
    answer = page(request, "error.html", 500, title=gettext("Fault"), message=message)
    answer.headers.update(safe_headers(request.url.path))  # no middleware sees what is answered to a fault
    return answer
