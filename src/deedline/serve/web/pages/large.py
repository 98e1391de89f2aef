"""What falls due, and bodies, of a register too large for one scene: told from its indexes, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from deedline import operations
from deedline.knowledge.bodies import body_of
from deedline.operations import DuePage, DueQuery, Followed
from deedline.register import Register
from deedline.serve.web.asked import Parameters
from deedline.serve.web.rendering import page, tongue_for

WITHIN = 90
PAGE_SIZE = 60
SHOWN = 10  # of what falls due, on a body's page


def due_page(request: Request, register: Register) -> Response:
    """The list that `due` shows, by the last day that each promises and without counts; `next` leads on."""
    asked = Parameters(request.query_params, "within", "body", "past", "as_of", "page", "after")
    query = DueQuery(
        within=asked.number("within", WITHIN),
        body=asked.body("body"),
        past=asked.ticked("past"),
        after=asked.id("after"),
        limit=PAGE_SIZE,
        language=tongue_for(request),
    )
    seen = operations.due_page(register, query, asked.day("as_of"))
    return page(
        request,
        "due_large.html",
        asked=asked,
        as_of=seen.as_of,
        within=query.within,
        seen=seen,
        months=by_month(seen.found),
    )


def by_month(listed: Iterable[Followed]) -> dict[date | None, list[Followed]]:
    """What falls due by the first day of its month, None for what has no day."""
    months: defaultdict[date | None, list[Followed]] = defaultdict(list)
    for each in listed:
        months[each.standing.due.replace(day=1) if each.standing.due else None].append(each)
    return dict(months)


def bodies_page(request: Request, register: Register) -> Response:
    """Every body that items name, with what is due of it by its day alone."""
    as_of, owners = operations.bodies_counted(register, WITHIN)
    return page(request, "bodies_large.html", as_of=as_of, owners=owners, within=WITHIN)


def body_page(request: Request, register: Register, body_id: str) -> Response:
    """One body: who came before and after it, and the first of what falls due of it."""
    held = operations.body_held(register, body_id)
    day = operations.newest_day(register)
    return page(
        request,
        "body_large.html",
        held=held,
        predecessors=[body_of(each) for each in held.predecessors],
        successors=[found for found in map(body_of, held.body.successors) if found is not None],
        counted=operations.body_counted(register, held, day, WITHIN),
        as_of=day,
        within=WITHIN,
        ahead=_first(request, register, body_id, past=False),
        behind=_first(request, register, body_id, past=True),
    )


def _first(request: Request, register: Register, body_id: str, *, past: bool) -> DuePage:
    query = DueQuery(WITHIN, body_id, past, limit=SHOWN, language=tongue_for(request))
    return operations.due_page(register, query)
