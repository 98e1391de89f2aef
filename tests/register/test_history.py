from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deedline.errors import RegisterError
from deedline.model.document import Document
from deedline.model.item import Finding
from deedline.register import LinkState, Outcome, Register, Verb, open_register
from tests.register.conftest import Opener
from tests.register.making import at, made
from tests.strategies import read_documents

ONE, TWO = made(["設立電子存檔系統", "推出海濱長廊"], name="one.txt"), made(["檢討條例"], name="two.txt")


def test_undo_goes_back_one_action_at_a_time_to_the_beginning(register: Register) -> None:
    states = [list(register.dump())]
    document_id = ONE.put(register).document_id
    states.append(list(register.dump()))
    register.edit_document(document_id, {"title": "一"}, at=at(1), by="editor")
    states.append(list(register.dump()))
    ONE.with_items(replace(ONE.finding.items[0], part=2)).put(register, hours=2)
    states.append(list(register.dump()))
    register.remove_document(document_id, at=at(3), by="editor")
    for verb, state in zip((Verb.REMOVE, Verb.READ, Verb.EDIT, Verb.ADD), reversed(states), strict=True):
        (undone,) = register.undo(at=at(4), by="editor", why="a slip")
        assert (undone.verb, undone.undone) == (verb, True)
        assert list(register.dump()) == state
    assert register.undo(at=at(5), by="editor") == ()
    history = register.history()
    assert [change.verb for change in history[:4]] == [Verb.UNDO] * 4
    assert [change.undoes for change in history[:4]] == [1, 2, 3, 4]
    assert history[0].why == "a slip"


def test_what_one_command_did_is_taken_back_together(register: Register) -> None:
    before = list(register.dump())
    with register.action():
        assert ONE.put(register).outcome is Outcome.ADDED
        assert ONE.put(register).outcome is Outcome.UNCHANGED
        TWO.put(register, hours=1)
    made(["第三份"], name="three.txt").put(register, hours=2)
    assert [change.subject for change in register.undo(at=at(3), by="x")] == [made(["第三份"]).document.id]
    undone = register.undo(at=at(4), by="x")
    assert [change.subject for change in undone] == [TWO.document.id, ONE.document.id]
    assert list(register.dump()) == before


def test_an_action_that_begins_with_no_change_does_not_join_the_one_before(register: Register) -> None:
    ONE.put(register)
    with register.action():
        ONE.put(register)
        TWO.put(register)
    register.undo(at=at(1), by="x")
    assert [document.name for document in register.documents()] == ["one.txt"]


def test_what_another_changed_since_is_not_taken_back(opener: Opener) -> None:
    with opener() as mine, opener() as theirs:
        with mine.action():
            ONE.put(mine)
            theirs.edit_document(ONE.document.id, {"title": "一"}, at=at(1), by="another")
            TWO.put(mine, hours=2)
        before = list(mine.dump())
        with pytest.raises(RegisterError, match=r"changed after it by another \(change 2, edit\)"):
            mine.undo(at=at(3), by="me")
        assert list(mine.dump()) == before
        assert len(mine.history()) == 3


def test_what_another_built_upon_is_not_taken_back(opener: Opener) -> None:
    with opener() as mine, opener() as theirs:
        with mine.action():
            one, two = ONE.put(mine).added
            theirs.judge_link(one, two, "related", LinkState.ACCEPTED, at=at(1), by="another")
            TWO.put(mine, hours=2)
        before = list(mine.dump())
        with pytest.raises(RegisterError, match="a later change builds on"):
            mine.undo(at=at(3), by="me")
        assert list(mine.dump()) == before


def test_history_tells_of_one_document_and_of_all_newest_first(register: Register) -> None:
    document_id = ONE.put(register).document_id
    TWO.put(register, hours=1)
    register.edit_document(document_id, {"title": "一"}, at=at(2), by="editor", why="cover")
    assert [change.number for change in register.history()] == [3, 2, 1]
    assert [change.number for change in register.history(limit=1)] == [3]
    edit, add = register.history(document_id)
    assert (edit.verb, edit.by, edit.at, edit.why) == (Verb.EDIT, "editor", at(2), "cover")
    assert {row.table: row.after for row in edit.rows}["documents"] == {"title": "一"}
    assert add.counts == {"documents added": 1, "versions added": 1, "items added": 2, "issues added": 1}
    assert register.history("nothing") == ()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(documents=st.lists(read_documents(), min_size=1, max_size=3, unique_by=lambda pair: pair[0].sha256))
def test_whatever_is_put_reads_back_and_can_be_taken_back(
    register: Register, documents: list[tuple[Document, Finding]]
) -> None:
    empty = list(register.dump())
    for document, finding in documents:
        put = register.put(document, finding, data=document.text.encode(), at=at(), by="x")
        assert put.outcome is Outcome.ADDED
        assert [register.item(item_id).item for item_id in put.added] == list(finding.items)
        ids = dict(zip((item.key for item in finding.items), put.added, strict=True))
        assert [(line.number, line.items) for line in register.lines(put.document_id)] == [
            (line.number, tuple(ids[key] for key in line.items)) for line in finding.lines
        ]
        assert [doubt.issue for doubt in register.issues(put.document_id)] == list(finding.issues)
    full = list(register.dump())
    for document, finding in documents:
        again = register.put(document, finding, data=None, at=at(1), by="x")
        assert again.outcome is Outcome.UNCHANGED
    assert register.check() == ()
    register.remove_document(documents[0][0].id, at=at(2), by="x")
    register.undo(at=at(3), by="x")
    assert list(register.dump()) == full
    assert register.check() == ()
    while register.undo(at=at(4), by="x"):
        pass
    assert list(register.dump()) == empty


@settings(max_examples=10, deadline=None)
@given(documents=st.lists(read_documents(), max_size=3, unique_by=lambda pair: pair[0].sha256))
def test_the_same_input_gives_the_same_register(
    tmp_path_factory: pytest.TempPathFactory, documents: list[tuple[Document, Finding]]
) -> None:
    dumps = []
    for order in (documents, documents[::-1]):
        with open_register(tmp_path_factory.mktemp("same") / "r.db") as register:
            for document, finding in order:
                register.put(document, finding, data=document.text.encode(), at=at(), by="x")
            dumps.append(list(register.dump()))
    assert dumps[0] == dumps[1]


def test_the_revision_is_another_word_after_every_change_and_the_same_after_none(register: Register) -> None:
    words = [register.revision()]
    assert words == [""]
    document_id = ONE.put(register).document_id
    words.append(register.revision())
    ONE.put(register, hours=1)
    assert register.revision() == words[-1]
    register.edit_document(document_id, {"title": "一"}, at=at(1), by="editor")
    words.append(register.revision())
    register.undo(at=at(2), by="editor")
    words.append(register.revision())
    register.edit_document(document_id, {"title": "一"}, at=at(1), by="editor")
    words.append(register.revision())
    assert len(set(words)) == len(words)
    assert register.revision() == words[-1]
