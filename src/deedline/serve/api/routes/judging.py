"""What people send: judgements of links, corrections of values, settlements of doubts. Only where it is allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from deedline import operations
from deedline.errors import InputError
from deedline.model.link import LinkState
from deedline.operations import Held, Settling
from deedline.register import Register, Said, open_register
from deedline.serve.api.answering import as_json
from deedline.serve.api.asked import Nothing
from deedline.serve.api.models.rows import Item, Link, SettledIssue
from deedline.serve.api.models.sent import IssueSettlement, ItemCorrection, Judgement
from deedline.serve.export.listed import listed_rows
from deedline.serve.export.shape import Row, link_row
from deedline.serve.export.shown import settled_row
from deedline.serve.sender import is_from_here

router = APIRouter(tags=["what waits for a person"])


@router.post("/judgements", response_model=Link, status_code=201, operation_id="judge")
def judge(request: Request, sent: Judgement, _: Annotated[Nothing, Query()]) -> Response:
    """Accept or reject a link between two items. It wins over the machine; `deedline undo` withdraws it."""

    def keep(register: Register, at: datetime) -> Row:
        relation = operations.relation_of(register, sent.from_id, sent.to, sent.relation)
        held = Held(sent.from_id, sent.to, relation, LinkState(sent.state))
        return link_row(operations.judge(register, held, at=at, by=sent.by, why=sent.why))

    return _kept(request, keep)


@router.post("/corrections", response_model=Item, status_code=201, operation_id="correct")
def correct(request: Request, sent: ItemCorrection, _: Annotated[Nothing, Query()]) -> Response:
    """Put what a person holds of an item's values over what was read; the item as it then stands is answered."""

    def keep(register: Register, at: datetime) -> Row:
        said = [Said(each.field, each.value, each.of) for each in sent.said]
        corrected = operations.correct(register, sent.item, said, at=at, by=sent.by, why=sent.why)
        return next(listed_rows(register, [corrected]))

    return _kept(request, keep)


@router.post("/settlements", response_model=SettledIssue, status_code=201, operation_id="settle")
def settle(request: Request, sent: IssueSettlement, _: Annotated[Nothing, Query()]) -> Response:
    """Settle a doubt of reading, or open it again."""

    def keep(register: Register, at: datetime) -> Row:
        settling = Settling(sent.issue, sent.state)
        return settled_row(operations.settle(register, settling, at=at, by=sent.by, why=sent.why))

    return _kept(request, keep)


def _kept(request: Request, keep: Callable[[Register, datetime], Row]) -> Response:
    demand_writable(request)
    with open_register(request.app.state.location, create=False) as register:
        try:
            return as_json(keep(register, datetime.now(UTC)), 201)
        except InputError as error:  # well written, but it does not fit what it is said of
            raise HTTPException(409, str(error)) from error


def demand_writable(request: Request) -> None:
    """Refuse (403) what may not change the register: a server that only reads, a request that another site sends."""
    if not request.app.state.writable:
        raise HTTPException(403, "This server only reads. Start it on your own machine, or with --writable.")
    if not is_from_here(request, unmarked=True):
        raise HTTPException(403, "The request was sent by a page of another site; send it from here.")
