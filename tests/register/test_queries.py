from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deedline.errors import NotFoundError
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.register import ItemQuery, Order, Register, StoredItem, queries
from tests.register.making import NOON, Entry, made

LATER = [
    Entry("發展局在2025年年底前設立電子存檔系統", ("發展局", "xx/dev"), ("2025年年底前", date(2025, 12, 31))),
    Entry("推出海濱長廊，符合進度", None, None, ("符合進度", StatusCode.ON_SCHEDULE), {"kind": ItemKind.INDICATOR}),
    Entry("Review the Harbour Bylaw", None, None, None, {"number": "38", "batch": "new"}),
]
EARLIER = [Entry("發展局在2024年內檢討１２號條例", ("發展局", "xx/dev"), ("2024年內", date(2024, 12, 31)))]


@pytest.fixture
def filled(register: Register) -> Register:
    made(LATER, name="b.txt", dated=date(2024, 10, 16)).put(register)
    made(EARLIER, name="a.txt", dated=date(2023, 10, 25)).put(register)
    return register


def texts(register: Register, **query: object) -> list[str]:
    found = [stored.item.text[:4] for stored in register.items(ItemQuery(**query))]  # type: ignore[arg-type]
    assert register.count_items(ItemQuery(**query)) == len(found)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["發展局在", "發展局在", "推出海濱", "Revi"]),
        ({"kind": ItemKind.INDICATOR}, ["推出海濱"]),
        ({"body": "xx/dev"}, ["發展局在", "發展局在"]),
        ({"body": "xx/de"}, []),
        ({"due_before": date(2024, 12, 31)}, ["發展局在"]),
        ({"due_after": date(2024, 12, 31)}, ["發展局在", "發展局在"]),
        ({"due_after": date(2025, 1, 1), "body": "xx/dev"}, ["發展局在"]),
        ({"status": StatusCode.ON_SCHEDULE}, ["推出海濱"]),
        ({"number": "38"}, ["Revi"]),
        ({"batch": "new", "kind": ItemKind.MEASURE}, ["Revi"]),
        ({"text": "存檔"}, ["發展局在"]),  # two characters, which FTS5's trigrams would not find
        ({"text": "电子存档系统"}, ["發展局在"]),  # Simplified finds Traditional
        ({"text": "廊"}, ["推出海濱"]),
        ({"text": "12號"}, ["發展局在"]),  # half width finds full width
        ({"text": "harbour review"}, ["Revi"]),
        ({"text": "view the"}, ["Revi"]),
        ({"text": "海濱 存檔"}, []),
        ({"text": '"; drop table items --'}, []),
        ({"text": "%"}, []),
        ({"text": "  "}, ["發展局在", "發展局在", "推出海濱", "Revi"]),
    ],
)
def test_each_filter_narrows(filled: Register, query: dict[str, object], expected: list[str]) -> None:
    assert texts(filled, **query) == expected


def test_one_document(filled: Register) -> None:
    assert texts(filled, document=filled.find_document("a.txt").id) == ["發展局在"]


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("body", [None, "xx/dev"])
def test_pages_join_to_the_whole_list(filled: Register, order: Order, body: str | None) -> None:
    whole = [stored.id for stored in filled.items(ItemQuery(order=order, body=body))]
    paged: list[str] = []
    while page := list(filled.items(ItemQuery(order=order, body=body, limit=1, after=paged[-1] if paged else None))):
        paged.extend(stored.id for stored in page)
    assert paged == whole
    assert order is not Order.ID or whole == sorted(whole)


def test_a_page_by_day_after_an_item_without_one_is_an_error(filled: Register) -> None:
    (bylaw,) = filled.items(ItemQuery(number="38"))
    with pytest.raises(NotFoundError, match="begin it again"):
        list(filled.items(ItemQuery(order=Order.DUE, after=bylaw.id)))


def test_a_page_after_no_item_is_an_error(filled: Register) -> None:
    with pytest.raises(NotFoundError, match="begin it again"):
        list(filled.items(ItemQuery(after="gone")))


def test_an_item_is_found_by_the_beginning_of_its_id(filled: Register) -> None:
    for stored in filled.items():
        assert filled.item(stored.id) == filled.item(stored.id[:8]) == stored
    with pytest.raises(NotFoundError, match="at least"):
        filled.item(stored.id[:2])
    with pytest.raises(NotFoundError, match="deedline items"):
        filled.item("0000000000000000")


def test_parents_are_told_by_id(register: Register) -> None:
    plan = made(["一項建議", "其中一點"])
    first, second = plan.finding.items
    put = plan.with_items(first, replace(second, parent=first.key)).put(register)
    assert [stored.parent_id for stored in register.items()] == [None, put.added[0]]
    assert texts(register, parent=put.added[0]) == ["其中一點"]
    assert texts(register, parent=put.added[1]) == []


WORDS = st.text(alphabet="電子存檔aB1，", min_size=1, max_size=8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lines=st.lists(WORDS, min_size=1, max_size=6), asked=st.lists(WORDS, max_size=3))
def test_search_finds_exactly_what_holds_every_word(register: Register, lines: list[str], asked: list[str]) -> None:
    plan = made([Entry(line, more={"key": str(n)}) for n, line in enumerate(lines)])
    put = plan.put(register)
    expected = [i for i, line in zip(put.added, lines, strict=True) if all(w.lower() in line.lower() for w in asked)]
    assert [stored.id for stored in register.items(ItemQuery(text=" ".join(asked)))] == expected
    register.undo(at=NOON, by="test")


DAYS = st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 4))
KINDS = st.sampled_from([ItemKind.MEASURE, ItemKind.INDICATOR])
BODIES = st.sampled_from([None, "xx/a", "xx/b"])
ITEMS = st.lists(st.tuples(KINDS, BODIES, DAYS), min_size=1, max_size=8)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    held=st.lists(ITEMS, min_size=1, max_size=3),
    asked=st.tuples(st.none() | KINDS, BODIES, DAYS, DAYS),
    order=st.sampled_from(Order),
    few=st.sampled_from([0, 5_000]),
)
def test_however_a_list_is_found_it_is_the_same(
    register: Register,
    held: list[list[tuple[ItemKind, str | None, date | None]]],
    asked: tuple[ItemKind | None, str | None, date | None, date | None],
    order: Order,
    few: int,
) -> None:
    """By kind, body and days: an index of few rows, or the documents in their order, find what is there."""
    for number, items in enumerate(held):
        lines = [
            Entry(
                f"{number} {place} a",
                ("a", body) if body else None,
                (str(place), day) if day else None,
                None,
                {"kind": kind},
            )
            for place, (kind, body, day) in enumerate(items)
        ]
        made(lines, f"{number}.txt", date(2025, 1, 1 + number % 2)).put(register)
    kind, body, first, last = asked
    query = ItemQuery(kind=kind, body=body, due_after=first, due_before=last, order=order)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(queries, "_FEW", few)
        found = list(register.items(query))
        paged: list[StoredItem] = []
        while page := list(register.items(replace(query, limit=3, after=paged[-1].id if paged else None))):
            paged += page
        counts = register.count_items(query), register.count_items(query, most=2)
    expected = [
        one
        for one in register.items()
        if kind in (None, one.item.kind)
        and body in (None, *(mention.body_id for mention in one.item.bodies))
        and (one.item.due is not None or not (first or last or order is Order.DUE))
        and (one.item.due is None or (first or date.min) <= one.item.due <= (last or date.max))
    ]
    if order is not Order.DOCUMENT:
        expected.sort(key=lambda one: (str(one.item.due) if order is Order.DUE else "", one.id))
    assert found == paged == expected
    assert counts[0] == len(found)
    assert counts[1] >= min(2, len(found))
    for _ in held:
        register.undo(at=NOON, by="test")
