"""Web pages: the document itself is read, what surrounds it is not, and no page can harm its reader."""

from __future__ import annotations

import pytest

from deedline.errors import DeedlineError, LimitError, ReadError
from deedline.model.document import Block, BlockKind
from deedline.model.text import reread
from deedline.read import read_document
from deedline.read.html import page_text, pieces
from deedline.read.reading import lay_out


def blocks(page: str) -> list[Block]:
    reading = lay_out(pieces(page.encode(), "a.html"))
    for block in reading.blocks:
        assert "".join(reread(reading.text, block.text.spans()).split()) == "".join(block.text.text.split())
    return list(reading.blocks)


def said(page: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.marker + b.text.text) for b in blocks(page) if b.kind is not BlockKind.FURNITURE]


def rows(page: str) -> list[list[str]]:
    return [[cell.text for cell in b.cells] for b in blocks(page) if b.kind is BlockKind.ROW]


def test_headings_paragraphs_and_breaks() -> None:
    page = "<h2>房屋 <small>二</small></h2><p>第一行<br>第二行</p><p>甲<br><br>乙</p><div>無標籤的字</div>"
    page += "<p><b>粗體標題</b></p>"
    assert said(page) == [
        ("heading", "房屋 二"),
        ("paragraph", "第一行第二行"),
        ("paragraph", "甲"),
        ("paragraph", "乙"),
        ("paragraph", "無標籤的字"),
        ("heading", "粗體標題"),
    ]


def test_lists_have_levels_and_printed_numbers() -> None:
    page = (
        "<ul><li>甲<ul><li>乙</li></ul></li><li><p>丙</p><p>丙二</p></li></ul>"
        '<ol start="3"><li>丁</li><li value="7">戊<ol><li>己</li></ol></li><li>庚</li></ol>'
        '<ol type="a"><li>辛</li></ol><ol style="list-style-type: cjk-ideographic"><li>壬</li></ol>'
        "<ol reversed><li>癸</li><li>子</li></ol>"
    )
    found = blocks(page)
    assert [(b.marker, b.level, b.text.text) for b in found] == [
        ("•", 0, "甲"),
        ("◦", 1, "乙"),
        ("•", 0, "丙丙二"),
        ("3.", 0, "丁"),
        ("7.", 0, "戊"),
        ("1.", 0, "己"),
        ("8.", 0, "庚"),
        ("a.", 0, "辛"),
        ("一、", 0, "壬"),
        ("2.", 0, "癸"),
        ("1.", 0, "子"),
    ]
    assert [b.rule for b in found[3:9]] == [
        "arabic-dot",
        "arabic-dot",
        "list-entry",
        "arabic-dot",
        "lettered",
        "cn-numeral",
    ]
    assert found[5].kind is BlockKind.BULLET  # numbered in the style of the list around it


def test_typed_glyphs_and_numbers_count_as_marks() -> None:
    assert said("<p>• 甲<br>• 乙</p><p>1. 丙</p><ul><li>‧丁</li><li>● 戊</li></ul>") == [
        ("bullet", "•甲"),
        ("bullet", "•乙"),
        ("numbered", "1.丙"),
        ("bullet", "•‧丁"),
        ("bullet", "•戊"),
    ]


def test_merged_cells_are_laid_out() -> None:
    page = (
        "<table><caption>表一</caption><thead><tr><th>編號</th><th colspan=2>進度</th></tr></thead>"
        "<tr><td rowspan=2>1</td><td>甲</td><td>乙</td></tr><tr><td colspan=2>丙</td></tr></table>"
    )
    assert rows(page) == [["編號", "進度", "進度"], ["1", "甲", "乙"], ["", "丙", ""]]
    assert said(page)[0] == ("paragraph", "表一")


def test_cells_keep_their_paragraphs_and_lists() -> None:
    page = (
        "<table><tr><td><p>甲</p></td><td>為此：<ul><li>乙</li><li>丙<ul><li>丁</li></ul></li></ul></td>"
        "<td>戊<br>己</td><td>二<sup>3</sup>庚</td></tr></table>"
    )
    assert rows(page) == [
        ["甲", "<p>為此：</p><ul><li>乙</li><li>丙</li><ul><li>丁</li></ul></ul>", "<p>戊</p><p>己</p>", "二庚"]
    ]


def test_tables_that_arrange_the_page_are_no_rows() -> None:
    assert said("<table><tr><td><h2>甲</h2><p>乙</p></td><td>丙</td></tr></table>") == [
        ("heading", "甲"),
        ("paragraph", "乙"),
        ("paragraph", "丙"),
    ]


SURROUNDED = [
    "<nav>主頁</nav>",
    "<div role='navigation'>主頁</div>",
    "<div class='site-footer'>私隱</div>",
    "<div id='cookie-banner'><p>本網站使用小甜餅。</p></div>",
    "<header><ul><li>主頁</li></ul></header>",
    "<aside>相關連結</aside>",
    "<ul><li><a href=a>甲</a><li><a href=b>乙</a><li><a href=c>丙</a><li><a href=d>丁</a></ul>",
]
UNSHOWN = [
    "<script>var a = '<p>乙</p>'</script>",
    "<style>p {}</style>",
    "<p hidden>乙</p>",
    "<p style='display: none'>乙</p>",
    "<div aria-hidden=true>乙</div>",
    "<form><input value=乙><button>乙</button><select><option>乙</select></form>",
    "<!-- 乙 -->",
    "<template><p>乙</p></template>",
]


@pytest.mark.parametrize("part", SURROUNDED)
def test_what_surrounds_the_document_is_kept_apart(part: str) -> None:
    found = blocks(f"<body>{part}<p>在二零三一年內推出計劃。</p></body>")
    assert [b.kind for b in found] == [BlockKind.FURNITURE, BlockKind.PARAGRAPH]


@pytest.mark.parametrize("part", UNSHOWN)
def test_what_is_not_shown_is_no_text(part: str) -> None:
    assert lay_out(pieces(f"<body><p>甲</p>{part}<p>丙</p>".encode(), "a.html")).text == "甲\n丙\n"


def test_a_main_part_leaves_all_else_outside() -> None:
    page = "<div><div>橫額</div><main><h1>甲</h1><p>乙</p></main><p>其他</p></div>"
    assert said(page) == [("heading", "甲"), ("paragraph", "乙")]
    assert [b.rule for b in blocks(page) if b.kind is BlockKind.FURNITURE] == ["outside-main"] * 2


def test_long_links_are_the_document() -> None:
    entry = "<li><a href=a>"
    entry += "在二零三一年內推出計劃，並於二零三二年檢討成效，其後每年向議會匯報進展，直至全部完成。</a></li>"
    assert [kind for kind, _ in said(f"<ul>{entry * 5}</ul>")] == ["bullet"] * 5


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "gb18030", "utf-16"])
def test_the_encoding_is_as_declared(encoding: str) -> None:
    declared = {"big5hkscs": "Big5", "gb18030": "gb2312"}.get(encoding, encoding)
    page = f'<html><head><meta charset="{declared}"></head><body><p>政府推出計劃</p></body></html>'
    assert "政府推出計劃" in page_text(page.encode(encoding), "a.html")


def test_a_wrong_declaration_is_not_believed() -> None:
    assert "計劃" in page_text('<meta charset="us-ascii"><p>政府推出計劃'.encode(), "a.html")


def test_a_page_is_known_by_its_words_or_its_name() -> None:
    assert read_document(b"<!DOCTYPE html><p>a b c</p>", "a.txt").media_type == "text/html"
    assert read_document(b"<p>a b c</p>", "a.HTM").media_type == "text/html"
    assert read_document(b"a <html> b", "a.txt").media_type == "text/plain"


@pytest.mark.parametrize(
    ("page", "error"),
    [
        ("<div>" * 5000 + "甲", LimitError),
        ("<nav>甲</nav>", ReadError),
        ("<script>1</script>", ReadError),
        ("", ReadError),
    ],
)
def test_pages_beyond_reading_are_refused_by_name(page: str, error: type[DeedlineError]) -> None:
    with pytest.raises(error, match=r"^a\.html"):
        read_document(page.encode(), "a.html")


def test_entities_stand_for_one_character_or_stay() -> None:
    declared = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]><p>甲&a;&x;&amp;&nbsp;乙</p>'
    text = lay_out(pieces(declared.encode(), "a.html")).text
    assert "aaaa" not in text
    assert "root:" not in text


def test_spans_that_reach_everywhere_stay_within_bounds() -> None:
    page = "<table>" + "<tr><td rowspan=65000 colspan=65000>甲</td><td>乙</td></tr>" * 50 + "</table>"
    assert len(lay_out(pieces(page.encode(), "a.html")).text) < 1_000_000
