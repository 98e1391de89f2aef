"""Runs of lines become blocks whatever the converter did to them."""

from __future__ import annotations

from hypothesis import given

from deedline.model.document import BlockKind
from deedline.model.text import reread
from deedline.read.plain import read_blocks
from tests.strategies import converted_texts

WIDE = "政府會繼續優化各項措施並加強與各區的溝通和協作以提升整體服務質素令市民受惠"  # 37 ideographs, a full line


def shapes(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text.text) for block in read_blocks(text)]


def test_markdown_bullets_are_blocks_of_their_own() -> None:
    assert shapes("## 房屋\n\n- 推出計劃。\n- 完成工程\n  的首階段。\n") == [
        ("heading", "房屋"),
        ("bullet", "推出計劃。"),
        ("bullet", "完成工程的首階段。"),
    ]


def test_a_wrapped_paragraph_goes_on_over_the_page_number() -> None:
    body = f"{WIDE}\n\n{WIDE}\n\n以上為基本原則。  \n\n" * 6
    text = body + f"\uf06c  {WIDE}\n\n\n\n \n \n\n39 \n\n{WIDE}\n\n完成。  \n"
    blocks = read_blocks(text)
    assert blocks[-2].text.text == WIDE + WIDE + "完成。"
    assert (blocks[-1].kind, blocks[-1].rule) == (BlockKind.FURNITURE, "page-number")


def test_a_row_keeps_its_cells_and_a_list_inside_one_goes_on() -> None:
    (row,) = read_blocks("1\t<ul><li>推出\n計劃</li></ul>\t完成")
    assert [cell.text for cell in row.cells] == ["1", "<ul><li>推出\n計劃</li></ul>", "完成"]


def test_pipe_rows_have_the_cells_between_their_pipes() -> None:
    (row,) = read_blocks("| 1 | 推出計劃 | 完成 |")
    assert [cell.text for cell in row.cells] == ["1", "推出計劃", "完成"]


def test_a_line_repeated_beside_page_numbers_is_a_running_head() -> None:
    page = "施政計劃附篇\n\n{}\n\n- 推出新計劃第{}期。\n\n"
    blocks = read_blocks("".join(page.format(n, n) for n in range(1, 5)))
    assert [block.rule for block in blocks].count("running-head") == 4


def test_bullet_levels_follow_the_order_of_their_glyphs() -> None:
    blocks = read_blocks("\uf06c  甲\n\n\uf0d8  乙\n\n\uf06c  丙\n")
    assert [block.level for block in blocks] == [0, 1, 0]


@given(converted_texts())
def test_every_printed_line_is_in_a_block(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    covered = {n for block in read_blocks(text) for n in range(block.lines[0], block.lines[1] + 1)}
    assert {n for n, line in enumerate(lines, 1) if line.strip()} <= covered


@given(converted_texts())
def test_every_block_rereads_from_the_original(text: str) -> None:
    for block in read_blocks(text):
        assert "".join(reread(text, block.text.spans()).split()) == "".join(block.text.text.split())


def test_a_tag_that_is_never_closed_swallows_no_more_than_a_cell() -> None:
    blocks = read_blocks("1\t<ul><li>推出計劃\t完成\n" + "- 完成工程。\n" * 200)
    assert sum(block.kind is BlockKind.BULLET for block in blocks) >= 170
