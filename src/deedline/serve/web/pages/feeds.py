"""Feeds of changes and calendars of due days, of all, of a body, of a search or of one undertaking."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.serve.feeds import calendars, changes
from deedline.serve.feeds.atom import atom
from deedline.serve.feeds.channel import Channel
from deedline.serve.web.asked import narrowed, read_query
from deedline.serve.web.opened import opened
from deedline.serve.web.published import site_of
from deedline.serve.words import words

ATOM = "application/atom+xml; charset=utf-8"


def changes_feed(request: Request) -> Response:
    """What became of the items that the filters find; of all of them without any."""
    asked, site = read_query(request.query_params, limit=None), site_of(request)
    about = _channel(request, asked.filters, words(site.language).gettext("Changes"), asked.link())
    with opened(request) as register:
        feed = changes.items_feed(register, narrowed(asked, register), site, about)
    return Response(atom(feed), media_type=ATOM)


def thread_feed(request: Request) -> Response:
    """What became of one undertaking."""
    with opened(request) as register:
        item = register.item(request.path_params["item_id"])
        known = operations.scene(register)
        feed = changes.thread_feed(register, known, item.id, site_of(request), address=str(request.url))
    return Response(atom(feed), media_type=ATOM)


def document_feed(request: Request) -> Response:
    """What became of one document."""
    with opened(request) as register:
        feed = changes.document_feed(
            register, request.path_params["document_id"], site_of(request), address=str(request.url)
        )
    return Response(atom(feed), media_type=ATOM)


def due_calendar(request: Request) -> Response:
    """When what the filters find falls due."""
    asked, site = read_query(request.query_params, limit=None), site_of(request)
    about = _channel(request, asked.filters, words(site.language).gettext("Due days"), "/due")
    with opened(request) as register:
        data = calendars.due_calendar(register, operations.scene(register), site, narrowed(asked, register), about)
    headers = {"Content-Disposition": 'inline; filename="due.ics"'}
    return Response(data, media_type=calendars.MEDIA_TYPE, headers=headers)


def _channel(request: Request, filters: object, title: str, page: str) -> Channel:
    """What a feed is of: its lasting name and its title hold the filters."""
    held = dict(sorted(filters.items())) if isinstance(filters, dict) else {}
    named = tuple(f"{name}={value}" for name, value in held.items())
    shown = " · ".join((title, *held.values()))
    return Channel(("changes", *named), shown, str(request.url), site_of(request).base + page)


routes = [
    Route("/feeds/changes.atom", changes_feed),
    Route("/feeds/threads/{item_id}.atom", thread_feed),
    Route("/feeds/documents/{document_id}.atom", document_feed),
    Route("/calendars/due.ics", due_calendar),
]
