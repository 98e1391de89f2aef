"""Submissions: what became of every proposal, with the measures that show it and what was there before."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.errors import InputError
from deedline.model.item import ItemKind
from deedline.model.link import ADOPTING, Verdict, VerdictCode
from deedline.operations import AdoptionReport, Compared
from deedline.serve.web.asked import Parameters, demand_known
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page

PAGE_SIZE = 30
FIELDS = ("against", "scope", "verdict", "sure", "there", "as_of")
MOST_SHOWN = 3  # measures beside a proposal


def submissions_page(request: Request) -> Response:
    """All submissions."""
    demand_known(request.query_params)
    with opened(request) as register:
        submissions = operations.overview(register).submissions
    return page(request, "submissions.html", submissions=submissions, kinds=ItemKind)


def submission_page(request: Request) -> Response:
    """One submission against an edition, the newest that came after it unless the address names another."""
    asked = Parameters(request.query_params, *FIELDS, "page", "item")
    with opened(request) as register:
        document = register.document(request.path_params["document_id"])
        try:
            reports = operations.adoption(register, document.id, as_of=asked.day("as_of"))
        except InputError as error:
            return page(request, "submission.html", document=document, problem=str(error), report=None)
        report = _chosen(reports, asked.id("against"))
        recommended = operations.recommendations(register, report)
    listed = narrowed(report, asked)
    first = asked.turn_to([each.item_id for each in listed], PAGE_SIZE)
    shown = listed[first : first + PAGE_SIZE]
    ids = {each.item_id for each in shown}
    return page(
        request,
        "submission.html",
        document=document,
        problem="",
        report=report,
        reports=reports,
        asked=asked,
        proposals={proposal.id: proposal for proposal in report.proposals},
        body_ids=_body_ids(report),
        links={(link.from_id, link.to_id): link for link in report.links if link.from_id in ids},
        adopting=ADOPTING,
        shown=shown,
        total=len(listed),
        more=len(listed) > first + PAGE_SIZE,
        size=PAGE_SIZE,
        recommended=recommended,
        best=operations.count_best(recommended),
        verdicts=list(VerdictCode),
        most=MOST_SHOWN,
    )


def narrowed(report: AdoptionReport, asked: Parameters) -> list[Verdict]:
    """The verdicts that the page and the file show, by the parameters among FIELDS."""
    verdict, scope = asked.member("verdict", VerdictCode), asked.text("scope")
    sure, there = asked.ticked("sure"), asked.ticked("there")
    proposals = {proposal.id: proposal for proposal in report.proposals}
    return [
        each
        for each in report.verdicts
        if verdict in (None, each.verdict)
        and scope in (None, _scope(proposals[each.item_id].item.path))
        and (not sure or each.sure)
        and (not there or each.already_there)
    ]


def _chosen(reports: Sequence[AdoptionReport], against: str | None) -> AdoptionReport:
    if against is None:
        return max(reports, key=_whole)
    found = next((report for report in reports if report.edition.id == against), None)
    if found is None:
        raise HTTPException(404)
    return found


def _whole(report: AdoptionReport) -> tuple[bool, bool, bool, int]:
    """An edition that was compared, is more than a chapter, surely came after, and holds most measures is shown
    first."""
    return report.compared is not Compared.NO, not report.scope, report.ordered, len(report.entries)


def _body_ids(report: AdoptionReport) -> dict[str, str]:
    """The ids of the bodies of the edition's measures, by the names that its tallies bear."""
    mentions = (mention for entry in report.entries.values() for mention in entry.item.bodies)
    return {mention.name: mention.body_id for mention in mentions if mention.body_id}


def _scope(path: tuple[str, ...]) -> str:
    return path[0] if path else ""


routes = [Route("/submissions", submissions_page), Route("/submissions/{document_id}", submission_page)]
