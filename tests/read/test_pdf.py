"""PDFs give the register that the plain text gives; damaged, locked and scanned ones a message that says so."""

from __future__ import annotations

import random
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from deedline.errors import LimitError, ReadError
from deedline.find import find_items
from deedline.model.document import Block, BlockKind, Document
from deedline.model.item import Item, LineRole
from deedline.model.text import reread
from deedline.read import pdf_sheets, read_document, scans
from deedline.read.metadata import place_of
from deedline.read.pdf_layout import parse
from tests.read import pdf_of_parts
from tests.read.forms_of_file import Part, parts_of
from tests.read.pdf_of_parts import BROAD, CUT_ROWS, ONE_COLUMN, Layout, as_pdf, need_fonts, printable

LAYOUTS = {"one-column": ONE_COLUMN, "broad": BROAD, "cut-rows": CUT_ROWS}
EXAMPLES = sorted(p.name for p in Path(__file__).parents[2].joinpath("examples").glob("clearbay*"))
SEEDS = [("000", "broad"), *((number, "one-column") for number in ("000", "001", "002", "003", "004"))]


def _said(document: Document) -> dict[str, str]:
    """What the words of the original told of it, which a page of another form may show elsewhere."""
    told = document.metadata
    day = told.dated.isoformat()[: {"year": 4, "month": 7}.get(told.dated_precision, 10)] if told.dated else ""
    return {"kind": told.kind.value, "language": told.language, "jurisdiction": told.jurisdiction, "date": day}


def _told(item: Item) -> tuple[object, ...]:
    words = re.sub(r"\s+", "", printable(item.text))
    bodies = tuple(body.name for body in item.bodies)
    return item.kind, item.number, item.part, words, bodies, str(item.due), item.report and item.report.status


def _share_alike(original: bytes, name: str, layout: Layout) -> float:
    """The share of the plain text's items that the PDF gives alike; items that it adds count against it."""
    plain = read_document(original, name)
    pdf = read_document(as_pdf(parts_of(plain), layout, head="Running head"), "x.pdf", _said(plain))
    wanted, got = (find_items(document, place_of(document.metadata)).items for document in (plain, pdf))
    assert all(item.page for item in got)
    for item in got:
        assert re.sub(r"\s", "", reread(pdf.text, item.spans)) == re.sub(r"\s", "", item.text)
    wanted_told, got_told = Counter(map(_told, wanted)), Counter(map(_told, got))
    return (wanted_told & got_told).total() / max(len(wanted), len(got))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_give_the_same_register(root: Path, name: str, layout: str) -> None:
    need_fonts()
    assert _share_alike((root / "examples" / name).read_bytes(), name, LAYOUTS[layout]) == 1


@pytest.mark.parametrize(("number", "layout"), SEEDS)
def test_real_documents_give_the_same_register(seeds: Path, number: str, layout: str) -> None:
    need_fonts()
    path = next(seeds.glob(f"{number}*.txt"))
    assert _share_alike(path.read_bytes(), path.name, LAYOUTS[layout]) >= 0.99


def _read(data: bytes) -> Document:
    return read_document(data, "x.pdf")


def _words(document: Document, kind: BlockKind) -> list[str]:
    return [block.text.text for block in document.blocks if block.kind is kind]


def _pages(*pages: list[tuple[float, float, float, str]]) -> bytes:
    """Pages of words, each with its place from the left and the top, and its size."""
    need_fonts()
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(595, 842))
    pdf.add_font("plain", fname=pdf_of_parts.PLAIN_FONT)
    for page in pages:
        pdf.add_page()
        for x, y, size, words in page:
            pdf.set_font("plain", size=size)
            pdf.text(x, y, words)
    return bytes(pdf.output())


def _body(top: float = 120.0, left: float = 72.0, count: int = 6) -> list[tuple[float, float, float, str]]:
    return [(left, top + 16 * i, 11, f"Line {i} of a column of words runs on") for i in range(count)]


def test_columns_are_read_one_after_the_other() -> None:
    left = [(60.0, 120.0 + 16 * i, 10.0, f"left {i} and some words to fill it") for i in range(8)]
    right = [(320.0, y, size, words.replace("left", "right")) for _, y, size, words in left]
    across = [(60.0, 90.0, 10.0, "A line that runs over both of the columns from the one edge to the other, and far")]
    text = _read(_pages([*across, *(line for pair in zip(left, right, strict=True) for line in pair)])).text
    assert text.startswith("A line that runs")
    assert text.index("left 7") < text.index("right 0")


def test_columns_whose_lines_share_no_baseline_are_parted_beside_headings_that_reach_over() -> None:
    left = [(60.0, 120.0 + 16 * i, 10.0, f"left {i} and some words to fill it up") for i in range(8)]
    right = [(330.0, 128.0 + 17 * i, 10.0, f"right {i} and some words to fill it up") for i in range(8)]
    text = _read(_pages([*left, (310.0, 110.0, 12.0, "A short heading"), *right])).text
    assert text.index("left 7") < text.index("A short heading") < text.index("right 0")


def test_a_page_with_few_lines_keeps_to_the_columns_of_the_page_before() -> None:
    left = [(60.0, 120.0 + 16 * i, 10.0, f"left {i} and some words to fill it") for i in range(8)]
    right = [(320.0, y, size, words.replace("left", "right")) for _, y, size, words in left]
    few = [*left[:2], *right[:2]]
    last = [(x, y, size, words.replace("and some words", "on the last page")) for x, y, size, words in few]
    assert "left 1 on the last page" not in _read(_pages(last)).text.split("right 0")[0]
    text = _read(_pages(left + right, last)).text
    assert text.index("left 1 on the last page") < text.index("right 0 on the last page")


def test_running_heads_and_page_numbers_are_no_text() -> None:
    pages = [[(72.0, 40.0, 9.0, "Harbour Plan 2031"), *_body(), (290.0, 810.0, 9.0, str(n))] for n in range(1, 5)]
    document = _read(_pages(*pages))
    rules = Counter(block.rule for block in document.blocks if block.kind is BlockKind.FURNITURE)
    assert rules == {"running-head": 4, "page-number": 4}


def test_a_sentence_that_the_page_cuts_is_one_block_on_its_first_page() -> None:
    long = "The Works Bureau will build the second pier and will open it to the public, with lights and"
    pages = [
        [(72.0, 40.0, 9.0, "Plan"), (72.0, 700.0, 10.0, long), (290.0, 810.0, 9.0, "1")],
        [(72.0, 40.0, 9.0, "Plan"), (72.0, 90.0, 10.0, "seats for all, by end-2031."), (290.0, 810.0, 9.0, "2")],
        [(72.0, 40.0, 9.0, "Plan"), (72.0, 90.0, 10.0, "Then it ends."), (290.0, 810.0, 9.0, "3")],
    ]
    blocks = [block for block in _read(_pages(*pages)).blocks if block.kind is BlockKind.PARAGRAPH]
    assert [block.text.text for block in blocks] == [f"{long} seats for all, by end-2031.", "Then it ends."]
    assert [block.page for block in blocks] == [1, 3]


def test_larger_sizes_are_headings_by_rank() -> None:
    page = [
        (72.0, 100.0, 24.0, "Harbour Plan"),
        (72.0, 140.0, 16.0, "Piers"),
        *_body(170),
        (72.0, 300.0, 16.0, "Boats"),
    ]
    headings = [block for block in _read(_pages([*page, *_body(330)])).blocks if block.kind is BlockKind.HEADING]
    assert [(block.text.text, block.level) for block in headings] == [("Harbour Plan", 1), ("Piers", 2), ("Boats", 2)]


def test_a_footnote_and_its_raised_figure_are_no_part_of_the_words() -> None:
    body = [(72.0, 120.0, 11.0, "It was built in 2024"), (178.0, 116.0, 6.0, "1"), *_body(150)]
    note = [(72.0, 760.0, 6.0, "1"), (80.0, 764.0, 8.0, "Counted at the end of the year.")]
    document = _read(_pages([*body, *note]))
    assert "2024¹" in document.text
    assert "¹Counted at the end of the year." in [w.replace(" C", "C") for w in _words(document, BlockKind.FURNITURE)]


def test_blocks_tell_where_they_stand() -> None:
    block = _read(_pages(_body())).blocks[0]
    assert block.page == 1
    assert block.box is not None
    left, top, right, bottom = block.box
    assert left == pytest.approx(72, abs=2)
    assert 105 < top < bottom < 250
    assert right > 200


def test_every_word_in_a_ruled_table_is_kept_and_cells_stay_apart() -> None:
    need_fonts()
    rows = (
        ("No.", "Indicator", "Progress"),
        ("1", "<p>Build two piers:</p><ul><li>one;</li><li>two.</li></ul>", "Done."),
    )
    document = _read(as_pdf([Part(BlockKind.ROW, rows=rows)]))
    cells = [[cell.text for cell in block.cells] for block in document.blocks if block.kind is BlockKind.ROW]
    assert cells == [["No.", "Indicator", "Progress"], ["1", "Build two piers:<br>• one;<br>• two.", "Done."]]


def test_the_rest_of_a_list_that_a_page_cuts_goes_on_with_its_entry() -> None:
    need_fonts()
    entry = "open the second pier to the public with lights and seats for all who wait there in the rain"
    listed = "".join(f"<li>{entry}, part {n};</li>" for n in range(12))
    rows = (("No.", "Indicator", "Progress"), ("1", f"<p>The bureau will:</p><ul>{listed}</ul>", "Done."))
    document = _read(as_pdf([Part(BlockKind.ROW, rows=rows)], Layout(420.0, 400.0, rows_cut=True)))
    rows_read = [block for block in document.blocks if block.kind is BlockKind.ROW and "bureau" in block.text.text]
    assert [row.cells[1].text.split("<br>")[1:] for row in rows_read] == [[f"• {entry}, part {n};" for n in range(12)]]


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    need_fonts()
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(595, 842))
    pdf.add_font("plain", fname=pdf_of_parts.PLAIN_FONT)
    pdf.add_page()
    pdf.set_font("plain", size=11)
    with pdf.rotation(90, 100, 700):
        for _, y, _, words in _body(700):
            pdf.text(100, y, words)
    data = bytes(pdf.output())
    assert b"/Type /Page\n" in data
    block = _read(data.replace(b"/Type /Page\n", b"/Type /Page /Rotate 90\n")).blocks[0]
    assert block.text.text.startswith("Line 0 of a column of words runs on Line 1")
    assert block.box is not None
    assert block.box[0] == pytest.approx(842 - 700, abs=2)


# What no reader can take


def _locked(word: str) -> bytes:
    from fpdf import FPDF

    pdf = FPDF(unit="pt")
    pdf.add_font("plain", fname=pdf_of_parts.PLAIN_FONT)
    pdf.set_encryption(owner_password="owner", user_password=word)
    pdf.add_page()
    pdf.set_font("plain", size=12)
    pdf.text(72, 100, "Words under lock")
    return bytes(pdf.output())


def test_a_password_is_asked_for_in_words() -> None:
    need_fonts()
    with pytest.raises(ReadError, match=r"x\.pdf: is locked with a password\. Save a copy"):
        _read(_locked("secret"))


def test_a_file_locked_only_against_changes_is_read() -> None:
    need_fonts()
    assert "Words under lock" in _read(_locked("")).text


def _raw(*objects: str) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{each}\nendobj\n".encode())
    start = out.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    out.write(f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
BAD = {
    "no-body": b"%PDF-1.7\n",
    "no-pages": _raw(CATALOGUE, "<</Type/Pages/Kids[]/Count 0>>"),
    "page-tree-in-a-circle": _raw(CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 3>>"),
    "no-catalogue": _raw("<</Type/Font>>"),
    "endless-xref": b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF",
    "blank-page": _raw(CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"),
}


@pytest.mark.parametrize("shape", BAD)
def test_bad_shapes_are_refused_in_words(shape: str) -> None:
    with pytest.raises(ReadError, match=r"^x\.pdf: .*(add|save)"):
        _read(BAD[shape])


def test_a_claim_of_a_million_pages_is_refused() -> None:
    kids = " ".join(["3 0 R"] * 6000)
    many = _raw(CATALOGUE, f"<</Type/Pages/Kids[{kids}]/Count 1000000>>", "<</Type/Page/Parent 2 0 R>>")
    with pytest.raises((LimitError, ReadError), match=r"x\.pdf: "):
        _read(many)


def _refusal(data: bytes) -> str | None:
    try:
        _read(data)
    except (ReadError, LimitError) as error:
        return str(error)
    return None


def test_a_file_cut_short_is_read_or_refused_but_never_breaks_its_reader() -> None:
    whole = _pages(_body())
    for kept in (20, 200, len(whole) // 2, len(whole) - 30):
        assert (_refusal(whole[:kept]) or "x.pdf: ").startswith("x.pdf: ")


def test_mutated_files_are_read_or_refused() -> None:
    whole = _pages(_body(), _body())
    chance = random.Random(5)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 20, 400))):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        assert (_refusal(bytes(data)) or "x.pdf: ").startswith("x.pdf: ")


def test_scanned_pages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "engine", lambda: "")
    with pytest.raises(ReadError, match=r"pages 1-2 are scanned.*pip install deedline\[ocr\]"):
        _read(_scans(2))


def test_a_scanned_page_among_others_is_told_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "engine", lambda: "")
    document = _read(_scans(1, words="A page of words that can be read, and then a picture of a page."))
    told = [block for block in document.blocks if block.rule == "scanned-page"]
    assert [block.page for block in told] == [2]
    finding = find_items(document, place_of(document.metadata))
    assert [line.role for line in finding.lines][-1] is LineRole.IGNORED
    assert "scanned-page" in {issue.code for issue in finding.issues}


def _scans(count: int, words: str = "") -> bytes:
    need_fonts()
    from fpdf import FPDF
    from PIL import Image

    pdf = FPDF(unit="pt", format=(595, 842))
    pdf.add_font("plain", fname=pdf_of_parts.PLAIN_FONT)
    if words:
        pdf.add_page()
        pdf.set_font("plain", size=12)
        pdf.text(72, 100, words)
    for _ in range(count):
        pdf.add_page()
        pdf.image(Image.effect_noise((60, 80), 50), 0, 0, 595, 842)
    return bytes(pdf.output())


def test_fonts_that_name_no_character_are_told() -> None:
    whole = _pages(_body())
    assert b"/ToUnicode" in whole
    with pytest.raises(ReadError, match="fonts do not say which characters"):
        _read(whole.replace(b"/ToUnicode", b"/ToNothing"))


def test_page_and_size_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _pages(_body(), _body())
    monkeypatch.setattr(pdf_sheets, "MAX_PAGES", 1)
    with pytest.raises(LimitError, match=r"claims 2 pages; up to 1 are read"):
        parse(data, "x.pdf")


def test_blocks_are_what_the_reading_says(root: Path) -> None:
    need_fonts()
    document = _read(as_pdf(parts_of(read_document((root / "examples" / EXAMPLES[1]).read_bytes(), EXAMPLES[1]))))
    lines = document.text.split("\n")

    def stands_there(block: Block) -> bool:
        return reread(document.text, block.text.spans()) in lines[block.lines[0] - 1]

    assert all(stands_there(block) for block in document.blocks if "\t" not in lines[block.lines[0] - 1])
