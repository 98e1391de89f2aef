"""Canada's register of bodies holds together, every title is read back, and titles follow the date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from deedline.find.bodies import listed_bodies, names_from
from deedline.knowledge.bodies import bodies_of
from deedline.knowledge.body_forms import printed_forms
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.body import Body

CA = jurisdiction("ca")
INDEX = bodies_of(CA)
TODAY = date(2025, 9, 1)


def a_day_in(body: Body) -> date:
    """A day on which the title is held."""
    return body.valid_until or max(body.valid_from or TODAY, TODAY)


def test_every_body_says_what_it_is_and_where_that_comes_from() -> None:
    assert [body.id for body in INDEX.bodies if not (body.name_en and body.source and body.id.startswith("ca/"))] == []


@pytest.mark.parametrize("body", INDEX.bodies, ids=lambda body: body.id)
def test_every_title_is_read_back_as_an_owner(body: Body) -> None:
    for form in printed_forms(body):
        found = listed_bodies(passage_of(form), a_day_in(body), CA)
        assert [mention.body_id for mention in found.mentions] == [body.id], form
        assert found.doubts == (), form


@pytest.mark.parametrize("body", [body for body in INDEX.bodies if body.kind == "office"], ids=lambda body: body.id)
def test_every_title_is_read_back_among_others(body: Body) -> None:
    words = f"with the support of the {body.name_en}, the Minister of Veterans Affairs and provinces"
    wanted = list(dict.fromkeys((body.id, "ca/minister-of-veterans-affairs")))
    found = names_from(passage_of(words), len("with the support of"), a_day_in(body), CA)
    assert [mention.body_id for mention in found] == wanted


def test_successors_are_sworn_in_when_titles_end() -> None:
    wrong = [
        (body.id, heir)
        for body in INDEX.bodies
        for heir in body.successors
        if body.valid_until and (INDEX.by_id[heir].valid_from or date.min) > body.valid_until + timedelta(61)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2021, 10, 25), "ca/minister-of-infrastructure-2015"),
        (date(2023, 7, 25), "ca/minister-of-intergovernmental-infrastructure"),
        (date(2023, 7, 26), "ca/minister-of-housing-2023"),
        (TODAY, "ca/minister-of-housing"),
    ],
)
def test_infrastructure_went_from_title_to_title(day: date, wanted: str) -> None:
    assert [body.id for body in INDEX.successors("ca/minister-of-infrastructure-2015", day)] == [wanted]


def test_terms_meet_without_a_gap() -> None:
    for earlier, later in zip(CA.terms, CA.terms[1:], strict=False):
        assert later.start == earlier.end + timedelta(1)


def test_no_term_is_longer_than_the_law_allows() -> None:
    assert [term.name for term in CA.terms if not timedelta(0) < term.end - term.start <= timedelta(5 * 366)] == []
