"""Reports for hand-in, made when they are asked for."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline.serve.reports import Asked, ReportFormat, ReportKind, make_report
from deedline.serve.web.asked import Parameters
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import language_for

_SUBJECTS = {
    ReportKind.BRIEF: "edition",
    ReportKind.ADOPTION: "submission",
    ReportKind.BODY: "body",
    ReportKind.INDICATORS: "edition",
}


def report_page(request: Request) -> Response:
    """A report as a file, in the reader's language."""
    try:
        kind = ReportKind(request.path_params["kind"])
        form = ReportFormat(request.path_params["form"])
    except ValueError as error:
        raise HTTPException(404) from error
    asked = Parameters(request.query_params, _SUBJECTS[kind], "against", "as_of")
    subject = asked.text(_SUBJECTS[kind])
    if subject is None:
        raise HTTPException(404)
    wanted = Asked(kind, subject, form, language_for(request), asked.id("against"), asked.day("as_of"))
    with opened(request) as register:
        made = make_report(register, wanted)
    # HTML too is to be kept: its style and charts are inside it, where the pages' own policy lets none be.
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.data, media_type=made.media_type, headers=headers)


routes = [Route("/reports/{kind}.{form}", report_page)]
