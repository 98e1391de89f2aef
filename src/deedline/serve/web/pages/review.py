"""Review: links that the machine is not sure of and doubts of reading, for a person to judge; and corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from deedline import operations
from deedline.errors import InputError
from deedline.model.item import ItemKind
from deedline.model.link import LinkState, Relation
from deedline.model.values import Role, StatusCode
from deedline.operations import Held, Settling
from deedline.register import NOTHING, Field, Register, Said, Settled
from deedline.serve.web.addresses import safe_way_back
from deedline.serve.web.asked import Parameters, read_words
from deedline.serve.web.choosing import remember_reviewer, reviewer_of
from deedline.serve.web.differing import differences
from deedline.serve.web.opened import demand_writable, opened
from deedline.serve.web.rendering import page

PAGE_SIZE = 20
_SIMPLE = (Field.DUE, Field.STATUS, Field.KIND, Field.TARGET, Field.ACTUAL, Field.BASELINE)
_ROLES = {"lead": Role.LEAD.value, "joint": Role.JOINT.value, "no_body": NOTHING}
T = TypeVar("T")


def review_page(request: Request) -> Response:
    """The queue, the likeliest first."""
    asked = Parameters(request.query_params, "what", "document", "page")
    of_reading = asked.one_of("what", ("reading",)) is not None
    first = (asked.number("page", 1) - 1) * PAGE_SIZE
    with opened(request) as register, register.snapshot():
        documents = {document.id: document for document in operations.documents_held(register)}
        reference = asked.id("document")
        chosen = register.find_document(reference).id if reference else None
        waiting = () if of_reading else operations.waiting_links(register, document=chosen)
        links = list(operations.doubts_of(register, waiting[first : first + PAGE_SIZE]))
        issues = operations.open_issues(register, chosen, skip=first, limit=PAGE_SIZE + 1) if of_reading else ()
    count_issues = sum(each.issues for each in documents.values() if chosen in (None, each.id))
    more = len(issues) > PAGE_SIZE or len(waiting) > first + PAGE_SIZE
    return page(
        request,
        "review.html",
        asked=asked,
        of_reading=of_reading,
        links=links,
        issues=issues[:PAGE_SIZE],
        count_issues=count_issues,
        more=more,
        documents=documents,
        differences=differences,
        reviewer=reviewer_of(request),
    )


async def judge_link(request: Request) -> Response:
    """Keep what a person holds of a link."""
    form = await _form(request)
    relation, state = _one(form, "relation", Relation), _one(form, "state", LinkState)
    held = Held(read_words(form, "from"), read_words(form, "to"), relation, state)

    def keep(register: Register, at: datetime, by: str, why: str) -> None:
        operations.judge(register, held, at=at, by=by, why=why)

    return await _kept(request, form, keep)


async def settle_issue(request: Request) -> Response:
    """Keep what a person holds of a doubt of reading."""
    form = await _form(request)
    settling = Settling(read_words(form, "issue"), _one(form, "state", Settled))

    def keep(register: Register, at: datetime, by: str, why: str) -> None:
        operations.settle(register, settling, at=at, by=by, why=why)

    return await _kept(request, form, keep)


async def correct_item(request: Request) -> Response:
    """Keep what a person holds of an item's values; a field without words says nothing."""
    form = await _form(request)
    said = [Said(field, words) for field in _SIMPLE if (words := read_words(form, field.value))]
    said += [
        Said(Field.BODY, role, operations.find_body(words))
        for name, role in _ROLES.items()
        if (words := read_words(form, name))
    ]
    item_id = request.path_params["item_id"]

    def keep(register: Register, at: datetime, by: str, why: str) -> None:
        operations.correct(register, item_id, said, at=at, by=by, why=why)

    return await _kept(request, form, keep)


async def _form(request: Request) -> FormData:
    demand_writable(request)
    return await request.form(max_files=0, max_fields=40, max_part_size=10_000)


def _one(form: FormData, name: str, kind: Callable[[str], T]) -> T:
    given = read_words(form, name)
    try:
        return kind(given)
    except ValueError as error:
        raise InputError(f"{name}: {given!r} cannot be chosen; go back and choose again") from error


async def _kept(request: Request, form: FormData, keep: Callable[[Register, datetime, str, str], None]) -> Response:
    by = read_words(form, "by") or reviewer_of(request)
    if not by:
        raise InputError("say who holds it: go back and give your name; a judgement bears one")
    why, at = read_words(form, "why"), datetime.now(UTC).replace(microsecond=0)

    def write() -> None:
        with opened(request) as register:
            keep(register, at, by, why)

    await run_in_threadpool(write)
    answer = RedirectResponse(safe_way_back(read_words(form, "back") or "/review"), status_code=303)
    remember_reviewer(answer, by)
    return answer


CORRECTABLE = {"statuses": [code.value for code in StatusCode], "kinds": [kind.value for kind in ItemKind]}

routes = [
    Route("/review", review_page),
    Route("/review/links", judge_link, methods=["POST"]),
    Route("/review/issues", settle_issue, methods=["POST"]),
    Route("/items/{item_id}/corrections", correct_item, methods=["POST"]),
]
