"""Lines are found as editors number them, and how they were broken is told from their widths."""

from __future__ import annotations

from hypothesis import given

from deedline.read.lines import split_lines, wrapping
from tests.strategies import converted_texts


@given(converted_texts())
def test_every_character_but_line_ends_stands_on_a_line(text: str) -> None:
    lines = split_lines(text)
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert sum(len(line.text) for line in lines) == len(text) - text.count("\n") - text.count("\r")
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_all_three_line_ends_count() -> None:
    assert [line.text for line in split_lines("一\r\n二\r三\n四")] == ["一", "二", "三", "四"]


def test_a_text_of_full_lines_was_wrapped_and_its_trailing_blanks_mark_ends() -> None:
    paragraph = "\n\n".join(["推" * 34] * 4) + "\n\n" + "動" * 12 + "  \n\n"
    style = wrapping(split_lines(paragraph * 5))
    assert style.width == 68
    assert style.ends_marked


def test_a_text_of_a_line_a_paragraph_was_not_wrapped() -> None:
    lines = "\n".join("- " + "推動計劃" * n for n in range(1, 40))
    assert wrapping(split_lines(lines)).width == 0
