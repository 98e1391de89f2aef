"""What a person holds, and what waits for a person."""

from __future__ import annotations

from datetime import date

import pytest

from deedline.errors import InputError, NotFoundError
from deedline.model.item import ItemKind
from deedline.model.link import LinkState, Relation
from deedline.operations import Held, doubts, judge, relation_of
from deedline.register import Register
from tests.operations.town import AT, Tags, edition, ids, line, linked, submission

OLD = edition("old", date(2023, 10, 1), "興建圖書館 #a", "維修行人路 ?b")
NEW = edition("new", date(2024, 10, 1), "圖書館啟用 #a", "行人路完工 #b", "增設單車徑 ?c")
ASKED = submission("asked", date(2024, 8, 1), "應增設單車徑 #c")
LIBRARY, PATHS, CYCLES = (
    ("圖書館啟用 #a", "興建圖書館 #a"),
    ("行人路完工 #b", "維修行人路 ?b"),
    ("應增設單車徑 #c", "增設單車徑 ?c"),
)


@pytest.fixture(autouse=True)
def _town(register: Register) -> None:
    for document in (OLD, NEW, ASKED):
        document.put(register)
    linked(register, Tags())


def test_doubts_wait_for_a_person_until_judged(register: Register) -> None:
    found = {(doubt.source.item.text, doubt.target.item.text) for doubt in doubts(register)}
    assert found == {PATHS, CYCLES}
    by_text = ids(register)
    first = next(iter(doubts(register, relations=["same"])))
    judge(register, Held(first.link.from_id, first.link.to_id, Relation.NEXT, LinkState.ACCEPTED), at=AT, by="me")
    assert [doubt.source.id for doubt in doubts(register)] == [by_text[CYCLES[0]]]
    (link,) = register.links(by_text[PATHS[0]])
    assert (link.relation, link.state) == ("next", LinkState.ACCEPTED)


def test_doubts_of_one_document(register: Register) -> None:
    assert [doubt.source.item.text for doubt in doubts(register, document="asked")] == [CYCLES[0]]


@pytest.mark.parametrize(
    ("source", "target", "relation", "said"),
    [
        ("圖書館啟用 #a", "行人路完工 #b", Relation.SAME, "stand in one document"),
        ("圖書館啟用 #a", "應增設單車徑 #c", Relation.RELATED, "leads to a measure or an indicator"),
        ("圖書館啟用 #a", "興建圖書館 #a", Relation.ANSWERS, "from a proposal to a measure"),
        ("應增設單車徑 #c", "增設單車徑 ?c", Relation.NEXT, "from a later commitment"),
    ],
)
def test_a_relation_leads_where_it_can(
    register: Register, source: str, target: str, relation: Relation, said: str
) -> None:
    by_text = ids(register)
    with pytest.raises(InputError, match=said):
        judge(register, Held(by_text[source], by_text[target], relation, LinkState.ACCEPTED), at=AT, by="me")
    assert register.judgements() == ()


@pytest.mark.parametrize("state", [LinkState.ACCEPTED, LinkState.REJECTED])
def test_what_an_edition_carries_over_is_doubted_and_judged(register: Register, state: LinkState) -> None:
    carried = line("碼頭停泊一百艘船 ?z", ItemKind.INDICATOR, batch="carried")
    edition("more", date(2025, 10, 1), "擴建碼頭 #z", carried).put(register)
    linked(register, Tags())
    (doubt,) = doubts(register, document="more")
    ends = doubt.link.from_id, doubt.link.to_id
    judge(register, Held(*ends, Relation.SAME, state), at=AT, by="me")
    assert list(doubts(register, document="more")) == []
    (link,) = register.links(ends[0])
    assert link.state is state
    with pytest.raises(InputError, match="stand in one document"):
        judge(register, Held(ends[1], ends[0], Relation.SAME, state), at=AT, by="me")


def test_an_item_nobody_knows_is_not_judged(register: Register) -> None:
    with pytest.raises(NotFoundError):
        judge(register, Held("ffff", "eeee", Relation.SAME, LinkState.ACCEPTED), at=AT, by="me")


def test_the_relation_is_the_machines_unless_a_person_names_one(register: Register) -> None:
    by_text = ids(register)
    pair = by_text[LIBRARY[0]][:10], by_text[LIBRARY[1]]
    assert relation_of(register, *pair, None) is Relation.SAME
    assert relation_of(register, *pair, Relation.RELATED) is Relation.RELATED
    with pytest.raises(InputError, match="--relation"):
        relation_of(register, by_text["圖書館啟用 #a"], by_text["維修行人路 ?b"], None)
