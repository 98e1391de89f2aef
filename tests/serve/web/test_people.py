"""What people do on the pages: judge, settle, correct and add; and that nobody else does it through them."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline import operations
from deedline.model.link import LinkState, Origin
from deedline.register import open_register
from deedline.serve.web import bringing
from deedline.serve.web.pages import adding
from tests.serve.web.page_checks import check_page

HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


def location(client: TestClient) -> str:
    return str(client.app.state.location)  # type: ignore[attr-defined]


def finished(client: TestClient, address: str) -> str:
    for _ in range(600):
        if client.get(f"{address}/state").json()["done"]:
            return client.get(address).text
        time.sleep(0.1)
    raise AssertionError("the errand did not end")


def test_a_judgement_of_a_link_is_kept(writable: TestClient) -> None:
    with open_register(location(writable)) as register:
        doubt = next(operations.doubts(register))
    text = writable.get("/review").text
    check_page(text)
    assert f'name="to" value="{doubt.link.to_id}"' in text
    assert 'method="post"' in text
    form = {"from": doubt.link.from_id, "to": doubt.link.to_id, "relation": "related", "state": "rejected", "by": "陳"}
    answer = writable.post(
        "/review/links", data={**form, "why": "another scheme"}, headers=HERE, follow_redirects=False
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review"
    with open_register(location(writable)) as register:
        kept = next(link for link in register.links(doubt.link.from_id) if link.to_id == doubt.link.to_id)
        assert (kept.state, kept.origin) == (LinkState.REJECTED, Origin.PERSON)
        assert register.judgements(doubt.link.from_id)[-1].why == "another scheme"
    pair = f'value="{doubt.link.from_id}"><input type="hidden" name="to" value="{doubt.link.to_id}"'
    assert pair not in writable.get("/review").text
    assert 'value="陳"' in writable.get("/review").text  # the name is asked for once


def test_who_judges_comes_back_to_what_was_shown(writable: TestClient) -> None:
    with open_register(location(writable)) as register:
        doubt = next(operations.doubts(register))
    address = f"/review?document={doubt.source.document_id}"
    assert f'name="back" value="{address}"' in writable.get(address).text


def test_a_link_is_judged_from_either_end(writable: TestClient) -> None:
    with open_register(location(writable)) as register:
        link = next(link for link in register.links() if link.relation in ("answers", "partly"))
    for page in (link.from_id, link.to_id):
        text = writable.get(f"/items/{page}").text
        form = text.split(f'name="from" value="{link.from_id}"><input type="hidden" name="to" value="{link.to_id}"')[1]
        choices = re.findall(r'<option value="(\w+)"', form.split("</select>")[0])
        assert choices == ["answers", "partly", "related"]


def test_a_correction_is_shown_beside_what_was_read(writable: TestClient) -> None:
    with open_register(location(writable)) as register:
        stored = next(item for item in register.items() if item.item.due)
    form = {"due": "2033-03-31", "why": "the annex says March", "by": "陳"}
    answer = writable.post(f"/items/{stored.id}/corrections", data=form, headers=HERE, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    text = writable.get(f"/items/{stored.id}").text
    check_page(text)
    assert "2033-03-31" in text
    assert "the annex says March" in text
    assert str(stored.item.due) in text
    assert stored.id in writable.get("/downloads/items.csv?due_after=2033-03-31&due_before=2033-03-31").text


def test_a_space_in_a_field_takes_no_correction_back(writable: TestClient) -> None:
    with open_register(location(writable)) as register:
        stored = next(item for item in register.items() if item.item.due)
    address, signed = f"/items/{stored.id}/corrections", {"why": "the annex says March", "by": "陳"}
    for form in ({"due": "2033-03-31"}, {"due": " ", "lead": " ", "joint": "\t", "status": "in_progress"}):
        answer = writable.post(address, data={**signed, **form}, headers=HERE, follow_redirects=False)
        assert answer.status_code == 303, answer.text
    with open_register(location(writable)) as register:
        assert str(register.item(stored.id).item.due) == "2033-03-31"


def test_a_doubt_of_reading_is_settled(writable: TestClient) -> None:
    with open_register(location(writable)) as register:
        issues = operations.open_issues(register)
    if not issues:
        text = "#### 一、海港\n\n在2031年內興建燈塔。(海港局、無此局)\n"
        answer = writable.post("/add", files={"files": ("doubtful.md", text)}, headers=HERE, follow_redirects=False)
        finished(writable, answer.headers["location"])
        with open_register(location(writable)) as register:
            issues = operations.open_issues(register)
    issue = issues[0]
    assert issue.id in writable.get("/review?what=reading").text
    form = {"issue": issue.id, "state": "dismissed", "why": "so printed", "by": "陳", "back": "/review?what=reading"}
    answer = writable.post("/review/issues", data=form, headers=HERE)
    assert answer.status_code == 200
    assert issue.id not in answer.text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("..", "file"),
        ("a/..", "file"),
        ("海" * 120 + ".md", "海" * 49 + ".md"),
        ("a\x07b.md", "ab.md"),
        ("C:\\x.md", "x.md"),
    ],
)
def test_a_file_of_any_name_is_brought(writable: TestClient, given: str, shown: str) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="'
        + given.replace("\\", "\\\\").encode()
        + b'"\r\n\r\nno plan\r\n--x--\r\n'
    )
    headers = {**HERE, "content-type": "multipart/form-data; boundary=x"}
    answer = writable.post("/add", content=body, headers=headers, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert f"<h2>{shown}</h2>" in finished(writable, answer.headers["location"])


def test_no_more_is_brought_than_can_be_read(writable: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"files": ("plan.md", b"x" * 5000)}
    monkeypatch.setattr(adding, "MOST_TOGETHER", 4000)
    answer = writable.post("/add", files=files, headers=HERE)
    assert (answer.status_code, "Bring them one by one" in answer.text) == (413, True)
    monkeypatch.setattr(adding, "MOST_TOGETHER", 400_000)
    monkeypatch.setattr(bringing, "MOST_WAITING", 0)
    answer = writable.post("/add", files=files, headers=HERE)
    assert (answer.status_code, "wait to be read already" in answer.text) == (503, True)
    assert "/add/1" not in writable.get("/add").text


def test_files_are_brought_read_and_summed_up(writable: TestClient, root: Path) -> None:
    path = root / "examples/clearbay-2031-supplement.zh.md"
    check_page(writable.get("/add").text)
    changed = path.read_text().replace("2031", "2032")
    files = [("files", ("../../outside.md", changed)), ("files", ("broken.pdf", b"%PDF-1.7 nothing"))]
    answer = writable.post("/add", files=files, headers=HERE, follow_redirects=False)
    assert answer.status_code == 303
    text = finished(writable, answer.headers["location"])
    check_page(text)
    assert "outside.md" in text
    assert "broken.pdf" in text
    assert "/tmp/" not in re.sub(r"<[^>]+>", "", text)
    with open_register(location(writable)) as register:
        assert "outside.md" in {document.name for document in register.documents()}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "http://["},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
        {},
    ],
)
def test_a_form_of_another_site_changes_nothing(writable: TestClient, headers: dict[str, str]) -> None:
    for address in ("/review/links", "/review/issues", "/items/ffff/corrections", "/add"):
        assert writable.post(address, data={"by": "x"}, headers=headers).status_code == 403


def test_pages_that_only_read_take_nothing(town: TestClient) -> None:
    for address in ("/review/links", "/review/issues", "/items/ffff/corrections", "/add"):
        assert town.post(address, data={"by": "x"}, headers=HERE).status_code == 403
    assert town.get("/add").status_code == 403
    for address in ("/review", "/review?what=reading", "/submissions", "/items"):
        assert 'method="post"' not in town.get(address).text


@pytest.mark.parametrize(
    ("address", "form", "status"),
    [
        ("/review/links", {}, 400),
        ("/review/links", {"from": "ffff", "to": "ffff", "relation": "same", "state": "accepted", "by": "x"}, 404),
        ("/review/links", {"from": "ffff", "to": "ffff", "relation": "same", "state": "perhaps", "by": "x"}, 400),
        ("/review/issues", {"issue": "ffff", "state": "dismissed", "why": "x", "by": "x"}, 404),
        ("/review/issues", {"issue": "ffff", "state": "dismissed", "why": "x"}, 400),
        ("/items/ffff/corrections", {"due": "2030-01-01", "why": "x", "by": "x"}, 404),
        ("/items/ffff/corrections", {"why": "x" * 5000, "by": "x"}, 400),
        ("/add", {}, 400),
    ],
)
def test_what_cannot_be_kept_is_said(writable: TestClient, address: str, form: dict[str, str], status: int) -> None:
    answer = writable.post(address, data=form, headers=HERE)
    assert answer.status_code == status
    check_page(answer.text)


def test_a_file_that_is_refused_leads_to_no_comparison(writable: TestClient) -> None:
    files = {"files": ("broken.pdf", b"%PDF-1.7 nothing")}
    place = writable.post("/add", files=files, headers=HERE, follow_redirects=False).headers["location"]
    assert "broken.pdf" in finished(writable, place)
    errand = writable.app.state.errands.get(int(place.rpartition("/")[2]))  # type: ignore[attr-defined]
    assert [added.error is not None for added in errand.added] == [True]
    assert errand.linked == []
