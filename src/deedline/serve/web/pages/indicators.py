"""Indicators: the official status beside what the figures and dates bear out, disagreements first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.model.assessment import AssessmentCode
from deedline.model.values import StatusCode
from deedline.operations import ProgressQuery
from deedline.serve.web.asked import BATCHES, Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page, tongue_for

PAGE_SIZE = 40
FIELDS = ("edition", "body", "status", "verdict", "year", "batch", "late", "done_late", "disagree", "as_of", "page")


def indicators_page(request: Request) -> Response:
    """The list, with counts that lead on."""
    asked = Parameters(request.query_params, *FIELDS)
    with opened(request) as register:
        seen = operations.progress(register, progress_query(asked), asked.day("as_of"), tongue_for(request))
    first = (asked.number("page", 1) - 1) * PAGE_SIZE
    return page(
        request,
        "indicators.html",
        seen=seen,
        asked=asked,
        shown=seen.found[first : first + PAGE_SIZE],
        more=len(seen.found) > first + PAGE_SIZE,
        statuses=[status.value for status in StatusCode],
        verdicts=[verdict.value for verdict in AssessmentCode],
        batches=BATCHES,
    )


def progress_query(asked: Parameters) -> ProgressQuery:
    """The filters of the indicators."""
    return ProgressQuery(
        edition=asked.id("edition"),
        body=asked.body("body"),
        status=asked.member("status", StatusCode),
        verdict=asked.member("verdict", AssessmentCode),
        year=asked.number("year", 1) if asked.text("year") else None,
        batch=asked.one_of("batch", BATCHES),
        late=asked.ticked("late"),
        done_late=asked.ticked("done_late"),
        disagree=asked.ticked("disagree"),
    )


routes = [Route("/indicators", indicators_page)]
