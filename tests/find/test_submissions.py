"""Recommendations and proposals from submissions of several forms."""

from __future__ import annotations

from deedline.find import find_items
from deedline.find.draft import Draft
from deedline.find.outline import trace_outline
from deedline.find.submissions import entry_rules, find_proposals, heading_levels, submission_layout
from deedline.knowledge.load import jurisdiction
from deedline.model.item import ItemKind
from deedline.model.text import reread
from deedline.read import read_document
from deedline.read.plain import read_blocks

BULLETED = """一、  發展產業

「高質經濟」

1.  擴展資助

產業需要更多支援。

政策支援

\uf06c  放寬門檻，包括：

\uf0d8  提高上限至80萬元。

\uf0d8  簡化申請。

\uf06c  增加名額。

「高質民生」

2.  改善交通

\uf06c  增設路線。
"""
SECTIONED = """1. 開源節流

政府開支大幅增長。

1.1  推動協作

建議當局：

(1)  採用合作模式。

(2)  成立跨部門小組。

1.2  善用儲備

本會建議把部分儲備投資於園區，創造長遠回報。

2. 人才

2.1  吸引人才

(1)  設立專項基金。

(2)  簡化續期。
"""


def drafts(text: str) -> tuple[Draft, ...]:
    blocks = read_blocks(text)
    layout = submission_layout(blocks)
    return find_proposals(trace_outline(blocks, "zh", heading_levels(layout), entry_rules(layout)), layout, "zh", text)


def test_numbered_recommendations_hold_their_bullets() -> None:
    found = drafts(BULLETED)
    assert [(d.item.kind.value, d.item.number, d.item.part) for d in found] == [
        ("recommendation", "1", None),
        ("proposal", "1", 1),
        ("proposal", "1", 2),
        ("proposal", "1", 3),
        ("proposal", "1", 4),
        ("recommendation", "2", None),
        ("proposal", "2", 1),
    ]


def test_a_recommendation_is_all_that_stands_before_its_first_proposal() -> None:
    assert drafts(BULLETED)[0].item.text == "擴展資助 產業需要更多支援。 政策支援"


def test_an_inner_bullet_has_the_outer_one_as_parent_and_opening() -> None:
    outer, inner = drafts(BULLETED)[1:3]
    assert inner.item.parent == outer.item.key
    assert inner.item.lead_in == outer.item.text


def test_headings_within_a_recommendation_stand_below_it_and_those_between_above() -> None:
    found = drafts(BULLETED)
    assert found[1].item.path == ("發展產業", "「高質經濟」", "擴展資助", "政策支援")
    assert found[-1].item.path == ("發展產業", "「高質民生」", "改善交通")


def test_sections_hold_numbered_proposals_and_one_of_prose_is_a_proposal() -> None:
    assert [(d.item.number, d.item.part, d.item.text[:4]) for d in drafts(SECTIONED)] == [
        ("1.1", 1, "採用合作"),
        ("1.1", 2, "成立跨部"),
        ("1.2", None, "本會建議"),
        ("2.1", 1, "設立專項"),
        ("2.1", 2, "簡化續期"),
    ]


def test_a_chapter_of_prose_is_no_proposal() -> None:
    assert all("大幅增長" not in draft.item.text for draft in drafts(SECTIONED))


def test_every_draft_rereads_from_its_spans() -> None:
    for text in (BULLETED, SECTIONED):
        for draft in drafts(text):
            assert "".join(reread(text, draft.item.spans).split()) == "".join(draft.item.text.split())


def test_words_without_any_marks_hold_no_proposal() -> None:
    assert drafts("本會認為經濟需要支援。\n") == ()


def test_markdown_headings_do_not_hide_the_recommendations() -> None:
    found = drafts("## 一、發展產業\n\n1. 擴展資助\n\n- 放寬門檻。\n- 增加名額。\n\n2. 改善交通\n\n- 增設路線。\n")
    assert [d.item.kind for d in found].count(ItemKind.RECOMMENDATION) == 2


def test_recommendations_set_as_headings_hold_what_stands_below() -> None:
    found = drafts(
        "## Part 1: Lives\n\n### Recommendation 1: Build\n\n- Build homes.\n\n### Recommendation 2: Heal\n\n- Heal.\n"
    )
    assert [(d.item.kind.value, d.item.number, d.item.part) for d in found] == [
        ("recommendation", "1", None),
        ("proposal", "1", 1),
        ("recommendation", "2", None),
        ("proposal", "2", 1),
    ]
    assert found[1].item.path == ("Lives", "Build")


def test_a_marker_with_nothing_behind_it_is_no_proposal() -> None:
    assert [draft.item.text for draft in drafts("1. 擴展資助\n\n- 放寬門檻。\n- \u200b\n- 增加名額。\n")[1:]] == [
        "放寬門檻。",
        "增加名額。",
    ]


def test_entries_stand_under_their_own_of_two_recommendations_of_the_same_words() -> None:
    text = "1. 增加資助\n\n\uf06c 甲項。\n\n\uf06c 乙項。\n\n1. 增加資助\n\n\uf06c 丙項，包括：\n\n\uf0d8 丁項。\n"
    given = {"jurisdiction": "hk", "kind": "submission", "language": "zh"}
    finding = find_items(read_document(text.encode(), "asked.txt", given), jurisdiction("hk"))
    one, _, _, two, third, fourth = finding.items
    assert (two.text, two.key) == (one.text, f"{one.key}#2")
    assert [item.parent for item in finding.items] == [None, one.key, one.key, None, two.key, third.key]
    assert fourth.lead_in == third.text
