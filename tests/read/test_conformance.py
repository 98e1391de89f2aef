"""The same small document in every form of file that is read gives the same items."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO

import pytest
from lxml import etree
from xlsxwriter import Workbook

from deedline.find import find_items
from deedline.model.document import BlockKind
from deedline.model.item import Item
from deedline.model.text import reread
from deedline.read import read_document
from deedline.read.metadata import place_of
from tests.read.pdf_of_parts import as_pdf, need_fonts
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


TABLE = (
    ("編號", "措施", "負責部門"),
    ("1", "在2032年內推出計劃", "房屋署"),
    ("2", "研究方案 A, B", "教育局"),
    ("3", "由2033年起擴大服務", "衞生署"),
)


def _page_with_ids() -> bytes:
    numbers = iter(range(100))
    made = FORMS["html"](parts_of(read_document(SAMPLES["measures"].encode(), "a.md")))
    return re.sub(rb"<(li|p|h[1-6])>", lambda tag: b'<%s id="p%d">' % (tag[1], next(numbers)), made)


def _csv() -> bytes:
    held = StringIO(newline="")
    csv.writer(held).writerows(TABLE)
    return held.getvalue().encode()


def _xlsx() -> bytes:
    held = BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("措施")
        for number, row in enumerate(TABLE):
            sheet.write_row(number, 0, row)
    return held.getvalue()


def _made(form: str) -> bytes:
    """The file, which for those that name places in it names them."""
    own = {"html": _page_with_ids, "csv": _csv, "xlsx": _xlsx}
    if form in own:
        return own[form]()
    if form == "md":
        return SAMPLES["measures"].encode()
    parts = parts_of(read_document(SAMPLES["measures"].encode(), "a.md"))
    return as_pdf(parts) if form == "pdf" else FORMS[form](parts)


def _at_id(item: Item, data: bytes) -> str:
    assert item.page is None
    root = etree.fromstring(data, etree.HTMLParser() if b"<html" in data else etree.XMLParser())
    (element,) = root.xpath("//*[@id=$name or @*[local-name()='id']=$name]", name=item.anchor)
    return "".join(element.itertext())


def _at_cell(item: Item, _data: bytes) -> str:
    assert item.page is None
    cell = re.fullmatch(r"(措施!)?([A-C])(\d+)", item.anchor)
    assert cell
    return TABLE[int(cell[3]) - 1]["ABC".index(cell[2])]


def _on_page(item: Item, data: bytes) -> str:
    import pypdfium2

    assert item.anchor == ""
    assert item.page is not None
    return str(pypdfium2.PdfDocument(data)[item.page - 1].get_textpage().get_text_range())


def _by_lines_alone(item: Item, _data: bytes) -> str:
    assert (item.anchor, item.page) == ("", None)
    return item.text


PLACES: Mapping[str, Callable[[Item, bytes], str]] = {
    "md": _by_lines_alone,
    "docx": _by_lines_alone,
    "html": _at_id,
    "dbk": _at_id,
    "csv": _at_cell,
    "xlsx": _at_cell,
    "pdf": _on_page,
}


@pytest.mark.parametrize("form", PLACES)
def test_every_item_stands_where_its_lines_page_and_anchor_say(form: str) -> None:
    if form == "pdf":
        need_fonts()
    data = _made(form)
    made = read_document(data, f"a.{form}", {"kind": "commitments", "language": "zh", "jurisdiction": "hk"})
    items = find_items(made, place_of(made.metadata)).items
    assert len(items) == 3
    lines = made.text.split("\n")
    for item in items:
        ends = made.line_at(item.spans[0].start), made.line_at(item.spans[-1].end - 1)
        assert item.lines[0] == ends[0] <= ends[1] <= item.lines[1]
        opening = "".join(item.text.split())[:6]
        assert opening in "".join("".join(lines[item.lines[0] - 1 : item.lines[1]]).split())
        assert opening in "".join(PLACES[form](item, data).split())
        assert item.confidence is None
