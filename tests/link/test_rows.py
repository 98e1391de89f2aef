"""Short arrays end to end."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from deedline.link.rows import rows_of

ARRAYS = st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=6)


@given(ARRAYS, st.data())
def test_rows_come_back_as_they_were_given(arrays: list[list[int]], data: st.DataObject) -> None:
    rows = rows_of((np.array(each, np.int32) for each in arrays), np.int32)
    assert [rows[number].tolist() for number in range(len(rows))] == arrays
    chosen = data.draw(st.lists(st.integers(0, len(arrays) - 1), max_size=8))
    values, owner = rows.gather(np.array(chosen, np.int64))
    assert values.tolist() == [value for number in chosen for value in arrays[number]]
    assert owner.tolist() == [place for place, number in enumerate(chosen) for _ in arrays[number]]
