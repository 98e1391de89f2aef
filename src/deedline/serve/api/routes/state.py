"""The state of the register and of the server, and what people send: judgements."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from deedline import operations
from deedline.errors import InputError
from deedline.model.link import LinkState
from deedline.operations import Held
from deedline.register import Register, open_register
from deedline.serve.api.answering import answer, as_json, program_version
from deedline.serve.api.asked import Nothing
from deedline.serve.api.models import answers
from deedline.serve.api.models.rows import Link
from deedline.serve.api.models.sent import Judgement
from deedline.serve.api.paging import Answer
from deedline.serve.export.shape import link_row

router = APIRouter()


@router.get("/revision", response_model=answers.Revision, operation_id="revision", tags=["the server"])
def revision(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """The state of the register; ask again, and see by `revision` (or the ETag) whether anything changed."""

    def compute(register: Register) -> Answer:
        newest = operations.newest_day(register)
        row = {
            "revision": operations.revision(register),
            "deedline": program_version(),
            "as_of": None if newest == date.min else newest.isoformat(),
            "documents": len(register.documents()),
            "items": register.count_items(),
            "writable": request.app.state.writable,
        }
        return Answer(row)

    return answer(request, compute)


@router.get("/health", response_model=answers.Health, operation_id="health", tags=["the server"])
def health(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Whether the register can be opened and read; 503 says why not."""
    with open_register(request.app.state.location, create=False) as register:
        operations.revision(register)
    return as_json({"status": "ok"})


@router.post(
    "/judgements", response_model=Link, status_code=201, operation_id="judge", tags=["what waits for a person"]
)
def judge(request: Request, sent: Judgement, _: Annotated[Nothing, Query()]) -> Response:
    """Accept or reject a link between two items. It wins over the machine; `deedline undo` withdraws it.

    Only where the server was started to allow it, and not from another site.
    """
    demand_writable(request)
    with open_register(request.app.state.location, create=False) as register:
        try:
            relation = operations.relation_of(register, sent.from_id, sent.to, sent.relation)
            held = Held(sent.from_id, sent.to, relation, LinkState(sent.state))
            link = operations.judge(register, held, at=datetime.now(UTC), by=sent.by, why=sent.why)
        except InputError as error:  # well written, but the two cannot stand to each other so
            raise HTTPException(409, str(error)) from error
    return as_json(link_row(link), 201)


def demand_writable(request: Request) -> None:
    """Refuse (403) what may not change the register: a server that only reads, a request that another site sends."""
    if not request.app.state.writable:
        raise HTTPException(403, "This server only reads. Start it on your own machine, or with --writable.")
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "none")
    if site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != request.headers.get("host")):
        raise HTTPException(403, "The request was sent by a page of another site; send it from here.")
