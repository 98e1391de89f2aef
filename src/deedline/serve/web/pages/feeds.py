"""Feeds of changes and calendars of due days, of all, of a body, of a search or of one undertaking."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.operations.scene import scene_around
from deedline.register import ItemQuery, Register
from deedline.serve.feeds import calendars, changes
from deedline.serve.feeds.atom import atom
from deedline.serve.feeds.channel import Channel
from deedline.serve.web.addresses import with_parameters
from deedline.serve.web.asked import Asked, Parameters, narrowed, read_query
from deedline.serve.web.opened import opened
from deedline.serve.web.pages.searching import FIELDS as OF_SEARCH
from deedline.serve.web.pages.searching import once_of, search_query
from deedline.serve.web.published import own_address, site_of
from deedline.serve.words import words

ATOM = "application/atom+xml; charset=utf-8"
_OF_LANGUAGE = ("both", "once")


def changes_feed(request: Request) -> Response:
    """What became of the items that the filters find; of all of them without any."""
    asked, site = read_query(request.query_params, limit=None), site_of(request)
    about = _channel(request, "changes", asked.filters, words(site.language).gettext("Changes"), asked.link())
    with opened(request) as register, register.snapshot():
        feed = changes.items_feed(register, _chosen(register, asked), site, about)
    return Response(atom(feed), media_type=ATOM)


def search_feed(request: Request) -> Response:
    """What became of the items that a search finds."""
    asked, site = Parameters(request.query_params, *OF_SEARCH), site_of(request)
    page = with_parameters("/search", **asked.given)
    about = _channel(request, "search", asked.given, words(site.language).gettext("Changes"), page)
    with opened(request) as register, register.snapshot():
        query = search_query(register, asked, once_of(request, asked))
        ids = [stored.id for stored in operations.found_items(register, query)]
        feed = changes.items_feed(register, ids, site, about)
    return Response(atom(feed), media_type=ATOM)


def thread_feed(request: Request) -> Response:
    """What became of one undertaking."""
    with opened(request) as register, register.snapshot():
        item = register.item(request.path_params["item_id"])
        known = scene_around(register, item.id)
        feed = changes.thread_feed(register, known, item.id, site_of(request), address=own_address(request))
    return Response(atom(feed), media_type=ATOM)


def document_feed(request: Request) -> Response:
    """What became of one document."""
    with opened(request) as register:
        feed = changes.document_feed(
            register, request.path_params["document_id"], site_of(request), address=own_address(request)
        )
    return Response(atom(feed), media_type=ATOM)


def due_calendar(request: Request) -> Response:
    """When what the filters find falls due."""
    asked, site = read_query(request.query_params, limit=None), site_of(request)
    about = _channel(request, "changes", asked.filters, words(site.language).gettext("Due days"), "/due")
    with opened(request) as register, register.snapshot():
        known = None if operations.is_large(register) else operations.scene(register)
        data = calendars.due_calendar(register, known, site, _chosen(register, asked), about)
    headers = {"Content-Disposition": 'inline; filename="due.ics"'}
    return Response(data, media_type=calendars.MEDIA_TYPE, headers=headers)


def _chosen(register: Register, asked: Asked) -> ItemQuery | Collection[str]:
    """What the filters find: the query, where that says all of it."""
    query = narrowed(asked, register)
    return [stored.id for stored in operations.items(register, query, late=True)] if asked.late else query


def _channel(request: Request, of: str, filters: Mapping[str, str], title: str, page: str) -> Channel:
    """What a feed is of: its lasting name and its title hold the filters."""
    held = dict(sorted(filters.items()))
    named = tuple(f"{name}={value}" for name, value in held.items())
    gettext = words(site_of(request).language).gettext
    shown = (gettext("Late") if name == "late" else value for name, value in held.items() if name not in _OF_LANGUAGE)
    return Channel((of, *named), " · ".join((title, *shown)), own_address(request), site_of(request).base + page)


routes = [
    Route("/feeds/changes.atom", changes_feed),
    Route("/feeds/search.atom", search_feed),
    Route("/feeds/threads/{item_id}.atom", thread_feed),
    Route("/feeds/documents/{document_id}.atom", document_feed),
    Route("/calendars/due.ics", due_calendar),
]
