"""The web application: pages, downloads, feeds and the API, put together. Every page is a module in `pages/`."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from deedline.errors import DeedlineError
from deedline.serve.api import make_api
from deedline.serve.web import choosing
from deedline.serve.web.bounded import BoundedScenes
from deedline.serve.web.bringing import Errands
from deedline.serve.web.headers import SafeHeaders
from deedline.serve.web.pages import PAGES
from deedline.serve.web.refusing import failed, refused, troubled


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
