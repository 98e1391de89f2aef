"""The JSON API as an application of its own, which the pages mount at /api/v1."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from deedline.errors import DeedlineError
from deedline.serve.api import problems
from deedline.serve.api.asked import once
from deedline.serve.api.describing import describe
from deedline.serve.api.gate import Gate
from deedline.serve.api.routes import items, judging, relations, searching, state, tracking


def make_api(location: str, *, writable: bool = False) -> FastAPI:
    """The API over the register at `location`, opened anew for each request.

    `writable` lets judgements be sent; whoever reaches it may.
    """
    api = FastAPI(
        title="Deedline",
        docs_url=None,  # those pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        dependencies=[Depends(once)],
        exception_handlers={
            HTTPException: problems.refused,
            RequestValidationError: problems.misread,
            DeedlineError: problems.troubled,
            Exception: problems.failed,
        },
    )
    for module in (items, searching, relations, tracking, judging, state):
        api.include_router(module.router)
    api.add_middleware(Gate)
    api.state.location = location
    api.state.writable = writable
    describe(api)
    return api
