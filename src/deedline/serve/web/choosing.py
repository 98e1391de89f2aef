"""What a reader chooses for all pages: language and theme, kept in a cookie."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from deedline.serve.web.addresses import safe_way_back
from deedline.serve.web.rendering import THEMES
from deedline.serve.words import LANGUAGES

_YEAR = 365 * 24 * 60 * 60
_CHOICES = {"lang": LANGUAGES, "theme": (*THEMES, "auto")}


def choose(request: Request) -> Response:
    """Keep a choice and go back to the page it was made on."""
    name, value = request.path_params["name"], request.path_params["value"]
    if value not in _CHOICES.get(name, ()):
        raise HTTPException(404)
    answer = RedirectResponse(safe_way_back(request.query_params.get("back", "/")), status_code=303)
    answer.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="lax")
    return answer


routes = [Route("/choose/{name}/{value}", choose)]
