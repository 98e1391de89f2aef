"""Bodies: what each owns, what is due, late, moved and done, and who came before and after it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.model.body import Body
from deedline.operations import StandingCode
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import language_for, page
from deedline.serve.words import ENGLISH

PAGE_SIZE = 60
_URGENT = (
    StandingCode.OVERDUE_NO_REPORT,
    StandingCode.REPORTED_LATE,
    StandingCode.DUE_SOON,
    StandingCode.NOT_YET_DUE,
    StandingCode.RECURRING,
    StandingCode.UNDATED,
    StandingCode.DONE,
)


def bodies_page(request: Request) -> Response:
    """Every body that undertakes something."""
    asked = Parameters(request.query_params, "as_of")
    with opened(request) as register:
        as_of, owners = operations.owners(register, asked.day("as_of"))
    language = language_for(request)
    return page(request, "bodies.html", as_of=as_of, owners=owners, codes=_URGENT, named=lambda o: _name(o, language))


def body_page(request: Request) -> Response:
    """One body, by its id as "hk/itib"."""
    asked = Parameters(request.query_params, "standing", "as_of", "page")
    with opened(request) as register:
        seen = operations.portfolio(register, request.path_params["body_id"], asked.day("as_of"))
        documents = {document.id: document for document in register.documents()}
    standing = asked.member("standing", StandingCode)
    listed = [each for each in seen.owned.undertakings if standing in (None, each.standing.code)]
    listed.sort(key=lambda each: (_URGENT.index(each.standing.code), str(each.standing.due)))
    first = (asked.number("page", 1) - 1) * PAGE_SIZE
    language = language_for(request)
    return page(
        request,
        "body.html",
        seen=seen,
        owned=seen.owned,
        name=_name(seen.owned, language),
        asked=asked,
        shown=listed[first : first + PAGE_SIZE],
        total=len(listed),
        more=len(listed) > first + PAGE_SIZE,
        codes=_URGENT,
        documents=documents,
        body_name=lambda body: _body_name(body, language),
    )


def _name(owned: operations.Owned, language: str) -> str:
    return _body_name(owned.body, language) if owned.body else owned.name


def _body_name(body: Body, language: str) -> str:
    names = (body.name_en, body.name_zh) if language == ENGLISH else (body.name_zh, body.name_en)
    return names[0] or names[1]


routes = [Route("/bodies", bodies_page), Route("/bodies/{body_id:path}", body_page)]
