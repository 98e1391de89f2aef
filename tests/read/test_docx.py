"""Word documents: what they print once changes are accepted, and archives that mean harm."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from deedline.errors import DeedlineError, LimitError, ReadError
from deedline.model.document import Block, BlockKind
from deedline.model.text import reread
from deedline.read import read_document
from deedline.read.docx import pieces
from deedline.read.reading import lay_out
from tests.read.forms_of_file import as_docx, docx_of, word_entry, word_paragraph


def blocks(body: str, **parts: str) -> list[Block]:
    reading = lay_out(pieces(docx_of(body, **parts), "a.docx"))
    for block in reading.blocks:
        assert "".join(reread(reading.text, block.text.spans()).split()) == "".join(block.text.text.split())
    return [block for block in reading.blocks if block.rule != "running-head"]


def said(body: str, **parts: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.marker + block.text.text) for block in blocks(body, **parts)]


def run(words: str, settings: str = "") -> str:
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def level(number: int, form: str, text: str) -> str:
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{shape}</w:lvl>'


def lists(*levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )


OFF, WIDE, HIGH = '<w:vanish w:val="0"/>', '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
STYLES = (
    '<w:style w:styleId="a1"><w:name w:val="標題 2"/></w:style>'
    '<w:style w:styleId="a2"><w:name w:val="Mine"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:styleId="a3"><w:name w:val="Based"/><w:basedOn w:val="a2"/></w:style>'
    '<w:style w:styleId="a4"><w:name w:val="Round"/><w:basedOn w:val="a4"/></w:style>'
    '<w:style w:styleId="a5"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:styleId="a6"><w:name w:val="Listed"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def test_headings_by_name_level_or_what_they_are_based_on() -> None:
    body = "".join(
        word_paragraph(f"{name}字", f'<w:pStyle w:val="{name}"/>') for name in ("a1", "a2", "a3", "a4", "a5")
    )
    body += word_paragraph("直接", '<w:outlineLvl w:val="0"/>') + word_paragraph("粗體", "", "<w:b/>")
    assert [(b.kind.value, b.level, b.rule) for b in blocks(body, styles=STYLES)] == [
        ("heading", 2, "heading-style"),
        ("heading", 3, "heading-style"),
        ("heading", 3, "heading-style"),
        ("paragraph", 0, "paragraph"),
        ("furniture", 0, "contents"),
        ("heading", 1, "heading-style"),
        ("heading", 0, "bold-line"),
    ]


def test_numbers_are_those_that_word_prints() -> None:
    numbering = lists(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "(%3)"))
    order = [(0, 1), (1, 1), (1, 1), (0, 1), (1, 1), (2, 1), (2, 1), (0, 2), (0, 2)]
    found = blocks(
        "".join(word_entry(f"字{i}", at, number) for i, (at, number) in enumerate(order)), numbering=numbering
    )
    assert [b.marker for b in found] == ["1.", "1.1", "1.2", "2.", "2.1", "(a)", "(b)", "5.", "6."]
    assert [b.rule for b in found[:2]] == ["arabic-dot", "decimal"]
    assert found[5].rule == "lettered"


@pytest.mark.parametrize(
    ("form", "text", "printed", "rule"),
    [
        ("taiwaneseCountingThousand", "%1、", "一、", "cn-numeral"),
        ("chineseCounting", "（%1）", "（一）", "cn-parenthesised"),
        ("ideographTraditional", "%1、", "甲、", "stem"),
        ("chineseCountingThousand", "第%1章", "第一章", "cn-ordinal"),
        ("decimal", "%1", "1", "arabic-dot"),
        ("upperRoman", "%1.", "I.", "lettered"),
    ],
)
def test_numbers_in_every_script(form: str, text: str, printed: str, rule: str) -> None:
    found = blocks(word_entry("字", 0), numbering=lists(level(0, form, text)))
    assert [(b.kind, b.marker, b.rule) for b in found] == [(BlockKind.NUMBERED, printed, rule)]


def test_bullets_by_style_and_by_symbol() -> None:
    numbering = lists(level(0, "bullet", "\uf06c"), level(1, "bullet", "–"))
    body = word_entry("甲", 0) + word_entry("乙", 1) + word_paragraph("丙", '<w:pStyle w:val="a6"/>')
    body += '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0D8"/><w:tab/><w:t>丁</w:t></w:r></w:p>'
    found = blocks(body, numbering=numbering, styles=STYLES)
    assert [(b.kind.value, b.level, b.text.text) for b in found] == [
        ("bullet", 0, "甲"),
        ("bullet", 1, "乙"),
        ("bullet", 0, "丙"),
        ("bullet", 0, "丁"),
    ]


def test_a_numbered_heading_has_its_number() -> None:
    numbering = lists(level(0, "chineseCounting", "%1、"))
    settings = '<w:pStyle w:val="a1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    found = blocks(word_paragraph("房屋", settings), styles=STYLES, numbering=numbering)
    assert [(b.kind, b.level, b.marker, b.rule, b.text.text) for b in found] == [
        (BlockKind.HEADING, 2, "一、", "cn-numeral", "房屋")
    ]


def test_changes_are_accepted_and_hidden_words_left_out() -> None:
    body = (
        f"<w:p>{run('在')}<w:del>{run('2030')}<w:r><w:delText>2030</w:delText></w:r></w:del><w:ins>{run('2031')}</w:ins>"
        f"{run('年')}{run('秘密', '<w:vanish/>')}{run('完成', OFF)}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('甲')}</w:p><w:p>{run('乙')}</w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('丙')}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    assert said(body) == [("paragraph", "在2031年完成"), ("paragraph", "甲乙")]


def test_fields_links_controls_and_boxes_are_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent>"
    body = (
        f"<w:sdt><w:sdtContent><w:p>{run('甲')}<w:hyperlink>{run('乙')}</w:hyperlink>"
        f"<w:fldSimple>{run('丙')}</w:fldSimple><w:r><w:instrText>DATE</w:instrText></w:r></w:p></w:sdtContent></w:sdt>"
        '<w:p><w:r><mc:AlternateContent xmlns:mc="m">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert said(body) == [("paragraph", "甲乙丙"), ("paragraph", "框")]


def test_notes_and_running_heads_are_furniture() -> None:
    notes = f'<w:footnote w:id="1"><w:p>{run("註釋")}</w:p></w:footnote>'
    reading = lay_out(pieces(docx_of(word_paragraph("甲"), notes=notes), "a.docx"))
    assert [(b.kind.value, b.rule) for b in reading.blocks] == [
        ("paragraph", "paragraph"),
        ("furniture", "footnote"),
        ("furniture", "running-head"),
    ]


def test_merged_cells_are_laid_out() -> None:
    def cell(words: str, settings: str = "") -> str:
        return f"<w:tc><w:tcPr>{settings}</w:tcPr><w:p>{run(words)}</w:p></w:tc>"

    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        f"{cell('編號')}{cell('進度', WIDE)}</w:tr>"
        f"<w:tr>{cell('1', HIGH)}{cell('甲')}{cell('乙')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('丙', WIDE)}</w:tr></w:tbl>"
    )
    found = [[cell.text for cell in block.cells] for block in blocks(body)]
    assert found == [["編號", "進度", "進度"], ["1", "甲", "乙"], ["", "丙", ""]]


def test_lists_in_cells_stay_lists_and_boxes_of_text_are_no_tables() -> None:
    cell = f"<w:tc>{word_paragraph('為此：')}{word_entry('甲', 0)}{word_entry('乙', 1)}</w:tc>"
    numbering = lists(level(0, "bullet", "•"), level(1, "bullet", "◦"))
    marked = "<p>為此：</p><ul><li>甲</li><ul><li>乙</li></ul></ul>"
    two = blocks(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>", numbering=numbering)
    assert [[each.text for each in block.cells] for block in two] == [[marked, marked]]
    assert [kind for kind, _ in said(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", numbering=numbering)] == [
        "paragraph",
        "bullet",
        "bullet",
    ]


def zipped(**members: bytes) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", members.pop("document", b"<a/>"))
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


BOMB = b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><a>&b;</a>"
OUTSIDE = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (zipped(document=b" " * 20_000_000), LimitError),
        (zipped(document=b"<a>" * 5000), DeedlineError),
        (zipped(document=b"<a>" * 200 + b"</a>" * 200), LimitError),
        (zipped(document=BOMB), ReadError),
        (zipped(document=OUTSIDE), ReadError),
        (zipped(document="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16")), ReadError),
        (zipped(document=b""), ReadError),
        (zipped(), ReadError),
        (zipped() + b"PK\x01\x02" * 20_000, LimitError),
        (zipped()[:-30], ReadError),
        (as_docx([])[:200] + b"word/document", ReadError),
        (b"PK\x03\x04 not a document", ReadError),
        (b"\xd0\xcf\x11\xe0 locked", ReadError),
    ],
)
def test_archives_that_mean_harm_are_refused_by_name(data: bytes, error: type[DeedlineError]) -> None:
    with pytest.raises(error, match=r"^a\.docx"):
        read_document(data, "a.docx")


def test_paths_that_lead_out_of_the_archive_lead_nowhere() -> None:
    related = (
        '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="../../../etc/passwd"/></Relationships>'
    )
    with pytest.raises(ReadError, match="missing"):
        read_document(zipped(**{"_rels/.rels": related.encode()}), "a.docx")
