"""What three people come for, each within five activations of the front page: in both languages, wide and narrow, by
pointer and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from deedline import operations
from deedline.model.item import ItemKind
from deedline.operations import ProgressQuery
from deedline.register import open_register
from deedline.serve.labels import body_named
from deedline.serve.words import CHINESE, ENGLISH
from tests.serve.browser.visitor import KEYBOARD, POINTER, Visitor

MOST_STEPS = 5
LANGUAGES = ["zh-HK", "en-GB"]
WIDTHS = [1200, 360]


@dataclass(frozen=True)
class Served:
    """A register, where it is served, the submission that somebody asks about, what a reader of English types."""

    path: Path
    address: str
    submission: str
    english: str


@pytest.fixture(params=["examples", "real"], scope="package")
def place(request: pytest.FixtureRequest) -> Served:
    if request.param == "examples":
        return Served(request.getfixturevalue("clearbay"), request.getfixturevalue("examples"), ".zh.txt", "hydrogen")
    return Served(request.getfixturevalue("linked_seeds"), request.getfixturevalue("real"), "001_", "hydrogen")


@pytest.fixture(params=LANGUAGES)
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=[POINTER, KEYBOARD])
def visitor(
    request: pytest.FixtureRequest, place: Served, locale: str, width: int, visit: Callable[..., Visitor]
) -> Visitor:
    return visit(place.address, locale, width, request.param)


def by_scope(page: Page) -> list[Locator]:
    """The rows of the table that is open when the page comes: all proposals first."""
    return page.locator("details[open] tbody tr").all()


def numbers(texts: list[str]) -> list[int]:
    return [int(re.findall(r"\d+", text.replace(",", ""))[0]) for text in texts]


def test_which_indicators_are_late_and_what_the_government_said(visitor: Visitor, place: Served, locale: str) -> None:
    language = locale[:2]
    with open_register(place.path) as register:
        years = operations.progress(register, ProgressQuery(late=True), language=language).found
        year = max({each.promised_on.year for each in years})
        expected = operations.progress(register, ProgressQuery(year=year, late=True), language=language).found
    assert expected
    page = visitor.open("/")
    visitor.follow(page.locator("header nav a[href='/indicators']"))
    visitor.follow(page.locator(f".tabs a[href='/indicators?year={year}']"))
    visitor.follow(page.locator(".tabs a[href*='late=yes']:not([href*='done_late'])"))
    rows = page.locator("main tbody tr")
    listed = {str(row.get_attribute("href")) for row in rows.locator("th .words a").all()}
    assert listed == {f"/items/{each.entry.id}" for each in expected}
    words = page.locator("main").inner_text()
    for each in expected:
        report = each.entry.item.report
        assert report is not None
        assert report.narrative in words
    assert visitor.steps <= MOST_STEPS


def test_what_became_of_our_recommendations(visitor: Visitor, place: Served) -> None:
    with open_register(place.path) as register:
        ours = register.find_document(place.submission)
    page = visitor.open("/")
    visitor.follow(page.locator("header nav a[href='/submissions']"))
    visitor.follow(page.locator(f"main a[href='/submissions/{ours.id}']"))
    proposals = ours.items[ItemKind.PROPOSAL]
    verdicts = numbers(page.locator(".glance a[href*='verdict=']").all_inner_texts())
    assert sum(verdicts) == proposals
    assert proposals in numbers(page.locator(".glance li").all_inner_texts())
    everything, *scopes = [numbers(row.locator("td.number").all_inner_texts()) for row in by_scope(page)]
    assert everything[: len(verdicts) + 1] == [*verdicts, proposals]
    assert [sum(column) for column in zip(*scopes, strict=True)] == everything
    recommendations = ours.items.get(ItemKind.RECOMMENDATION, 0)
    if recommendations:
        best = page.locator("p", has=page.locator(".chip")).first.inner_text()
        counted, *by_verdict = numbers(re.findall(r"\d+", best))
        assert counted == recommendations
        assert sum(by_verdict) == recommendations
        visitor.press(page.locator("#recommendations > summary"))
        assert page.locator("#recommendations tbody tr").count() == recommendations
    assert visitor.steps <= MOST_STEPS


def test_what_is_promised_about_hydrogen(visitor: Visitor, place: Served, locale: str) -> None:
    page = visitor.open("/")
    visitor.search(place.english if locale == "en-GB" else "氫能")
    promised = page.locator("main ol.list > li", has=page.locator(".due")).first
    assert re.search("氫|[Hh]ydrogen", promised.inner_text())
    visitor.follow(promised.locator(".words a"))
    item = page.url.rsplit("/", 1)[-1]
    with open_register(place.path) as register:
        shown = operations.show(register, item)
    facts = page.locator("dl.facts").first
    owner = shown.stored.item.bodies[0]
    name = body_named(owner.body_id, owner.name, ENGLISH if locale == "en-GB" else CHINESE).words
    assert facts.get_by_role("link", name=name).first.is_visible()
    assert shown.stored.item.due is not None
    assert facts.locator(f"time[datetime='{shown.stored.item.due.isoformat()}']").first.is_visible()
    thread = shown.followed.thread if shown.followed else None
    if thread is None:
        assert page.locator("main .crumbs").first.is_visible()
    else:
        assert page.locator(".timeline > li").count() == len(thread.steps)
        assert page.locator("#thread").is_visible()
    assert visitor.steps <= MOST_STEPS
