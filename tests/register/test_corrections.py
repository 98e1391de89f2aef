"""What people hold of values: over what was read, everywhere, for good, and undoable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.errors import InputError, NotFoundError
from deedline.model.item import ItemKind
from deedline.model.values import BY_PERSON, Basis, Role, StatusCode
from deedline.register import (
    NOTHING,
    Field,
    ItemQuery,
    ItemState,
    LinkState,
    Register,
    Said,
    StoredItem,
    Verb,
    open_register,
)
from tests.register.making import Entry, Made, at, made

SYSTEM = Entry(
    "數字辦在2024年底前設立存檔系統，已完成",
    body=("數字辦", "hk/dpo"),
    deadline=("2024年底前", date(2024, 12, 31)),
    status=("已完成", StatusCode.COMPLETED),
)
PLAN = made([SYSTEM, "推出海濱長廊"])
DUE = Said(Field.DUE, "2025-06-30")


def first(register: Register) -> StoredItem:
    return next(stored for stored in register.items(ItemQuery(retired=True)) if "存檔" in stored.item.text)


def correct(register: Register, *said: Said, hours: int = 1) -> StoredItem:
    return register.correct_item(first(register).id, said, at=at(hours), by="M. Chan", why="the annex says so")


@pytest.fixture(autouse=True)
def _plan(register: Register) -> None:
    PLAN.put(register)


def test_what_was_read_stays_beside_what_holds(register: Register) -> None:
    read = first(register)
    stored = correct(register, DUE)
    assert (stored.item.due, stored.read) == (date(2025, 6, 30), read.item)
    assert stored.item.text == read.item.text
    (correction,) = stored.corrections
    assert (correction.read, correction.said.value, correction.by) == ("2024-12-31", "2025-06-30", "M. Chan")
    assert (correction.why, correction.at) == ("the annex says so", at(1))
    assert register.corrections() == register.corrections(stored.id) == stored.corrections
    (limit,) = stored.item.deadlines
    assert (limit.rule, limit.as_printed, limit.spans) == (BY_PERSON, "", ())


def test_filters_follow(register: Register) -> None:
    correct(
        register,
        DUE,
        Said(Field.STATUS, StatusCode.IN_PROGRESS),
        Said(Field.KIND, ItemKind.INDICATOR),
        Said(Field.BODY, Role.LEAD, "hk/itib", "創科局"),
        Said(Field.BODY, NOTHING, "hk/dpo"),
    )
    item_id = first(register).id
    for query in (
        ItemQuery(due_after=date(2025, 1, 1)),
        ItemQuery(status=StatusCode.IN_PROGRESS),
        ItemQuery(kind=ItemKind.INDICATOR),
        ItemQuery(body="hk/itib"),
    ):
        assert [stored.id for stored in register.items(query)] == [item_id]
        assert register.count_items(query) == 1
    for gone in (
        ItemQuery(due_before=date(2024, 12, 31)),
        ItemQuery(status=StatusCode.COMPLETED),
        ItemQuery(body="hk/dpo"),
    ):
        assert register.count_items(gone) == 0
    assert register.documents()[0].items[ItemKind.INDICATOR] == 1


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        (Said(Field.DUE, NOTHING), lambda item: item.due is None and item.deadlines == ()),
        (Said(Field.STATUS, NOTHING), lambda item: item.report.status is None and item.report.rule == BY_PERSON),
        (Said(Field.BODY, Role.JOINT, "hk/dpo"), lambda item: [m.role for m in item.bodies] == [Role.JOINT]),
        (
            Said(Field.BODY, Role.LEAD, "hk/itib", "創科局"),
            lambda item: (
                [(m.body_id, m.name, m.as_printed) for m in item.bodies]
                == [("hk/itib", "創科局", ""), ("hk/dpo", "數字辦", "數字辦")]
            ),
        ),
        (Said(Field.WRONG, "wrong", "body 數字辦"), lambda item: item.bodies == ()),
        (Said(Field.WRONG, "wrong", "deadline 2024年底前"), lambda item: (item.due, item.deadlines) == (None, ())),
        (
            Said(Field.DEADLINE, "by", "2026-01-31"),
            lambda item: item.due == date(2026, 1, 31) and len(item.deadlines) == 2,
        ),
        (
            Said(Field.TARGET, "20%"),
            lambda item: [(q.basis, q.value, q.unit) for q in item.held] == [(Basis.TARGET, 0.2, "ratio")],
        ),
        (Said(Field.ACTUAL, "1,200 個"), lambda item: [(q.value, q.unit) for q in item.held] == [(1200, "個")]),
    ],
)
def test_every_value_can_be_corrected_and_given_back(register: Register, said: Said, holds: object) -> None:
    read = first(register).item
    assert not holds(read)  # type: ignore[operator]
    assert holds(correct(register, said).item)  # type: ignore[operator]
    assert register.check() == ()
    stored = correct(register, replace(said, value=""), hours=2)
    assert (stored.item, stored.read, stored.corrections) == (read, None, ())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(Field.DUE, "soon"), "write it as 2025-06-30"),
        (Said(Field.KIND, "promise"), "is no kind"),
        (Said(Field.KIND, NOTHING), "is no kind"),
        (Said(Field.STATUS, "late"), "is no status"),
        (Said(Field.BODY, "boss", "hk/dpo"), "is no body"),
        (Said(Field.BODY, "lead", "DPO"), "is no body's id"),
        (Said(Field.DEADLINE, "by", "2026"), "cannot be a deadline"),
        (Said(Field.TARGET, "二十"), "is no figure"),
        (Said(Field.WRONG, "wrong", "status 已完成"), "names no value"),
        (Said(Field.WRONG, "wrong", "body 發展局"), "no body was read"),
    ],
)
def test_what_nobody_could_mean_is_refused(register: Register, said: Said, words: str) -> None:
    before = list(register.dump())
    with pytest.raises(InputError, match=words):
        correct(register, DUE, said)
    assert list(register.dump()) == before


def test_an_item_nobody_knows_is_not_corrected(register: Register) -> None:
    with pytest.raises(NotFoundError):
        register.correct_item("ffff", (DUE,), at=at(), by="x")


def test_saying_it_again_changes_nothing(register: Register) -> None:
    correct(register, DUE)
    before = register.revision()
    correct(register, DUE, hours=5)
    assert register.revision() == before


def reread(plan: Made) -> Made:
    """The same document in a better version: a line put before all others, the first item found to be due later."""
    text = "卷首\n" + plan.document.text
    again = made([Entry("卷首"), replace(SYSTEM, deadline=("2024年底前", date(2024, 12, 30))), "推出海濱長廊"])
    assert again.document.text == text
    return again


def test_a_correction_survives_reading_again_and_a_better_version(register: Register) -> None:
    stored = correct(register, DUE)
    PLAN.with_items(replace(PLAN.finding.items[0], due=date(2024, 12, 30)), PLAN.finding.items[1]).put(register, 2)
    again = register.item(stored.id)
    assert again.item.due == date(2025, 6, 30)
    assert again.corrections[0].read == "2024-12-30"
    reread(PLAN).put(register, 3, replaces=PLAN.document.id)
    better = register.item(stored.id)
    assert (better.item.due, better.item.lines) == (date(2025, 6, 30), (2, 2))
    assert register.count_items(ItemQuery(due_after=date(2025, 1, 1))) == 1
    assert PLAN.put(register, 4, replaces=PLAN.document.id).document_id == PLAN.document.id


def test_a_kind_that_a_person_corrected_does_not_cost_the_item_its_id(register: Register) -> None:
    stored = correct(register, Said(Field.KIND, ItemKind.PROPOSAL))
    found = replace(PLAN.finding.items[0], key="another/key")
    assert PLAN.with_items(found, PLAN.finding.items[1]).put(register, 2).added == ()
    assert register.item(stored.id).item.kind is ItemKind.PROPOSAL


def test_a_corrected_item_that_is_no_longer_found_retires_and_comes_back(register: Register) -> None:
    stored = correct(register, DUE)
    PLAN.with_items(replace(PLAN.finding.items[1])).put(register, 2)
    assert register.item(stored.id).state is ItemState.RETIRED
    assert register.check() == ()
    PLAN.put(register, 3)
    assert register.item(stored.id).item.due == date(2025, 6, 30)
    register.remove_document(PLAN.document.id, at=at(4), by="x")
    assert register.item(stored.id).state is ItemState.RETIRED
    PLAN.put(register, 5)
    assert (register.item(stored.id).state, register.item(stored.id).item.due) == (
        ItemState.PRESENT,
        date(2025, 6, 30),
    )


def test_undo_takes_a_correction_back_and_history_tells_of_it(register: Register) -> None:
    before = list(register.dump())
    stored = correct(register, DUE)
    (undone,) = register.undo(at=at(2), by="x")
    assert (undone.verb, undone.subject, undone.why) == (Verb.CORRECT, stored.id, "the annex says so")
    assert list(register.dump()) == before
    last, first_change, _ = register.history(stored.id)
    assert (last.verb, first_change.verb) == (Verb.UNDO, Verb.CORRECT)
    (row,) = [row for row in first_change.rows if row.table == "corrections"]
    assert row.after is not None
    assert (row.before, row.after["value"]) == (None, "2025-06-30")
    (item,) = [row for row in first_change.rows if row.table == "items"]
    assert item.before is not None
    assert item.after is not None
    assert (item.before["due"], item.after["due"]) == ("2024-12-31", "2025-06-30")


def test_a_document_counts_as_changed_by_a_correction(register: Register) -> None:
    before = register.documents()[0].finding
    correct(register, DUE)
    assert register.documents()[0].finding != before
    register.undo(at=at(2), by="x")
    assert register.documents()[0].finding == before


def test_the_dump_tells_of_corrections(register: Register) -> None:
    correct(register, DUE)
    assert any('"corrections"' in line and "the annex says so" in line for line in register.dump())


def test_doctor_sees_where_an_item_holds_something_else(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "bad.db"
    with open_register(path) as register:
        PLAN.put(register)
        item_id = correct(register, DUE).id
    connection = sqlite3.connect(path)
    connection.execute("UPDATE items SET due = '2030-01-01' WHERE id = ?", (item_id,))
    connection.commit()
    connection.close()
    with open_register(path) as register:
        assert "correction-differs" in [problem.code for problem in register.check()]


def test_history_of_an_item_tells_of_deleted_links_that_led_to_it(register: Register) -> None:
    one, two = (stored.id for stored in register.items())
    register.judge_link(one, two, "related", LinkState.ACCEPTED, at=at(1), by="x")
    register.undo(at=at(2), by="x")
    told = register.history(two)
    assert [change.verb for change in told[:2]] == [Verb.UNDO, Verb.JUDGE]
    assert all(any(row.table == "links" for row in change.rows) for change in told[:2])
    assert register.history("%") == register.history("_" * 16) == ()


VALUES = st.one_of(
    st.dates().map(lambda day: Said(Field.DUE, day.isoformat())),
    st.just(Said(Field.DUE, NOTHING)),
    st.sampled_from([*StatusCode, NOTHING]).map(lambda code: Said(Field.STATUS, code)),
    st.sampled_from(list(ItemKind)).map(lambda kind: Said(Field.KIND, kind)),
    st.tuples(st.sampled_from([*Role, NOTHING]), st.sampled_from(["hk/dpo", "hk/itib"])).map(
        lambda pair: Said(Field.BODY, pair[0], pair[1], "名")
    ),
    st.just(Said(Field.WRONG, "wrong", "deadline 2024年底前")),
    st.sampled_from([Field.TARGET, Field.ACTUAL, Field.BASELINE]).map(lambda field: Said(field, "7 km")),
)


@given(said=st.lists(VALUES, min_size=1, max_size=6, unique_by=lambda each: (each.field, each.of)))
def test_whatever_is_held_the_register_stays_sound_and_undo_gives_all_back(
    tmp_path_factory: pytest.TempPathFactory, said: list[Said]
) -> None:
    with open_register(tmp_path_factory.mktemp("held") / "r.db") as register:
        PLAN.put(register)
        before = list(register.dump())
        stored = correct(register, *said)
        assert stored.read is not None
        assert stored.item.text == stored.read.text
        assert register.check() == ()
        PLAN.put(register, 2)
        assert register.item(stored.id) == stored
        register.undo(at=at(3), by="x")
        assert list(register.dump()) == before
