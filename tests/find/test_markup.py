"""Cells with left-over mark-up: pieces, levels, and offsets that re-read from the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.find.markup import join_texts, read_cell
from deedline.model.text import MappedText, reread

TAGS = [
    "<p>",
    "</p>",
    '<ul style="x">',
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<b>",
    "</b>",
    "<br/>",
    "<",
    ">",
    "<i",
    "&amp;",
]
WORDS = ["推出計劃", "；及", "，", "on time", " ", "\n", "• ", "➤ ", "(a) ", "**", "2 600", "<sup>1</sup>", "。"]


def pieces(text: str) -> list[tuple[int, str]]:
    return [(piece.depth, piece.text.text) for piece in read_cell(MappedText.original(text))]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        ("<p> </p>", []),
        ("<b>9</b>", [(0, "9")]),
        ("**9**", [(0, "9")]),
        ("<p>為支持家庭：</p> <ul> <li>發放津貼；</li> </ul>", [(0, "為支持家庭："), (1, "發放津貼；")]),
        ("為支持家庭： • 發放津貼；及", [(0, "為支持家庭："), (1, "發放津貼；及")]),
        ("• 發放津貼；<br>• 增加名額。", [(1, "發放津貼；"), (1, "增加名額。")]),
        ("<ul><li>目標如下：<ul><li>➤ 甲；</li><li>➤ 乙；</li></ul></li><li>丙。</li></ul>",
         [(1, "目標如下："), (2, "甲；"), (2, "乙；"), (1, "丙。")]),
        ("• 目標如下：<br>➤ 甲；<br>➤ 乙；<br>• 丙。", [(1, "目標如下："), (2, "甲；"), (2, "乙；"), (1, "丙。")]),
        ("<ul><li>甲。</li></ul> <p>合共兩項。</p>", [(1, "甲。"), (0, "合共兩項。")]),
        ("To act: (a) build; and (b) open", [(0, "To act:"), (1, "build; and"), (1, "open")]),
        ("as set out in schedule (a) of the law", [(0, "as set out in schedule (a) of the law")]),
        ("<p>first</p><p>second", [(0, "first"), (0, "second")]),
        ("每年2 000元<sup>1</sup>的津貼", [(0, "每年2 000元的津貼")]),
        ("an area of 200 m<sup>2</sup>", [(0, "an area of 200 m2")]),
        ("Bread &amp; butter", [(0, "Bread & butter")]),
        ("fewer than <20 and more than> 5", [(0, "fewer than <20 and more than> 5")]),
        ("城市·香港 2.0", [(0, "城市·香港 2.0")]),
        ("兼售 農產品", [(0, "兼售農產品")]),
    ],
)  # fmt: skip
def test_a_cell_is_read_into_its_pieces(cell: str, expected: list[tuple[int, str]]) -> None:
    assert pieces(cell) == expected


@given(st.lists(st.sampled_from(TAGS + WORDS), max_size=40).map("".join), st.integers(0, 50))
def test_every_piece_re_reads_from_the_original(cell: str, start: int) -> None:
    original = "#" * start + cell
    for piece in read_cell(MappedText.original(cell, start)):
        assert "".join(reread(original, piece.text.spans()).split()) == "".join(piece.text.text.split())
        assert piece.text.text == piece.text.text.strip() != ""


@given(st.lists(st.sampled_from(WORDS[:5]), max_size=20).map("".join))
def test_words_without_mark_up_are_kept_whole(cell: str) -> None:
    (text,) = [words for _, words in pieces(cell)] or [""]
    assert "".join(text.split()) == "".join(cell.split())


def test_joined_texts_keep_the_blank_that_the_original_has_between_them() -> None:
    original = "<p>on time</p> <p>and more</p><p>second</p>"
    texts = [piece.text for piece in read_cell(MappedText.original(original))]
    assert join_texts(texts, original).text == "on time and moresecond"


def test_a_hostile_cell_is_read_in_linear_steps() -> None:
    for cell in ("<" * 200_000, "<p " * 100_000, " " * 200_000 + "•", "(a" * 100_000, "<ul>" * 50_000):
        assert len(read_cell(MappedText.original(cell))) <= 1
