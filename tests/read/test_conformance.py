"""The same small document in every form of file that is read gives the same items."""

from __future__ import annotations

import pytest

from deedline.find import find_items
from deedline.model.document import BlockKind
from deedline.model.text import reread
from deedline.read import read_document
from deedline.read.metadata import place_of
from tests.read.test_round_trip import FORMS, parts_of, register_of, said_of

SAMPLES = {
    "measures": (
        "# 市長2031年施政報告\n\n## 一、房屋\n\n### 供應\n\n- 在2032年內推出計劃。(房屋署)\n"
        "  - 研究方案 A & B。(房屋署、教育局)\n"
        "\n## 二、醫療\n\n- 由2033年起擴大服務，面積 5 < 6 公頃。(衞生署)\n"
    ),
    "indicators": (
        "# 附錄\n\n編號\t指定項目指標\t進度\n"
        "1\t在2032年內完成研究。(房屋署)\t<p>完成執行。已於2032年6月完成。</p>\n"
        "2\t為改善空氣： <ul><li>把濃度由48微克降至40微克；</li><li>在2033年內增設25個站。(環境局)</li></ul>"
        "\t<p>進行中。</p><p>符合進度。</p>\n"
    ),
    "submission": (
        "# 對2031年《施政報告》的建議\n\n一、改善民生\n\n"
        "1. 增加房屋供應\n\n- 公布預測。\n- 放寬按揭。\n\n2. 完善長者服務\n\n"
        "- 提供檢查。\n- 在2032年內設立津貼。\n\n二、開放港口\n\n3. 加快綠色航運\n\n- 減免港口費。\n- 制訂路線圖。\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_form_gives_the_same_items_from_words_that_reread(sample: str, form: str) -> None:
    plain = read_document(SAMPLES[sample].encode(), "a.md")
    made = read_document(FORMS[form](parts_of(plain)), f"a.{form}", said_of(plain))
    assert register_of(made) == register_of(read_document(SAMPLES[sample].encode(), "a.md", said_of(plain))) != []
    finding = find_items(made, place_of(made.metadata))
    filled = [number for number, line in enumerate(made.text.split("\n"), 1) if line.strip()]
    assert [line.number for line in finding.lines] == filled
    assert not [line for line in finding.lines if line.rule == "unaccounted"]
    for item in finding.items:
        assert "".join(reread(made.text, item.spans).split()) == "".join(item.text.split())
        assert made.line_at(item.spans[0].start) == item.lines[0]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_keeps_its_blocks_in_order_and_within_the_text(form: str) -> None:
    made = read_document(FORMS[form](parts_of(read_document(SAMPLES["measures"].encode(), "a.md"))), f"a.{form}")
    starts = [block.text.offsets[0] for block in made.blocks]
    assert starts == sorted(starts)
    assert made.blocks[-1].lines[1] == made.text.count("\n")
    assert {BlockKind.HEADING, BlockKind.BULLET} <= {block.kind for block in made.blocks}
