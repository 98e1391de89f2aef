"""Structured data and cards: what they say of an item, and that its words stay words."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline import operations
from deedline.errors import InputError
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.register import Register, StoredItem
from deedline.serve.feeds.oembed import oembed
from deedline.serve.feeds.structured import dataset_jsonld, document_jsonld, in_page, item_jsonld
from deedline.serve.site import Site
from tests.serve.invented import HOSTILE


def item(register: Register, key: str) -> StoredItem:
    return next(stored for stored in register.items() if stored.item.key == key)


def test_a_measure_is_a_planned_action_with_its_words(city: Register, site: Site) -> None:
    document, stored = city.documents()[0], item(city, "measure-1")
    found = item_jsonld(stored, document, site)
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "PlanAction"
    assert found["url"] == site.item(stored.id)
    assert found["agent"] == [
        {"@type": "GovernmentOrganization", "@id": "tag:register.example,2026:body/hk%2Ftd", "name": "運輸署"}
    ]
    assert found["scheduledTime"] == "2031"  # as exact as printed
    assert "actionStatus" not in found
    words = found["subjectOf"]
    assert (words["@type"], words["text"]) == ("Quotation", stored.item.text)
    assert words["temporalCoverage"] == "2031-01-01/2031-12-31"
    assert words["isPartOf"]["datePublished"] == "2030"
    assert words["url"].endswith("#L4")


def test_only_an_official_status_is_given(city: Register, site: Site) -> None:
    document, stored = city.documents()[0], item(city, "indicator-7")
    assert item_jsonld(stored, document, site)["actionStatus"] == "https://schema.org/ActiveActionStatus"
    assert stored.item.report is not None
    for status, expected in ((StatusCode.EXCEEDED, "https://schema.org/CompletedActionStatus"), (None, None)):
        reported = replace(stored, item=replace(stored.item, report=replace(stored.item.report, status=status)))
        assert item_jsonld(reported, document, site).get("actionStatus") == expected


def test_a_vaguer_time_than_a_year_is_not_scheduled(city: Register, site: Site) -> None:
    stored = item(city, "measure-1")
    vague = tuple(replace(each, precision="half") for each in stored.item.deadlines)
    found = item_jsonld(replace(stored, item=replace(stored.item, deadlines=vague)), city.documents()[0], site)
    assert "scheduledTime" not in found
    assert found["subjectOf"]["temporal"] == "在2031年內"


def test_what_is_asked_for_is_no_action(city: Register, site: Site) -> None:
    stored = item(city, "measure-1")
    asked = replace(stored, item=replace(stored.item, kind=ItemKind.PROPOSAL))
    found = item_jsonld(asked, city.documents()[0], site)
    assert found["@type"] == "Quotation"
    assert "agent" not in found


def test_documents_and_lists(city: Register, site: Site) -> None:
    assert document_jsonld(city.documents()[0], site)["publisher"]["name"] == "海港市政府"
    files = [("csv", "https://register.example/items.csv")]
    found = dataset_jsonld("Items", "All items", "https://register.example/items", files)
    assert found["distribution"] == [
        {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "https://register.example/items.csv"}
    ]


@given(st.text())
def test_no_words_end_the_element_that_holds_them(words: str) -> None:
    node = {"text": f"{words}</script><!--\u2028"}
    written = in_page(node)
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == node


# Cards


class Tags(HTMLParser):
    """The tags and the attributes of some HTML, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_card_has_what_oembed_demands(city: Register, site: Site) -> None:
    document, stored = city.documents()[0], item(city, "indicator-7")
    measured = next(each for each in operations.measured(city, operations.scene(city)) if each.entry.id == stored.id)
    found = oembed(stored, document, site, measured=measured)
    assert (found["type"], found["version"], found["width"], found["height"]) == ("rich", "1.0", 550, 260)
    card = Tags(found["html"])
    assert "attained share: 70%" in card.words
    assert "Reported: 進行中" in card.words
    assert "海港市施政綱領, 2030" in card.words
    json.dumps(found)


def test_a_card_keeps_to_the_room_it_is_given(city: Register, site: Site) -> None:
    document, stored = city.documents()[0], item(city, "measure-1")
    found = oembed(stored, document, site, max_width=320, max_height=2000)
    assert (found["width"], found["height"]) == (320, 260)
    assert "max-width:320px" in found["html"]
    with pytest.raises(InputError, match="200 by 100"):
        oembed(stored, document, site, max_width=150)


def test_a_card_has_no_mark_up_but_its_own(city: Register) -> None:
    document, stored = city.documents()[0], item(city, "measure-1")

    @given(st.text(max_size=40))
    def check(words: str) -> None:
        hostile = f'{words}"><script>alert(1)</script><img src=x onerror=y>&lt;b'
        told = replace(document.metadata, title=hostile, publisher=hostile, language=hostile)
        shown = replace(stored, item=replace(stored.item, text=hostile))
        found = oembed(shown, replace(document, metadata=told), Site("https://register.example", hostile))
        card = Tags(found["html"])
        assert set(card.tags) == {"blockquote", "p", "strong", "ul", "li", "a"}
        assert card.attributes == {"cite", "lang", "style", "href"}

    check()


def test_hostile_words_are_shown_as_words(city: Register, site: Site) -> None:
    found = oembed(item(city, "measure-2"), city.documents()[0], site)
    assert "<script" not in found["html"]
    assert "<script>alert(1)</script>" in Tags(found["html"]).words
    assert HOSTILE.split()[0] in Tags(found["html"]).words
