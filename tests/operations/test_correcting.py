"""What a person holds of values and doubts: with a name and a reason, and in all that is computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deedline import operations
from deedline.errors import InputError, NotFoundError
from deedline.model.values import Role, StatusCode
from deedline.operations import Settling
from deedline.register import NOTHING, Field, Register, Said, Settled, StoredItem
from tests.operations.town import AT, Tags, edition, ids, line, linked

BRIDGE = "工務局在2024年底前興建行人橋 #a"
PLAN = edition("plan", date(2024, 10, 1), line(BRIDGE, due=("2024年底前", date(2024, 12, 31))), "種樹 #b")
LATER = edition("later", date(2025, 10, 1), "行人橋 #a")
DUE = Said(Field.DUE, "2025-06-30")


@pytest.fixture(autouse=True)
def _town(register: Register) -> None:
    PLAN.put(register)
    LATER.put(register)
    linked(register, Tags())


def correct(register: Register, *said: Said, by: str = "M. Chan", why: str = "the annex") -> StoredItem:
    return operations.correct(register, ids(register)[BRIDGE], said, at=AT, by=by, why=why)


@pytest.mark.parametrize(
    ("said", "by", "why", "words"),
    [
        ((), "me", "so", "say what to correct"),
        ((DUE,), " ", "so", "bears a name"),
        ((DUE,), "me", "", "bears a reason"),
        ((DUE, replace(DUE, value=NOTHING)), "me", "so", "given twice"),
    ],
)
def test_a_correction_bears_a_name_and_a_reason(
    register: Register, said: tuple[Said, ...], by: str, why: str, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        correct(register, *said, by=by, why=why)
    assert register.corrections() == ()


def test_a_body_nobody_knows_is_not_added(register: Register) -> None:
    with pytest.raises(NotFoundError, match="hk/itib"):
        correct(register, Said(Field.BODY, Role.LEAD, "hk/nobody"))


def test_a_body_is_named_as_the_knowledge_has_it(register: Register) -> None:
    item = correct(register, Said(Field.BODY, Role.LEAD, "hk/itib")).item
    assert [(mention.body_id, mention.role) for mention in item.bodies] == [
        ("hk/itib", Role.LEAD),
        ("town/works", Role.LEAD),
    ]
    assert item.bodies[0].name.endswith("局")
    alone = correct(register, *operations.only_bodies(item, ["hk/itib"])).item
    assert [mention.body_id for mention in alone.bodies] == ["hk/itib"]


def test_the_persons_due_day_is_what_is_tracked(register: Register) -> None:
    known = operations.scene(register, date(2025, 3, 1))
    late = {each.entry.id for each in operations.due(known)}
    item_id = ids(register)[BRIDGE]
    assert item_id in late
    correct(register, DUE)
    known = operations.scene(register, date(2025, 3, 1))
    assert item_id not in {each.entry.id for each in operations.due(known)}
    (each,) = [each for each in operations.standings(known) if each.entry.id == item_id]
    assert each.standing.due == date(2025, 6, 30)


def test_a_status_is_of_the_documents_day(register: Register) -> None:
    item = correct(register, Said(Field.STATUS, StatusCode.COMPLETED)).item
    assert item.report is not None
    assert item.report.as_of == date(2024, 10, 1)
    known = operations.scene(register, date(2025, 3, 1))
    (each,) = [each for each in operations.standings(known) if each.entry.id == ids(register)[BRIDGE]]
    assert each.standing.reasons == ("held by a person to be completed on 2024-10-01",)


def test_figures_that_a_person_holds_are_measured(register: Register) -> None:
    correct(register, Said(Field.TARGET, "50 km"), Said(Field.ACTUAL, "20 km"))
    (found,) = operations.all_measured(register)
    assert found.attainment is not None
    assert (found.attainment.share, found.attainment.unit) == (0.4, "km")
    assert found.attainment.reasons == ("a person holds: actual 20 km, target 50 km",)
    correct(register, Said(Field.BASELINE, "60 km"))
    (found,) = operations.all_measured(register)
    assert found.attainment is not None
    assert (found.attainment.share, found.attainment.lower_is_better) == (4.0, True)


def test_a_correction_makes_links_anew_and_leaves_a_persons_own(register: Register) -> None:
    engine = Tags()
    assert all(each.fresh for each in linked(register, engine))
    correct(register, DUE)
    assert not all(each.fresh for each in linked(register, engine))
    assert register.item(ids(register)[BRIDGE]).item.due == date(2025, 6, 30)


def test_a_doubt_is_settled_with_a_reason(register: Register) -> None:
    found = operations.open_issues(register, "plan")[0]
    with pytest.raises(InputError, match="bears a reason"):
        operations.settle(register, Settling(found.id, Settled.DISMISSED), at=AT, by="me", why="")
    operations.settle(register, Settling(found.id[:6], Settled.DISMISSED), at=AT, by="me", why="so printed")
    assert operations.open_issues(register, "plan") == ()
    (settled,) = operations.open_issues(register, "plan", settled=True)
    assert settled.settlement is not None
    assert settled.settlement.why == "so printed"
