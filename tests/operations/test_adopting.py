"""What became of proposals, and what was under way before them."""

from __future__ import annotations

from datetime import date

import pytest

from deedline.errors import InputError
from deedline.model.link import VerdictCode
from deedline.operations import adoption, all_verdicts, scene
from deedline.register import Register
from tests.operations.town import Tags, edition, ids, linked, submission

OLD = edition("old", date(2023, 10, 1), "興建圖書館 #a")
NEW = edition("new", date(2024, 10, 1), "工務局的圖書館啟用 #a", "工務局增設單車徑 #c", "公園 ?e")
NEWEST = edition("newest", date(2025, 10, 1), "單車徑通車 #c")
ASKED = submission("asked", date(2024, 8, 1), "應興建圖書館 #a", "應增設單車徑 #c", "應減稅 #d", "應建公園 #e")


@pytest.fixture(autouse=True)
def _town(register: Register) -> None:
    for document in (OLD, NEW, NEWEST, ASKED):
        document.put(register)
    linked(register, Tags())


def test_a_report_for_each_edition_that_came_after(register: Register) -> None:
    assert [report.edition.name for report in adoption(register, "asked")] == ["new.txt", "newest.txt"]
    (only,) = adoption(register, "asked", against="newest.txt")
    assert only.edition.name == "newest.txt"
    (known,) = adoption(register, "asked", as_of=date(2024, 12, 31))
    assert known.edition.name == "new.txt"


def test_verdicts_show_measures_and_what_was_there_before(register: Register) -> None:
    by_text = ids(register)
    report = adoption(register, "asked")[0]
    found = {verdict.item_id: verdict for verdict in report.verdicts}
    library, cycles, taxes, park = (
        found[by_text[text]] for text in ("應興建圖書館 #a", "應增設單車徑 #c", "應減稅 #d", "應建公園 #e")
    )
    assert (library.verdict, library.already_there) == (VerdictCode.ADOPTED, (by_text["工務局的圖書館啟用 #a"],))
    assert (cycles.verdict, cycles.already_there) == (VerdictCode.ADOPTED, ())
    assert (taxes.verdict, taxes.links, taxes.sure) == (VerdictCode.NONE, (), True)
    assert (park.verdict, park.sure) == (VerdictCode.IN_HAND, False)


def test_counts_have_denominators_for_scopes_and_bodies(register: Register) -> None:
    report = adoption(register, "asked")[0]
    whole = report.tallies[0]
    assert (whole.scope, whole.total, whole.already_there) == ("", 4, 1)
    assert {code.value: count for code, count in whole.counts.items()} == {
        "adopted": 2,
        "partly": 0,
        "in_hand": 1,
        "none": 1,
    }
    (works,) = report.by_body
    assert (works.scope, works.total, works.counts[VerdictCode.ADOPTED]) == ("工務局", 2, 2)


def test_all_verdicts_come_newest_edition_first(register: Register) -> None:
    found = list(all_verdicts(register, scene(register)))
    assert [verdict.against for verdict in found] == [NEWEST.document.id] * 4 + [NEW.document.id] * 4


@pytest.mark.parametrize(
    ("words", "said"),
    [(("new.txt",), "holds no proposal"), (("asked", "old"), "did not come"), (("asked", "asked"), "did not come")],
)
def test_what_cannot_be_asked_is_said(register: Register, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        adoption(register, *words)
