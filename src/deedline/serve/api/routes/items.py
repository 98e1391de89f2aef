"""Documents, items, one item with all around it, its thread and its history."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from deedline import operations
from deedline.register import ItemQuery, Register
from deedline.serve.api.answering import answer
from deedline.serve.api.asked import (
    AsOfAsked,
    HistoryAsked,
    ItemPath,
    ItemsAsked,
    Narrowed,
    Nothing,
    ShownAsked,
)
from deedline.serve.api.models import answers
from deedline.serve.api.paging import Answer, key_of, page
from deedline.serve.evidence import excerpt
from deedline.serve.export.listed import listed_rows
from deedline.serve.export.shape import document_row
from deedline.serve.export.shown import change_row, shown_row
from deedline.serve.export.tracked import thread_row

router = APIRouter(tags=["what is kept"])


@router.get("/documents", response_model=answers.Documents, operation_id="documents")
def documents(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """The documents in the register, by date, name and id."""

    def compute(register: Register) -> Answer:
        found = register.documents()
        return Answer({"documents": [document_row(document) for document in found], "total": len(found)})

    return answer(request, compute)


def query_of(register: Register, asked: Narrowed) -> ItemQuery:
    """The query that the filters ask for; NotFoundError for a document or body that nobody knows."""
    return ItemQuery(
        document=register.find_document(asked.document).id if asked.document else None,
        kind=asked.kind,
        body=operations.find_body(asked.body) if asked.body else None,
        due_before=asked.due_before,
        due_after=asked.due_after,
        status=asked.status,
        number=asked.number,
        batch=asked.batch,
    )


@router.get("/items", response_model=answers.Items, operation_id="items")
def items(request: Request, asked: Annotated[ItemsAsked, Query()]) -> Response:
    """Measures, indicators, recommendations and proposals, narrowed by filters, as they stand in their documents."""

    def compute(register: Register) -> Answer:
        query = replace(query_of(register, asked), text=asked.text or "")
        if asked.late:
            late = list(operations.items(register, query, late=True))
            shown, more = page(late, lambda stored: stored.id, asked.cursor, asked.limit)
            rows = list(listed_rows(register, shown))
            return Answer({"items": rows, "total": len(late), "at_least": False}, more)
        found = list(operations.items(register, replace(query, limit=asked.limit + 1, after=key_of(asked.cursor))))
        rows = list(listed_rows(register, found[: asked.limit]))
        more = found[asked.limit - 1].id if len(found) > asked.limit else None
        count = operations.counted(register, query)
        return Answer({"items": rows, "total": count.total, "at_least": count.at_least}, more)

    return answer(request, compute)


@router.get("/items/{item_id}", response_model=answers.Shown, operation_id="item")
def item(request: Request, item_id: ItemPath, asked: Annotated[ShownAsked, Query()]) -> Response:
    """One item with its values, the words that prove them, its parts, doubts, links and where it stands."""

    def compute(register: Register) -> Answer:
        shown = operations.show(register, item_id, asked.as_of)
        return Answer(shown_row(shown, excerpt(shown.text, shown.stored.item, asked.around)))

    return answer(request, compute)


@router.get("/items/{item_id}/thread", response_model=answers.Undertaking, operation_id="thread")
def thread(request: Request, item_id: ItemPath, asked: Annotated[AsOfAsked, Query()]) -> Response:
    """The undertaking that an item belongs to, across editions: each promise of it, how its date moved, its reports."""

    def compute(register: Register) -> Answer:
        known = operations.show(register, item_id, asked.as_of).around
        return Answer(thread_row(register, known, operations.thread(known, register.item(item_id).id)))

    return answer(request, compute)


@router.get("/items/{item_id}/history", response_model=answers.History, operation_id="history")
def history(request: Request, item_id: ItemPath, asked: Annotated[HistoryAsked, Query()]) -> Response:
    """What was changed of an item and of the links upon it: by whom, when and why, with the values before and after."""

    def compute(register: Register) -> Answer:
        changes = register.history(register.item(item_id).id, limit=asked.limit)
        return Answer({"changes": [change_row(change) for change in changes], "total": len(changes)})

    return answer(request, compute)
