"""The page of one publication in two languages, and the ways that lead to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline.operations import Source, add
from deedline.register import StoredDocument, open_register
from deedline.serve.web import make_app
from tests.serve.invented import AT
from tests.serve.web.page_checks import check_page

Find = Callable[[str], StoredDocument]


def test_the_examples_stand_beside_each_other(town: TestClient, document: Find) -> None:
    one, other = document("2031-supplement.zh"), document("2031-supplement.en")
    path = f"/editions/{one.id}/languages/{other.id}"
    for edition in (one, other):
        links = [a.get("href") or "" for a in check_page(town.get(f"/editions/{edition.id}").text).all("a")]
        assert any("/languages/" in link for link in links)
        assert not any(f"compare/{other.id}" in link and one.id in link for link in links)
    for language in ("en", "zh-Hant"):
        answer = town.get(path, headers={"accept-language": language})
        assert answer.status_code == 200
        check_page(answer.text, language)
        assert answer.text.count("/items/") == 52
    assert "No difference was found" in town.get(path).text


def test_an_item_shows_its_words_in_the_other_language(town: TestClient, document: Find) -> None:
    text = town.get(f"/editions/{document('2031-supplement.zh').id}").text
    before = text[: text.index("設立「海上劇場」")]
    address = before[before.rindex("/items/") :].split('"')[0]
    assert "Build the Floating Theatre" in town.get(address).text


def test_differences_stand_first_and_can_be_narrowed(
    clearbay: Path, root: Path, tmp_path: Path, document: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copy(clearbay, tmp_path / "copy.db")
    name = "clearbay-2031-supplement.en.md"
    text = (root / "examples" / name).read_text(encoding="utf-8").replace("April 2032", "May 2032")
    (tmp_path / name).write_text(text.replace("quota of 5,000", "quota of 500"), encoding="utf-8")
    one, old = document("2031-supplement.zh").id, document("2031-supplement.en").id
    with open_register(copy) as register:
        list(add(register, [Source(tmp_path / name, replaces=old)], at=AT, by="tests", workers=0))
    client = TestClient(make_app(str(copy)), raise_server_exceptions=False)
    path = f"/editions/{one}/languages/{old}"
    shown = client.get(path).text
    check_page(shown)
    assert shown.index("from May 2032") < shown.index('id="pairs"')
    assert "2 differences" in shown
    narrowed = client.get(f"{path}?differs=figure").text
    assert "from May 2032" not in narrowed
    assert "5 000個" in narrowed
    chinese = client.get(path, headers={"accept-language": "zh-Hant"}).text
    assert "日期不同" in chinese
    assert client.get(f"{path}?differs=nonsense").status_code == 400


def test_what_is_not_two_languages_is_said(town: TestClient, document: Find) -> None:
    one, other = document("2031-supplement.zh"), document("2030-supplement.zh")
    assert town.get(f"/editions/{one.id}/languages/{other.id}").status_code == 400
    assert town.get(f"/editions/{one.id}/languages/ffffffffffff").status_code == 404


def test_papers_that_have_nothing_to_do_with_each_other_are_said_to_be_so(town: TestClient, document: Find) -> None:
    one, other = document("2031-supplement.zh"), document("chamber-submission.en")
    path = f"/editions/{one.id}/languages/{other.id}"
    text = town.get(path).text
    check_page(text)
    assert "do not look like two languages of one document: 0 of 46 items are paired" in text
    assert "no such item" not in text
    assert "no such item" in town.get(f"{path}?anyway=yes").text
