"""Measures from bullets, from bullets that lost their mark, and from bullets that hold two."""

from __future__ import annotations

from deedline.find.draft import Draft
from deedline.find.measures import find_measures
from deedline.find.outline import trace_outline
from deedline.knowledge.load import jurisdiction
from deedline.read import read_document


def measures(text: str) -> tuple[Draft, ...]:
    document = read_document(text.encode(), "a.md", {"date": "2024-10-16", "kind": "commitments", "language": "zh"})
    return find_measures(trace_outline(document.blocks, "zh", {}), document, jurisdiction("hk"))


def test_a_bullet_is_a_measure_without_its_closing_bodies() -> None:
    (draft,) = measures("- 推出公眾教育計劃。(教育局、保安局)\n")
    assert draft.item.text == "推出公眾教育計劃。"
    assert [mention.body_id for mention in draft.item.bodies] == ["hk/edb", "hk/sb"]
    assert draft.item.lines == (1, 1)


def test_a_bullet_without_bodies_is_a_measure_and_a_doubt() -> None:
    (draft,) = measures("- 推出公眾教育計劃。\n")
    assert [issue.code for issue in draft.issues] == ["no-body"]
    assert draft.issues[0].item == draft.item.key


def test_a_paragraph_that_closes_with_bodies_has_lost_its_bullet() -> None:
    (draft,) = measures("推出公眾教育計劃，加強宣傳工作。(教育局)\n")
    assert [issue.code for issue in draft.issues] == ["lost-bullet"]


def test_a_paragraph_of_prose_is_no_measure() -> None:
    assert measures("香港經濟持續增長（去年升百分之三）。\n") == ()


def test_two_undertakings_in_one_bullet_are_two_measures() -> None:
    first, second = measures("- 引入航空服務公司。(商務及經濟發展局) 該公司會培訓人才。(運輸及物流局)\n")
    assert (first.item.text, second.item.text) == ("引入航空服務公司。", "該公司會培訓人才。")
    assert [mention.body_id for mention in second.item.bodies] == ["hk/tlb"]


def test_a_bullet_that_the_page_cut_goes_on_below() -> None:
    (draft,) = measures("- 推出公眾教育計劃，並加強\n\n12\n\n宣傳工作。(教育局)\n")
    assert draft.item.text.replace(" ", "") == "推出公眾教育計劃，並加強宣傳工作。"
    assert draft.item.lines == (1, 5)


def test_a_whole_bullet_does_not_swallow_the_prose_below() -> None:
    found = measures("- 推出公眾教育計劃。\n\n宣傳工作由局方負責。(教育局)\n")
    assert [draft.item.text for draft in found] == ["推出公眾教育計劃。", "宣傳工作由局方負責。"]


def test_bodies_of_an_abbreviated_term_in_brackets_do_not_close_a_measure() -> None:
    (draft,) = measures("- 建設可持續航空燃料產業鏈(SAF)。\n")
    assert draft.item.bodies == ()


def test_bodies_with_no_words_before_them_are_no_measure() -> None:
    assert measures("- (教育局)\n\n。(教育局)\n\n(教育局、保安局)\n") == ()


def test_a_bullet_of_invisible_characters_is_no_measure() -> None:
    assert measures("- \u200b\n- 推出計劃。(教育局)\n")[0].item.text == "推出計劃。"
