"""Statuses of a cell paired with the parts beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.find.pairing import pair_statuses


@pytest.mark.parametrize(
    ("parts", "statuses", "pairs"),
    [
        (["甲", "乙"], ["完成", "進行中"], [(0,), (1,)]),
        (["甲", "乙", "丙"], ["完成"], [(0,), (0,), (0,)]),
        (["甲"], ["完成", "進行中"], [(0, 1)]),
        (["興建碼頭", "增加學位；擴大獎學金名額"], ["碼頭已建成", "學位已增加", "獎學金名額將增加"], [(0,), (1, 2)]),
        (["興建碼頭；修葺船塢", "增加學位"], ["碼頭已建成", "船塢正修葺", "學位已增加"], [(0, 1), (2,)]),
        (["興建碼頭", "修葺碼頭", "增加學位"], ["碼頭已建成", "學位已增加"], [(0,), (0,), (1,)]),
        ([], ["完成"], []),
        (["甲"], [], [()]),
    ],
)
def test_statuses_go_with_their_parts(parts: list[str], statuses: list[str], pairs: list[tuple[int, ...]]) -> None:
    assert list(pair_statuses(parts, statuses)) == pairs


WORDS = st.lists(st.text("碼頭學位獎名額", max_size=6), min_size=1, max_size=60)


@given(WORDS, WORDS)
def test_pairs_keep_the_order_and_leave_nothing_out(parts: list[str], statuses: list[str]) -> None:
    pairs = pair_statuses(parts, statuses)
    assert len(pairs) == len(parts)
    assert all(pairs)
    flat = [status for pair in pairs for status in pair]
    assert set(flat) == set(range(len(statuses)))
    assert flat == sorted(flat) or 1 in (len(parts), len(statuses))
