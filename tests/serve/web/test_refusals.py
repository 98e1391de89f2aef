"""What people read instead of a page that cannot be: what happened and what to do next, in their language."""

from __future__ import annotations

import re
import time

import pytest
from starlette.testclient import TestClient

from deedline.serve.web.refusing import SAID
from deedline.serve.words import CHINESE, words
from tests.serve.web.page_checks import check_page

HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
CJK = re.compile("[一-鿿]")


def main_of(text: str) -> str:
    return re.sub("<[^>]+>", " ", text.partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing-here", 404),
        ("/items?kind=nonsense", 400),
        ("/items?page=x", 400),
        ("/items?due_after=tomorrow", 400),
        ("/items?body=nobody+at+all", 404),
        ("/items/ffffffff", 404),
        ("/documents/ffffffff", 404),
        ("/editions/ffffffff", 404),
        ("/names/one?name=none+such", 404),
        ("/review/links", 405),
        ("/add", 403),
    ],
)
def test_a_refusal_is_in_the_readers_language_and_says_what_to_do(town: TestClient, address: str, status: int) -> None:
    for language in ("en", "zh-Hant"):
        answer = town.get(address, headers={"accept-language": language})
        assert answer.status_code == status
        check_page(answer.text, language)
        said = main_of(answer.text)
        assert bool(CJK.search(said)) == (language != "en")
        step = SAID[status][1]
        assert (step if language == "en" else words(CHINESE).gettext(step)) in said
        if language != "en":
            assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", said.replace("deedline", "")), said


def test_search_says_in_the_readers_language_what_it_cannot_look_for(town: TestClient) -> None:
    answer = town.get("/search?q=%22%22", headers={"accept-language": "zh-HK"})
    assert answer.status_code == 400
    assert "沒有可搜尋的字詞" in answer.text


def test_every_title_and_step_is_translated() -> None:
    for title, step in SAID.values():
        assert CJK.search(words(CHINESE).gettext(title))
        assert CJK.search(words(CHINESE).gettext(step))


def test_a_form_that_cannot_be_kept_is_refused_in_the_readers_language(writable: TestClient) -> None:
    for data, files, headers, status, said in (
        ({}, None, HERE, 400, "沒有選擇檔案"),
        ({}, [("files", (f"{n}.txt", b"x")) for n in range(51)], HERE, 400, "檔案太多"),
        ({"by": "x" * 2001}, [("files", ("a.txt", b"x"))], HERE, 400, "個字元；最多"),
        ({}, None, {"origin": "https://elsewhere.example"}, 403, "表格由其他網站送出"),
    ):
        answer = writable.post("/add", data=data, files=files, headers={**headers, "accept-language": "zh-HK"})
        assert (answer.status_code, said in answer.text) == (status, True), answer.text
    kept = writable.post("/review/links", data={"relation": "x"}, headers={**HERE, "accept-language": "zh-HK"})
    assert kept.status_code == 400
    assert "請返回再選" in kept.text


def test_a_file_that_is_too_large_is_413(writable: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deedline.serve.web.pages.adding.MOST_BYTES", 1024 * 1024)
    large = [("files", ("large.txt", b"x" * (1024 * 1024 + 1)))]
    for language, said in (("en", "larger than 1 MB"), ("zh-HK", "大於 1 MB")):
        answer = writable.post("/add", files=large, headers={**HERE, "accept-language": language})
        assert answer.status_code == 413
        assert said in answer.text


def errand(client: TestClient, name: str, data: bytes, language: str) -> str:
    client.headers["accept-language"] = language
    page = client.post("/add", files=[("files", (name, data))], headers=HERE).url.path
    for _ in range(600):
        if client.get(f"{page}/state").json()["done"]:
            return client.get(page).text
        time.sleep(0.1)
    raise AssertionError("the errand did not end")


def test_noise_is_refused_and_a_text_without_items_is_kept_with_a_warning(writable: TestClient) -> None:
    noise = bytes(range(1, 32)) * 40
    assert "looks like noise" in errand(writable, "noise.txt", noise, "en")
    assert "看來是亂碼" in errand(writable, "noise.txt", noise, "zh-HK")
    prose = b"A quiet note about the weather.\n\nIt rained in the morning.\n"
    text = errand(writable, "note.txt", prose, "en")
    check_page(text)
    assert "Nothing that looks like a commitment" in text
    assert "像是承諾或建議的內容" in errand(writable, "note2.txt", prose + b"\nAnd again.\n", "zh-HK")


@pytest.mark.parametrize(
    "address", ["/", "/items", "/due", "/due/calendar", "/bodies", "/submissions", "/names", "/search", "/documents"]
)
def test_a_filter_that_a_page_does_not_know_is_refused_by_name(town: TestClient, address: str) -> None:
    joined = "&" if "?" in address else "?"
    answer = town.get(f"{address}{joined}boddy=Health")
    assert answer.status_code == 400
    assert "“boddy” is no filter of this page" in answer.text
    check_page(answer.text)
    assert "沒有「boddy」這項篩選" in town.get(f"{address}{joined}boddy=x", headers={"accept-language": "zh-HK"}).text
    followed = "utm_source=mail&utm_campaign=x&fbclid=y&gclid=z&lang=en"
    assert town.get(f"{address}{joined}{followed}").status_code == 200


def test_downloads_feeds_and_calendars_refuse_it_too(town: TestClient) -> None:
    for address in ("/downloads/items.csv", "/feeds/changes.atom", "/calendars/due.ics", "/downloads/indicators.csv"):
        assert town.get(f"{address}?boddy=x").status_code == 400
        assert town.get(f"{address}?utm_medium=x").status_code == 200


def test_an_unknown_name_is_shown_as_its_words_alone(town: TestClient) -> None:
    answer = town.get("/items?%3Cscript%3E=x")
    assert answer.status_code == 400
    assert "<script>=" not in answer.text
    assert "&lt;script&gt;" in answer.text
