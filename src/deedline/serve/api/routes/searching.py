"""Search over items by words and meaning, and how words being typed may go on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from deedline.operations.searching import search
from deedline.operations.sought import SearchQuery
from deedline.operations.suggesting import suggest_words
from deedline.register import Register
from deedline.serve.api.answering import answer_now
from deedline.serve.api.asked import SearchAsked, SuggestAsked
from deedline.serve.api.models import answers
from deedline.serve.api.paging import Answer, key_of
from deedline.serve.api.routes.items import query_of
from deedline.serve.export.sought import search_row, suggestion_row

router = APIRouter(tags=["search"])


@router.get("/search", response_model=answers.Found, operation_id="search")
def search_items(request: Request, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Items by their words, ranked, and by their meaning where few have the words, also across languages.

    All words must be there, in any script, width or letter case; quotation marks hold an exact phrase, and a word after
    "-" must not be there. Each hit says what matched; a hit without matches is near in meaning only. 404 where there is
    no word to look for.
    """

    def compute(register: Register) -> Answer:
        within = query_of(register, asked)
        query = SearchQuery(asked.q, within, asked.year, asked.limit, key_of(asked.cursor) or "", asked.meaning)
        page = search(register, query)
        return Answer(search_row(register, page), page.next)

    return answer_now(request, compute)


@router.get("/suggestions", response_model=answers.Suggestions, operation_id="suggestions")
def suggestions(request: Request, asked: Annotated[SuggestAsked, Query()]) -> Response:
    """How the words being typed may go on: bodies, names, sections, and words as the items use them."""

    def compute(register: Register) -> Answer:
        found = suggest_words(register, asked.q, asked.limit)
        return Answer({"suggestions": [suggestion_row(one) for one in found]})

    return answer_now(request, compute)
