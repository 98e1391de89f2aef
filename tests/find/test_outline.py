"""Headings above each block, however a document marks them."""

from __future__ import annotations

from deedline.find.outline import Placed, trace_outline
from deedline.model.document import BlockKind
from deedline.model.item import LineRole
from deedline.read.plain import read_blocks

MARKED = """# 目錄

房屋	3
**2 運輸**
**7-9**

# 2

## 安居樂業 改善環境

### 增加供應

- 推出計劃。(房屋署)

## 運輸

- 擴建車站。(運輸署)
"""
UNMARKED = """着力提高治理水平

公務員獎勵計劃

3

着力提高治理水平

完善治理體系

地區治理

- 推出計劃。(民政署)

檔案管理

- 推行系統。(民政署)

應急管理

加強演練

- 舉行演習。(消防署)

醫療

- 增設診所。(衛生署)
"""


def placed(text: str, levels: dict[str, int] | None = None) -> tuple[Placed, ...]:
    return trace_outline(read_blocks(text), "zh", levels or {})


def paths_of_bullets(text: str) -> list[tuple[str, ...]]:
    return [place.path for place in placed(text) if place.block.kind is BlockKind.BULLET]


def test_marked_headings_nest_and_a_lone_number_belongs_to_the_title_below_it() -> None:
    assert paths_of_bullets(MARKED) == [("安居樂業 改善環境", "增加供應"), ("安居樂業 改善環境", "運輸")]


def test_the_contents_end_with_their_last_entry() -> None:
    roles = [place.role for place in placed(MARKED)]
    assert roles.count(LineRole.CONTENTS) == 4
    assert roles[4] is LineRole.HEADING


def test_unmarked_headings_nest_by_how_many_stand_in_a_row() -> None:
    top = "着力提高治理水平"
    assert paths_of_bullets(UNMARKED) == [
        (top, "完善治理體系", "地區治理"),
        (top, "完善治理體系", "檔案管理"),
        (top, "應急管理", "加強演練"),
        (top, "應急管理", "醫療"),
    ]


def test_a_sentence_is_no_heading() -> None:
    roles = {
        place.block.text.text: place.role
        for place in placed("本港經濟持續增長。\n\n地區治理\n\n- 推出計劃。(民政署)\n")
    }
    assert roles["本港經濟持續增長。"] is None
    assert roles["地區治理"] is LineRole.HEADING


def test_the_end_mark_and_captions_are_ignored_by_name() -> None:
    rules = [place.rule for place in placed("圖 3：新碼頭\n\n－完－\n")]
    assert rules == ["picture-caption", "end-mark"]


def test_numbered_chapters_head_what_stands_below() -> None:
    places = placed("一、  房屋\n\n1. 增加供應\n\n- 推出計劃。\n", {"cn-numeral": 1})
    assert places[-1].path == ("房屋",)


def test_contents_that_begin_again_and_again_are_gone_through_once() -> None:
    text = "# 目錄\n\n房屋 1\n\n" * 20_000 + "# 房屋\n\n推出計劃。\n"
    placed = trace_outline(read_blocks(text), "zh", {})
    assert {place.role for place in placed[:-2]} == {LineRole.CONTENTS}
    assert placed[-1].path == ("房屋",)


def test_contents_that_begin_anew_behind_their_end_are_contents_too() -> None:
    text = "# 目錄\n\n房屋 1\n\n# 目錄\n\n交通\n\n交通 2\n\n推出計劃，惠及全部居民，並於明年檢討成效。\n"
    placed = trace_outline(read_blocks(text), "zh", {})
    assert [place.role for place in placed] == [LineRole.CONTENTS] * 5 + [None]
