"""Feeds of changes: what they tell, their lasting ids and times, and the same bytes when read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from deedline import operations
from deedline.errors import NotFoundError
from deedline.model.item import ItemKind
from deedline.model.link import LinkState
from deedline.register import ItemQuery, Register
from deedline.serve.feeds import changes
from deedline.serve.feeds.atom import Entry, Feed, atom, timestamp
from deedline.serve.feeds.channel import Channel
from deedline.serve.site import Site
from tests.operations.town import edition, ids, line
from tests.serve.feeds.conftest import AFTER, BEFORE
from tests.serve.invented import HOSTILE, document, finding

ALL = Channel(("search", "all"), "All", "https://register.example/items.atom")
LATER = datetime(2030, 6, 1, tzinfo=UTC)


def entries(feed: Feed) -> list[Any]:
    return etree.fromstring(atom(feed)).findall("{*}entry")


def text(node: Any, name: str) -> str:
    return str(node.findtext(f"{{*}}{name}"))


def titles(feed: Feed) -> list[str]:
    return [text(entry, "title") for entry in entries(feed)]


# The format


@given(st.lists(st.text(max_size=20), min_size=3, max_size=3))
def test_any_words_make_a_feed_that_reads_back(words: Sequence[str]) -> None:
    made = Feed("tag:x,2026:f", words[0], words[1], [Entry("tag:x,2026:e", words[2], LATER, words[0])])
    root = etree.fromstring(atom(made))
    assert etree.QName(root).namespace == "http://www.w3.org/2005/Atom"
    assert len(root.findall("{*}entry")) == 1
    held = "".join(c if c.isprintable() else "" for c in words[2])
    shown = "".join(c for c in root.findtext("{*}entry/{*}title") or "" if c.isprintable())
    assert shown.replace("\ufffd", "") == held.replace("\ufffd", "")


def test_a_feed_has_what_rfc_4287_demands(city: Register, site: Site) -> None:
    root = etree.fromstring(atom(changes.items_feed(city, ItemQuery(), site, ALL)))
    assert [etree.QName(node).localname for node in root][:6] == [
        "id",
        "title",
        "updated",
        "author",
        "link",
        "generator",
    ]
    assert text(root, "id") == "tag:register.example,2026:feed/search/all"
    assert text(root, "updated") == "2030-01-02T03:04:00Z"
    for entry in root.iterfind("{*}entry"):
        assert [len(entry.findall(f"{{*}}{name}")) for name in ("id", "title", "updated", "summary")] == [1, 1, 1, 1]
        assert entry.find("{*}link").get("rel") == "alternate"
    found = [text(entry, "id") for entry in root.iterfind("{*}entry")]
    assert len(set(found)) == len(found) == 4


def test_an_entry_without_a_page_holds_its_content(city: Register) -> None:
    entry = entries(changes.items_feed(city, ItemQuery(), Site(), replace(ALL, address="")))[0]
    assert entry.find("{*}content") is not None
    assert entry.find("{*}summary") is None


def test_words_of_documents_are_never_mark_up(city: Register, site: Site) -> None:
    data = atom(changes.items_feed(city, ItemQuery(), site, ALL))
    assert b"<script" not in data
    assert HOSTILE.replace("\x1b", "\ufffd") in "".join(etree.fromstring(data).itertext())


def test_times_are_in_utc() -> None:
    assert timestamp(datetime(2030, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))) == "2030-01-01T00:00:00Z"
    with pytest.raises(ValueError, match="time zone"):
        timestamp(datetime(2030, 1, 1))


def test_a_feed_of_nothing_is_a_feed(city: Register, site: Site) -> None:
    feed = changes.items_feed(city, ItemQuery(text="nowhere said"), site, ALL)
    assert text(etree.fromstring(atom(feed)), "updated") == "1970-01-01T00:00:00Z"


# What changed


def test_a_feed_holds_what_its_filter_finds(city: Register, site: Site) -> None:
    assert titles(changes.items_feed(city, ItemQuery(body="hk/td"), site, ALL)) == [
        "New: 在2031年內把「海濱單車徑」延長至不少於12公里"
    ]
    lighthouse = ids(city)["在2029年年底前完成燈塔修復"]
    assert titles(changes.items_feed(city, [lighthouse], site, ALL)) == ["New: 在2029年年底前完成燈塔修復"]
    assert titles(changes.items_feed(city, [], site, ALL)) == []
    indicators = changes.items_feed(city, ItemQuery(kind=ItemKind.INDICATOR), site, ALL)
    assert len(entries(indicators)) == 2
    assert [
        text(each, "summary").split("\n")[-2:] for each in entries(indicators) if "衞生局" in text(each, "summary")
    ] == [["status: in progress", "bodies: 海港市衞生局"]]


def test_a_feed_is_the_same_when_read_again(city: Register, town: Register, site: Site) -> None:
    for register in (city, town):
        known = operations.scene(register)
        for make in (
            lambda r=register: changes.items_feed(r, ItemQuery(), site, ALL),
            lambda r=register: changes.document_feed(r, r.documents()[0].id, site),
            lambda r=register, k=known: changes.thread_feed(r, k, min(k.entries), site),
        ):
            assert atom(make()) == atom(make())


def test_reading_again_without_news_adds_no_entry(city: Register, site: Site) -> None:
    before = atom(changes.items_feed(city, ItemQuery(), site, ALL))
    city.put(document(), finding(), data=None, at=LATER, by="tester")
    assert atom(changes.items_feed(city, ItemQuery(), site, ALL)) == before


def test_a_changed_value_is_told_and_older_entries_stay(city: Register, site: Site) -> None:
    before = atom(changes.items_feed(city, ItemQuery(), site, ALL))
    found = finding()
    moved = tuple(replace(item, due=date(2032, 6, 30)) if item.key == "measure-1" else item for item in found.items)
    city.put(document(), replace(found, items=moved), data=None, at=LATER, by="tester")
    first, *rest = entries(changes.items_feed(city, ItemQuery(), site, ALL))
    assert text(first, "title").startswith("Changed: 在2031年內")
    assert "due: 2031-12-31 → 2032-06-30" in text(first, "summary")
    assert text(first, "updated") == "2030-06-01T00:00:00Z"
    old = etree.fromstring(before).findall("{*}entry")
    assert [text(each, "id") for each in rest] == [text(each, "id") for each in old]


def test_what_only_moves_in_its_document_is_no_news(city: Register, site: Site) -> None:
    found = finding()
    shifted = tuple(replace(item, page=3) if item.key == "measure-1" else item for item in found.items)
    city.put(document(), replace(found, items=shifted), data=None, at=LATER, by="tester")
    assert len(entries(changes.items_feed(city, ItemQuery(), site, ALL))) == 4


def test_silent_changes_never_crowd_out_news(city: Register, site: Site) -> None:
    found = finding()
    for page in range(3, 8):
        shifted = tuple(replace(item, page=page) for item in found.items)
        city.put(document(), replace(found, items=shifted), data=None, at=LATER, by="tester")
    assert len(entries(changes.items_feed(city, ItemQuery(), site, ALL, limit=1))) == 1
    assert len(entries(changes.items_feed(city, ItemQuery(), site, ALL, limit=9))) == 4


def test_what_is_no_longer_found_is_told(city: Register, site: Site) -> None:
    found = finding()
    city.put(document(), replace(found, items=found.items[:3]), data=None, at=LATER, by="tester")
    first = entries(changes.items_feed(city, ItemQuery(), site, ALL))[0]
    assert text(first, "title") == "Removed: 在2029年年底前完成燈塔修復"
    assert first.find("{*}link") is None


def test_a_feed_is_no_longer_than_asked_for(city: Register, site: Site) -> None:
    assert len(entries(changes.items_feed(city, ItemQuery(), site, ALL, limit=3))) == 3


def test_a_thread_tells_its_steps_and_judgements(town: Register, site: Site) -> None:
    known, by_text = operations.scene(town), ids(town)
    one, other = by_text[AFTER], by_text[BEFORE]
    town.judge_link(one, other, "same", LinkState.ACCEPTED, at=LATER, by="somebody", why="the same library")
    feed = changes.thread_feed(town, known, one, site)
    assert feed.id == changes.thread_feed(town, known, other, site).id
    assert [title.split(":")[0] for title in titles(feed)] == ["A person accepted a link", "New", "New"]
    told = text(entries(feed)[0], "summary")
    assert "the same library" in told
    assert b"somebody" not in atom(feed)
    with pytest.raises(NotFoundError):
        changes.thread_feed(town, known, "nothing", site)


def test_a_new_edition_enters_the_feed_of_its_body(town: Register, site: Site) -> None:
    works = ItemQuery(body="town/works")
    before = titles(changes.items_feed(town, works, site, ALL))
    edition("newer", date(2025, 10, 1), line("工務局擴建圖書館")).put(town)
    after = titles(changes.items_feed(town, works, site, ALL))
    assert sorted(after) == sorted([*before, "New: 工務局擴建圖書館"])


def test_a_document_tells_what_was_done(town: Register, site: Site) -> None:
    document_id = town.documents()[0].id
    town.edit_document(document_id, {"title": "舊綱領"}, at=LATER, by="tester")
    found = titles(changes.document_feed(town, document_id, site))
    assert found[0] == "Document described anew: 舊綱領"
    assert found[-1].startswith("Document added")
    chinese = replace(site, language="zh-Hant")
    assert titles(changes.document_feed(town, document_id, chinese))[0] == "更新文件資料: 舊綱領"
    with pytest.raises(NotFoundError):
        changes.document_feed(town, "nothing", site)
