"""A document's lines, a part at a time: every citation leads to the part that holds its line."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from deedline.register import StoredDocument, open_register
from deedline.serve.web.pages import documents, review
from tests.serve.web.page_checks import check_page

SOME = 20


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'<tr id="L(\d+)"', text)]


@pytest.fixture
def address(document: Callable[[str], StoredDocument], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(documents, "PAGE_SIZE", SOME)
    return f"/documents/{document('2031-supplement.en').id}"


def test_parts_follow_one_another_and_leave_no_line_out(town: TestClient, address: str) -> None:
    following, seen = f"{address}?line=1", list[int]()
    while following:
        text = town.get(following, headers={"Accept-Language": "en"}).text
        check_page(text)
        assert len(numbers(text)) <= SOME
        seen += numbers(text)
        found = re.search(r'<a href="([^"]+)" rel="next"', text)
        following = found[1] if found else ""
    assert len(seen) > 2 * SOME
    assert seen == sorted(set(seen))
    (said,) = re.findall(r"; (\d+) lines", town.get(address, headers={"Accept-Language": "en"}).text)
    assert len(seen) == int(said)


def test_a_citation_leads_to_the_part_with_its_line(town: TestClient, address: str) -> None:
    items = town.get(f"/items?document={address.rsplit('/', 1)[-1]}").text
    cited = re.findall(rf'href="({address}\?line=(\d+))#L\2"', items)
    assert len(cited) > 5
    for place, number in cited:
        assert int(number) in numbers(town.get(place).text)


def test_every_doubt_of_a_line_leads_to_where_it_is_settled(writable: TestClient) -> None:
    text = "#### 一、海港\n\n" + "在2031年內興建燈塔。(海港局、無此局、沒有署)\n\n" * 12
    headers = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    answer = writable.post("/add", files={"files": ("doubtful.md", text)}, headers=headers, follow_redirects=False)
    while not writable.get(f"{answer.headers['location']}/state").json()["done"]:
        time.sleep(0.1)
    with open_register(writable.app.state.location) as register:  # type: ignore[attr-defined]
        document = register.find_document("doubtful.md")
        issues = register.issues(document.id)
    shown = writable.get(f"/documents/{document.id}").text
    places = re.findall(r'href="(/review[^"#]+)#(\w+)"', shown)
    assert [identity for _, identity in places] == [stored.id for stored in issues]
    assert len({stored.issue.line for stored in issues}) < len(issues) > review.PAGE_SIZE
    for place, identity in places[:: len(places) - 1]:
        assert f'id="{identity}"' in writable.get(html.unescape(place)).text


@pytest.mark.parametrize(("line", "status"), [("999999", 200), ("0", 400), ("-1", 400), ("x", 400)])
def test_lines_that_there_are_not(town: TestClient, address: str, line: str, status: int) -> None:
    assert town.get(f"{address}?line={line}").status_code == status
