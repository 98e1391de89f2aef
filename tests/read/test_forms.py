"""What a line would begin."""

from __future__ import annotations

import pytest

from deedline.model.document import BlockKind
from deedline.read.forms import form_of

CASES = [
    ("- 推出計劃。(保安局)", BlockKind.BULLET, "-"),
    ("\uf06c  完善機制", BlockKind.BULLET, "\uf06c"),
    ("### 加強宣傳", BlockKind.HEADING, ""),
    ("### Recommendation 1: Build", BlockKind.HEADING, "Recommendation 1"),
    ("12.  提升職業安全", BlockKind.NUMBERED, "12."),
    ("3.2  擴大規模", BlockKind.NUMBERED, "3.2"),
    ("（4） 提供資助", BlockKind.NUMBERED, "（4）"),
    ("十一、  促進升級", BlockKind.NUMBERED, "十一、"),
    ("1\t完成立法\t符合進度", BlockKind.ROW, ""),
    ("| 1 | 完成立法 | 符合進度 |", BlockKind.ROW, ""),
    ("|---|---|", BlockKind.FURNITURE, ""),
    ("39 ", BlockKind.FURNITURE, ""),
    ("第 7 頁", BlockKind.FURNITURE, ""),
    ("<sup>1</sup> 增添的款額", BlockKind.FURNITURE, ""),
    ("![](image.png)", BlockKind.FURNITURE, ""),
    ("本港經濟持續增長。", BlockKind.PARAGRAPH, ""),
    ("2.0》，與各方商議", BlockKind.PARAGRAPH, ""),
]


@pytest.mark.parametrize(("line", "kind", "marker"), CASES, ids=[case[0].strip()[:12] for case in CASES])
def test_form(line: str, kind: BlockKind, marker: str) -> None:
    form = form_of(line)
    assert (form.kind, form.marker) == (kind, marker)


def test_a_number_below_a_footnote_rule_is_a_footnote() -> None:
    assert form_of("1", below_rule=True).rule == "footnote"
    assert form_of("1").rule == "page-number"


@pytest.mark.parametrize("blank", [" ", "\u3000", "\xa0", " |", "- ", "| -", "1 ", "*", "第 "])
@pytest.mark.parametrize("before", ["", "|", "1", "-- ", "|--"])
def test_a_line_of_blanks_is_gone_through_once(before: str, blank: str) -> None:
    """A pattern that tries each of its blanks anew would not come to an end."""
    assert form_of(f"{before}{blank * 150_000}x").kind is not BlockKind.HEADING


def test_a_rule_of_pipes_may_be_set_in() -> None:
    for line in ("  |---|:--:|  ", " --- | --- ", "\t|--|\t--|"):
        assert form_of(line).rule == "pipe-rule"
