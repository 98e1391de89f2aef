"""The editions, one edition's chapters and items, and two editions side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.operations import EditionQuery, Fate, FateCode
from deedline.operations.pairing import languages_of
from deedline.serve.web.asked import BATCHES, Parameters
from deedline.serve.web.differing import differences
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page, tongue_for

PAGE_SIZE = 60
FIELDS = (
    "chapter",
    "section",
    "kind",
    "body",
    "due_after",
    "due_before",
    "status",
    "fate",
    "batch",
    "figures",
    "as_of",
)
_CHANGED_FIRST = ("no_mention", "changed", "next_stage", "merged", "split", "continued", "new", "cannot_say")


def editions_page(request: Request) -> Response:
    """All editions with their counts."""
    asked = Parameters(request.query_params, "as_of")
    with opened(request) as register:
        seen = operations.overview(register, asked.day("as_of"), language=tongue_for(request))
    return page(request, "editions.html", seen=seen)


def edition_page(request: Request) -> Response:
    """One edition: chapters, filters that live in the address, items with what they continue."""
    asked = Parameters(request.query_params, *FIELDS, "page", "item")
    with opened(request) as register:
        view = operations.edition(
            register, request.path_params["document_id"], edition_query(asked), asked.day("as_of")
        )
        spoken = languages_of(register, view.edition)
    first = asked.turn_to([entry.id for entry in view.entries], PAGE_SIZE)
    return page(
        request,
        "edition.html",
        view=view,
        spoken=spoken,
        asked=asked,
        shown=view.entries[first : first + PAGE_SIZE],
        more=len(view.entries) > first + PAGE_SIZE,
        size=PAGE_SIZE,
        kinds=[kind.value for kind in ItemKind if view.edition.items.get(kind)],
        statuses=[status.value for status in StatusCode],
        fates=[code.value for code in FateCode if code in {fate.code for fate in view.fates.values()}],
        batches=BATCHES,
    )


def edition_query(asked: Parameters) -> EditionQuery:
    """The filters of an edition's items."""
    return EditionQuery(
        chapter=asked.text("chapter"),
        section=asked.text("section"),
        kind=asked.member("kind", ItemKind),
        body=asked.body("body"),
        due_after=asked.day("due_after"),
        due_before=asked.day("due_before"),
        status=asked.member("status", StatusCode),
        fate=asked.member("fate", FateCode),
        batch=asked.one_of("batch", BATCHES),
        figures=asked.ticked("figures"),
    )


def compare_page(request: Request) -> Response:
    """Two editions, item by item: what went on with its changed words marked, what is new, what is not mentioned."""
    asked = Parameters(request.query_params, "as_of", "fate", "page")
    fate = asked.member("fate", FateCode)
    ids = request.path_params["document_id"], request.path_params["other_id"]
    with opened(request) as register:
        found = operations.compare_editions(register, *ids, asked.day("as_of"))
    entries = {entry.id: entry for entry in found.entries}
    later = {each.entry_id: each for each in found.comparison.later}
    groups = _groups(found.comparison.earlier, later)
    chosen = [(code, each) for code in _CHANGED_FIRST for each in groups[code] if fate in (None, FateCode(code))]
    first = (asked.number("page", 1) - 1) * PAGE_SIZE
    return page(
        request,
        "compare.html",
        found=found,
        entries=entries,
        asked=asked,
        counts={code: len(groups[code]) for code in _CHANGED_FIRST if groups[code]},
        shown=chosen[first : first + PAGE_SIZE],
        total=len(chosen),
        more=len(chosen) > first + PAGE_SIZE,
        differences=differences,
    )


def _groups(earlier: tuple[Fate, ...], later: Mapping[str, Fate]) -> defaultdict[str, list[Fate]]:
    """The fates of the earlier entries, and of the later ones that continue none, by their codes."""
    groups: defaultdict[str, list[Fate]] = defaultdict(list)
    for each in earlier:
        groups[each.code.value].append(each)
    for each in later.values():
        if each.code in (FateCode.NEW, FateCode.CANNOT_SAY):
            groups[each.code.value].append(each)
    return groups


routes = [
    Route("/editions", editions_page),
    Route("/editions/{document_id}", edition_page),
    Route("/editions/{document_id}/compare/{other_id}", compare_page),
]
