"""What is computed: indicators, what falls due, two editions, what became of a submission."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from deedline import operations
from deedline.operations import ProgressQuery
from deedline.register import Register
from deedline.serve.api.answering import answer
from deedline.serve.api.asked import AdoptionAsked, CompareAsked, DocumentPath, DueAsked, IndicatorsAsked
from deedline.serve.api.models import answers
from deedline.serve.api.paging import Answer, page
from deedline.serve.export.tracked import (
    adoption_row,
    editions_row,
    fate_counts,
    followed_row,
    reported_row,
    slippage_row,
)

router = APIRouter(tags=["what is computed"])


@router.get("/indicators", response_model=answers.Indicators, operation_id="indicators")
def indicators(request: Request, asked: Annotated[IndicatorsAsked, Query()]) -> Response:
    """Reported indicators: the official status beside what figures and dates bear out, which never replaces it."""

    def compute(register: Register) -> Answer:
        found = operations.reported(
            register,
            ProgressQuery(late=asked.late, done_late=asked.done_late, disagree=asked.disagree),
            document=asked.document,
            body=asked.body,
            as_of=asked.as_of,
        )
        shown, after = page(found.found, lambda each: each.entry.id, asked.cursor, asked.limit)
        return Answer(reported_row(found, shown), after)

    return answer(request, compute)


@router.get("/due", response_model=answers.Due, operation_id="due")
def due(request: Request, asked: Annotated[DueAsked, Query()]) -> Response:
    """What falls due soon, or fell due and is not reported done; and how far bodies' dates moved."""

    def compute(register: Register) -> Answer:
        body = operations.find_body(asked.body) if asked.body else None
        known = operations.scene(register, asked.as_of)
        found = operations.due(known, within=asked.within, body=body, past=not asked.coming)
        shown, after = page(found, lambda each: each.entry.id, asked.cursor, asked.limit)
        row = {
            "as_of": known.as_of.isoformat(),
            "caution": operations.told_of_editions(register, known.documents) or None,
            "items": [followed_row(followed) for followed in shown],
            "total": len(found),
            "slippage": [slippage_row(slippage) for slippage in operations.slippage(known)],
        }
        return Answer(row, after)

    return answer(request, compute)


@router.get("/editions/{edition}/compare/{other}", response_model=answers.Comparison, operation_id="compare")
def compare(
    request: Request, edition: DocumentPath, other: DocumentPath, asked: Annotated[CompareAsked, Query()]
) -> Response:
    """What became of each commitment between two editions, whichever is named first.

    `no_mention` says that nothing in the later edition was found to continue it, not that anything was given up.
    Where `compared` is false nothing is known: there are no items and no summary.
    """

    def compute(register: Register) -> Answer:
        found = operations.compare_editions(register, edition, other, asked.as_of)
        row = editions_row(found)
        if asked.only:
            for side in ("earlier_items", "later_items"):
                row[side] = [entry for entry in row[side] if entry["fate"] in asked.only]
        return Answer({**row, "summary": fate_counts(found)})

    return answer(request, compute)


@router.get("/submissions/{submission}/adoption", response_model=answers.Adoptions, operation_id="adoption")
def adoption(request: Request, submission: DocumentPath, asked: Annotated[AdoptionAsked, Query()]) -> Response:
    """What became of a submission's proposals, with the measures that show it and whether they were there before."""

    def compute(register: Register) -> Answer:
        reports = operations.adoption(register, submission, asked.against, asked.as_of)
        rows = [adoption_row(report) for report in reports]
        for row in rows:
            row["verdicts"] = [each for each in row["verdicts"] if not asked.only or each["verdict"] in asked.only]
        return Answer({"reports": rows, "total": len(rows)})

    return answer(request, compute)
