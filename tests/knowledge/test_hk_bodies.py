"""Hong Kong's register of bodies holds together, and every form in it is read back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from deedline.find.bodies import close_bodies
from deedline.knowledge.bodies import bodies_of
from deedline.knowledge.body_files import KINDS
from deedline.knowledge.body_forms import alive, printed_forms
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.body import Body

HK = jurisdiction("hk")
INDEX = bodies_of(HK)
REORGANISED = date(2022, 7, 1)


def a_day_in(body: Body) -> date:
    """A day on which the body exists."""
    return body.valid_until or max(body.valid_from or REORGANISED, date(2025, 1, 1))


def test_ids_are_unique_and_of_this_place() -> None:
    ids = [body.id for body in INDEX.bodies]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("hk/") and one == one.lower() for one in ids)


def test_every_body_says_what_it_is_and_where_that_comes_from() -> None:
    assert [body.id for body in INDEX.bodies if not (body.name_zh and body.name_en and body.source)] == []
    assert {body.kind for body in INDEX.bodies} <= KINDS


def test_parents_and_successors_exist_and_no_body_is_above_itself() -> None:
    for body in INDEX.bodies:
        above, steps = body, 0
        while above.parent is not None:
            above, steps = INDEX.by_id[above.parent], steps + 1
            assert steps < 5, body.id
        assert all(heir in INDEX.by_id for heir in body.successors)


def test_successors_start_when_what_they_follow_ends() -> None:
    wrong = [
        (body.id, heir)
        for body in INDEX.bodies
        for heir in body.successors
        if body.valid_until
        and INDEX.by_id[heir].valid_from
        and not (INDEX.by_id[heir].valid_from or date.max) <= body.valid_until + timedelta(1)
    ]
    assert wrong == []


def test_whatever_ended_is_followed_to_a_living_body() -> None:
    """Every bureau that ended has its work carried on by bodies of today."""
    for body in INDEX.bodies:
        if body.kind == "bureau" and body.valid_until:
            heirs = INDEX.successors(body.id)
            assert heirs, body.id
            assert all(alive(heir, None) for heir in heirs), body.id


def test_fifteen_bureaux_since_2022_and_thirteen_the_day_before() -> None:
    def bureaux(day: date) -> int:
        return sum(body.kind == "bureau" for body in INDEX.at(day))

    assert (bureaux(REORGANISED), bureaux(REORGANISED - timedelta(1)), bureaux(date(2010, 1, 1))) == (15, 13, 12)


@pytest.mark.parametrize("body", INDEX.bodies, ids=lambda body: body.id)
def test_every_form_is_accepted_in_a_closing_list(body: Body) -> None:
    day = a_day_in(body)
    for form in printed_forms(body):
        found = close_bodies(passage_of(f"推出計劃。({form})"), day, HK)
        assert [mention.body_id for mention in found.mentions] == [body.id], form
        assert found.doubts == (), form


@pytest.mark.parametrize(
    ("words", "day", "wanted"),
    [
        ("環境局", date(2022, 6, 30), "hk/enb"),
        ("環境局", REORGANISED, "hk/eeb"),
        ("創科局", date(2020, 1, 1), "hk/itb"),
        ("創科局", date(2024, 1, 1), "hk/itib"),
        ("房屋局", date(2000, 1, 1), "hk/housing-bureau-1997"),
        ("房屋局", date(2024, 1, 1), "hk/hb"),
        ("政制局", date(2005, 1, 1), "hk/cab"),
        ("FSTB", date(2024, 1, 1), "hk/fstb"),
    ],
)
def test_names_follow_the_date(words: str, day: date, wanted: str) -> None:
    found = INDEX.named(words, day)
    assert found is not None
    assert found.id == wanted
