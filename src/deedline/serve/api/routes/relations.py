"""Links, the doubts that wait for a person, bodies and names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from deedline import operations
from deedline.operations.naming import name_key
from deedline.register import LinkQuery, Register
from deedline.serve.api.answering import answer
from deedline.serve.api.asked import AsOfAsked, DoubtsAsked, IssuesAsked, LinksAsked, NamesAsked, Paged
from deedline.serve.api.models import answers
from deedline.serve.api.paging import Answer, key_of, lost, page
from deedline.serve.export.shape import link_row
from deedline.serve.export.shown import body_row, doubt_rows, name_row, portfolio_row, settled_row

router = APIRouter()
BodyPath = Annotated[str, Path(max_length=200, pattern=r"^[a-z0-9-]+/[a-z0-9-]+$", description="A body's id.")]


@router.get("/links", response_model=answers.Links, operation_id="links", tags=["what is kept"])
def links(request: Request, asked: Annotated[LinksAsked, Query()]) -> Response:
    """Links between items, suggested, accepted and rejected, by the ids that they join."""

    def compute(register: Register) -> Answer:
        query = LinkQuery(
            item=register.item(asked.item).id if asked.item else None,
            relation=asked.relation,
            state=asked.state,
            sure=asked.sure,
            limit=asked.limit + 1,
            after=_pair(key_of(asked.cursor)),
        )
        found = register.find_links(query)
        shown = found[: asked.limit]
        row = {"links": [link_row(link) for link in shown], "total": register.count_links(query)}
        more = f"{shown[-1].from_id} {shown[-1].to_id}" if len(found) > asked.limit else None
        return Answer(row, more)

    return answer(request, compute)


def _pair(key: str | None) -> tuple[str, str] | None:
    if key is None:
        return None
    first, space, second = key.partition(" ")
    if not space:
        raise lost()
    return first, second


@router.get("/issues", response_model=answers.Issues, operation_id="issues", tags=["what waits for a person"])
def issues(request: Request, asked: Annotated[IssuesAsked, Query()]) -> Response:
    """Doubts of reading: misprinted names, repaired numbers, words that fit no rule."""

    def compute(register: Register) -> Answer:
        found = operations.open_issues(register, asked.document, settled=asked.settled)
        shown, after = page(found, lambda issue: issue.id, asked.cursor, asked.limit)
        return Answer({"issues": [settled_row(stored) for stored in shown], "total": len(found)}, after)

    return answer(request, compute)


@router.get("/doubts", response_model=answers.Doubts, operation_id="doubts", tags=["what waits for a person"])
def doubts(request: Request, asked: Annotated[DoubtsAsked, Query()]) -> Response:
    """Links that the machine is not sure of and nobody judged, the likeliest first."""

    def compute(register: Register) -> Answer:
        waiting = operations.waiting_links(register, document=asked.document, relations=asked.relation)
        shown, after = page(waiting, lambda link: f"{link.from_id} {link.to_id}", asked.cursor, asked.limit)
        rows = list(doubt_rows(register, operations.doubts_of(register, shown)))
        return Answer({"doubts": rows, "total": len(waiting)}, after)

    return answer(request, compute)


@router.get("/bodies", response_model=answers.Organisations, operation_id="bodies", tags=["what is kept"])
def bodies(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """Bodies that items name, those with most items first."""

    def compute(register: Register) -> Answer:
        found = operations.bodies_held(register)
        shown, after = page(found, lambda held: held.body.id, asked.cursor, asked.limit)
        return Answer({"bodies": [body_row(held) for held in shown], "total": len(found)}, after)

    return answer(request, compute)


@router.get("/bodies/{body_id:path}", response_model=answers.Portfolio, operation_id="body", tags=["what is kept"])
def body(request: Request, body_id: BodyPath, asked: Annotated[AsOfAsked, Query()]) -> Response:
    """One body: its names and lifetime, who came before and after it, where what it undertakes stands on a day.

    `items`, `indicators` and `due` take its id as `body`.
    """

    def compute(register: Register) -> Answer:
        held = operations.body_held(register, body_id)
        return Answer(portfolio_row(held, operations.portfolio(register, body_id, asked.as_of)))

    return answer(request, compute)


@router.get("/names", response_model=answers.Names, operation_id="names", tags=["what is kept"])
def names(request: Request, asked: Annotated[NamesAsked, Query()]) -> Response:
    """Schemes, plans, laws and committees that items name; `items` finds those that do, by `text`."""

    def compute(register: Register) -> Answer:
        known = operations.names(register, asked.as_of)
        wanted = name_key(asked.text) if asked.text else ""
        found = [(key, named) for key, named in known.by_key.items() if wanted in key]
        shown, after = page(found, lambda pair: pair[0], asked.cursor, asked.limit)
        rows = [name_row(named) for _, named in shown]
        return Answer({"as_of": known.as_of.isoformat(), "names": rows, "total": len(found)}, after)

    return answer(request, compute)
