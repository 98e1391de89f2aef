"""Undertakings at a day, and two editions side by side."""

from __future__ import annotations

from datetime import date

import pytest

from deedline.errors import InputError, NotFoundError
from deedline.model.link import LinkState, Relation
from deedline.operations import (
    FateCode,
    Held,
    compare_editions,
    due,
    judge,
    newest_day,
    scene,
    slippage,
    standings,
    thread,
)
from deedline.register import Register
from tests.operations.town import AT, Tags, edition, ids, line, linked, submission

OLD = edition(
    "old",
    date(2023, 10, 1),
    line("工務局在2023年底前興建圖書館 #a", due=("2023年底前", date(2023, 12, 31))),
    line("在2024年底前維修行人路 #b", due=("2024年底前", date(2024, 12, 31))),
    line("在2023年內種樹", due=("2023年內", date(2023, 12, 31))),
)
NEW = edition(
    "new",
    date(2024, 10, 1),
    line("工務局在2024年底前興建圖書館 #a", due=("2024年底前", date(2024, 12, 31))),
    line("在2024年底前維修行人路 #b", due=("2024年底前", date(2024, 12, 31))),
    "增設單車徑 #c",
)


@pytest.fixture(autouse=True)
def _town(register: Register) -> None:
    OLD.put(register)
    NEW.put(register)
    submission("asked", date(2024, 8, 1), "應增設單車徑 #c").put(register)
    linked(register, Tags())


def codes(register: Register, as_of: date | None = None, within: int = 90) -> dict[str, str]:
    found = standings(scene(register, as_of), within=within)
    return {each.entry.item.text: each.standing.code.value for each in found}


def test_the_day_is_that_of_the_newest_document(register: Register) -> None:
    assert newest_day(register) == date(2024, 10, 1)
    assert scene(register).as_of == date(2024, 10, 1)
    assert scene(register, date(2030, 1, 1)).as_of == date(2030, 1, 1)


def test_every_commitment_stands_somewhere_and_no_proposal_does(register: Register) -> None:
    assert codes(register, within=30) == {
        "工務局在2023年底前興建圖書館 #a": "no_report",
        "在2024年底前維修行人路 #b": "not_yet_due",
        "在2023年內種樹": "no_report",
        "工務局在2024年底前興建圖書館 #a": "not_yet_due",
        "增設單車徑 #c": "undated",
    }


def test_what_falls_due_is_what_the_newest_edition_says(register: Register) -> None:
    found = due(scene(register), within=100)
    assert [(each.entry.item.text, each.restated) for each in found] == [
        ("在2023年內種樹", False),
        *sorted(
            [("工務局在2024年底前興建圖書館 #a", False), ("在2024年底前維修行人路 #b", False)],
            key=lambda pair: ids(register)[pair[0]],
        ),
    ]
    assert [each.entry.item.text for each in due(scene(register), within=100, body="town/works")] == [
        "工務局在2024年底前興建圖書館 #a"
    ]
    assert all(each.standing.code == "due_soon" for each in due(scene(register), within=100, past=False))


def test_on_an_earlier_day_later_documents_are_not_known(register: Register) -> None:
    known = scene(register, date(2024, 1, 15))
    assert [document.name for document in known.documents.values()] == ["old.txt"]
    assert known.threads == ()
    assert {each.entry.item.text for each in due(known, within=30)} == {
        "工務局在2023年底前興建圖書館 #a",
        "在2023年內種樹",
    }


def test_a_thread_tells_its_history_from_any_of_its_items(register: Register) -> None:
    by_text = ids(register)
    known = scene(register)
    first, last = by_text["工務局在2023年底前興建圖書館 #a"], by_text["工務局在2024年底前興建圖書館 #a"]
    found = thread(known, last[:10])
    assert found == thread(known, first)
    assert found.thread is not None
    assert [step.entry.id for step in found.steps] == [first, last]
    assert [step.restated for step in found.steps] == [True, False]
    assert found.thread.slipped == 366
    alone = thread(known, by_text["增設單車徑 #c"])
    assert (alone.thread, len(alone.steps)) == (None, 1)
    with pytest.raises(NotFoundError, match="no item has that id"):
        thread(known, "zzzz")
    with pytest.raises(NotFoundError, match="give the id of a measure"):
        thread(known, "")


def test_slippage_is_told_by_body(register: Register) -> None:
    (works,) = slippage(scene(register))
    assert (works.body_id, works.restated, works.later, works.unmoved, works.days_later) == ("town/works", 1, 1, 0, 366)


def test_a_rejected_link_parts_a_thread(register: Register) -> None:
    by_text = ids(register)
    pair = by_text["工務局在2024年底前興建圖書館 #a"], by_text["工務局在2023年底前興建圖書館 #a"]
    judge(register, Held(*pair, Relation.SAME, LinkState.REJECTED), at=AT, by="me")
    assert thread(scene(register), pair[0]).thread is None


def test_two_editions_are_compared_whichever_is_named_first(register: Register) -> None:
    found = compare_editions(register, "new", "old")
    assert (found.earlier.name, found.later.name, found.ordered) == ("old.txt", "new.txt", True)
    texts = {entry.id: entry.item.text for entry in found.entries}
    assert {texts[fate.entry_id]: fate.code for fate in found.comparison.earlier} == {
        "工務局在2023年底前興建圖書館 #a": FateCode.CHANGED,
        "在2024年底前維修行人路 #b": FateCode.CONTINUED,
        "在2023年內種樹": FateCode.NO_MENTION,
    }
    assert {texts[fate.entry_id] for fate in found.comparison.later if fate.code is FateCode.NEW} == {"增設單車徑 #c"}


def test_only_two_different_editions_compare(register: Register) -> None:
    with pytest.raises(InputError, match="same document"):
        compare_editions(register, "new.txt", NEW.document.id)
    with pytest.raises(InputError, match="no edition to compare"):
        compare_editions(register, "new", "asked")
