"""Bodies: what each owns, what is due, late, moved and done, and who came before and after it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.operations import Followed, Owned, StandingCode
from deedline.serve.labels import body_named
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.pages import large
from deedline.serve.web.rendering import language_for, page, tongue_for
from deedline.serve.words import LANGUAGES

PAGE_SIZE = 60
_URGENT = (
    StandingCode.NO_REPORT,
    StandingCode.LATE,
    StandingCode.DUE_SOON,
    StandingCode.NOT_YET_DUE,
    StandingCode.RECURRING,
    StandingCode.UNDATED,
    StandingCode.ON_SCHEDULE,
    StandingCode.BEGUN,
    StandingCode.TOLD_DONE,
    StandingCode.DONE,
)


def bodies_page(request: Request) -> Response:
    """Every body that undertakes something."""
    asked = Parameters(request.query_params, "as_of")
    with opened(request) as register:
        if operations.is_large(register) and not asked.day("as_of"):
            return large.bodies_page(request, register)
        as_of, owners = operations.owners(register, asked.day("as_of"), tongue_for(request))
    return page(request, "bodies.html", as_of=as_of, owners=owners, codes=_URGENT)


def body_page(request: Request) -> Response:
    """One body, by its id as "hk/itib"."""
    asked = Parameters(request.query_params, "standing", "as_of", "page")
    with opened(request) as register:
        if operations.is_large(register) and not asked.day("as_of"):
            return large.body_page(request, register, request.path_params["body_id"])
        seen = operations.portfolio(register, request.path_params["body_id"], asked.day("as_of"), tongue_for(request))
        documents = {document.id: document for document in operations.documents_held(register)}
    listed = narrowed(seen.owned, asked)
    first = (asked.number("page", 1) - 1) * PAGE_SIZE
    language = language_for(request)
    name = body_named(seen.owned.body_id, seen.owned.name, language)
    other = body_named(seen.owned.body_id, "", next(each for each in LANGUAGES if each != language))
    return page(
        request,
        "body.html",
        seen=seen,
        owned=seen.owned,
        name=name.words,
        name_tag=name.tag,
        other_name=other if other.words != name.words else None,
        asked=asked,
        shown=listed[first : first + PAGE_SIZE],
        total=len(listed),
        more=len(listed) > first + PAGE_SIZE,
        codes=_URGENT,
        documents=documents,
    )


def narrowed(owned: Owned, asked: Parameters) -> list[Followed]:
    """The undertakings that the page and the file show, by the parameter "standing": what is urgent first."""
    standing = asked.member("standing", StandingCode)
    listed = [each for each in owned.undertakings if standing in (None, each.standing.code)]
    return sorted(listed, key=lambda each: (_URGENT.index(each.standing.code), str(each.standing.due)))


routes = [Route("/bodies", bodies_page), Route("/bodies/{body_id:path}", body_page)]
