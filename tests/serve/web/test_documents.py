"""A document's lines, a part at a time: every citation leads to the part that holds its line."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from deedline.register import StoredDocument
from deedline.serve.web.pages import documents
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


@pytest.mark.parametrize(("line", "status"), [("999999", 200), ("0", 400), ("-1", 400), ("x", 400)])
def test_lines_that_there_are_not(town: TestClient, address: str, line: str, status: int) -> None:
    assert town.get(f"{address}?line={line}").status_code == status
