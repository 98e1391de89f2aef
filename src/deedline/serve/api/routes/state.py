"""The state of the register and of the server."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from deedline import operations
from deedline.register import Register, open_register
from deedline.serve.api.answering import answer, as_json, program_version
from deedline.serve.api.asked import Nothing
from deedline.serve.api.models import answers
from deedline.serve.api.paging import Answer

router = APIRouter(tags=["the server"])


@router.get("/revision", response_model=answers.Revision, operation_id="revision")
def revision(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """The state of the register; ask again, and see by `revision` (or the ETag) whether anything changed."""

    def compute(register: Register) -> Answer:
        newest = operations.newest_day(register)
        row = {
            "revision": register.revision(),
            "deedline": program_version(),
            "as_of": None if newest == date.min else newest.isoformat(),
            "documents": len(register.documents()),
            "items": register.count_items(),
            "writable": request.app.state.writable,
        }
        return Answer(row)

    return answer(request, compute)


@router.get("/health", response_model=answers.Health, operation_id="health")
def health(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Whether the register can be opened and read; 503 says why not."""
    with open_register(request.app.state.location, create=False) as register:
        register.revision()
    return as_json({"status": "ok"})
