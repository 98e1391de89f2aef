"""Two editions side by side."""

from __future__ import annotations

from datetime import date

import pytest

from deedline.model.item import ItemKind
from deedline.model.link import Link, LinkState, Relation
from deedline.track.absence import Comparison, FateCode, compare, only_chapter
from tests.track.undertakings import entry, link

EARLY = [entry("a1", due=date(2024, 12, 31), bodies=("x",)), entry("a2", path=("乙",)), entry("a3")]
LATE = [entry("b1", due=date(2025, 3, 31), bodies=("x", "y")), entry("b2"), entry("b3", path=("乙",))]


def codes(*links: Link) -> dict[str, FateCode]:
    found: Comparison = compare(EARLY, LATE, links)
    return {fate.entry_id: fate.code for fate in (*found.earlier, *found.later)}


def test_a_restatement_with_another_date_and_body_is_changed() -> None:
    found = compare(EARLY, LATE, [link("b1", "a1")])
    fate = found.earlier[0]
    assert fate.code is FateCode.CHANGED
    assert fate.changes == ("due 2024-12-31 → 2025-03-31 (90 days later)", "body added: y")


def test_a_restatement_without_change_is_continued() -> None:
    assert codes(link("b2", "a2"))["a2"] is FateCode.CONTINUED


def test_next_stage_merged_and_split() -> None:
    assert codes(link("b2", "a2", Relation.NEXT))["a2"] is FateCode.NEXT_STAGE
    assert codes(link("b2", "a2"), link("b2", "a3"))["a2"] is FateCode.MERGED
    assert codes(link("b2", "a2"), link("b3", "a2"))["a2"] is FateCode.SPLIT


def test_absence_is_no_mention_with_what_came_nearest() -> None:
    near = link("b3", "a3", Relation.SAME, score=0.3, sure=False)
    fate = compare(EARLY, LATE, [near]).earlier[2]
    assert (fate.code, fate.nearest) == (FateCode.NO_MENTION, near)


def test_a_rejected_link_is_shown_only_where_nothing_else_came_near() -> None:
    rejected = link("b1", "a3", state=LinkState.REJECTED, score=0.95)
    near = link("b3", "a3", sure=False, score=0.2)
    assert compare(EARLY, LATE, [rejected, near]).earlier[2].nearest == near
    assert compare(EARLY, LATE, [rejected]).earlier[2].nearest == rejected


def test_what_continues_nothing_is_new() -> None:
    assert codes(link("b1", "a1"))["b2"] is FateCode.NEW


def test_a_single_chapter_speaks_only_of_itself() -> None:
    chapter = [entry("b1"), entry("b2")]
    found = compare(EARLY, chapter, [link("b1", "a1")])
    assert "one chapter" in found.scope
    # a2 stands under a heading that the chapter lacks, a3 under one that both print
    assert [fate.code for fate in found.earlier][1:] == [FateCode.CANNOT_SAY, FateCode.NO_MENTION]
    backwards = compare([entry("a1"), entry("a3")], LATE, [])
    assert [fate.code for fate in backwards.later] == [FateCode.NEW, FateCode.NEW, FateCode.CANNOT_SAY]
    assert {fate.code for fate in backwards.earlier} == {FateCode.NO_MENTION}


def test_two_single_chapters_of_different_names_cannot_tell_of_each_other() -> None:
    early = [entry("a1", path=("甲", "共有")), entry("a2", path=("甲", "獨有"))]
    late = [entry("b1", path=("乙", "共有")), entry("b2", path=("乙", "另有"))]
    found = compare(early, late, [])
    assert [fate.code for fate in found.earlier] == [FateCode.NO_MENTION, FateCode.CANNOT_SAY]
    assert [fate.code for fate in found.later] == [FateCode.NEW, FateCode.CANNOT_SAY]
    assert "“甲”, “乙”" in found.scope


def test_one_chapter_in_two_editions_is_compared_whole() -> None:
    found = compare([entry("a1", path=("甲 章",))], [entry("b1", path=("甲章",))], [])
    assert ([fate.code for fate in found.earlier], found.scope) == ([FateCode.NO_MENTION], "")


@pytest.mark.parametrize(
    "title",
    ["2023 Letters", "Programme"],  # a title that prints a year; one below which the other's chapters stand
)
def test_the_heading_of_the_whole_document_is_no_chapter(title: str) -> None:
    early = [entry("a1", path=(title, "甲")), entry("a2", path=(title, "乙"))]
    late = [entry("b1", path=("甲",)), entry("b2", path=("乙",)), entry("b3", path=("丙",))]
    for found in (compare(early, late, []), compare(late, early, [])):
        assert found.scope == ""
        assert {fate.code for fate in (*found.earlier, *found.later)} == {FateCode.NO_MENTION, FateCode.NEW}


def test_the_only_chapter_of_a_document() -> None:
    assert only_chapter([entry("a1"), entry("a2", path=("章", "節"))]) == "章"
    assert only_chapter([entry("a1", path=("2031 Plan", "章", "節"))]) == "章"
    assert only_chapter([entry("a1", path=("2031 Plan",)), entry("a2", path=("2031 Plan", "章"))]) == "章"
    assert only_chapter([entry("a1", path=("2031 Plan",))]) == ""
    assert only_chapter([entry("a1"), entry("a2", path=("另一章",))]) == ""
    assert only_chapter([entry("a1", path=())]) == ""


def test_an_indicator_beside_a_measure_is_no_split() -> None:
    late = [*LATE, entry("b4", kind=ItemKind.INDICATOR)]
    assert compare(EARLY, late, [link("b2", "a2"), link("b4", "a2")]).earlier[1].code is FateCode.CONTINUED
