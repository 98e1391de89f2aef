"""Pairing without a model: any items, any likeness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.model.entry import Entry
from deedline.model.item import Item, ItemKind
from deedline.model.pairing import ItemPairs
from deedline.model.text import Span
from deedline.model.values import (
    Basis,
    Comparator,
    Deadline,
    DeadlineKind,
    Mention,
    Quantity,
    Report,
    Role,
    StatusCode,
)
from deedline.pair.align import align, left_over, windows
from deedline.pair.folding import Side
from deedline.pair.pair import Fits, pair_items

_SPAN = (Span(0, 3),)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """An item with values of every sort, or none."""
    kind = draw(st.sampled_from(ItemKind))
    days = draw(st.lists(st.dates(date(2025, 1, 1), date(2035, 1, 1)), max_size=2))
    values = draw(st.lists(st.integers(1, 500), max_size=2))
    bodies = draw(st.lists(st.sampled_from(["town/a", "town/b", "town/c"]), max_size=2, unique=True))
    status = draw(st.none() | st.sampled_from(StatusCode))
    text = draw(st.text("abcd ", min_size=1, max_size=40))
    by = [Deadline(f"by {day}", _SPAN, DeadlineKind.BY, None, day, "day", True, "day") for day in days]
    of = [
        Quantity(f"{n} km", _SPAN, Comparator.EQUAL, float(n), "km", Basis.TARGET, "measure") for n in values
    ]  # fmt: skip
    roles = [Role.LEAD, Role.JOINT]
    report = Report(None, status, "said", "", (), _SPAN) if status else None
    return Item(
        key=text,
        kind=kind,
        text=text,
        spans=_SPAN,
        lines=(1, 1),
        path=(draw(st.sampled_from(["x", "y"])),),
        number=draw(st.none() | st.sampled_from(["1", "2"])),
        bodies=tuple(Mention(b, _SPAN, b, b, role, "list") for b, role in zip(bodies, roles, strict=False)),
        deadlines=tuple(by),
        quantities=tuple(of),
        report=report,
    )


def side(name: str, held: Sequence[Item]) -> Side:
    numbers = [frozenset(quantity.value for quantity in item.quantities) for item in held]
    return Side([Entry(f"{name}{n}", name, None, item) for n, item in enumerate(held)], numbers)


def alike(count: int, other: int) -> list[list[float]]:
    """Each item like itself, and like no other."""
    return [[0.9 if row == column else 0.1 for column in range(other)] for row in range(count)]


def ids(found: ItemPairs) -> list[tuple[str, str]]:
    assert all(len(pair.one) == len(pair.other) == 1 for pair in found.pairs)
    return [(pair.one[0], pair.other[0]) for pair in found.pairs]


HELD = st.lists(items(), max_size=8)


@given(HELD)
def test_a_document_beside_itself_is_itself_without_a_difference(held: list[Item]) -> None:
    found = pair_items(side("a", held), side("b", held), alike(len(held), len(held)))
    assert ids(found) == [(f"a{n}", f"b{n}") for n in range(len(held))]
    assert found.discrepancies == ()
    assert (found.only_one, found.only_other, dict(found.counts)) == ((), (), {})


@given(HELD, st.data())
def test_what_one_edition_drops_is_all_that_is_missing(held: list[Item], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(held))), unique=True).map(sorted)) if held else []
    like = [[0.9 if row == column else 0.1 for column in kept] for row in range(len(held))]
    found = pair_items(side("a", held), side("b", [held[n] for n in kept]), like)
    assert ids(found) == [(f"a{n}", f"b{place}") for place, n in enumerate(kept)]
    assert [each.one.item_id for each in found.discrepancies if each.one] == list(found.only_one)
    assert {each.code.value for each in found.discrepancies} <= {"missing"}
    assert list(found.only_one) == [f"a{n}" for n in range(len(held)) if n not in kept]
    assert found.only_other == ()


@given(HELD, HELD, st.data())
def test_every_item_is_in_one_pair_or_in_none(one: list[Item], other: list[Item], data: st.DataObject) -> None:
    cells = st.floats(0, 1, width=16)
    row = st.lists(cells, min_size=len(other), max_size=len(other))
    like = data.draw(st.lists(row, min_size=len(one), max_size=len(one)))
    found = pair_items(side("a", one), side("b", other), like)
    again = pair_items(side("a", one), side("b", other), like)
    assert found == again
    first = [*(item for pair in found.pairs for item in pair.one), *found.only_one]
    second = [*(item for pair in found.pairs for item in pair.other), *found.only_other]
    assert sorted(first) == sorted(f"a{n}" for n in range(len(one)))
    assert sorted(second) == sorted(f"b{n}" for n in range(len(other)))


@given(st.lists(st.lists(st.floats(-1, 1, width=16), min_size=5, max_size=5), min_size=1, max_size=6))
def test_the_best_path_keeps_the_order_and_uses_nothing_twice(table: list[list[float]]) -> None:
    def fit(rows: tuple[int, ...], columns: tuple[int, ...]) -> float:
        return table[rows[0]][columns[0]] if len(rows) == len(columns) == 1 else -1.0

    steps = align(windows([[0.0] * 5 for _ in table], 5), 5, fit)
    assert all(step.score > 0 for step in steps)
    assert [step.one for step in steps] == sorted({step.one for step in steps})
    assert [step.other for step in steps] == sorted({step.other for step in steps})
    left, free = left_over(steps, (len(table), 5))
    assert (len(left), len(free)) == (len(table) - len(steps), 5 - len(steps))


def test_two_items_that_the_other_edition_prints_as_one_stand_beside_it() -> None:
    def item(text: str, *figures: float) -> Item:
        of = [Quantity(f"{n} km", _SPAN, Comparator.EQUAL, n, "km", Basis.TARGET, "measure") for n in figures]
        body = (Mention("A", _SPAN, "town/a", "A", Role.LEAD, "list"),)
        return Item(text, ItemKind.MEASURE, text, _SPAN, (1, 1), ("x",), bodies=body, quantities=tuple(of))

    one = side("a", [item("build a road of 5 km and a tunnel of 7 km", 5.0, 7.0), item("plant trees", 90.0)])
    other = side("b", [item("a road of 5 km", 5.0), item("a tunnel of 7 km", 7.0), item("plant trees", 90.0)])
    found = pair_items(one, other, [[0.6, 0.6, 0.1], [0.1, 0.1, 0.7]])
    assert [(pair.one, pair.other) for pair in found.pairs] == [(("a0",), ("b0", "b1")), (("a1",), ("b2",))]
    assert found.discrepancies == ()


def test_an_item_that_fits_two_is_in_doubt() -> None:
    def item(text: str) -> Item:
        return Item(text, ItemKind.MEASURE, text, _SPAN, (1, 1), ("x",))

    found = pair_items(side("a", [item("one")]), side("b", [item("two"), item("six")]), [[0.6, 0.59]])
    assert [pair.sure for pair in found.pairs] == [False]


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 400), st.data())
def test_narrowed_ranges_are_bounded_and_run_on(rows: int, count: int, most: int, data: st.DataObject) -> None:
    cells = st.floats(0, 1, width=16)
    like = data.draw(st.lists(st.lists(cells, min_size=count, max_size=count), min_size=rows, max_size=rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("deedline.pair.align._MOST_CELLS", most)
        found = windows(like, count)
    assert sum(high - low for low, high in found) <= max(most, rows * 8)
    assert all(0 <= low <= high <= count for low, high in found)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(found))


def test_documents_that_share_nothing_are_not_tried_item_by_item(monkeypatch: pytest.MonkeyPatch) -> None:
    count, tried = 120, set[tuple[int, int]]()
    monkeypatch.setattr("deedline.pair.align._MOST_CELLS", 900)
    kept = Fits.alone

    def alone(fits: Fits, row: int, column: int) -> float:
        tried.add((row, column))
        return kept(fits, row, column)

    monkeypatch.setattr(Fits, "alone", alone)
    held = [Item(f"{n}", ItemKind.MEASURE, f"{n}", _SPAN, (1, 1), ("x",)) for n in range(count)]
    found = pair_items(side("a", held), side("b", held), [[0.0] * count for _ in range(count)])
    assert found.pairs == ()
    assert len(tried) <= 900 + 12 * count < count * count


def test_what_stands_far_away_is_still_found_among_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deedline.pair.align._MOST_CELLS", 100)
    count = 60
    held = [Item(f"{n}", ItemKind.MEASURE, f"{n}", _SPAN, (1, 1), ("x",)) for n in range(count)]
    like = [[0.9 if column == (row + 30) % count else 0.0 for column in range(count)] for row in range(count)]
    found = pair_items(side("a", held), side("b", held), like)
    assert sorted(ids(found)) == sorted((f"a{n}", f"b{(n + 30) % count}") for n in range(count))
