"""What is kept in cookies: the language and theme that a reader chose, and the name that a reviewer gave."""

from __future__ import annotations

from urllib.parse import quote, unquote

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


def reviewer_of(request: Request) -> str:
    """The name under which this browser judged last; empty where it did not."""
    return unquote(request.cookies.get("reviewer", ""))[:100]


def remember_reviewer(answer: Response, name: str) -> None:
    """Keep the name, so that it is typed once; cookies hold no letters beyond Latin, so it is quoted."""
    answer.set_cookie("reviewer", quote(name), max_age=_YEAR, httponly=True, samesite="strict")


routes = [Route("/choose/{name}/{value}", choose)]
