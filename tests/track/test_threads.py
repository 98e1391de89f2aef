"""Links that hold make one undertaking across editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from deedline.model.item import ItemKind
from deedline.model.link import LinkState, Relation
from deedline.model.values import Deadline, DeadlineKind
from deedline.track.threads import make_threads
from tests.track.undertakings import entry, link

ENTRIES = [
    entry("a1", due=date(2025, 12, 31)),
    entry("a2"),
    entry("b1", due=date(2025, 12, 31)),
    entry("b2"),
    entry("b3", kind=ItemKind.INDICATOR),
    entry("c1", due=date(2026, 6, 30)),
]


def test_three_editions_make_one_thread_with_its_slippage() -> None:
    (thread,) = make_threads(ENTRIES, [link("b1", "a1"), link("c1", "b1")])
    assert [step.entry.id for step in thread.steps] == ["a1", "b1", "c1"]
    assert [step.moved for step in thread.steps] == [None, 0, 181]
    assert (thread.id, thread.slipped) == ("a1", 181)


def test_a_rejected_or_doubted_link_joins_nothing() -> None:
    links = [link("b1", "a1", state=LinkState.REJECTED), link("c1", "b1", sure=False)]
    assert make_threads(ENTRIES, links) == ()


def test_an_accepted_link_joins_however_doubtful() -> None:
    assert len(make_threads(ENTRIES, [link("c1", "b1", sure=False, state=LinkState.ACCEPTED)])) == 1


def test_related_items_are_not_one_undertaking() -> None:
    assert make_threads(ENTRIES, [link("b1", "a1", Relation.RELATED)]) == ()


def test_a_next_stage_is_no_slippage() -> None:
    (thread,) = make_threads(ENTRIES, [link("c1", "b1", Relation.NEXT)])
    assert thread.slipped is None


def test_merges_and_splits_are_kept_as_such() -> None:
    (merged,) = make_threads(ENTRIES, [link("b1", "a1"), link("b1", "a2")])
    assert (merged.merges, merged.splits) == (("b1",), ())
    (split,) = make_threads(ENTRIES, [link("b1", "a1"), link("b2", "a1")])
    assert (split.merges, split.splits) == ((), ("a1",))


def test_a_measure_and_an_indicator_of_one_document_are_no_split() -> None:
    (thread,) = make_threads(ENTRIES, [link("b1", "a1"), link("b3", "a1")])
    assert thread.splits == ()


@given(st.permutations(ENTRIES), st.permutations([link("b1", "a1"), link("c1", "b1"), link("b2", "a2")]))
def test_the_order_of_what_comes_in_changes_nothing(entries: list, links: list) -> None:
    assert make_threads(entries, links) == make_threads(ENTRIES, [link("b1", "a1"), link("c1", "b1"), link("b2", "a2")])


def test_a_first_part_is_no_slippage_of_the_whole() -> None:
    whole = [entry("a1", due=date(2025, 12, 31)), entry("c1", due=date(2025, 12, 31))]
    day = date(2024, 12, 31)
    limit = Deadline("在2024年內", (), DeadlineKind.IN, None, day, "year", True, "test")
    plain = entry("b1", due=day, deadlines=(limit,))
    part = replace(plain, item=replace(plain.item, text="推展百項計劃，在2024年內推出當中20項。"))
    (thread,) = make_threads([*whole, part], [link("b1", "a1"), link("c1", "b1"), link("c1", "a1")])
    assert [step.moved for step in thread.steps] == [None, None, 0]
    assert thread.slipped == 0
