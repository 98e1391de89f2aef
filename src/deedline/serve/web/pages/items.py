"""All items of the register, narrowed by the filters in the address, a page at a time."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.serve.export.downloads import MEDIA_TYPES
from deedline.serve.feeds.structured import dataset_jsonld, in_page
from deedline.serve.web.addresses import with_parameters
from deedline.serve.web.asked import BATCHES, PAGE_SIZE, Asked, narrowed, read_query
from deedline.serve.web.opened import opened
from deedline.serve.web.published import site_of
from deedline.serve.web.rendering import page, tongue_for
from deedline.serve.words import words


def items_page(request: Request) -> Response:
    """The list, with its filters as a form."""
    asked = read_query(request.query_params, once=tongue_for(request))
    with opened(request) as register, register.snapshot():
        query = narrowed(asked, register)
        found = list(operations.items(register, query, late=asked.late))
        count = operations.counted(register, query, late=asked.late)
        documents = operations.documents_held(register)
    return page(
        request,
        "items.html",
        found=found[:PAGE_SIZE],
        more=asked.link(after=found[PAGE_SIZE - 1].id) if len(found) > PAGE_SIZE else "",
        count=count,
        asked=asked,
        documents={document.id: document for document in documents},
        kinds=[kind.value for kind in ItemKind],
        statuses=[status.value for status in StatusCode],
        batches=BATCHES,
        left_out=len(query.without),
        linked_data=_dataset(request, asked),
    )


def _dataset(request: Request, asked: Asked) -> str:
    """The list as a set of data with its downloads."""
    site = site_of(request)
    gettext, parameters = words(site.language).gettext, asked.of_files()
    said = gettext(
        "Every value leads back to the words it was read from. What the machine suggests is marked until a person has "
        "judged it."
    )
    files = (
        (form, with_parameters(f"/downloads/items.{form}", **parameters, lang=site.language)) for form in MEDIA_TYPES
    )
    downloads = [(form, site.base + address) for form, address in files]
    return in_page(dataset_jsonld(gettext("All items"), said, site.base + asked.link(), downloads))


routes = [Route("/items", items_page)]
