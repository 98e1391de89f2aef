"""schema.org JSON-LD for pages: items as actions with the words that prove them, lists as data sets.

A commitment is a `PlanAction` whose agents are the bodies that undertake it; its words are a `Quotation` from the
document. What someone outside asks for is only that quotation. A day is given where one was printed, a year or a month
as such; vaguer times stand as an interval on the quotation, with the printed words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from deedline.model.item import COMMITMENTS, Item
from deedline.model.values import UNDERTAKING, StatusCode
from deedline.register import StoredDocument, StoredItem
from deedline.serve.export.downloads import MEDIA_TYPES
from deedline.serve.feeds.calendars import deadline_of
from deedline.serve.labels import when
from deedline.serve.site import Site

MEDIA_TYPE = "application/ld+json"
_CONTEXT = "https://schema.org"
_DONE = "https://schema.org/CompletedActionStatus"
_ACTIVE = "https://schema.org/ActiveActionStatus"
_STATUS: Mapping[StatusCode, str] = {
    StatusCode.COMPLETED: _DONE,
    StatusCode.COMPLETED_EARLY: _DONE,
    StatusCode.EXCEEDED: _DONE,
    StatusCode.ON_SCHEDULE: _ACTIVE,
    StatusCode.IN_PROGRESS: _ACTIVE,
}
_EXACT = {"day": 10, "month": 7, "year": 4}

Node = dict[str, Any]


def item_jsonld(stored: StoredItem, document: StoredDocument, site: Site) -> Node:
    """An item for its page."""
    quotation = _quotation(stored, document, site)
    if stored.item.kind not in COMMITMENTS:
        return {"@context": _CONTEXT, **quotation}
    item, report = stored.item, stored.item.report
    status = report.status if report else None
    return _without_gaps(
        {
            "@context": _CONTEXT,
            "@type": "PlanAction",
            "@id": site.tag("item", stored.id),
            "identifier": stored.id,
            "url": site.item(stored.id) if site.base else None,
            "name": _short(item),
            "description": f"{item.lead_in} {item.text}".strip(),
            "agent": [
                _body(mention.name, mention.body_id, site) for mention in item.bodies if mention.role in UNDERTAKING
            ],
            "scheduledTime": _scheduled(item),
            "actionStatus": _STATUS[status] if status else None,
            "subjectOf": quotation,
        }
    )


def document_jsonld(document: StoredDocument, site: Site) -> Node:
    """A document for its page."""
    return {"@context": _CONTEXT, **_document(document, site)}


def dataset_jsonld(name: str, description: str, address: str, files: Iterable[tuple[str, str]]) -> Node:
    """A list for its page at `address`: `files` are the format and the address of each download."""
    downloads = [
        {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[form].partition(";")[0], "contentUrl": place}
        for form, place in files
    ]
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": address,
        "distribution": downloads,
    }


def in_page(node: Node) -> str:
    """JSON for a `<script type="application/ld+json">`: no text of a document can end the element.

    Such a block is data: a policy that allows no script leaves it alone.
    """
    written = json.dumps(node, ensure_ascii=False)
    for mark in "<>&\u2028\u2029":
        written = written.replace(mark, f"\\u{ord(mark):04x}")
    return written


def _quotation(stored: StoredItem, document: StoredDocument, site: Site) -> Node:
    item = stored.item
    deadline = deadline_of(item)
    interval = f"{deadline.earliest or '..'}/{deadline.latest or '..'}" if deadline else None
    return _without_gaps(
        {
            "@type": "Quotation",
            "@id": site.tag("item", stored.id, "words"),
            "identifier": stored.id,
            "url": site.source(stored.document_id, item.lines[0]) if site.base else None,
            "text": item.text,
            "inLanguage": document.metadata.language,
            "position": item.number,
            "temporalCoverage": interval,
            "temporal": deadline.as_printed if deadline else None,
            "isPartOf": _document(document, site),
        }
    )


def _document(document: StoredDocument, site: Site) -> Node:
    metadata = document.metadata
    return _without_gaps(
        {
            "@type": "Report",
            "@id": site.tag("document", document.id),
            "name": metadata.title or document.name,
            "url": site.document(document.id) if site.base else None,
            "publisher": {"@type": "Organization", "name": metadata.publisher} if metadata.publisher else None,
            "datePublished": when(metadata),
            "inLanguage": metadata.language,
            "version": metadata.edition,
        }
    )


def _body(name: str, body_id: str | None, site: Site) -> Node:
    return _without_gaps(
        {
            "@type": "GovernmentOrganization",
            "@id": site.tag("body", body_id) if body_id else None,
            "name": name,
        }
    )


def _scheduled(item: Item) -> str | None:
    """The due time as exactly as it was printed; None where it is vaguer than a year, a month or a day."""
    deadline = deadline_of(item)
    if deadline is None or item.due is None or deadline.precision not in _EXACT:
        return None
    return item.due.isoformat()[: _EXACT[deadline.precision]]


def _short(item: Item) -> str:
    words = f"{item.number} {item.text}" if item.number else item.text
    return words if len(words) <= 110 else f"{words[:109]}…"


def _without_gaps(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [])}
