"""What a page shows, as a file: the same filters give the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from deedline import operations
from deedline.errors import InputError
from deedline.model.item import COMMITMENTS
from deedline.operations.scene import demand_bounded
from deedline.register import ItemQuery, Register
from deedline.serve.export import catalogue, lists, stratml
from deedline.serve.export.downloads import MEDIA_TYPES, Look, download, kept
from deedline.serve.export.listed import listed_rows
from deedline.serve.export.shape import Row
from deedline.serve.web.asked import Parameters, narrowed, read_query
from deedline.serve.web.opened import opened
from deedline.serve.web.pages.bodies import narrowed as undertakings_asked
from deedline.serve.web.pages.editions import FIELDS as OF_EDITION
from deedline.serve.web.pages.editions import edition_query
from deedline.serve.web.pages.indicators import FIELDS as OF_INDICATORS
from deedline.serve.web.pages.indicators import progress_query
from deedline.serve.web.pages.large import WITHIN
from deedline.serve.web.pages.searching import FIELDS as OF_SEARCH
from deedline.serve.web.pages.searching import once_of, search_query
from deedline.serve.web.pages.submissions import FIELDS as OF_SUBMISSION
from deedline.serve.web.pages.submissions import narrowed as proposals_asked
from deedline.serve.web.published import site_of
from deedline.serve.web.rendering import tongue_for

Rows = tuple[str, Iterator[Row], str]  # table, rows, stem of the file's name


def file_page(request: Request) -> Response:
    """One list as a file of one of MEDIA_TYPES.

    All of it is made here, before the first byte is sent: a register belongs to the thread that opened it, and what is
    sent piece by piece is sent by any thread.
    """
    what, form = request.path_params["what"], request.path_params["form"]
    if what not in _LISTS or form not in MEDIA_TYPES:
        raise HTTPException(404)
    with opened(request) as register, register.snapshot():
        table, rows, stem = _LISTS[what](request, register)
        site = site_of(request)
        file = download(table, rows, form, stem=stem, look=Look(site, headings="zh" if site.language != "en" else "en"))
        pieces = kept(file.pieces)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return StreamingResponse(pieces, media_type=file.media_type, headers=headers)


def _items(request: Request, register: Register) -> Rows:
    asked = read_query(request.query_params, limit=None)
    query = narrowed(asked, register)
    operations.demand_few(register, query)
    return "items", listed_rows(register, operations.items(register, query, late=asked.late)), "items"


def _search(request: Request, register: Register) -> Rows:
    asked = Parameters(request.query_params, *OF_SEARCH)
    found = operations.found_items(register, search_query(register, asked, once_of(request, asked)))
    return "items", listed_rows(register, found), "search"


def _edition(request: Request, register: Register) -> Rows:
    asked = Parameters(request.query_params, "document", *OF_EDITION)
    view = operations.edition(register, asked.id("document") or "", edition_query(asked), asked.day("as_of"))
    known = operations.scene(register, asked.day("as_of"))
    ids = [entry.id for entry in view.entries]
    return "items", lists.item_rows(register, ids, known), view.edition.metadata.edition or view.edition.id


def _indicators(request: Request, register: Register) -> Rows:
    asked = Parameters(request.query_params, *OF_INDICATORS)
    found = operations.progress(register, progress_query(asked), asked.day("as_of"), tongue_for(request)).found
    return "indicators", lists.indicator_rows(found), "indicators"


def _due(request: Request, register: Register) -> Rows:
    asked = Parameters(request.query_params, "within", "body", "past", "as_of")
    known = operations.scene(register, asked.day("as_of"))
    within, language = asked.number("within", WITHIN), tongue_for(request)
    waiting = operations.due(known, within=within, body=asked.body("body"), language=language)
    past = asked.ticked("past")
    return "standings", lists.standing_rows(each for each in waiting if ((each.standing.days or 0) < 0) == past), "due"


def _owned(request: Request, register: Register) -> Rows:
    asked = Parameters(request.query_params, "body", "standing", "as_of")
    seen = operations.portfolio(register, asked.body("body") or "", asked.day("as_of"), tongue_for(request))
    return "standings", lists.standing_rows(undertakings_asked(seen.owned, asked)), seen.owned.body_id


def _adoption(request: Request, register: Register) -> Rows:
    asked = Parameters(request.query_params, "submission", *OF_SUBMISSION)
    reports = operations.adoption(register, asked.id("submission") or "", asked.id("against"), asked.day("as_of"))
    shown = [replace(report, verdicts=proposals_asked(report, asked)) for report in reports]
    return "adoption", lists.adoption_rows(shown), "adoption"


def _threads(_: Request, register: Register) -> Rows:
    return "threads", lists.thread_rows(operations.scene(register)), "threads"


def _links(_: Request, register: Register) -> Rows:
    return "relations", lists.relation_rows(operations.scene(register)), "links"


def _evidence(_: Request, register: Register) -> Rows:
    demand_bounded(register)
    return "evidence", lists.evidence_rows(register, ItemQuery()), "evidence"


def _decisions(_: Request, register: Register) -> Rows:
    return "decisions", lists.decision_rows(register), "decisions"


_LISTS: dict[str, Callable[[Request, Register], Rows]] = {
    "items": _items,
    "search": _search,
    "edition": _edition,
    "indicators": _indicators,
    "due": _due,
    "body": _owned,
    "adoption": _adoption,
    "threads": _threads,
    "links": _links,
    "evidence": _evidence,
    "decisions": _decisions,
}


def plan_page(request: Request) -> Response:
    """An edition's plan as StratML."""
    with opened(request) as register:
        document = register.document(request.path_params["document_id"])
        stored = [each for each in register.items(ItemQuery(document=document.id)) if each.item.kind in COMMITMENTS]
    if not stored:
        raise InputError(f"{document.name}: holds no measure or indicator, so it has no plan")
    data = stratml.strategic_plan(document, stored, site_of(request))
    return Response(data, media_type=stratml.MEDIA_TYPE)


def catalogue_page(request: Request) -> Response:
    """What can be downloaded, as a DCAT catalogue."""
    site = site_of(request)
    with opened(request) as register:
        last = register.history(limit=1)
    files = catalogue.served(site, ("items", "indicators", "threads", "evidence", "decisions"))
    made = catalogue.catalogue(files, site=site, changed=last[0].at if last else None)
    return JSONResponse(made, media_type="application/ld+json")


routes = [
    Route("/downloads/catalogue.jsonld", catalogue_page),
    Route("/downloads/plans/{document_id}.stratml", plan_page),
    Route("/downloads/{what}.{form}", file_page),
]
