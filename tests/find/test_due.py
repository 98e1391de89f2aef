"""The one day an undertaking is judged by."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from deedline.find.deadlines import find_deadlines
from deedline.find.due import due_of
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.values import Deadline, DeadlineKind

# The days of the real documents, as their titles print them (a month's first where no day is printed).
DATED = {"000": date(2024, 10, 16), "001": date(2024, 8, 1), "002": date(2023, 10, 25), "003": date(2025, 9, 17),
         "004": date(2024, 1, 1)}  # fmt: skip


def due(text: str, dated: date = DATED["000"], carried: bool = False) -> date | None:
    return due_of(find_deadlines(passage_of(text), dated, jurisdiction("hk"), "zh", carried=carried))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("由2025年起逐步應用新平台", date(2025, 12, 31)),
        ("由2025年起，每年選定八個系統作審計", date(2025, 12, 31)),
        ("就在2025年第三季推出為期兩年的先導計劃，安排一千名長者參加", None),
        ("由2025/26學年起增加學額", date(2026, 8, 31)),
        ("在2024年年底前公布初步結果，以及在2025年內公布最終結果", date(2025, 12, 31)),
        ("在2028–29年度至2032–33年度落成的樓宇中，一半採用新技術", date(2033, 3, 31)),
        ("把名額由2023–24年度的300個，在2028–29年度或之前增至400個", date(2029, 3, 31)),
        ("在2025年推出展覽，配合第十個教育日及公布實施五周年", date(2025, 12, 31)),
        ("持續優化在2024年7月起實施的制度，並在2025年檢討", date(2025, 12, 31)),
        ("首批在2027年起完成；其餘分別在2030年及2034年完成", date(2034, 12, 31)),
        ("每年舉辦嘉年華", None),
        ("繼續推行由2022/23學年起推行的服務", None),
        ("持續推行發牌制度。截至2024年9月底，共790家獲發牌照", None),
        ("稍後公布詳情", None),
        ("加強宣傳", None),
    ],
)
def test_due(text: str, day: date | None) -> None:
    assert due(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("在2023年底前發布指引", date(2023, 12, 31)),
        ("由2023/24學年起，每年向8 000人推廣運動", date(2024, 8, 31)),
        ("累計總數由2022年的330間增加至2027年的600間", date(2027, 12, 31)),
        ("在2026/27學年完結前增至4 600名，較2021/22學年增加60%", date(2027, 8, 31)),
        ("通過於2023年7月推出的新計劃支援展覽", None),
    ],
)
def test_due_of_an_indicator_said_in_an_earlier_document(text: str, day: date | None) -> None:
    assert due(text, carried=True) == day


def test_a_described_or_open_time_is_never_due() -> None:
    described = Deadline("", (), DeadlineKind.IN, date(2030, 1, 1), date(2030, 12, 31), "year", False, "year")
    open_ended = Deadline("", (), DeadlineKind.IN, date(2030, 1, 1), None, "vague", True, "vague")
    assert due_of([described, open_ended]) is None


def test_the_readers_labels(gold: Path) -> None:
    labels = [json.loads(line) for line in (gold / "dev/due.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = []
    for label in labels:
        day = due(label["text"], DATED[label["document"][:3]], carried=label["kind"] == "indicator")
        if (day.isoformat() if day else None) != label["due"]:
            wrong.append((label["id"], label["due"], day))
    assert len(wrong) <= 0.05 * len(labels), wrong
