"""The front page, the editions and their comparison: their counts add up, and every filter lives in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from deedline.register import StoredDocument
from deedline.serve.web.differing import Run, differences
from tests.serve.web.page_checks import check_page

Find = Callable[[str], StoredDocument]


def total(text: str) -> int:
    """How many items a page of an edition says it shows."""
    return int(re.findall(r"(\d+) of \d+ items", text)[0])


def test_the_front_shows_the_newest_edition_and_leads_to_the_others(town: TestClient, document: Find) -> None:
    newest, earlier = document("2031-supplement.zh"), document("2030-supplement.zh")
    for language in ("en", "zh-Hant"):
        answer = town.get("/", headers={"accept-language": language})
        check_page(answer.text, language)
        links = {a.get("href") for a in check_page(answer.text, language).all("a")}
        assert {f"/editions/{newest.id}", f"/editions/{earlier.id}"} <= links


def test_the_counts_of_an_edition_add_up(town: TestClient, document: Find) -> None:
    edition = document("2031-supplement.zh")
    path = f"/editions/{edition.id}"
    text = town.get(path).text
    check_page(text)
    assert total(text) == sum(edition.items.values())
    chapters = re.findall(r'<option value="[^"]+" lang="[^"]+">[^<]*\((\d+)\)</option>', text.split('id="section"')[0])
    assert sum(map(int, chapters)) == total(text)
    by_fate = [total(town.get(f"{path}?fate={code}").text) for code in re.findall(r"fate=(\w+)", text)]
    assert by_fate
    assert sum(by_fate) <= total(text)
    by_kind = sum(total(town.get(f"{path}?kind={kind.value}").text) for kind in edition.items if edition.items[kind])
    assert by_kind == total(text)


def test_the_filters_of_an_edition_narrow(town: TestClient, document: Find) -> None:
    path = f"/editions/{document('2031-supplement.zh').id}"
    whole = total(town.get(path).text)
    for query in ("figures=yes", "due_after=2031-01-01", "status=completed", "batch=new", "fate=new"):
        assert 0 < total(town.get(f"{path}?{query}").text) < whole, query
    assert "No item fits" in town.get(f"{path}?due_after=2999-01-01").text


def test_two_editions_stand_side_by_side(town: TestClient, document: Find) -> None:
    earlier, later = document("2030-supplement.zh"), document("2031-supplement.zh")
    answer = town.get(f"/editions/{later.id}/compare/{earlier.id}")
    check_page(answer.text)
    assert answer.text.index(earlier.metadata.title) < answer.text.index(later.metadata.title)
    assert "<ins>" in answer.text
    assert "<del>" in answer.text
    counts = {code: int(n) for code, n in re.findall(r"fate=(\w+)\">[^<]*?(\d+)</a>", answer.text)}
    for code, count in counts.items():
        text = town.get(f"/editions/{earlier.id}/compare/{later.id}?fate={code}").text
        assert text.count(f"is-{code}") == count


def test_what_is_no_edition_is_said(town: TestClient, document: Find) -> None:
    submission, edition = document("chamber-submission.zh"), document("2031-supplement.zh")
    assert town.get(f"/editions/{submission.id}").status_code == 400
    assert town.get("/editions/ffff").status_code == 404
    assert town.get(f"/editions/{edition.id}/compare/{edition.id}").status_code == 400
    for query in ("page=0", "page=x", "fate=lost", "due_after=soon", "body=nobody+there", "figures=1"):
        assert town.get(f"/editions/{edition.id}?{query}").status_code in (400, 404), query


def test_a_choice_of_language_or_theme_stays(town: TestClient) -> None:
    chosen = town.get("/choose/lang/zh-Hant?back=/editions", follow_redirects=False)
    assert chosen.headers["location"] == "/editions"
    assert 'lang="zh-Hant"' in town.get("/editions", headers={"accept-language": "en"}).text[:60]
    town.get("/choose/theme/dark")
    assert 'data-theme="dark"' in town.get("/").text
    for hostile in ("//evil.example", "/\\evil.example", "https://evil.example", "/\tx"):
        answer = town.get("/choose/theme/light", params={"back": hostile}, follow_redirects=False)
        assert answer.headers["location"] == "/"
    assert town.get("/choose/lang/xx").status_code == 404


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_keep_every_word(earlier: str, later: str) -> None:
    left, right = differences(earlier, later)
    assert "".join(run.text for run in left) == earlier
    assert "".join(run.text for run in right) == later
    assert "".join(run.text for run in left if not run.own) == "".join(run.text for run in right if not run.own)


def test_what_would_take_too_long_to_compare_is_shown_unmarked() -> None:
    earlier, later = "甲乙" * 1000, "乙甲甲" * 666
    assert differences(earlier, later) == ((Run(earlier, False),), (Run(later, False),))
    words = " ".join(f"the {number} of them" for number in range(250))
    left, right = differences(f"a {words} one", f"the {words} two")
    assert [run.text for run in left if run.own] == ["a", "one"]
    assert [run.text for run in right if run.own] == ["the", "two"]
