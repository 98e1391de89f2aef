"""A register too large for one scene is shown from its indexes; what it cannot tell is refused in words."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from deedline import operations
from deedline.operations import listing
from deedline.register import open_register
from deedline.serve.web import bounded
from deedline.serve.web.pages import large
from tests.serve.web.page_checks import check_page

summing = import_module("deedline.operations.overview")  # the package names a function so


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST_ITEMS", 10)


@pytest.fixture
def bodies(clearbay: Path) -> list[str]:
    with open_register(clearbay) as register:
        return [held.body.id for held in operations.bodies_held(register)]


def test_what_people_ask_first_is_answered(town: TestClient, bodies: list[str]) -> None:
    pages = ("/", "/due", "/due?past=yes", "/bodies", *(f"/bodies/{body}" for body in bodies), "/documents", "/review")
    for address in pages:
        answer = town.get(address)
        assert answer.status_code == 200, address
        check_page(answer.text)
        check_page(town.get(address, headers={"accept-language": "zh-HK"}).text, "zh-Hant")
    assert all(f'href="/bodies/{body}"' in town.get("/bodies").text for body in bodies)
    assert "This register is large" in town.get("/").text


def test_a_list_of_what_fell_due_goes_on_to_its_end(town: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = town.get("/due?past=yes").text
    count = whole.count('<p class="words"')
    assert count > 1
    monkeypatch.setattr(large, "PAGE_SIZE", 1)
    address, seen = "/due?past=yes", 0
    while address:
        page = check_page(town.get(address).text)
        seen += sum(each.get("class") == "words" for each in page.all("p"))
        address = next((str(each["href"]) for each in page.all("a") if each.get("rel") == "next"), "")
    assert seen == count


def test_a_page_says_that_nothing_falls_due_only_where_all_was_read(
    town: TestClient, bodies: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing, unread = "Nothing falls due in", "the list goes on"
    due_page = operations.due_page
    before = [town.get(address).text for address in ("/", f"/bodies/{bodies[0]}")]
    assert not any(unread in text for text in before)

    def interrupted(*asked: Any) -> operations.DuePage:
        return replace(due_page(*asked), found=(), next="0123456789abcdef")

    monkeypatch.setattr(operations, "due_page", interrupted)
    monkeypatch.setattr(summing, "due_page", interrupted)
    for address in ("/?as_of=2030-01-01", f"/bodies/{bodies[0]}"):
        text = town.get(address).text
        assert unread in text, address
        assert nothing not in text, address


def test_files_and_feeds_of_a_list_are_as_of_a_small_register(
    town: TestClient, clearbay: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_register(clearbay) as register:
        continued = next(link.from_id for link in register.links() if link.holds and link.relation == "same")
    addresses = (
        "/downloads/items.jsonl",
        "/downloads/items.jsonl?number=1",
        "/downloads/search.jsonl?q=2031",
        "/calendars/due.ics",
        "/calendars/due.ics?kind=measure&due_after=2031-01-01",
        "/feeds/changes.atom?kind=measure",
        f"/feeds/threads/{continued}.atom",
    )
    told = [town.get(address) for address in addresses]
    assert [answer.status_code for answer in told] == [200] * len(addresses)
    monkeypatch.setattr(bounded, "MOST_ITEMS", 100_000)
    for address, answer in zip(addresses, told, strict=True):
        assert answer.content == town.get(address).content, address


def test_files_and_feeds_of_too_much_are_refused(town: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_APART", 1)
    for address in ("/downloads/items.csv", "/calendars/due.ics", "/feeds/changes.atom?kind=measure"):
        assert town.get(address).status_code == 503, address


def test_what_only_a_whole_scene_tells_is_refused_in_words(town: TestClient, bodies: list[str]) -> None:
    day = "as_of=2030-01-01"
    for address in ("/indicators", "/names", "/due/calendar", f"/bodies?{day}", f"/bodies/{bodies[0]}?{day}"):
        answer = town.get(address)
        assert answer.status_code == 503, address
        assert "too large for this page" in answer.text
        check_page(answer.text)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/due?after=zz", 400),
        ("/due?after=ffffffffffffffff", 404),
        ("/due?within=0", 400),
        ("/due?within=999999&as_of=9999-12-31", 200),
        ("/due?past=yes&as_of=0001-01-01", 200),
        ("/bodies/none/such", 404),
        ("/bodies/%00", 404),
    ],
)
def test_hostile_addresses_are_answered_in_words(town: TestClient, address: str, status: int) -> None:
    assert town.get(address).status_code == status


@pytest.mark.parametrize("text", ["的", "(a+)+$", ".*", "%", "「"])
def test_what_no_index_knows_is_not_looked_for_in_every_item(town: TestClient, text: str) -> None:
    for path, refused in (("/items", 400), ("/api/v1/items", 404)):
        answer = town.get(path, params={"text": text})
        assert answer.status_code == refused
        assert "two letters" in answer.text
        assert town.get(path, params={"text": text, "kind": "measure"}).status_code == refused
        assert town.get(path, params={"text": text, "due_after": "2024-01-01"}).status_code == 200
        assert town.get(path, params={"text": f"{text} 海港"}).status_code == 200
