"""Search, bodies and names: what is found says why, every count leads to a list, and hostile words find nothing."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from deedline import operations
from deedline.operations.wording import Match
from deedline.register import open_register
from deedline.serve.web.marking import marked_text
from tests.serve.web.page_checks import check_page


def test_search_marks_the_words_and_says_where_else(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        named = next(iter(operations.names(register).by_key.values()))
    answer = town.get("/search", params={"q": named.name})
    check_page(answer.text)
    assert f"<mark>{named.name}</mark>" in answer.text
    for entry in named.entries:
        assert f'href="/items/{entry.id}"' in answer.text


def test_search_without_words_or_with_none_to_look_for_is_said(town: TestClient) -> None:
    assert town.get("/search").status_code == 200
    for query, status in (("…", 400), ("x" * 300, 400), ("zzzz qqqq", 200), ("-", 400)):
        answer = town.get("/search", params={"q": query})
        assert answer.status_code == status, query
        check_page(answer.text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_words_are_a_fault(town: TestClient, words: str) -> None:
    sent = words.encode("utf-8", "ignore").decode()
    for address in ("/search", "/search/suggest"):
        assert town.get(address, params={"q": sent}).status_code in (200, 400)
    assert town.get("/names/one", params={"name": sent}).status_code in (200, 400, 404)


def test_suggestions_begin_as_typed(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        named = next(iter(operations.names(register).by_key.values()))
    found = town.get("/search/suggest", params={"q": named.name[:2]}).json()
    assert any(named.name in each["words"] for each in found)


def test_every_body_has_its_page_and_counts_that_add_up(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        _, owners = operations.owners(register, language="en")
    assert owners
    check_page(town.get("/bodies").text)
    for owned in owners:
        text = town.get(f"/bodies/{owned.body_id}", headers={"accept-language": "zh-HK"}).text
        check_page(text, "zh-Hant")
        assert sum(owned.codes.values()) == len(owned.undertakings)
        for code, count in owned.codes.items():
            narrowed = town.get(f"/bodies/{owned.body_id}?standing={code.value}").text
            assert int(re.findall(r'<h2>[^<]*<span class="quiet">(\d+)</span></h2>', narrowed)[0]) == count
    assert town.get("/bodies/nowhere/nobody").status_code == 404


def test_names_lead_to_their_items(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        found = operations.names(register, language="en")
    text = town.get("/names").text
    check_page(text)
    for named in list(found.by_key.values())[:10]:
        page = town.get("/names/one", params={"name": f"「{named.name}」"}).text
        check_page(page)
        assert page.count('class="words"') == len(named.entries)
    kind = next(iter(found.by_key.values())).kind
    count = sum(named.kind == kind for named in found.by_key.values())
    assert f"{count} name" in town.get(f"/names?kind={kind}").text
    assert town.get("/names?kind=nonsense").status_code == 400
    assert town.get("/names/one?name=none+such").status_code == 404


@given(st.text(min_size=1, max_size=40), st.lists(st.integers(0, 40), max_size=6, unique=True))
def test_marking_keeps_every_character(text: str, cuts: list[int]) -> None:
    bounds = sorted({min(cut, len(text)) for cut in cuts})
    spans = [(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False) if start < end]
    runs = marked_text([Match("text", text, tuple(spans[::2])), Match("text", text, tuple(spans[1::2]), "typed")])
    assert "".join(words for words, _ in runs) == text
    for mark, marked in (("", spans[::2]), ("typed", spans[1::2])):
        assert [words for words, said in runs if said == mark] == [text[start:end] for start, end in marked]


def test_translations_are_marked_as_such_and_never_as_what_was_typed(town: TestClient) -> None:
    answer = town.get("/search", params={"q": "渡輪", "both": "yes"})
    check_page(answer.text)
    assert "<mark>ferr" not in answer.text
    assert re.search(
        r'<mark class="translated">[^<]*ferr[^<]*</mark> stands for <q>渡輪</q>', answer.text, re.IGNORECASE
    )
    back = town.get("/search", params={"q": "ferries", "both": "yes"}, headers={"accept-language": "zh-HK"}).text
    assert re.search(r'<mark class="translated">[^<]*渡輪[^<]*</mark> 即 <q>ferries</q>', back)
