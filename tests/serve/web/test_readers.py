"""What English readers see of Chinese documents, and Chinese readers of English ones: bodies by the names they know."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline.operations import Source, add, relink
from deedline.register import StoredDocument, open_register
from deedline.serve.web import make_app
from tests.serve.invented import AT
from tests.serve.web.page_checks import check_page

Find = Callable[[str], StoredDocument]
Served = Callable[[str], TestClient]


@pytest.fixture
def of_one_language(root: Path, tmp_path: Path) -> Served:
    """The pages over the examples of one language, "zh" or "en"."""

    def serve(language: str) -> TestClient:
        path = tmp_path / f"{language}.db"
        files = sorted((root / "examples").glob(f"clearbay-*.{language}.*"))
        with open_register(path) as register:
            list(add(register, [Source(file) for file in files], at=AT, by="tests", workers=0))
            list(relink(register, at=AT, by="tests"))
        return TestClient(make_app(str(path)), raise_server_exceptions=False)

    return serve


def body_links(text: str) -> list[tuple[str, str, str]]:
    """The language, the title and the words of every link to a body."""
    found = re.findall(r'<a href="/bodies/\w[^"]*" lang="([\w-]*)"(?: title="([^"]*)")?>([^<]*)</a>', text)
    assert found
    return found


@pytest.mark.parametrize(
    ("of", "language", "name", "printed"),
    [
        ("zh", "en", "Housing and Lands Bureau", "房屋及土地局"),
        ("en", "zh-Hant", "房屋及土地局", "Housing and Lands Bureau"),
    ],
)
def test_bodies_have_the_readers_names_in_every_list(
    of_one_language: Served, of: str, language: str, name: str, printed: str
) -> None:
    client = of_one_language(of)
    client.headers["accept-language"] = language
    edition = re.findall(r"/editions/[0-9a-f]+", client.get("/editions").text)[0]
    for address in ("/", "/items", edition, "/due?within=9999", "/bodies", "/search?q=2032"):
        text = client.get(address).text
        check_page(text, language)
        links = body_links(text)
        assert {tag for tag, _, _ in links} == {language}
        assert all(bool(re.search("[一-鿿]", words)) == (language != "en") for _, _, words in links), address
        assert printed not in {words for _, _, words in links}
    for address in (edition, "/indicators"):
        options = re.findall(r"<option [^>]*>([^<]*) \(\d+\)</option>", client.get(address).text.split('id="body"')[1])
        assert any(option.startswith(name) for option in options)
    listed = {words: title for _, title, words in body_links(client.get("/items").text)}
    assert listed[name] == printed


def test_an_item_and_its_card_name_the_body_for_the_reader_and_keep_what_is_printed(of_one_language: Served) -> None:
    client = of_one_language("zh")
    item = re.findall(r'href="(/items/[0-9a-f]+)"', client.get("/items?body=Housing+and+Lands+Bureau").text)[0]
    text = client.get(item).text
    assert re.search(
        r'title="房屋及土地局">Housing and Lands Bureau</a> <span class="quiet">\(\w+, printed <q lang="zh-Hant">', text
    )
    card = client.get(f"/embed{item}").text
    assert '<span lang="en">Housing and Lands Bureau</span>' in card
    assert "Housing and Lands Bureau" in client.get(f"/oembed?url=http://testserver{item}").json()["html"]


def test_feeds_and_calendars_name_bodies_for_the_reader_and_files_as_printed(of_one_language: Served) -> None:
    client = of_one_language("zh")
    assert "Housing and Lands Bureau" in client.get("/calendars/due.ics").text
    assert "房屋及土地局" in client.get("/calendars/due.ics?lang=zh-Hant").text
    assert "bodies: Housing and Lands Bureau" in client.get("/feeds/changes.atom").text
    rows = client.get("/downloads/items.csv").text
    assert "房屋及土地局" in rows
    assert "Housing and Lands Bureau" not in rows


def test_adoption_counts_bodies_by_the_readers_names(of_one_language: Served) -> None:
    client = of_one_language("zh")
    submission = re.findall(r"/submissions/[0-9a-f]+", client.get("/submissions").text)[0]
    table = client.get(submission).text.split("Proposals by body")[2]
    assert re.search(r'<th scope="row" lang="zh-Hant"><a href="/bodies/[^"]*" lang="en" title="[^"]+">', table)


def documents_of(town: TestClient, address: str, language: str) -> set[str]:
    """The documents in which the items of a page stand."""
    text = town.get(address, headers={"accept-language": language}).text
    return set(re.findall(r'class="place" href="/documents/([0-9a-f]+)', text))


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize(
    "address", ["/items", "/due?within=9999", "/due/calendar", "/indicators", "/", "/bodies/clearbay/eb"]
)
def test_lists_show_an_item_of_two_languages_once_in_the_readers(
    town: TestClient, document: Find, language: str, address: str
) -> None:
    other = "en" if language != "en" else "zh"
    shown = documents_of(town, address, language)
    assert not shown & {document(f"{year}-supplement.{other}").id for year in (2030, 2031)}


def test_search_shows_an_item_of_two_languages_once_in_the_language_of_the_words(
    town: TestClient, document: Find
) -> None:
    for words, other in (("岸電", "en"), ("shore power", "zh")):
        for language in ("en", "zh-Hant"):
            shown = documents_of(town, f"/search?q={words}", language)
            assert shown
            assert not shown & {document(f"{year}-supplement.{other}").id for year in (2030, 2031)}
    both = documents_of(town, "/search?q=渡輪&both=yes", "en")
    assert {document("2031-supplement.zh").id, document("2031-supplement.en").id} <= both


def test_both_languages_and_each_document_can_be_asked_for(town: TestClient, document: Find) -> None:
    chinese = document("2031-supplement.zh").id
    text = town.get("/items").text
    assert "listed in yours alone" in text
    assert 'name="both"' in text
    once, both = (
        int(re.findall(r"(\d+) items</p>", town.get(f"/items{query}").text)[0]) for query in ("", "?both=yes")
    )
    assert both == 2 * once
    assert documents_of(town, f"/items?document={chinese}", "en") == {chinese}


def test_files_hold_what_their_page_shows_and_all_where_nobody_asked(town: TestClient, document: Find) -> None:
    file = re.findall(r'href="(/downloads/items.jsonl[^"]*)"', town.get("/items").text)[0].replace("&amp;", "&")
    shown, whole = (town.get(address).text for address in (file, "/downloads/items.jsonl"))
    chinese = document("2031-supplement.zh").id
    assert chinese not in shown
    assert chinese in whole
    count = int(re.findall(r'role="status">(\d+) items', town.get("/items").text)[0])
    assert len(shown.splitlines()) == count


def test_the_calendar_of_a_page_holds_its_language_and_each_event_once(town: TestClient) -> None:
    address = re.findall(r'href="(/calendars/due.ics[^"]*)"', town.get("/due").text)[0].replace("&amp;", "&")
    assert "lang=en" in address
    once, whole = town.get(address).text, town.get("/calendars/due.ics").text
    assert 0 < once.count("BEGIN:VEVENT") < whole.count("BEGIN:VEVENT")
    assert not re.search("SUMMARY:[^\n]*[一-鿿]", once)


def test_reasons_name_bodies_for_the_reader(town: TestClient) -> None:
    reasons = re.findall(r"<li>same body: ([^<]*)</li>", town.get("/review").text)
    assert reasons
    assert not [reason for reason in reasons if re.search("[一-鿿]", reason)]
    assert "同由" in town.get("/review", headers={"accept-language": "zh-HK"}).text
