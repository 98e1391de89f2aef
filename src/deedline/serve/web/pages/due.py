"""What falls due and what has: as a list, and as a calendar of months."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.operations import Followed, Scene
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.pages import large
from deedline.serve.web.pages.large import PAGE_SIZE, WITHIN, by_month
from deedline.serve.web.rendering import page, tongue_for


def due_page(request: Request) -> Response:
    """The list: what falls due within so many days, and with `past` what fell due without a report that it is done."""
    asked = Parameters(request.query_params, "within", "body", "past", "as_of", "page", "after")
    body = asked.body("body")
    within = asked.number("within", WITHIN)
    language = tongue_for(request)
    with opened(request) as register, register.snapshot():
        if operations.is_large(register):
            return large.due_page(request, register)
        known = operations.scene(register, asked.day("as_of"))
        waiting = operations.remembered(
            register,
            ("due", known.as_of, within, body, language),
            lambda: operations.due(known, within=within, body=body, language=language),
            len,
        )
        caution = operations.told_of_editions(register, known.documents)
    ahead = [each for each in waiting if (each.standing.days or 0) >= 0]
    behind = [each for each in waiting if (each.standing.days or 0) < 0]
    chosen = behind if asked.ticked("past") else ahead
    first = (asked.number("page", 1) - 1) * PAGE_SIZE
    return page(
        request,
        "due.html",
        asked=asked,
        as_of=known.as_of,
        within=within,
        counts=(len(ahead), len(behind)),
        months=by_month(chosen[first : first + PAGE_SIZE]),
        more=len(chosen) > first + PAGE_SIZE,
        body=body,
        caution=caution,
    )


def calendar_page(request: Request) -> Response:
    """Every month of a year with how many undertakings fall due in it, and where they stand."""
    asked = Parameters(request.query_params, "year", "body", "as_of")
    body = asked.body("body")
    language = tongue_for(request)
    with opened(request) as register, register.snapshot():
        known = operations.scene(register, asked.day("as_of"))
        question = ("dated", known.as_of, body, language)
        dated = operations.remembered(register, question, lambda: _dated(known, body, language), len)
    years = sorted({each.standing.due.year for each in dated if each.standing.due})
    nearest = min(years, key=lambda year: (abs(year - known.as_of.year), year), default=known.as_of.year)
    year = asked.number("year", nearest)
    months: dict[date, list[Followed]] = {date(year, month, 1): [] for month in range(1, 13)} if year <= 9999 else {}
    for each in dated:
        if each.standing.due and each.standing.due.year == year:
            months[each.standing.due.replace(day=1)].append(each)
    return page(request, "calendar.html", asked=asked, as_of=known.as_of, months=months, year=year, years=years)


def _dated(known: Scene, body: str | None, language: str) -> list[Followed]:
    """Each day that an undertaking promises, of a body or of all, as its newest edition has it; by day."""
    stages = (stage for each in operations.standings(known, language=language) for stage in operations.by_stage(each))
    dated = [
        each
        for each in stages
        if each.standing.due and not each.restated and (body is None or each.entry.item.has_body(body))
    ]
    return sorted(dated, key=lambda each: (each.standing.due or date.max, each.entry.id))


routes = [Route("/due", due_page), Route("/due/calendar", calendar_page)]
