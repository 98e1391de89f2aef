from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deedline.errors import InputError, NotFoundError, RegisterError, StageError
from deedline.find import find_items
from deedline.knowledge.load import jurisdiction
from deedline.model.document import DocumentKind
from deedline.model.item import ItemKind
from deedline.model.text import Span
from deedline.read import read_document
from deedline.register import ItemQuery, Outcome, Register, Verb
from tests.register.conftest import Opener
from tests.register.making import Made, at, made

THREE = ["設立電子存檔系統", "推出海濱長廊第二期", "Review the harbour bylaw"]


def test_a_document_is_kept_with_its_bytes_text_and_items(register: Register) -> None:
    plan = made(THREE)
    put = plan.put(register)
    assert put.outcome is Outcome.ADDED
    assert len(put.added) == 3
    assert register.document_text(put.document_id) == plan.document.text
    assert register.document_bytes(put.document_id) == plan.data
    assert tuple(stored.item for stored in register.items()) == plan.finding.items
    (document,) = register.documents()
    assert (document.name, document.metadata, document.issues) == ("plan.txt", plan.document.metadata, 1)
    assert document.items[ItemKind.MEASURE] == 3
    assert [line.items for line in register.lines(put.document_id)] == [(item_id,) for item_id in put.added]
    (doubt,) = register.issues()
    assert (doubt.item_id, doubt.issue) == (put.added[0], plan.finding.issues[0])


def test_bytes_that_are_not_given_are_not_there(register: Register) -> None:
    plan = made(THREE)
    document = replace(plan.document, sha256="0" * 64)
    put = register.put(document, plan.finding, data=None, at=at(), by="reader")
    assert register.document_bytes(put.document_id) is None


def test_the_same_content_again_changes_nothing(opener: Opener) -> None:
    plan = made(THREE)
    with opener() as register:
        first = plan.put(register)
        before = list(register.dump())
    with opener() as register:
        again = plan.put(register, hours=1)
        assert again.outcome is Outcome.UNCHANGED
        assert again.kept == first.added
        assert again.issues == first.issues
        assert list(register.dump()) == before
        assert len(register.history()) == 1


def test_the_same_bytes_under_another_name_are_no_news(register: Register) -> None:
    made(THREE, name="plan.txt").put(register)
    assert made(THREE, name="copy.txt").put(register).outcome is Outcome.CHANGED  # its title was read from the name
    assert [document.name for document in register.documents()] == ["plan.txt"]


def test_reading_anew_keeps_the_ids_of_what_is_still_found(register: Register) -> None:
    plan = made(THREE)
    first = plan.put(register)
    one, _, three = plan.finding.items
    better = replace(three, key="other", kind=ItemKind.PROPOSAL)
    second = plan.with_items(replace(one, due=date(2025, 1, 1)), better).put(register, hours=1)
    assert second.outcome is Outcome.CHANGED
    assert (second.changed, second.removed, second.added) == ((first.added[0], first.added[2]), (first.added[1],), ())
    assert register.item(first.added[2]).item.kind is ItemKind.PROPOSAL
    assert [change.verb for change in register.history(first.added[0])] == [Verb.READ, Verb.ADD]
    (row,) = register.history(first.added[0])[0].rows
    assert (row.before, row.after) == ({"due": None}, {"due": "2025-01-01"})


def test_an_item_found_again_gets_its_id_back(register: Register) -> None:
    plan = made(THREE)
    first = plan.put(register)
    plan.with_items(*plan.finding.items[:2]).put(register, hours=1)
    assert plan.put(register, hours=2).added == (first.added[2],)


def test_a_better_file_of_the_same_edition_takes_its_place(register: Register) -> None:
    first = made(THREE, name="bad.txt").put(register)
    better = made(["序言", THREE[0], THREE[1] + "工程", THREE[2]], name="good.txt")
    second = better.put(register, hours=1, replaces=first.document_id)
    assert second.document_id == first.document_id != better.document.id
    assert second.changed == (first.added[1],)
    assert set(second.kept) == {first.added[0], first.added[2]}
    (document,) = register.documents()
    assert (document.name, document.sha256) == ("good.txt", better.document.sha256)
    assert register.knows(better.document.sha256) == register.knows(made(THREE).document.sha256) == first.document_id
    assert better.put(register, hours=2).outcome is Outcome.UNCHANGED
    assert made(THREE, name="bad.txt").put(register, hours=3).outcome is Outcome.SUPERSEDED
    back = made(THREE, name="bad.txt").put(register, hours=4, replaces=first.document_id)
    assert back.outcome is Outcome.CHANGED
    assert [stored.id for stored in register.items()] == list(first.added)


def test_what_cannot_be_replaced_is_named(register: Register) -> None:
    first = made(THREE).put(register)
    other = made(["另一份文件"], name="other.txt")
    other.put(register)
    with pytest.raises(NotFoundError, match=r"ffff.*other\.txt"):
        other.put(register, replaces="ffff")
    with pytest.raises(RegisterError, match="in the register already"):
        other.put(register, replaces=first.document_id)


def test_a_value_whose_words_do_not_stand_there_is_an_issue_instead(register: Register) -> None:
    plan = made(THREE)
    one, two, three = plan.finding.items
    lost = replace(two, spans=(Span(0, 3),))
    put = plan.with_items(one, lost, replace(three, path=("x",))).put(register)
    assert [stored.item.text for stored in register.items()] == [one.text, three.text]
    assert [issue.code for issue in put.issues] == ["look", "evidence-lost"]
    assert "line 2" in put.issues[1].message


def test_a_report_of_figures_alone_is_kept(register: Register) -> None:
    data = b"Measure,Target,Actual\nOpen libraries,50%,35%\n"
    document = read_document(data, "sheet.csv", {"jurisdiction": "hk", "date": "2025"})
    put = Made(document, find_items(document, jurisdiction("hk")), data).put(register)
    (stored,) = register.items()
    assert stored.item.report is not None
    assert [figure.as_printed for figure in stored.item.report.figures] == ["35%"]
    assert put.issues == ()
    assert register.check() == ()


def test_a_report_that_lost_its_figures_is_none(register: Register) -> None:
    data = b"Measure,Actual\nOpen libraries,35%\n"
    document = read_document(data, "sheet.csv", {"jurisdiction": "hk", "date": "2025"})
    finding = find_items(document, jurisdiction("hk"))
    report = finding.items[0].report
    assert report is not None
    astray = replace(report, figures=(replace(report.figures[0], spans=(Span(0, 3),)),))
    put = Made(document, replace(finding, items=(replace(finding.items[0], report=astray),)), data).put(register)
    assert [stored.item.report for stored in register.items()] == [None]
    assert [issue.code for issue in put.issues] == ["evidence-lost"]


def test_a_finding_that_contradicts_itself_is_refused_whole(register: Register) -> None:
    plan = made(THREE)
    one, two, _ = plan.finding.items
    with pytest.raises(StageError, match="under the key"):
        plan.with_items(one, replace(two, key=one.key)).put(register)
    with pytest.raises(StageError, match="changed while it was read"):
        Made(plan.document, plan.finding, b"other bytes").put(register)
    assert register.documents() == ()
    assert register.history() == ()


def test_a_value_that_no_store_holds_is_refused_whole(register: Register) -> None:
    plan = made(THREE)
    with pytest.raises(StageError, match="cannot be kept"):
        plan.with_items(replace(plan.finding.items[0], part=2**70)).put(register)
    assert register.documents() == ()


def test_a_time_without_a_zone_is_refused_whole(register: Register) -> None:
    plan = made(THREE)
    with pytest.raises(ValueError, match="time zone"):
        register.put(plan.document, plan.finding, data=None, at=at().replace(tzinfo=None), by="reader")
    assert register.documents() == ()


def test_documents_stand_by_date_and_are_found_by_what_a_person_types(register: Register) -> None:
    later = made(THREE, name="policy 2024.txt").put(register).document_id
    earlier = made(["甲"], name="policy 2023.txt", dated=date(2023, 10, 25)).put(register).document_id
    assert [document.id for document in register.documents()] == [earlier, later]
    assert register.find_document(later).id == later
    assert register.find_document(later[:6]).id == later
    assert register.find_document("policy 2023.txt").id == earlier
    assert register.find_document("2024").id == later
    with pytest.raises(NotFoundError, match=r"several.*2023.*2024"):
        register.find_document("policy")
    with pytest.raises(NotFoundError, match=r"policy 2024\.txt"):
        register.find_document("polcy 2024.txt")
    with pytest.raises(NotFoundError, match="no document has the id"):
        register.document("policy")


def test_an_empty_register_says_how_to_fill_it(register: Register) -> None:
    with pytest.raises(NotFoundError, match="deedline add"):
        register.find_document("policy")


def test_what_a_person_sets_stands_over_what_is_read_and_outlives_reading(register: Register) -> None:
    plan = made(THREE)
    document_id = plan.put(register).document_id
    changes = {"title": "施政報告附篇", "date": "2023-05", "kind": "submission"}
    edited = register.edit_document(document_id, changes, at=at(1), by="editor", why="seen on the cover")
    assert edited.edited == {"title", "date", "kind"}
    assert (edited.metadata.title, edited.metadata.dated) == ("施政報告附篇", date(2023, 5, 1))
    assert (edited.metadata.dated_precision, edited.metadata.kind) == ("month", DocumentKind.SUBMISSION)
    assert edited.metadata.guessed == frozenset()
    plan.with_items(*plan.finding.items[:1]).put(register, hours=2)
    assert register.document(document_id).metadata == edited.metadata
    assert register.edits(document_id) == changes
    register.edit_document(document_id, {"date": ""}, at=at(3), by="editor")
    assert register.document(document_id).metadata.dated == date(2024, 10, 16)
    assert register.history(document_id)[2].why == "seen on the cover"


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"titel": "x"}, "titel"), ({"date": "2024-13"}, "2024-13"), ({"date": "May"}, "May"), ({"kind": "x"}, "'x'")],
)
def test_an_edit_that_cannot_be_is_refused_whole(register: Register, changes: dict[str, str], said: str) -> None:
    document_id = made(THREE).put(register).document_id
    with pytest.raises(InputError, match=said):
        register.edit_document(document_id, {"publisher": "x", **changes}, at=at(), by="editor")
    assert register.edits(document_id) == {}


def test_setting_what_holds_already_is_no_change(register: Register) -> None:
    document_id = made(THREE).put(register).document_id
    register.edit_document(document_id, {"title": "一"}, at=at(), by="editor")
    register.edit_document(document_id, {"title": "一", "series": ""}, at=at(), by="editor")
    assert len(register.history()) == 2


def test_a_removed_document_is_gone_and_keeps_its_ids_for_its_return(register: Register) -> None:
    plan = made(THREE)
    first = plan.put(register)
    register.edit_document(first.document_id, {"title": "一"}, at=at(1), by="editor")
    whole = list(register.dump())
    change = register.remove_document(first.document_id, at=at(2), by="editor", why="wrong file")
    assert (change.verb, change.why, change.counts["items removed"]) == (Verb.REMOVE, "wrong file", 3)
    assert register.documents() == ()
    assert list(register.items(ItemQuery(retired=True))) == []
    assert register.issues() == ()
    assert register.knows(plan.document.sha256) is None
    for ask in (register.document, register.document_text, register.lines, register.find_document):
        with pytest.raises(NotFoundError):
            ask(first.document_id)
    again = plan.put(register, hours=3)
    assert (again.outcome, again.added) == (Outcome.ADDED, first.added)
    assert list(register.dump()) == whole


def test_what_is_said_with_a_document_is_kept_in_the_same_change(register: Register) -> None:
    plan = made(THREE)
    with pytest.raises(InputError, match="someday"):
        plan.put(register, said={"date": "someday"})
    assert register.history() == ()
    put = plan.put(register, said={"title": "一", "publisher": ""})
    assert (put.outcome, register.document(put.document_id).metadata.title) == (Outcome.ADDED, "一")
    assert plan.put(register, said={"title": "一"}).outcome is Outcome.UNCHANGED
    assert plan.put(register, said={"title": "二"}).outcome is Outcome.CHANGED
    assert plan.put(register).outcome is Outcome.UNCHANGED
    assert register.edits(put.document_id) == {"title": "二"}
    assert [change.verb for change in register.history()] == [Verb.EDIT, Verb.ADD]
    register.undo(at=at(1), by="x")
    assert register.document(put.document_id).metadata.title == "一"
