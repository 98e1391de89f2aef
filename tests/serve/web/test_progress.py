"""Indicators beside what they were promised as, and what falls due: counts lead to lists of that length."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline import operations
from deedline.operations import ProgressQuery
from deedline.register import StoredDocument, open_register
from tests.serve.web.page_checks import check_page


def parts(text: str) -> int:
    return int(re.findall(r"(\d+) of \d+ reported parts", text)[0])


def shown(text: str) -> str:
    """A file as it is; of a page its main part, as the links of head and foot hold its own address."""
    return text.split("<main", 1)[-1].split("</main>", 1)[0]


def test_every_count_of_indicators_leads_to_as_many(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        seen = operations.progress(register)
        late = operations.progress(register, ProgressQuery(late=True)).found
    text = town.get("/indicators").text
    check_page(text)
    assert parts(text) == seen.total == len(seen.found) > 0
    for year, count in seen.years.items():
        assert parts(town.get(f"/indicators?year={year}").text) == count
    for status, count in seen.official.items():
        if status:
            assert parts(town.get(f"/indicators?status={status.value}").text) == count
    for verdict, count in seen.computed.items():
        assert parts(town.get(f"/indicators?verdict={verdict.value}").text) == count
    assert parts(town.get("/indicators?late=yes").text) == len(late) == seen.late


def test_disagreements_stand_first_with_their_reasons(clearbay: Path) -> None:
    with open_register(clearbay) as register:
        seen = operations.progress(register)
    disagreeing = [bool(each.assessment and each.assessment.disagrees) for each in seen.found]
    assert disagreeing == sorted(disagreeing, reverse=True)
    assert sum(disagreeing) == seen.disagreeing


def test_what_falls_due_is_listed_by_month_and_by_year(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        known = operations.scene(register)
        ahead = operations.due(known, within=365, past=False, language="en")
    text = town.get("/due?within=365").text
    check_page(text)
    assert text.count('<p class="words"') == len([each for each in ahead if (each.standing.days or 0) >= 0])
    for address in ("/due?past=yes", "/due/calendar", "/due/calendar?year=2031", "/due?as_of=2029-01-01"):
        check_page(town.get(address, headers={"accept-language": "zh-HK"}).text, "zh-Hant")


def test_what_cannot_be_asked_is_said(town: TestClient) -> None:
    for query in (
        "indicators?year=0",
        "indicators?verdict=x",
        "indicators?status=lost",
        "due?within=-1",
        "due?as_of=x",
    ):
        assert town.get(f"/{query}").status_code == 400, query


def test_what_the_first_page_counts_is_what_its_links_list(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        day = operations.newest_day(register) + timedelta(days=30)
        reports = operations.overview(register, day, language="en").reports
    assert reports is not None
    text = town.get("/", params={"as_of": day.isoformat(), "lang": "en"}).text
    inside = re.findall(
        r'href="(/(?:due|editions|indicators|submissions)[^"#]*)', text.split("<main")[1].split("</main>")[0]
    )
    assert len(inside) > 5
    assert all(f"as_of={day}" in address for address in inside)
    listed = next(address for address in inside if "disagree=yes" in address)
    assert reports.edition.id in listed
    assert parts(town.get(html.unescape(listed)).text) == len(reports.disagreeing)


def test_an_edition_is_counted_beside_no_other_language(
    clearbay: Path, document: Callable[[str], StoredDocument]
) -> None:
    with open_register(clearbay) as register:
        for name in ("2031-supplement.zh", "2031-supplement.en"):
            edition = document(name)
            found = operations.progress(register, ProgressQuery(edition=edition.id))
            assert {each.metadata.language for each in found.editions} == {edition.metadata.language}
            assert edition.id in {each.id for each in found.editions}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/indicators?missed=yes", "/indicators?late=yes"),
        ("/indicators?verdict=overdue", "/indicators?verdict=late"),
        ("/downloads/indicators.csv?missed=yes", "/downloads/indicators.csv?late=yes"),
    ],
)
def test_addresses_kept_from_before_a_renaming_lead_where_they_led(town: TestClient, old: str, new: str) -> None:
    assert town.get(new).status_code == 200
    assert shown(town.get(old).text) == shown(town.get(new).text)


def test_standings_kept_from_before_a_renaming_are_read(town: TestClient) -> None:
    body = town.get("/bodies").text.split('href="/bodies/')[1].split('"')[0]
    for old, new in (("overdue_no_report", "no_report"), ("reported_late", "late")):
        assert town.get(f"/bodies/{body}?standing={new}").status_code == 200
        today = town.get(f"/bodies/{body}?standing={new}").text
        assert shown(town.get(f"/bodies/{body}?standing={old}").text) == shown(today)
