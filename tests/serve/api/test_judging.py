"""Judgements by POST: only where allowed, and not from another site."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from deedline.register import open_register
from deedline.serve.api import make_api
from deedline.serve.api.models.rows import Item, Link, SettledIssue
from tests.operations.town import Tags, edition, ids, linked

NEW, OLD = "圖書館啟用 #a", "興建圖書館 #a"


@pytest.fixture
def town(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    path = tmp_path / "town.db"
    with open_register(path) as register:
        edition("old", date(2023, 10, 1), OLD).put(register)
        edition("new", date(2024, 10, 1), NEW, "增設單車徑 ?c").put(register)
        linked(register, Tags())
        return path, ids(register)


def _sent(town: tuple[Path, dict[str, str]], **more: Any) -> dict[str, Any]:
    return {"from": town[1][NEW], "to": town[1][OLD], "state": "rejected", "by": "M. Chan", "why": "two halls", **more}


def test_a_judgement_is_kept(town: tuple[Path, dict[str, str]]) -> None:
    client = TestClient(make_api(str(town[0]), writable=True))
    before = client.get("/links")
    answer = client.post("/judgements", json=_sent(town))
    assert answer.status_code == 201
    held = Link.model_validate_json(answer.content)
    assert (held.relation, held.state, held.origin) == ("same", "rejected", "machine")
    after = client.get("/links", headers={"If-None-Match": before.headers["etag"]})
    assert after.json()["links"][0]["state"] == "rejected"
    with open_register(town[0]) as register:
        (judgement,) = register.judgements()
        assert (judgement.by, judgement.why) == ("M. Chan", "two halls")
    assert client.post("/judgements", json=_sent(town, relation="next", state="accepted")).json()["relation"] == "next"


def test_a_server_that_only_reads_refuses(town: tuple[Path, dict[str, str]]) -> None:
    answer = TestClient(make_api(str(town[0]))).post("/judgements", json=_sent(town))
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_another_site_is_refused(town: tuple[Path, dict[str, str]], headers: dict[str, str]) -> None:
    client = TestClient(make_api(str(town[0]), writable=True))
    answer = client.post("/judgements", json=_sent(town), headers=headers)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/judgements", json=_sent(town), headers=own).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": "zz"}, {"state": "suggested"}, {"by": ""}, {"by": "a\x00"}, {"why": "a" * 2001}, {"more": 1},
        {"relation": "like"}, {"to": None}, {"from": 12},
    ],
)  # fmt: skip
def test_what_is_sent_is_read_strictly(town: tuple[Path, dict[str, str]], wrong: dict[str, Any]) -> None:
    client = TestClient(make_api(str(town[0]), writable=True))
    answer = client.post("/judgements", json=_sent(town, **wrong))
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    with open_register(town[0]) as register:
        assert not register.judgements()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"a"', b"\xff", b'{"from": "\\ud800"}', b"[" * 50_000])
def test_what_is_no_object_is_refused(town: tuple[Path, dict[str, str]], body: bytes) -> None:
    client = TestClient(make_api(str(town[0]), writable=True), raise_server_exceptions=False)
    answer = client.post("/judgements", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_a_form_of_another_page_is_no_judgement(town: tuple[Path, dict[str, str]]) -> None:
    client = TestClient(make_api(str(town[0]), writable=True))
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        headers = {"Content-Type": kind} if kind else {}
        answer = client.post("/judgements", content=str(_sent(town)).replace("'", '"'), headers=headers)
        assert answer.status_code == 400


def test_what_is_too_long_is_refused(town: tuple[Path, dict[str, str]]) -> None:
    client = TestClient(make_api(str(town[0]), writable=True), raise_server_exceptions=False)
    headers = {"Content-Type": "application/json"}
    for body in (b"x" * 64_001, (b"x" * 1000 for _ in range(65))):
        answer = client.post("/judgements", content=body, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_items_that_nobody_knows_or_that_do_not_fit(town: tuple[Path, dict[str, str]]) -> None:
    client = TestClient(make_api(str(town[0]), writable=True))
    assert client.post("/judgements", json=_sent(town, to="0000000000")).status_code == 404
    unlinked = _sent(town, **{"from": town[1]["增設單車徑 ?c"]})
    assert client.post("/judgements", json=unlinked).status_code == 409
    assert client.post("/judgements", json={**unlinked, "relation": "answers"}).status_code == 409


SIGNED = {"by": "M. Chan", "why": "page 3 says so"}


def test_a_correction_is_kept(town: tuple[Path, dict[str, str]]) -> None:
    client = TestClient(make_api(str(town[0]), writable=True))
    sent = {"item": town[1][NEW], "said": [{"field": "due", "value": "2026-03-31"}], **SIGNED}
    answer = client.post("/corrections", json=sent)
    assert answer.status_code == 201
    assert Item.model_validate_json(answer.content).due == date(2026, 3, 31)
    assert client.get("/items?due_before=2026-03-31").json()["total"] == 1
    wrong = {**sent, "said": [{"field": "due", "value": "soon"}]}
    assert client.post("/corrections", json=wrong).status_code == 409
    assert client.post("/corrections", json={**sent, "said": []}).status_code == 400
    assert TestClient(make_api(str(town[0]))).post("/corrections", json=sent).status_code == 403


def test_a_doubt_is_settled_and_opened_again(town: tuple[Path, dict[str, str]]) -> None:
    client = TestClient(make_api(str(town[0]), writable=True))
    issue, *others = client.get("/issues").json()["issues"]
    answer = client.post("/settlements", json={"issue": issue["id"], "state": "dismissed", **SIGNED})
    assert answer.status_code == 201
    assert SettledIssue.model_validate_json(answer.content).settled is not None
    assert client.get("/issues?settled=true").json()["total"] == 1 + len(others)
    assert client.get("/issues").json()["issues"] == others
    client.post("/settlements", json={"issue": issue["id"], "state": None, **SIGNED})
    assert client.get("/issues").json()["issues"] == [issue, *others]
