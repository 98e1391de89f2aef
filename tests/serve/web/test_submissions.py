"""What became of a submission: counts with their denominators, each leading to as many proposals."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from deedline import operations
from deedline.register import StoredDocument, open_register
from tests.serve.web.page_checks import check_page

Find = Callable[[str], StoredDocument]


def listed(text: str) -> int:
    return int(re.findall(r'id="proposals">[^<]*<span class="quiet">(\d+)<', text)[0])


def test_counts_of_a_submission_lead_to_its_proposals(town: TestClient, clearbay: Path, document: Find) -> None:
    submission = document("chamber-submission.zh")
    path = f"/submissions/{submission.id}"
    with open_register(clearbay) as register:
        reports = operations.adoption(register, submission.id)
    assert f'href="{path}"' in town.get("/submissions").text
    check_page(town.get(path, headers={"accept-language": "zh-HK"}).text, "zh-Hant")
    for report in reports:
        against = {"against": report.edition.id}
        whole = town.get(path, params=against).text
        check_page(whole)
        assert listed(whole) == report.tallies[0].total == len(report.proposals)
        for code, count in report.tallies[0].counts.items():
            assert listed(town.get(path, params={**against, "verdict": code.value}).text) == count
        for row in report.tallies[1:]:
            assert listed(town.get(path, params={**against, "scope": row.scope}).text) == row.total


def test_what_is_shown_of_a_submission_is_what_is_downloaded(town: TestClient, document: Find) -> None:
    path = f"/submissions/{document('chamber-submission.zh').id}"
    whole = town.get(path).text
    scopes = re.findall(r'<option value="([^"]+)" lang', whole)
    counts = set()
    for more in ({}, {"verdict": "none"}, {"scope": html.unescape(scopes[0])}, {"sure": "yes"}, {"there": "yes"}):
        shown = town.get(path, params=more).text
        file = re.search(r'href="(/downloads/adoption\.jsonl[^"]*)"', shown)
        assert file is not None
        rows = town.get(html.unescape(file[1])).text.splitlines()
        assert len(rows) == listed(shown), more
        counts.add(len(rows))
    assert len(counts) > 2


def test_an_edition_that_did_not_come_after_it_is_not_there(town: TestClient, document: Find) -> None:
    path = f"/submissions/{document('chamber-submission.zh').id}"
    for other in ("ffff", document("chamber-submission.zh").id):
        assert town.get(path, params={"against": other}).status_code == 404


def test_an_edition_is_no_submission(town: TestClient, document: Find) -> None:
    text = town.get(f"/submissions/{document('2030-supplement.zh').id}").text
    check_page(text)
    assert "holds no proposal" in text
    assert town.get("/submissions/ffff").status_code == 404
    assert town.get(f"/submissions/{document('chamber-submission.zh').id}?verdict=lost").status_code == 400


def test_recommendations_are_counted_by_their_best_proposal(clearbay: Path, town: TestClient, document: Find) -> None:
    submission = document("chamber-submission.zh")
    with open_register(clearbay) as register:
        report = operations.adoption(register, submission.id)[0]
        found = operations.recommendations(register, report)
    held = sum(each.total for each in found)
    assert held <= len(report.proposals)
    assert sum(operations.count_best(found).values()) == sum(each.best is not None for each in found)
    for each in found:
        assert sum(each.counts.values()) == each.total
        assert each.best is None or each.counts[each.best] > 0
    shown = town.get(f"/submissions/{submission.id}").text
    assert ('id="recommendations"' in shown) == bool(found)
