"""The pages: what they show, that they run nothing, and that no address breaks them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from deedline import operations
from deedline.serve.web import make_app
from deedline.serve.web.asked import FIELDS
from deedline.serve.web.pages import items as listing
from tests.serve.web.page_checks import Page, check_page

_ASKED = {
    "/items": [*FIELDS, "after", "both", "once"],
    "/due": ["within", "body", "past", "as_of", "page"],
    "/due/calendar": ["year", "body", "as_of"],
    "/search": ["q", "kind", "document", "body", "year", "due_after", "due_before", "both", "once", "after"],
    "/indicators": ["edition", "body", "status", "verdict", "year", "batch", "disagree", "as_of", "page"],
    "/downloads/items.csv": [*FIELDS, "once"],
    "/calendars/due.ics": [*FIELDS, "once"],
    "/oembed": ["url", "maxwidth", "maxheight"],
}
_VALUES = ["9999-12-31", "0001-01-01", "999999", "yes", "http://[", "1", "10000", "measure"]
_ADDRESSES = st.sampled_from(sorted(_ASKED)).flatmap(
    lambda path: st.tuples(
        st.just(path),
        st.dictionaries(st.sampled_from(_ASKED[path]), st.text(max_size=30) | st.sampled_from(_VALUES), max_size=4),
    )
)


@pytest.fixture
def client(register_path: Path) -> TestClient:
    return TestClient(make_app(str(register_path)), raise_server_exceptions=False)


@pytest.fixture
def addresses(ids: dict[str, str]) -> list[str]:
    items = [f"/items/{identity}" for identity in ids.values()]
    return [
        "/",
        "/items",
        "/items?late=yes",
        "/items?text=none+such",
        "/documents",
        "/nowhere",
        "/items?kind=nonsense",
        *items,
    ]


def test_pages_are_well_formed_and_fit_for_everyone(client: TestClient, addresses: list[str]) -> None:
    for address in addresses:
        check_page(client.get(address).text)
        check_page(client.get(address, headers={"accept-language": "zh-HK"}).text, "zh-Hant")


def test_pages_run_nothing_but_their_own(client: TestClient, addresses: list[str]) -> None:
    for address in addresses:
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy


def test_hostile_words_are_shown_as_words(client: TestClient, ids: dict[str, str]) -> None:
    for address in ("/items", f"/items/{ids['measure-2']}"):
        text = client.get(address).text
        assert "<script>" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_the_list_shows_items_in_the_language_of_their_document(client: TestClient) -> None:
    text = client.get("/items").text
    assert "4 items" in text
    assert '<p class="words" lang="zh-Hant">' in text
    assert "把輪候時間減少超過20%" in text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=measure", "2 items"),
        ("late=yes", "1 item<"),
        ("status=in_progress", "1 item<"),
        ("due_before=2029-12-31", "1 item<"),
        ("due_after=2030-01-01", "1 item<"),
        ("body=TD", "1 item<"),
        ("text=燈塔", "1 item<"),
        ("batch=new&number=7", "1 item<"),
        ("text=none+such", "No item fits"),
        ("text=&kind=&late=", "4 items"),
        ("utm_source=elsewhere", "4 items"),
    ],
)
def test_filters_stand_in_the_address(client: TestClient, query: str, count: str) -> None:
    answer = client.get(f"/items?{query}")
    assert answer.status_code == 200
    assert count in answer.text


def test_the_form_keeps_what_was_asked(client: TestClient) -> None:
    page = Page(client.get('/items?text=燈"塔&kind=indicator&late=yes').text)
    fields = {str(control["name"]): control for control in page.all("input")}
    assert fields["text"]["value"] == '燈"塔'
    assert "checked" in fields["late"]
    assert [option["value"] for option in page.all("option") if "selected" in option] == ["indicator"]


def test_a_long_list_goes_on_page_by_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)
    monkeypatch.setattr("deedline.serve.web.asked.PAGE_SIZE", 3)
    first = client.get("/items?document=")
    assert first.text.count('<th scope="row"') == 3
    after = next(a for a in Page(first.text).all("a") if a.get("rel") == "next")["href"]
    second = client.get(str(after))
    assert second.text.count('<th scope="row"') == 1
    assert "4 items, continued" in second.text
    assert "Next items" not in second.text


def test_an_item_is_shown_with_its_evidence_marked(client: TestClient, ids: dict[str, str]) -> None:
    text = client.get(f"/items/{ids['indicator-7']}").text
    assert '<mark class="quantity">超過20%</mark>' in text
    assert '<mark class="status">進行中</mark>' in text
    assert '<li value="5" class="inside">' in text
    assert f'<a href="/items/{ids["indicator-8"]}">' in text
    assert "is no body that is known" in text
    assert f'<a href="/items/{ids["indicator-7"]}"' in client.get(f"/items/{ids['indicator-8']}").text


def test_the_documents_are_listed(client: TestClient) -> None:
    text = client.get("/documents").text
    assert "海港市施政綱領" in text
    assert '<td class="day">2030</td>' in text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/items/ffffffffffff", 404),
        ("/items/%00", 404),
        ("/items/..%2f..%2fetc", 404),
        ("/nowhere", 404),
        ("/static/../app.py", 404),
        ("/items?kind=nonsense", 400),
        ("/items?late=perhaps", 400),
        ("/items?due_before=tomorrow", 400),
        ("/items?due_before=2024-02-30", 400),
        ("/items?document=%27%20OR%201=1", 400),
        ("/items?after=zzz", 400),
        ("/items?after=ffffffffffffffff", 404),
        ("/items?text=" + "x" * 5000, 400),
        ("/items?text=a%00b", 400),
        ("/items?body=nobody+of+that+name", 404),
    ],
)
def test_what_cannot_be_is_said_on_a_page(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert Page(answer.text).all("h1")
    assert "Traceback" not in answer.text


def test_pages_only_read(client: TestClient) -> None:
    answer = client.post("/")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert client.head("/").status_code == 200


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ADDRESSES)
def test_no_address_is_a_fault(client: TestClient, address: tuple[str, dict[str, str]]) -> None:
    path, parameters = address
    printable = {name: value.encode("utf-8", "ignore").decode() for name, value in parameters.items()}
    assert client.get(path, params=printable).status_code < 500


@pytest.mark.parametrize("path", ["/", "/due?within=999999", "/due/calendar", "/indicators", "/downloads/due.csv"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_day_is_too_far(client: TestClient, path: str, day: str) -> None:
    assert client.get(f"{path}{'&' if '?' in path else '?'}as_of={day}").status_code == 200


def test_a_fault_is_a_page_without_its_details(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret detail")

    usual = client.get("/items").headers
    monkeypatch.setattr(operations, "items", broken)
    answer = client.get("/items")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert Page(answer.text).all("h1")
    safe = [name for name in usual if name.startswith(("content-security", "cross-origin", "x-content", "referrer"))]
    assert len(safe) == 5
    assert [answer.headers.get_list(name) for name in safe] == [[usual[name]] for name in safe]


def test_a_register_that_went_away_is_said_so(client: TestClient, register_path: Path) -> None:
    register_path.unlink()
    answer = client.get("/items")
    assert answer.status_code == 503
    assert register_path.name in answer.text
    assert not register_path.exists()


def test_another_name_than_the_servers_own_gets_nothing(register_path: Path) -> None:
    client = TestClient(make_app(str(register_path), hosts=["127.0.0.1"]))
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 200


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb or #rgb colours, as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_keep_their_contrast_in_both_schemes(client: TestClient) -> None:
    sheet = client.get("/static/style.css").text
    pairs = re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\);", sheet)
    schemes = [{name: shades[side] for name, *shades in pairs} for side in (0, 1)]
    assert len(schemes[0]) >= 12
    for colours in schemes:
        for under in ("paper", "shade", "deadline", "body", "quantity", "name", "status"):
            assert contrast(colours["ink"], colours[under]) >= 4.5, under
        for words in ("quiet", "link", "good", "wait", "bad"):
            assert min(contrast(colours[words], colours[under]) for under in ("paper", "shade")) >= 4.5, words
        assert min(contrast(colours["line"], colours[under]) for under in ("paper", "shade")) >= 3
