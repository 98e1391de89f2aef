"""What is told of a register without one scene of it is what the scene would tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deedline.errors import NotFoundError, TooLargeError
from deedline.model.body import Body
from deedline.model.item import ItemKind
from deedline.operations import (
    BodyHeld,
    DueQuery,
    Followed,
    at_most,
    bodies_counted,
    compare_editions,
    due_page,
    is_large,
    leafing,
    overview,
    scene,
    standings,
)
from deedline.operations.tracking import waits
from deedline.register import Register
from tests.operations.town import Tags, edition, ids, line, linked, submission
from tests.register.making import Entry as Line

DAYS = {"2023年底前": date(2023, 12, 31), "2024年底前": date(2024, 12, 31), "2025年中": date(2025, 6, 30)}


def measure(text: str, **more: Any) -> Line:
    when = next(words for words in DAYS if words in text)
    return line(text, due=(when, DAYS[when]), **more)


@pytest.fixture
def town(register: Register) -> Register:
    edition("old", date(2023, 10, 1), measure("工務局在2023年底前興建圖書館 #a"), measure("在2024年底前修路 #b")).put(
        register
    )
    edition(
        "new",
        date(2024, 10, 1),
        measure("工務局在2024年底前興建圖書館 #a"),
        measure("在2024年底前修路 #b"),
        measure("工務局在2023年底前種樹"),
        measure("工務局在2025年中鋪草"),
        "增設單車徑 #c",
        measure("在2025年中應興建碼頭", kind=ItemKind.RECOMMENDATION),
    ).put(register)
    submission("asked", date(2024, 8, 1), "應增設單車徑 #c").put(register)
    linked(register, Tags())
    return register


def leafed(register: Register, day: date | None, asked: DueQuery) -> list[Followed]:
    """All pages together; no page is longer than asked for."""
    found: list[Followed] = []
    after = None
    while True:
        page = due_page(
            register, DueQuery(asked.within, asked.body, asked.past, after, asked.limit, asked.language), day
        )
        assert len(page.found) <= asked.limit
        found += page.found
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("day", [None, date(2023, 12, 1), date(2025, 7, 1), date(1, 1, 1), date.max])
@pytest.mark.parametrize("body", [None, "town/works", "town/none"])
@pytest.mark.parametrize("read", [300, 2])
def test_pages_join_to_what_the_scene_tells(
    town: Register, day: date | None, body: str | None, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leafing, "_MOST_READ", read)
    for within in (90, 300):
        known = scene(town, day)
        whole = [
            each
            for each in standings(known, within=within)
            if waits(each) and (body is None or any(mention.body_id == body for mention in each.entry.item.bodies))
        ]
        whole.sort(key=lambda each: (str(each.standing.due), each.entry.id))
        for past in (False, True):
            expected = [each for each in whole if ((each.standing.days or 0) < 0) is past]
            for limit in (1, 2, 60):
                assert leafed(town, day, DueQuery(within, body, past, limit=limit)) == expected


def test_a_page_after_what_never_falls_due_is_an_error(town: Register) -> None:
    for after in ("ffffffffffffffff", ids(town)["增設單車徑 #c"]):
        with pytest.raises(NotFoundError, match="begin it again"):
            due_page(town, DueQuery(after=after))


def test_bodies_are_counted_by_what_names_them(town: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    works = Body("town/works", "工務局", "", "")
    monkeypatch.setattr(leafing, "bodies_held", lambda _: (BodyHeld(works, (), 5),))
    day, (counted,) = bodies_counted(town, within=100)
    assert day == date(2024, 10, 1)
    assert (counted.commitments, counted.ahead, counted.past) == (4, 1, 2)


def test_a_large_register_is_summed_up_by_its_newest_editions(town: Register) -> None:
    whole = overview(town)
    with at_most(8):
        assert is_large(town)
        seen = overview(town)
        assert not seen.whole
        assert seen.editions[0] == whole.editions[0]
        assert seen.editions[0].fates
        assert [each.edition for each in seen.editions] == [each.edition for each in whole.editions]
        assert (seen.reports, seen.submissions) == (whole.reports, whole.submissions)
        assert [each.entry for each in seen.waiting] == [each.entry for each in whole.waiting]
        one, other = (each.edition.id for each in seen.editions)
        compared = compare_editions(town, one, other)
    assert compared == compare_editions(town, one, other)
    with at_most(7):
        assert not overview(town, date(2024, 10, 2)).editions[0].fates
        with pytest.raises(TooLargeError):
            compare_editions(town, one, other)
