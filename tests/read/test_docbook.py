"""DocBook: titled parts, lists, tables and notes, with the ids by which its passages can be linked to."""

from __future__ import annotations

import pytest

from deedline.errors import DeedlineError, LimitError, ReadError
from deedline.find import find_items
from deedline.model.document import Block, BlockKind
from deedline.model.item import Item
from deedline.model.text import reread
from deedline.read import read_document
from deedline.read.docbook import pieces
from deedline.read.metadata import place_of
from deedline.read.reading import lay_out
from deedline.register.codec import decoder, encode

HEAD = '<?xml version="1.0" encoding="utf-8"?><{root} xmlns="http://docbook.org/ns/docbook" version="5.0">'


def docbook(body: str, root: str = "book") -> bytes:
    return f"{HEAD.format(root=root)}{body}</{root}>".encode()


def blocks(body: str, root: str = "book") -> list[Block]:
    reading = lay_out(pieces(docbook(body, root), "a.xml"))
    for block in reading.blocks:
        assert "".join(reread(reading.text, block.text.spans()).split()) == "".join(block.text.text.split())
    return list(reading.blocks)


def test_titles_are_headings_as_deep_as_their_parts() -> None:
    body = (
        "<info><title>施政報告</title><subtitle>附篇</subtitle><pubdate>2031年10月</pubdate><copyright><year>2031</year>"
        '</copyright></info><toc><tocentry>房屋 3</tocentry></toc><chapter xml:id="c1"><title>一、房屋</title>'
        '<section xml:id="s1"><info><title>供應</title></info><para xml:id="p1">字</para><bridgehead>小題</bridgehead>'
        "</section></chapter><appendix><title>附錄</title><para>字</para></appendix>"
    )
    assert [(b.kind.value, b.level, b.marker + b.text.text, b.anchor) for b in blocks(body)] == [
        ("heading", 1, "施政報告", ""),
        ("paragraph", 0, "附篇", ""),
        ("paragraph", 0, "2031年10月", ""),
        ("furniture", 0, "2031", ""),
        ("furniture", 0, "房屋 3", ""),
        ("heading", 2, "一、房屋", "c1"),
        ("heading", 3, "供應", "s1"),
        ("paragraph", 0, "字", "p1"),
        ("heading", 0, "小題", ""),
        ("heading", 2, "附錄", ""),
        ("paragraph", 0, "字", ""),
    ]


def test_lists_have_levels_numbers_and_anchors() -> None:
    body = (
        '<itemizedlist><listitem xml:id="a"><para>甲</para><para>甲二</para><itemizedlist><listitem><para xml:id="b">乙'
        "</para></listitem></itemizedlist></listitem></itemizedlist>"
        '<orderedlist startingnumber="3"><listitem><para>丙</para></listitem></orderedlist>'
        '<orderedlist continuation="continues"><listitem><para>丁</para></listitem></orderedlist>'
        '<orderedlist numeration="loweralpha"><listitem override="4"><para>戊</para></listitem></orderedlist>'
        "<simplelist><member>己</member></simplelist>"
        "<variablelist><varlistentry><term>庚</term><listitem><para>辛</para></listitem></varlistentry></variablelist>"
    )
    assert [(b.kind.value, b.marker, b.text.text, b.anchor) for b in blocks(body)] == [
        ("bullet", "•", "甲甲二", "a"),
        ("bullet", "◦", "乙", "b"),
        ("numbered", "3.", "丙", ""),
        ("numbered", "4.", "丁", ""),
        ("numbered", "d.", "戊", ""),
        ("bullet", "•", "己", ""),
        ("paragraph", "", "庚", ""),
        ("paragraph", "", "辛", ""),
    ]


def test_notes_stand_at_the_end_and_marks_are_no_words() -> None:
    body = "<para>面積<footnote><para>見附錄</para></footnote>為 5 km<superscript>2</superscript>。"
    body += "<indexterm><primary>x</primary></indexterm><superscript>1</superscript></para>"
    body += "<para>末段<emphasis role='bold'>重</emphasis></para>"
    assert [(b.kind.value, b.rule, b.text.text) for b in blocks(body)] == [
        ("paragraph", "paragraph", "面積為 5 km²。"),
        ("paragraph", "paragraph", "末段重"),
        ("furniture", "footnote", "見附錄"),
    ]


def test_tables_of_both_models() -> None:
    cals = (
        '<table><title>表</title><tgroup cols="3"><colspec colname="a"/><colspec colname="b"/><colspec colname="c"/>'
        '<thead><row><entry>編號</entry><entry namest="b" nameend="c">進度</entry></row></thead><tbody>'
        '<row xml:id="r1"><entry morerows="1">1</entry><entry>甲</entry><entry><para>乙</para><itemizedlist><listitem>'
        "<para>丙</para></listitem></itemizedlist></entry></row><row><entry>丁</entry><entry>戊</entry></row></tbody>"
        "</tgroup></table>"
    )
    html = (
        "<informaltable><tbody><tr><td rowspan='2'>1</td><td>甲</td></tr><tr><td>乙</td></tr></tbody></informaltable>"
    )
    rows = [b for b in blocks(cals + html) if b.kind is BlockKind.ROW]
    assert [[cell.text for cell in b.cells] for b in rows] == [
        ["編號", "進度", "進度"],
        ["1", "甲", "<p>乙</p><ul><li>丙</li></ul>"],
        ["", "丁", "戊"],
        ["1", "甲"],
        ["", "乙"],
    ]
    assert rows[1].anchor == "r1"


def test_an_item_keeps_the_anchor_of_its_passage() -> None:
    entries = "".join(
        f'<listitem xml:id="m{n}"><para>在2032年內推出第{n}項計劃。(房屋署)</para></listitem>' for n in range(6)
    )
    document = read_document(docbook(f"<title>施政報告</title><itemizedlist>{entries}</itemizedlist>"), "a.xml")
    assert document.media_type == "application/docbook+xml"
    items = find_items(document, place_of(document.metadata)).items
    assert [item.anchor for item in items] == [f"m{n}" for n in range(6)]
    kept: Item = decoder(Item)(encode(items[0]))
    assert kept == items[0]


def test_docbook_4_has_no_namespace() -> None:
    data = (
        b'<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "x.dtd"><book id="a"><title>A b c</title></book>'
    )
    assert read_document(data, "a.xml").blocks[0].anchor == "a"


ENTITIES = "<!DOCTYPE book [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE book [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]>"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (docbook("<section>" * 500 + "</section>" * 500), LimitError),
        (docbook("<para>"), ReadError),
        (docbook(""), ReadError),
        (docbook("字", root="slides"), ReadError),
        (ENTITIES.encode() + docbook("<para>&b;</para>")[38:], ReadError),
        (OUTSIDE.encode() + docbook("<para>b</para>")[38:], ReadError),
        (b"<?xml version='1.0'?><rss>a</rss>", ReadError),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, error: type[DeedlineError]) -> None:
    with pytest.raises(error, match=r"^a\.xml"):
        read_document(data, "a.xml")
