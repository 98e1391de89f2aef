"""Which pairs are chosen and shown."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from deedline.link.features import Pairs
from deedline.link.score import best_of, shown

CHANCES = (0.0, 0.01, 0.02, 0.3, 0.9)
ROWS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(CHANCES), st.booleans()), max_size=14)


@given(ROWS)
def test_the_first_of_the_likeliest_of_each_group_is_marked(rows: list[tuple[int, float, bool]]) -> None:
    marks = best_of(np.array([chance for _, chance, _ in rows]), np.array([group for group, _, _ in rows], np.int64))
    best = {group: max(chance for one, chance, _ in rows if one == group) for group, _, _ in rows}
    first = {group: next(n for n, row in enumerate(rows) if row[:2] == (group, best[group])) for group in best}
    assert np.flatnonzero(marks).tolist() == sorted(first.values())


@given(ROWS, st.integers(0, 4))
def test_of_each_query_the_picked_are_shown_and_the_likeliest_beside_them(
    rows: list[tuple[int, float, bool]], most: int
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    query = np.array([row[0] for row in rows], np.int64)
    pairs = Pairs(query, np.arange(len(rows)), (), np.zeros((len(rows), 0)))
    found = shown(pairs, np.array([row[1] for row in rows]), np.array([row[2] for row in rows], bool), most)
    wanted = []
    for asked in sorted({row[0] for row in rows}):
        listed = [number for number, row in enumerate(rows) if row[0] == asked]
        listed.sort(key=lambda number: (not rows[number][2], -rows[number][1], number))
        likely = [number for number in listed[:most] if rows[number][1] >= 0.02]
        wanted += [number for number in listed if rows[number][2] or number in likely]
    assert found == wanted
