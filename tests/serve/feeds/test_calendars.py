"""Calendars of due days: what stands in them, how vague it is, when they ring, and the same bytes when read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from deedline import operations
from deedline.model.item import Item, ItemKind
from deedline.model.text import Span
from deedline.model.values import DeadlineKind, StatusCode
from deedline.register import ItemQuery, ItemState, Register, StoredItem, Touched
from deedline.serve.feeds.calendars import calendar, due_calendar
from deedline.serve.feeds.channel import Channel
from deedline.serve.site import Site
from tests.knowledge.test_stages import item
from tests.operations.town import ids
from tests.serve.feeds.conftest import AFTER
from tests.serve.invented import AT, document, finding

TOUCHED = Touched(AT, AT, 1)
SITE = Site("https://register.example", "Harbour", "register.example", language="en")


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def due_events(register: Register, **more: Any) -> list[Any]:
    return events(due_calendar(register, operations.scene(register), SITE, **more))


def stored(text: str, due: date | None, identity: str = "ab") -> StoredItem:
    item = Item("k", ItemKind.MEASURE, text, (Span(0, 1),), (1, 1), (), due=due)
    return StoredItem(identity, "d0", "d.txt", ItemState.PRESENT, 0, None, item)


def test_an_event_is_all_day_and_takes_no_time(city: Register) -> None:
    last = due_events(city)[-1]
    assert last["DTSTART"].dt == date(2031, 12, 31)
    assert last["DTEND"].dt == date(2032, 1, 1)
    assert last["TRANSP"] == "TRANSPARENT"
    assert last["SUMMARY"] == "Due: 在2031年內把「海濱單車徑」延長至不少於12公里"
    assert last["URL"].startswith("https://register.example/items/")
    assert last["UID"].startswith("item-")
    assert last["UID"].endswith("-due@register.example")


def test_a_vague_promise_shows_its_last_day_and_its_words(city: Register) -> None:
    told = str(due_events(city)[-1]["DESCRIPTION"])
    assert "Printed: 在2031年內 (year)" in told
    assert "No single day was promised: 2031-01-01 – 2031-12-31. Shown on its last day." in told
    assert "bodies: Transport Department" in told
    assert "Source: 海港市.txt, 4–4" in told


def test_times_come_from_the_history(city: Register) -> None:
    first = due_events(city)[-1]
    assert first["DTSTAMP"].dt == first["CREATED"].dt == AT
    assert first["SEQUENCE"] == 0
    found = finding()
    moved = tuple(replace(item, due=date(2032, 6, 30)) if item.key == "measure-1" else item for item in found.items)
    later = datetime(2030, 6, 1, tzinfo=UTC)
    city.put(document(), replace(found, items=moved), data=None, at=later, by="tester")
    again = due_events(city)[-1]
    assert (again["UID"], again["DTSTART"].dt, again["SEQUENCE"]) == (first["UID"], date(2032, 6, 30), 1)
    assert again["LAST-MODIFIED"].dt == again["DTSTAMP"].dt == later
    assert again["CREATED"].dt == AT


def test_a_calendar_is_the_same_when_read_again(city: Register) -> None:
    known = operations.scene(city)
    assert due_calendar(city, known, SITE) == due_calendar(city, operations.scene(city), SITE)


def test_alarms_ring_in_the_morning_so_many_days_before(city: Register) -> None:
    def rings(**more: Any) -> list[timedelta]:
        return [alarm["TRIGGER"].dt for alarm in due_events(city, **more)[-1].walk("VALARM")]

    morning = timedelta(hours=9)
    assert rings() == [morning - timedelta(days=30), morning - timedelta(days=7)]
    assert rings(alarms=(1, 14, 1)) == [morning - timedelta(days=14), morning - timedelta(days=1)]
    assert rings(alarms=()) == []
    alarm = due_events(city, alarms=(1,))[-1].walk("VALARM")[0]
    assert (alarm["ACTION"], str(alarm["DESCRIPTION"])[-10:]) == ("DISPLAY", "(in 1 day)")
    with pytest.raises(ValueError, match="before"):
        rings(alarms=(-1,))


def test_what_is_reported_delivered_rings_no_more(city: Register) -> None:
    found = finding()
    reported = [item for item in found.items if item.report and item.due]
    report = replace(reported[0].report, status=StatusCode.COMPLETED)  # type: ignore[type-var]
    items = tuple(replace(item, report=report) if item is reported[0] else item for item in found.items)
    assert due_events(city)[0].walk("VALARM")
    city.put(document(), replace(found, items=items), data=None, at=AT, by="tester")
    assert not due_events(city)[0].walk("VALARM")
    assert "Reported (2030-01-01): 按計劃進行" in str(due_events(city)[0]["DESCRIPTION"])


def test_a_restated_promise_is_left_to_its_latest_edition(town: Register) -> None:
    (event,) = due_events(town)
    assert event["UID"] == f"item-{ids(town)[AFTER]}-due@register.example"
    assert event["DTSTART"].dt == date(2024, 12, 31)


def test_calendars_are_filtered_like_lists(city: Register) -> None:
    assert len(due_events(city)) == 2
    assert len(due_events(city, chosen=ItemQuery(body="hk/td"))) == 1
    assert len(due_events(city, chosen=ItemQuery(kind=ItemKind.INDICATOR))) == 1
    assert len(due_events(city, chosen=ItemQuery(text="燈塔"))) == 1
    assert len(due_events(city, chosen=ItemQuery(due_after=date(2030, 1, 1)))) == 1
    assert due_events(city, chosen=ItemQuery(kind=ItemKind.PROPOSAL)) == []
    assert [event["DTSTART"].dt.year for event in due_events(city, chosen=list(ids(city).values()))] == [2029, 2031]
    assert due_events(city, chosen=[]) == []


def test_the_calendar_names_itself() -> None:
    about = Channel(
        ("body", "hk/td"), "運輸署", "https://register.example/td.ics", "https://register.example/bodies/td"
    )
    made = Calendar.from_ical(calendar([], {}, SITE, about))
    assert (made["UID"], made["X-WR-CALNAME"], made["METHOD"]) == (
        "calendar-body-hk%2Ftd@register.example",
        "運輸署",
        "PUBLISH",
    )
    assert made["SOURCE"] == "https://register.example/td.ics"
    assert calendar([], {}, replace(SITE, language="zh-Hant")).decode().count("到期日曆") == 2


def test_what_begins_is_not_said_to_end(city: Register) -> None:
    found = finding()
    item = found.items[0]
    begun = replace(item, deadlines=tuple(replace(each, kind=DeadlineKind.FROM) for each in item.deadlines))
    city.put(document(), replace(found, items=(begun, *found.items[1:])), data=None, at=AT, by="tester")
    assert str(due_events(city)[-1]["SUMMARY"]).startswith("To begin by: ")


def test_each_day_that_an_item_promises_has_an_event_with_its_own_words() -> None:
    read = item("在2025年內提交渡輪條例草案，以及在2027年底前落成碼頭")
    twice = replace(stored(read.text, read.due), item=read)
    first, last = events(calendar([twice], {"ab": TOUCHED}, SITE))
    assert [each["DTSTART"].dt for each in (first, last)] == [date(2025, 12, 31), date(2027, 12, 31)]
    assert [str(each["SUMMARY"]) for each in (first, last)] == [
        "Due: 在2025年內提交渡輪條例草案",
        "Due: 以及在2027年底前落成碼頭",
    ]
    assert [each["UID"].split("@")[0] for each in (first, last)] == ["item-ab-due-1", "item-ab-due"]
    assert "Printed: 在2025年內 (year)" in str(first["DESCRIPTION"])
    (only,) = events(calendar([twice], {"ab": TOUCHED}, SITE, span=(None, date(2026, 1, 1))))
    assert only["UID"] == first["UID"]


@given(st.text(max_size=200))
def test_no_words_of_a_document_write_a_line_of_their_own(words: str) -> None:
    hostile = f"{words}\r\nEND:VEVENT\rATTACH:http://evil\u2028BEGIN:VALARM\x85X"
    data = calendar([stored(hostile, date(2031, 1, 1))], {"ab": TOUCHED}, SITE)
    lines = data.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert [line for line in lines if line.startswith("ATTACH")] == []
    assert lines.count("END:VEVENT") == 1
    assert len(data.decode().splitlines()) == len(lines) - 1
    (event,) = events(data)
    assert "END:VEVENT" in str(event["DESCRIPTION"])


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2024, 2, 29), date.max])
def test_any_day_can_stand_in_a_calendar(day: date) -> None:
    (event,) = events(calendar([stored("措施", day)], {"ab": TOUCHED}, SITE))
    assert event["DTSTART"].dt == day
    assert ("DTEND" in event) is (day < date.max)
