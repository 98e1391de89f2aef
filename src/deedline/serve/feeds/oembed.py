"""oEmbed 1.0 (https://oembed.com): an item or an indicator as a small card on somebody else's page.

The card is plain HTML without script, style sheet or picture; every word of a document in it is escaped.
"""

from __future__ import annotations

from html import escape
from typing import Any

from deedline.errors import InputError
from deedline.operations import Measured
from deedline.register import StoredDocument, StoredItem
from deedline.serve.feeds.calendars import bodies_of, deadline_of, status_of
from deedline.serve.labels import label, listed, numbered, when
from deedline.serve.site import Site
from deedline.serve.words import words

MEDIA_TYPE = "application/json"
_WIDTH, _HEIGHT = 550, 260
_NARROWEST = 200
_LONGEST = 280  # characters of the words that are shown
_STYLE = (
    "margin:0;max-width:{width}px;max-height:{height}px;overflow:auto;box-sizing:border-box;padding:12px 16px;"
    "border:1px solid #767676;border-left-width:4px;font:15px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff"
)


def oembed(
    stored: StoredItem,
    document: StoredDocument,
    site: Site,
    *,
    measured: Measured | None = None,
    max_width: int | None = None,
    max_height: int | None = None,
) -> dict[str, Any]:
    """The answer for an item's page, of type "rich". `measured` adds what was computed of an indicator.

    InputError where the consumer leaves less room than a card needs.
    """
    width, height = min(max_width or _WIDTH, _WIDTH), min(max_height or _HEIGHT, _HEIGHT)
    if width < _NARROWEST or height < _NARROWEST // 2:
        raise InputError(f"a card needs {_NARROWEST} by {_NARROWEST // 2} pixels; ask for more")
    return {
        "version": "1.0",
        "type": "rich",
        "title": _clipped(stored.item.text, 110),
        "author_name": document.metadata.publisher or document.metadata.title or document.name,
        "provider_name": site.title,
        "provider_url": f"{site.base}/",
        "cache_age": 86400,
        "html": card(stored, document, site, measured=measured, width=width, height=height),
        "width": width,
        "height": height,
    }


def card(
    stored: StoredItem,
    document: StoredDocument,
    site: Site,
    *,
    measured: Measured | None = None,
    width: int = _WIDTH,
    height: int = _HEIGHT,
) -> str:
    """The card's HTML: the words, who undertakes it, by when, what was reported and computed, and where it is from."""
    item, page = stored.item, escape(site.item(stored.id), quote=True)
    language = escape(document.metadata.language or "zh", quote=True)
    head = " ".join(part for part in (label(item.kind.value, site.language), numbered(item)) if part)
    shown = _clipped(f"{item.lead_in} {item.text}".strip(), _LONGEST)
    facts = "".join(f"<li>{escape(name)}: {escape(value)}</li>" for name, value in _facts(stored, measured, site))
    source = ", ".join(part for part in (document.metadata.title or document.name, when(document.metadata)) if part)
    style = _STYLE.format(width=width, height=height)
    return (
        f'<blockquote cite="{page}" lang="{escape(site.language, quote=True)}" style="{style}">'
        f'<p style="margin:0;font-size:13px">{escape(head)}</p>'
        f'<p lang="{language}" style="margin:4px 0"><strong>{escape(shown)}</strong></p>'
        f'<ul style="margin:4px 0;padding-left:18px;font-size:13px">{facts}</ul>'
        f'<p style="margin:4px 0 0;font-size:13px"><a href="{page}" style="color:#0b57a4">{escape(source)}</a>'
        f" · {escape(site.title)}</p></blockquote>"
    )


def _facts(stored: StoredItem, measured: Measured | None, site: Site) -> list[tuple[str, str]]:
    item, gettext = stored.item, words(site.language).gettext
    facts = []
    if item.bodies:
        facts.append((gettext("bodies"), listed(bodies_of(item, site.language), site.language)))
    if item.due:
        deadline = deadline_of(item)
        facts.append((gettext("due"), f"{deadline.as_printed} ({item.due})" if deadline else item.due.isoformat()))
    if item.report:
        facts.append((gettext("Reported"), status_of(item.report, site)))
    if measured and measured.attainment and measured.attainment.share is not None:
        facts.append((gettext("attained share"), f"{measured.attainment.share:.0%}"))
    if measured and measured.assessment:
        facts.append((gettext("computed"), label(measured.assessment.verdict.value, site.language)))
    return facts


def _clipped(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
