"""Numbers repaired by their neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.find.numbering import repair_numbers


@pytest.mark.parametrize(
    ("printed", "meant", "doubts"),
    [
        ([1, 2, 3], [1, 2, 3], {}),
        ([48, 50, 50, 51], [48, 49, 50, 51], {1: "misprinted-number"}),
        ([1, 2, 4, 4, 5], [1, 2, 3, 4, 5], {2: "misprinted-number"}),
        ([12, 31, 14], [12, 13, 14], {1: "misprinted-number"}),
        ([10, 1, 12], [10, 11, 12], {1: "misprinted-number"}),
        ([5, 2, 3, 4], [1, 2, 3, 4], {0: "misprinted-number"}),
        ([1, 2, 2], [1, 2, 3], {2: "misprinted-number"}),
        ([1, 2, None, 4], [1, 2, 3, 4], {2: "missing-number"}),
        ([None, 2, 3], [1, 2, 3], {0: "missing-number"}),
        ([1, 2, None], [1, 2, 3], {2: "missing-number"}),
        ([1, None, 2], [1, None, 2], {1: "missing-number"}),
        ([1, 2, 3, 3, 4], [1, 2, 3, 3, 4], {3: "repeated-number"}),
        ([1, 2, 3, 5, 6], [1, 2, 3, 5, 6], {3: "number-gap"}),
        ([1, 3, 7, 12], [1, 3, 7, 12], {}),
        ([76, 77, 1, 2], [76, 77, 1, 2], {}),
        ([], [], {}),
    ],
)
def test_numbers_are_repaired_by_their_neighbours(
    printed: list[int | None], meant: list[int | None], doubts: dict[int, str]
) -> None:
    numbers = repair_numbers(printed)
    assert [number.meant for number in numbers] == meant
    assert {i: number.doubt for i, number in enumerate(numbers) if number.doubt} == doubts


@given(st.integers(1, 50), st.integers(4, 60), st.data())
def test_one_number_lost_or_misprinted_inside_a_table_is_restored(start: int, length: int, data: st.DataObject) -> None:
    true = list(range(start, start + length))
    at = data.draw(st.integers(1, length - 2))
    wrong = data.draw(st.none() | st.integers(1, 200).filter(lambda n: n not in (true[at], 1)))
    printed = [*true[:at], wrong, *true[at + 1 :]]
    numbers = repair_numbers(printed)
    assert [number.meant for number in numbers] == true
    assert numbers[at].doubt == ("missing-number" if wrong is None else "misprinted-number")
