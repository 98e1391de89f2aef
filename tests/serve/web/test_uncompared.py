"""Pages of documents that were not compared state no absence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline.model.link import LinkState
from deedline.register import open_register
from deedline.serve.web import make_app
from tests.operations.town import AT

EARLIER, LATER, ASKED = "83ebda9b15ed", "29779fc83c71", "f685196c1e73"
NOT_YET = {"zh": "尚未比較；請執行 deedline link。", "en": "Not compared yet; run deedline link."}
ABSENCE = (
    "Nothing in the later edition comes near",
    "較後的版本沒有相近的項目",
    "no mention found",
    "未見提及",
    "未見相關措施",
)


@pytest.fixture
def unlinked(clearbay: Path, tmp_path: Path) -> Path:
    """The examples as they are when nothing was linked."""
    copy = Path(shutil.copy(clearbay, tmp_path / "unlinked.db"))
    with open_register(copy) as register:
        for pair in register.linkings():
            register.put_links_between(pair, (), fingerprint=None, at=AT, by="tester")
    return copy


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_says_that_nothing_was_compared(unlinked: Path, language: str) -> None:
    pages = TestClient(make_app(str(unlinked)))
    with open_register(unlinked) as register:
        item = next(register.items()).id
    for path in (
        "/",
        "/editions",
        f"/editions/{LATER}",
        f"/editions/{EARLIER}/compare/{LATER}",
        f"/submissions/{ASKED}",
        f"/items/{item}",
    ):
        shown = pages.get(path, headers={"Accept-Language": language})
        assert shown.status_code == 200
        assert NOT_YET[language] in shown.text, path
        assert not [words for words in ABSENCE if words in shown.text], path


MAY_RESTATE = {
    "zh": "有些版本尚未比較，所列項目可能已由較後的版本重述；請執行 deedline link。",
    "en": "Some editions were not compared yet, so a later one may restate what is listed; run deedline link.",
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/", "/due"])
def test_what_falls_due_says_that_it_may_be_restated(unlinked: Path, clearbay: Path, language: str, path: str) -> None:
    asked = {"Accept-Language": language}
    assert MAY_RESTATE[language] in TestClient(make_app(str(unlinked))).get(path, headers=asked).text
    assert MAY_RESTATE[language] not in TestClient(make_app(str(clearbay))).get(path, headers=asked).text


def test_the_api_says_that_what_falls_due_may_be_restated(unlinked: Path, clearbay: Path) -> None:
    told = [TestClient(make_app(str(path))).get("/api/v1/due").json()["caution"] for path in (unlinked, clearbay)]
    assert told == [MAY_RESTATE["en"], None]


def test_the_api_marks_what_was_not_compared(unlinked: Path) -> None:
    api = TestClient(make_app(str(unlinked)))
    compared = api.get(f"/api/v1/editions/{EARLIER}/compare/{LATER}").json()
    assert (compared["compared"], compared["summary"], compared["earlier_items"]) == (False, None, [])
    (report,) = api.get(f"/api/v1/submissions/{ASKED}/adoption", params={"against": LATER}).json()["reports"]
    assert (report["compared"], report["verdicts"]) == (False, [])


def test_a_candidate_that_a_person_rejected_is_called_so(clearbay: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(clearbay, tmp_path / "judged.db"))
    with open_register(copy) as register:
        later = {stored.id for stored in register.items() if stored.document_id == LATER}
        earlier = {stored.id for stored in register.items() if stored.document_id == EARLIER}
        for link in list(register.links()):
            if link.from_id in later and link.to_id in earlier:
                register.judge_link(link.from_id, link.to_id, link.relation, LinkState.REJECTED, at=AT, by="M. Chan")
    shown = TestClient(make_app(str(copy))).get(f"/editions/{EARLIER}/compare/{LATER}").text
    assert "A person rejected this one:" in shown
    assert "The nearest that was refused" not in shown
