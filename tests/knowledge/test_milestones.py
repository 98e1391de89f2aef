"""Every day that an item promises, with its own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deedline.knowledge.milestones import milestones_of
from deedline.knowledge.stages import days_moved
from tests.knowledge.test_stages import item


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "在2024年內展開並在2025年第三季公布檢討的結果",
            "zh",
            [
                ("2024-12-31", "在2024年內", "在2024年內展開"),
                ("2025-09-30", "在2025年第三季", "並在2025年第三季公布檢討的結果"),
            ],
        ),
        (
            "成立學院；在2025年內向議會提交渡輪條例草案，以及在2027年底前落成碼頭",
            "zh",
            [
                ("2025-12-31", "在2025年內", "在2025年內向議會提交渡輪條例草案"),
                ("2027-12-31", "在2027年底前", "以及在2027年底前落成碼頭"),
            ],
        ),
        (
            "渡輪站及碼頭工程分別在2030年及2034年完成",
            "zh",
            [
                ("2030-12-31", "在2030年", "渡輪站及碼頭工程分別在2030年及2034年完成"),
                ("2034-12-31", "2034年", "渡輪站及碼頭工程分別在2030年及2034年完成"),
            ],
        ),
        (
            "Introduce a ferries bill in 2025 and open the new pier by the end of 2027",
            "en",
            [
                ("2025-12-31", "in 2025", "Introduce a ferries bill in 2025"),
                ("2027-12-31", "by the end of 2027", "and open the new pier by the end of 2027"),
            ],
        ),
        ("成立學院；在2025年內開課", "zh", [("2025-12-31", "在2025年內", "成立學院；在2025年內開課")]),
        ("成立學院", "zh", []),
    ],
)
def test_each_promised_day_has_its_own_words(text: str, language: str, expected: list[tuple[str, str, str]]) -> None:
    found = milestones_of(item(text, language))
    assert [(each.due.isoformat(), each.as_printed, each.clause) for each in found] == expected


def test_two_times_of_one_day_make_one_milestone() -> None:
    found = milestones_of(item("在2024年內成立學院，並在2024年內開課"))
    assert [(each.due, each.clause) for each in found] == [(date(2024, 12, 31), "在2024年內成立學院，並在2024年內開課")]


def test_a_day_from_elsewhere_is_of_all_the_words() -> None:
    held = replace(item("成立學院"), due=date(2025, 3, 1))
    assert [(each.due, each.as_printed, each.clause) for each in milestones_of(held)] == [
        (date(2025, 3, 1), "", "成立學院")
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        # a second day that only one edition prints moves nothing
        ("在2025年內提交渡輪條例草案，以及在2026年底前落成碼頭", "在2025年內提交渡輪條例草案", 0),
        ("在2025年內提交渡輪條例草案", "在2026年內提交渡輪條例草案，以及在2030年底前落成碼頭", 365),
        ("在2025年內提交渡輪條例草案，以及在2026年底前落成碼頭", "在2027年底前落成碼頭", 365),
        ("在2025年內提交渡輪條例草案，以及在2026年底前落成碼頭", "在2027年底前發牌", None),
        ("由2025年起推行渡輪計劃", "在2026年內完成渡輪計劃", None),  # to begin is not to be done
        ("在三年內制訂渡輪標準", "在2026年或之前制訂渡輪標準", None),  # "within three years" is not said to the day
        ("在三年內制訂渡輪標準", "在2029年或之前制訂渡輪標準", 1095),
    ],
)
def test_days_are_compared_like_with_like(earlier: str, later: str, days: int | None) -> None:
    assert days_moved(item(earlier), item(later)) == days


def test_a_day_of_either_order_is_no_window() -> None:
    for text in ("Open the pier by 3/4/2026.", "Open the pier on 3/4/2026."):
        (found,) = milestones_of(item(text, "en"))
        assert (found.due, found.since) == (date(2026, 4, 3), None)
