"""Doubts of reading that a person settled stay settled as long as they are found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deedline.errors import NotFoundError
from deedline.model.item import Issue
from deedline.register import Register, Settled, StoredIssue, Verb
from tests.register.making import Made, at, made

PLAN = made(["設立電子存檔系統", "推出海濱長廊"])


def doubting(plan: Made, *issues: Issue) -> Made:
    return replace(plan, finding=replace(plan.finding, issues=issues))


def settle(register: Register, state: Settled | None = Settled.DISMISSED, hours: int = 1) -> StoredIssue:
    (found,) = register.issues(settled=True)
    return register.settle_issue(found.id, state, at=at(hours), by="M. Chan", why="so printed")


@pytest.fixture(autouse=True)
def _plan(register: Register) -> None:
    PLAN.put(register)


def test_a_settled_doubt_is_open_no_more_but_still_listed(register: Register) -> None:
    stored = settle(register)
    assert stored.settlement is not None
    assert (stored.settlement.state, stored.settlement.by, stored.settlement.why, stored.settlement.at) == (
        Settled.DISMISSED,
        "M. Chan",
        "so printed",
        at(1),
    )
    assert register.issues() == register.issues(PLAN.document.id) == ()
    assert register.issues(settled=True) == register.issues(PLAN.document.id, settled=True) == (stored,)
    assert register.documents()[0].issues == 0
    assert register.history(limit=1)[0].verb is Verb.SETTLE


def test_settling_as_before_changes_nothing_and_otherwise_replaces(register: Register) -> None:
    settle(register)
    before = register.revision()
    settle(register, hours=2)
    assert register.revision() == before
    stored = settle(register, Settled.RESOLVED, 3)
    assert stored.settlement is not None
    assert stored.settlement.state is Settled.RESOLVED


def test_a_doubt_is_opened_again_by_hand_or_by_undo(register: Register) -> None:
    before = list(register.dump())
    settle(register)
    register.undo(at=at(2), by="x")
    assert list(register.dump()) == before
    settle(register, hours=3)
    assert settle(register, None, 4).settlement is None
    assert len(register.issues()) == 1
    assert list(register.dump()) == before


def test_it_stays_settled_when_the_lines_moved(register: Register) -> None:
    settle(register)
    better = made(["卷首", "設立電子存檔系統", "推出海濱長廊"])
    (moved,) = made(["設立電子存檔系統"]).finding.issues
    item = better.finding.items[1]
    better = doubting(better, replace(moved, line=2, item=item.key, spans=item.spans))
    better.put(register, 2, replaces=PLAN.document.id)
    (stored,) = register.issues(settled=True)
    assert (stored.issue.line, stored.settlement is not None) == (2, True)
    PLAN.with_items(*PLAN.finding.items).put(register, 3, replaces=PLAN.document.id)
    assert register.issues() == ()


def test_another_doubt_at_the_same_place_and_the_same_doubt_elsewhere_are_open(register: Register) -> None:
    settle(register)
    (doubt,) = PLAN.finding.issues
    other = PLAN.finding.items[1]
    elsewhere = replace(doubt, line=2, item=other.key, spans=other.spans)
    doubting(PLAN, doubt, replace(doubt, code="look-twice"), elsewhere).put(register, 2)
    assert {(stored.issue.code, stored.issue.line) for stored in register.issues()} == {("look-twice", 1), ("look", 2)}
    whole = register.issues(settled=True)
    assert len(whole) == 3
    assert register.issues(settled=True, limit=2) == whole[:2]
    assert register.issues(settled=True, skip=2, limit=2) == whole[2:]
    assert register.issues(skip=1) == register.issues()[1:]


def test_a_doubt_without_words_is_known_by_its_line(register: Register) -> None:
    doubting(PLAN, Issue("lost", "nothing stands here", (), 2)).put(register, 1)
    settle(register, hours=2)
    doubting(PLAN, Issue("lost", "told in other words", (), 2)).put(register, 3)
    assert register.issues() == ()


def test_it_stays_settled_when_the_document_was_away(register: Register) -> None:
    settle(register)
    register.remove_document(PLAN.document.id, at=at(2), by="x")
    assert register.issues(settled=True) == ()
    PLAN.put(register, 3)
    assert register.issues() == ()
    assert len(register.issues(settled=True)) == 1


def test_a_doubt_nobody_knows(register: Register) -> None:
    for reference in ("ffff", "f", ""):
        with pytest.raises(NotFoundError, match="no doubt has the id"):
            register.settle_issue(reference, Settled.RESOLVED, at=at(), by="x")
    (found,) = register.issues()
    assert register.settle_issue(found.id[:6], Settled.RESOLVED, at=at(), by="x").id == found.id
