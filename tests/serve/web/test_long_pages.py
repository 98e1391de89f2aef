"""Long pages are parted, keep their counts, and a link to an item of them lands on it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from deedline.register import StoredDocument
from tests.serve.web.page_checks import check_page

Find = Callable[[str], StoredDocument]


def linked(client: TestClient, address: str) -> tuple[str, str]:
    """The page and the place on it that an item's page says it is of."""
    crumb = re.findall(r'class="crumbs"><a href="([^"]*)#([^"]*)"', client.get(address).text)[0]
    return crumb[0], crumb[1]


def test_an_item_leads_to_its_place_in_its_edition(town: TestClient, document: Find) -> None:
    edition = document("2031-supplement.en")
    items = re.findall(r'id="i([0-9a-f]+)"', town.get(f"/editions/{edition.id}").text)
    assert len(items) == 26
    address, place = linked(town, f"/items/{items[-1]}")
    assert f'id="{place}"' in town.get(address).text


def test_a_proposal_leads_to_its_place_on_a_later_page(
    town: TestClient, document: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deedline.serve.web.pages.submissions.PAGE_SIZE", 4)
    submission = document("chamber-submission.en")
    path = f"/submissions/{submission.id}"
    first = town.get(path).text
    check_page(first)
    total = int(re.findall(r'id="proposals">[^<]*<span class="quiet">(\d+)', first)[0])
    last = -(-total // 4)
    assert f"Page 1 of {last}" in first
    seen = [
        item for n in range(1, last + 1) for item in re.findall(r'id="i([0-9a-f]+)"', town.get(f"{path}?page={n}").text)
    ]
    assert len(seen) == len(set(seen)) == total
    address, place = linked(town, f"/items/{seen[-1]}")
    landed = town.get(address).text
    assert f'id="{place}"' in landed
    assert f"Page {last} of {last}" in landed
    assert "item=" not in landed.split('class="pager"')[1]


def test_what_shows_a_proposal_is_folded_after_the_first_and_scopes_are_addresses(
    town: TestClient, document: Find
) -> None:
    text = town.get(f"/submissions/{document('chamber-submission.en').id}").text
    scope = re.findall(r'<th scope="row" lang="en"><a href="([^"]*scope=[^"]*)#proposals"', text)[0]
    narrowed = town.get(scope.replace("&amp;", "&")).text
    assert narrowed.count('<li id="i') < text.count('<li id="i')


def test_a_name_of_many_items_is_parted(town: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deedline.serve.web.pages.names.ON_A_PAGE", 1)
    name = next(
        address.replace("&amp;", "&")
        for address, count in re.findall(
            r'href="(/names/one[^"]*)"[^<]*<[^<]*<span class="quiet">(\d+)', town.get("/names").text
        )
        if int(count) > 1
    )
    first, second = town.get(name).text, town.get(f"{name}&page=2").text
    check_page(first)
    assert first.count('class="words"') == second.count('class="words"') == 1
    assert first.split("<ol")[1] != second.split("<ol")[1]
