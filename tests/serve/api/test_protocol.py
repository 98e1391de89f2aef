"""What holds of every resource: pages, caching, other sites, methods, refusals."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from deedline.register import open_register
from deedline.serve.api import make_api
from tests.operations.town import AT, edition

LISTS = {
    "/items": "items", "/items?late=true": "items", "/links": "links", "/links?sure=false": "links",
    "/indicators": "indicators", "/due?within=3650": "items", "/issues": "issues", "/doubts": "doubts",
    "/bodies": "bodies", "/names": "names", "/search?q=quay": "hits",
}  # fmt: skip
RESOURCES = [
    *(path for path in LISTS if not path.startswith("/search")),  # what hangs on the register alone
    "/documents",
    "/revision",
    "/editions/83ebda9b15ed/compare/29779fc83c71",
    "/submissions/f685/adoption",
]


def _problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert body["title"]
    assert body["detail"]
    return body


@pytest.mark.parametrize("path", LISTS)
def test_pages_follow_each_other_and_leave_nothing_out(client: TestClient, path: str) -> None:
    sign = "&" if "?" in path else "?"
    whole = client.get(f"{path}{sign}limit=200").json()[LISTS[path]]
    collected, address, pages = [], f"{path}{sign}limit=2", 0
    while address and len(collected) < 40:
        answer = client.get(address)
        collected += answer.json()[LISTS[path]]
        pages += 1
        found = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("link", ""))
        address = found[1] if found else ""
    assert collected == whole[: len(collected)]
    assert pages > 1 or len(whole) <= 2
    assert address or len(collected) == len(whole)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", ["x", "zz", "____", "ABCD", "MDAw"])
def test_a_cursor_that_leads_nowhere(client: TestClient, path: str, cursor: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}cursor={cursor}")
    if path.startswith("/links") and answer.status_code == 200:
        return  # links go on from any pair of ids
    assert "cursor" in _problem(answer, 404)["detail"] or "begin it again" in answer.json()["detail"]


@pytest.mark.parametrize("path", RESOURCES)
def test_what_is_held_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    for held in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_the_description_names_a_tag_where_there_is_one(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/items", "/documents", "/search?q=2031", "/suggestions?q=2031", "/health"):
        answer, said = client.get(path), paths[path.split("?")[0]]["get"]["responses"]
        assert ("304" in said) == ("etag" in answer.headers) == ("ETag" in said["200"].get("headers", {})), path


def test_what_is_not_there_is_held_by_nobody(client: TestClient) -> None:
    answer = client.get("/items/ffffffffffffffff", headers={"If-None-Match": "*"})
    assert answer.status_code == 404


def test_a_change_is_a_new_answer(tmp_path: Path) -> None:
    path = tmp_path / "town.db"
    with open_register(path) as register:
        edition("one", None, "種樹").put(register)
    client = TestClient(make_api(str(path)))
    first = client.get("/items")
    with open_register(path) as register:
        edition("two", None, "修橋").put(register)
    second = client.get("/items", headers={"If-None-Match": first.headers["etag"]})
    assert (first.json()["total"], second.json()["total"]) == (1, 2)
    with open_register(path) as register:
        register.undo(at=AT, by="tests")
    third = client.get("/items", headers={"If-None-Match": second.headers["etag"]})
    assert third.json() == first.json()


@pytest.mark.parametrize("path", [*RESOURCES, "/health", "/openapi.json"])
def test_other_sites_may_read(client: TestClient, path: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        answer = client.request(method, path, headers={"Origin": "https://elsewhere.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    told = client.options(path, headers={"Access-Control-Request-Method": "POST"})
    assert (told.status_code, told.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert "POST" not in told.headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", RESOURCES)
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    full, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(full.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_method_that_there_is_not(client: TestClient, method: str) -> None:
    answer = client.request(method, "/items")
    _problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/items/", "/docs", "/redoc", "/editions/2031", "/%00", "/items/zz/thread/x"]
)
def test_an_address_that_there_is_not(client: TestClient, path: str) -> None:
    _problem(client.get(path), 404)


def test_an_unknown_parameter_is_refused_with_those_that_there_are(client: TestClient) -> None:
    body = _problem(client.get("/due?widthin=3&b=2"), 400)
    assert "widthin" in body["detail"]
    assert body["known"] == ["as_of", "body", "coming", "cursor", "limit", "within"]
    assert _problem(client.get("/documents?x=1"), 400)["known"] == []


def test_a_parameter_given_twice_is_refused(client: TestClient) -> None:
    assert "twice" in _problem(client.get("/items?kind=measure&kind=indicator"), 400)["detail"]


@pytest.mark.parametrize("accept", ["text/html", "application/xml, image/*", "application/json;q=0", "*/*;q=0"])
def test_only_json_is_answered(client: TestClient, accept: str) -> None:
    _problem(client.get("/items", headers={"Accept": accept}), 406)


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "text/html, application/json;q=0.1", "", "APPLICATION/JSON"]
)
def test_json_is_answered_to_those_who_take_it(client: TestClient, accept: str) -> None:
    assert client.get("/items", headers={"Accept": accept}).headers["content-type"] == "application/json"


HOSTILE = [
    "\x00", "a\x00b", "\x1b[31m", "%", "%zz", "'; DROP TABLE items; --", "<script>alert(1)</script>",
    "../../etc/passwd", "9" * 400, "-1", "1e9", "0x10", "١٢", "NaN", "Infinity", "null", "[]", "{}", "２０３１",
    "2031-02-30", "0000-00-00", "\u202e", "\ufffe", "𠮷" * 50, "a" * 7_000, "*", '"', "\\", " ", "\t",
    "\r\nSet-Cookie: a=b",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_answered_or_refused(client: TestClient, value: str) -> None:
    written = quote(value, safe="")
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        if "get" not in operations:
            continue
        names = {parameter["name"] for parameter in operations["get"].get("parameters", ())}
        asked = [
            name for name in ("text", "q", "document", "body", "cursor", "within", "as_of", "kind") if name in names
        ]
        addresses = [f"{path}?{name}={written}" for name in asked[:3]] if "{" not in path else []
        addresses += [f"{path}?{written}={written}", re.sub(r"\{\w+\}", lambda _: written, path)]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code in (200, 400, 404, 405, 414), (address, answer.text)
            if answer.status_code != 200:
                assert answer.headers["content-type"] == "application/problem+json"
            assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("written", ["%FF", "%ED%A0%80", "%C0%AF", "%80abc"])
def test_bytes_that_are_no_utf_8_are_refused(client: TestClient, written: str) -> None:
    for address in (f"/items?text={written}", f"/items?{written}=1", f"/items/{written}", f"/{written}"):
        assert "UTF-8" in _problem(client.get(address), 400)["detail"]


def test_addresses_without_end_are_refused(client: TestClient) -> None:
    _problem(client.get("/items?text=" + "a" * 60_000), 414)
    _problem(client.get("/items/" + "a" * 60_000), 414)


def test_a_register_that_is_not_there(tmp_path: Path) -> None:
    client = TestClient(make_api(str(tmp_path / "none.db")), raise_server_exceptions=False)
    for path in ("/items", "/health", "/revision"):
        assert "no register" in _problem(client.get(path), 503)["detail"]


def test_a_fault_of_its_own_tells_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deedline.operations.bodies_held", lambda _: 1 / 0)
    body = _problem(client.get("/bodies?limit=7"), 500)
    assert "division" not in str(body)
