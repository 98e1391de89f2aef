"""Atom (RFC 4287): entries as the bytes of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from deedline.serve.xml import add, written

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without entries was last changed


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `id` is lasting and of this alone; `updated` is when it happened; `summary` is plain
    words, never mark-up; `address` is the page to read, empty where there is none; `categories` are (term, label)."""

    id: str
    title: str
    updated: datetime
    summary: str
    address: str = ""
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is of, with its entries, newest first.

    `id` is lasting; `address` is where the feed itself is, `page` what it follows; `author` who publishes it.
    """

    id: str
    title: str
    author: str
    entries: Sequence[Entry]
    address: str = ""
    page: str = ""
    language: str = "en"


def atom(feed: Feed) -> bytes:
    """The feed's bytes, the same for the same feed. ValueError where a time names no zone."""
    root = etree.Element(etree.QName(_ATOM, "feed"), nsmap={None: _ATOM})
    root.set(_LANG, feed.language)
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "updated", timestamp(max((entry.updated for entry in feed.entries), default=NEVER)))
    add(add(root, "author"), "name", feed.author)
    if feed.address:
        add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    if feed.page:
        add(root, "link", rel="alternate", type="text/html", href=feed.page)
    add(root, "generator", "Deedline")
    for entry in feed.entries:
        _entry(root, entry)
    return written(root)


def _entry(root: Any, entry: Entry) -> None:
    node = add(root, "entry")
    add(node, "id", entry.id)
    add(node, "title", entry.title, type="text")
    add(node, "updated", timestamp(entry.updated))
    if entry.address:
        add(node, "link", rel="alternate", type="text/html", href=entry.address)
    for term, label in entry.categories:
        add(node, "category", term=term, label=label)
    if entry.address:
        add(node, "summary", entry.summary, type="text")
    else:  # an entry without a page must hold its content itself
        add(node, "content", entry.summary, type="text")


def timestamp(moment: datetime) -> str:
    """A moment as RFC 3339 writes it, in UTC, to the second or finer."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no time zone; give an aware datetime")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
