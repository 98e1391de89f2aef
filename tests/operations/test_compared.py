"""What was never compared is called neither absent nor new; what changed since is still shown, and said."""

from __future__ import annotations

from datetime import date

import pytest

from deedline.errors import InputError
from deedline.operations import (
    Compared,
    EditionQuery,
    adoption,
    all_verdicts,
    changed_with,
    compare_editions,
    default_engine,
    overview,
    scene,
    show,
    told_of_editions,
    uncompared,
    uncompared_with,
    waiting_pairs,
    without_verdicts,
)
from deedline.operations import edition as edition_view
from deedline.operations.compared import pairs_to_compare
from deedline.register import Register
from deedline.register.held import Field, Said
from tests.operations.town import AT, Tags, edition, ids, linked, submission

OLD = edition("old", date(2023, 10, 1), "興建圖書館 #a", "種樹")
NEW = edition("new", date(2024, 10, 1), "圖書館啟用 #a", "增設單車徑 #c")
ASKED = submission("asked", date(2024, 8, 1), "應增設單車徑 #c", "應減稅 #d")


@pytest.fixture(autouse=True)
def _town(register: Register) -> None:
    for document in (OLD, NEW, ASKED):
        document.put(register)


def _named(register: Register) -> set[tuple[str, str]]:
    return {(pair.source.name, pair.target.name) for pair in uncompared(register)}


def _link(register: Register) -> None:
    """Link as the engine that Deedline carries would be named, so that nothing waits."""
    linked(register, Tags(default_engine().name))


def test_every_pair_waits_until_it_is_linked(register: Register) -> None:
    assert _named(register) == {("new.txt", "old.txt"), ("asked.txt", "new.txt")}
    _link(register)
    assert (waiting_pairs(register).uncompared, waiting_pairs(register).changed) == ((), ())


def test_a_pair_without_any_link_was_compared_too(register: Register) -> None:
    edition("other", date(2025, 10, 1), "別的").put(register)
    _link(register)
    assert _named(register) == set()
    found = compare_editions(register, "new.txt", "other.txt")
    assert found.compared is Compared.YES
    assert [fate.code for fate in found.comparison.earlier] == ["no_mention", "no_mention"]


def test_nothing_is_said_of_editions_that_were_never_compared(register: Register) -> None:
    found = compare_editions(register, "old.txt", "new.txt")
    assert (found.compared, found.comparison.earlier, found.comparison.later) == (Compared.NO, (), ())
    assert found.compared.told == "Not compared yet; run deedline link."
    (newest, _) = overview(register).editions
    assert (newest.compared, newest.fates, newest.lost) == (Compared.NO, {}, None)
    view = edition_view(register, newest.edition.id, EditionQuery())
    assert (view.compared, view.fates) == (Compared.NO, {})


def test_no_verdict_where_nothing_was_compared(register: Register) -> None:
    (report,) = adoption(register, "asked.txt")
    assert (report.compared, report.verdicts, report.tallies) == (Compared.NO, [], ())
    assert len(report.proposals) == 2
    assert list(all_verdicts(register, scene(register))) == []
    _link(register)
    (report,) = adoption(register, "asked.txt")
    assert (report.compared, report.tallies[0].total) == (Compared.YES, 2)
    assert len(list(all_verdicts(register, scene(register)))) == 2


def test_a_later_document_leaves_what_was_compared_as_it_is(register: Register) -> None:
    _link(register)
    edition("newest", date(2025, 10, 1), "單車徑通車 #c").put(register)
    known, latest = adoption(register, "asked.txt")
    assert (known.compared, latest.compared) == (Compared.YES, Compared.NO)
    assert {verdict.against for verdict in all_verdicts(register, scene(register))} == {known.edition.id}
    by_text = ids(register)
    alone = show(register, by_text["增設單車徑 #c"])
    assert [document.name for document in alone.uncompared] == ["newest.txt"]
    assert [document.name for document in uncompared_with(register, {latest.edition.id})] == [
        "old.txt",
        "asked.txt",
        "new.txt",
    ]


def test_what_changed_since_is_shown_and_said(register: Register) -> None:
    _link(register)
    document = register.find_document("new.txt")
    register.edit_document(document.id, {"date": "2024-10-02"}, at=AT, by="tester")
    found = compare_editions(register, "old.txt", "new.txt")
    assert found.compared is Compared.CHANGED
    assert {fate.code for fate in found.comparison.earlier} == {"continued", "no_mention"}
    assert found.compared.told == "Changed since it was compared; run deedline link."
    assert len(waiting_pairs(register).changed) == 2
    assert [other.name for other in changed_with(register, {document.id})] == ["old.txt", "asked.txt"]
    assert [other.name for other in show(register, ids(register)["種樹"]).changed] == ["new.txt"]
    assert uncompared(register) == ()
    (report,) = adoption(register, "asked.txt")
    assert (report.compared, len(report.verdicts)) == (Compared.CHANGED, 2)


def _place(register: Register, **places: str) -> None:
    for name, place in places.items():
        found = register.find_document(f"{name}.txt")
        register.edit_document(found.id, {"jurisdiction": place}, at=AT, by="tester")


def test_documents_of_two_places_are_not_compared(register: Register) -> None:
    _link(register)
    _place(register, old="ca", new="hk", asked="ca")
    assert _named(register) == set()
    gone = linked(register, Tags(default_engine().name))
    assert [each.pair for each in gone] == [None, None]
    assert list(register.links()) == []
    with pytest.raises(InputError, match=r"old\.txt \(ca\) and new\.txt \(hk\) are of different places"):
        compare_editions(register, "old.txt", "new.txt")
    with pytest.raises(InputError, match="different places"):
        adoption(register, "asked.txt", "new.txt")
    with pytest.raises(InputError, match="no edition of its place"):
        adoption(register, "asked.txt")
    (newest, _) = overview(register).editions
    assert newest.earlier is None


def test_a_document_of_no_known_place_is_compared_with_any(register: Register) -> None:
    _place(register, old="ca", new="hk")
    assert _named(register) == {("asked.txt", "new.txt")}
    _place(register, old="")
    assert _named(register) == {("new.txt", "old.txt"), ("asked.txt", "new.txt")}


def test_the_pairs_of_one_document_are_those_of_all_that_it_is_in(register: Register) -> None:
    edition("newest", date(2025, 10, 1), "單車徑通車 #c").put(register)
    documents = register.documents()
    for document in documents:
        mine = {pair.ids for pair in pairs_to_compare(documents) if document.id in pair.ids}
        assert {pair.ids for pair in pairs_to_compare(documents, document.id) if document.id in pair.ids} == mine


def test_no_verdict_where_an_edition_was_not_compared_with_an_earlier_one(register: Register) -> None:
    linked(register, Tags(default_engine().name), documents={_id(register, "asked.txt")})
    assert _named(register) == {("new.txt", "old.txt")}
    (report,) = adoption(register, "asked.txt")
    assert (report.compared, report.verdicts) == (Compared.NO, [])
    assert list(all_verdicts(register, scene(register))) == []
    assert without_verdicts(register, scene(register)) == 1
    assert without_verdicts(register, scene(register, date(2023, 12, 31))) == 0
    _link(register)
    (report,) = adoption(register, "asked.txt")
    assert (report.compared, len(report.verdicts)) == (Compared.YES, 2)
    assert without_verdicts(register, scene(register)) == 0


def test_lists_say_where_two_known_editions_were_not_compared(register: Register) -> None:
    later, asked = _id(register, "new.txt"), _id(register, "asked.txt")
    told = "Some editions were not compared yet, so a later one may restate what is listed; run deedline link."
    assert told_of_editions(register, {later, _id(register, "old.txt")}) == told
    assert told_of_editions(register, {later, asked}) == ""
    _link(register)
    assert told_of_editions(register, {later, asked, _id(register, "old.txt")}) == ""


def test_only_what_linking_reads_of_corrections_asks_for_comparing_anew(register: Register) -> None:
    _link(register)
    item = ids(register)["圖書館啟用 #a"]
    before = register.find_document("new.txt")
    register.correct_item(item, (Said(Field.STATUS, "completed"),), at=AT, by="tester")
    assert register.find_document("new.txt").finding != before.finding
    assert (waiting_pairs(register).uncompared, waiting_pairs(register).changed) == ((), ())
    register.correct_item(item, (Said(Field.DUE, "2026-01-01"),), at=AT, by="tester")
    assert len(waiting_pairs(register).changed) == 2


def _id(register: Register, name: str) -> str:
    return register.find_document(name).id
