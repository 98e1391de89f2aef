"""What pages hand over: the same filters give the same rows; feeds and calendars are read again alike."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from lxml import etree
from starlette.testclient import TestClient

from deedline import operations
from deedline.operations import EditionQuery, FateCode, ProgressQuery
from deedline.register import ItemQuery, StoredDocument, open_register
from deedline.serve.web import make_app

Find = Callable[[str], StoredDocument]


def rows(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_what_is_filtered_is_what_is_downloaded(town: TestClient, clearbay: Path, document: Find) -> None:
    edition = document("2031-supplement.zh")
    with open_register(clearbay) as register:
        narrowed = operations.edition(register, edition.id, EditionQuery(fate=FateCode.NEW)).entries
        late = operations.progress(register, ProgressQuery(late=True)).found
        items = list(register.items(ItemQuery(document=edition.id)))
    assert len(rows(town, f"/downloads/items.csv?document={edition.id}")) == len(items)
    found = rows(town, f"/downloads/edition.csv?document={edition.id}&fate=new")
    assert len(found) == len(narrowed) > 0
    lines = town.get(f"/downloads/edition.jsonl?document={edition.id}&fate=new").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [entry.id for entry in narrowed]
    assert len(rows(town, "/downloads/indicators.csv?late=yes")) == len(late)


@pytest.mark.parametrize("more", [{}, {"kind": "measure"}, {"due_after": "2031-01-01"}, {"both": "yes"}])
def test_what_a_search_shows_is_what_is_downloaded_and_followed(
    town: TestClient, clearbay: Path, more: dict[str, str]
) -> None:
    with open_register(clearbay) as register:
        name = next(iter(operations.names(register).by_key.values())).name
    shown = town.get("/search", params={"q": name, **more}).text
    ids = re.findall(r'<p class="words" lang="[\w-]+"><a href="/items/(\w+)"', shown)
    file = re.search(r'href="(/downloads/[^"]+\.jsonl[^"]*)"', shown)
    feed = re.search(r'href="(/feeds/[^"]+)"', shown)
    assert file is not None
    assert feed is not None
    lines = town.get(html.unescape(file[1])).text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    assert set(re.findall(r"/items/(\w+)", town.get(html.unescape(feed[1])).text)) == set(ids)


def test_what_is_shown_of_a_body_is_what_is_downloaded(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        _, owners = operations.owners(register)
    owned = max(owners, key=lambda each: len(each.codes))
    assert len(owned.codes) > 1
    for code, count in owned.codes.items():
        shown = town.get(f"/bodies/{owned.body_id}", params={"standing": code.value}).text
        file = re.search(r'href="(/downloads/body\.jsonl[^"]*)"', shown)
        assert file is not None
        lines = town.get(html.unescape(file[1])).text.splitlines()
        assert [json.loads(line)["standing"] for line in lines] == [code.value] * count


def test_late_is_late_in_feeds_and_calendars_too(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        late = {stored.id for stored in operations.items(register, ItemQuery(), late=True)}
        assert 0 < len(late) < register.count_items()
    for address in ("/feeds/changes.atom", "/calendars/due.ics"):
        told = town.get(address, params={"late": "yes"}).text
        assert set(re.findall(r"/items/(\w+)", told.replace("\r\n ", ""))) == late, address


def test_feeds_say_the_address_of_publication(clearbay: Path) -> None:
    client = TestClient(make_app(str(clearbay), site="https://register.example"))
    for address in ("/feeds/changes.atom?kind=measure", "/calendars/due.ics?kind=measure"):
        told = client.get(address).text.replace("\r\n ", "")
        assert f"https://register.example{address}" in told
        assert "testserver" not in told


@pytest.mark.parametrize("what", ["items", "indicators", "due", "threads", "links", "evidence", "decisions"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet"])
def test_every_list_comes_in_every_form(town: TestClient, what: str, form: str) -> None:
    answer = town.get(f"/downloads/{what}.{form}")
    assert answer.status_code == 200
    assert len(answer.content) > 20 or (what, form) == ("decisions", "jsonl")  # nobody has decided anything
    assert f'filename="{what}.{form}"' in answer.headers["content-disposition"]


def test_lists_are_whole_when_several_are_sent_at_once(clearbay: Path) -> None:
    """A register belongs to the thread that opened it; a server sends the pieces of an answer by any."""
    transport = httpx2.ASGITransport(make_app(str(clearbay)), raise_app_exceptions=False)

    async def ask(whats: list[str]) -> list[int]:
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
            answers = await asyncio.gather(*(client.get(f"/downloads/{what}.jsonl") for what in whats))
        return [len(answer.text.splitlines()) for answer in answers]

    with open_register(clearbay) as register:
        count = register.count_items()
    counts = asyncio.run(ask(["items", "evidence"] * 4))
    assert counts[::2] == [count] * 4
    assert counts[1] > count
    assert counts[1::2] == [counts[1]] * 4


def test_a_plan_and_a_catalogue_are_well_formed(town: TestClient, document: Find) -> None:
    plan = town.get(f"/downloads/plans/{document('2031-supplement.zh').id}.stratml")
    assert etree.fromstring(plan.content).tag.endswith("StrategicPlan")
    catalogue = town.get("/downloads/catalogue.jsonld").json()
    for dataset in catalogue["dcat:dataset"]:
        for file in dataset["dcat:distribution"]:
            address = file["dcat:downloadURL"]["@id"]
            assert town.get(address.removeprefix("http://testserver")).status_code == 200


def test_feeds_and_calendars_read_again_are_the_same(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        link = next(link for link in register.links() if link.relation == "same")
        document = register.documents()[0]
    addresses = (
        "/feeds/changes.atom",
        "/feeds/changes.atom?kind=measure&text=%E6%B5%B7",
        f"/feeds/threads/{link.from_id}.atom",
        f"/feeds/documents/{document.id}.atom",
        "/calendars/due.ics?due_after=2031-01-01",
    )
    for address in addresses:
        first, again = town.get(address), town.get(address)
        assert first.status_code == 200, address
        assert first.content == again.content


@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_reports_are_handed_over(town: TestClient, document: Find, form: str) -> None:
    edition, submission = document("2031-supplement.zh"), document("chamber-submission.zh")
    for address in (
        f"/reports/brief.{form}?edition={edition.id}",
        f"/reports/adoption.{form}?submission={submission.id}",
        f"/reports/indicators.{form}?edition={edition.id}",
    ):
        answer = town.get(address)
        assert answer.status_code == 200, answer.text
        assert len(answer.content) > 500


def linked_data(town: TestClient, page: str) -> dict[str, Any]:
    """The JSON-LD that a page carries."""
    held = town.get(page).text.split('<script type="application/ld+json">')[1].split("</script>")[0]
    return dict(json.loads(held))


def test_a_document_and_the_list_of_items_are_data(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        document = register.documents()[0]
    report = linked_data(town, f"/documents/{document.id}")
    assert (report["@type"], report["name"]) == ("Report", document.metadata.title)
    found = linked_data(town, "/items?kind=measure&lang=en")
    assert (found["@type"], found["url"]) == ("Dataset", "http://testserver/items?kind=measure")
    assert len(found["distribution"]) == 4
    for each in found["distribution"]:
        answer = town.get(each["contentUrl"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(each["encodingFormat"])


def test_an_item_can_be_embedded_and_is_data(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        stored = next(register.items(ItemQuery(limit=1)))
    page = f"http://testserver/items/{stored.id}"
    answer = town.get("/oembed", params={"url": page})
    assert answer.json()["type"] == "rich"
    assert answer.headers["access-control-allow-origin"] == "*"
    card = town.get(f"/embed/items/{stored.id}")
    assert "frame-ancestors *" in card.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in town.get(page).headers["content-security-policy"]
    assert linked_data(town, page)["@context"] == "https://schema.org"
    assert town.get("/oembed", params={"url": "https://elsewhere.example/x"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/downloads/nothing.csv", 404),
        ("/downloads/items.exe", 404),
        ("/downloads/items.csv?kind=x", 400),
        ("/downloads/search.csv", 400),
        ("/feeds/search.atom?q=-", 400),
        ("/downloads/edition.csv", 404),
        ("/downloads/body.csv?body=nobody+of+that+name", 404),
        ("/downloads/plans/ffff.stratml", 404),
        ("/feeds/threads/ffff.atom", 404),
        ("/reports/nothing.pdf", 404),
        ("/reports/brief.exe?edition=x", 404),
        ("/reports/brief.md", 404),
        ("/reports/brief.md?edition=none+such", 404),
        ("/oembed?url=x&format=xml", 501),
        ("/oembed?url=http://[", 404),
        ("/oembed?url=http://[x]/items/ffff", 404),
        ("/embed/items/ffff", 404),
        ("/calendars/due.ics?due_after=x", 400),
    ],
)
def test_what_is_not_there_is_said(town: TestClient, address: str, status: int) -> None:
    assert town.get(address).status_code == status
