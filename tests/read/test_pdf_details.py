"""What printers do to words: columns of every kind, stretched lines, merged and cut cells, ligatures, symbol fonts, and
notes at the foot of a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deedline.model.document import Block, BlockKind, Document
from deedline.read import read_document
from tests.read.pdf_of_parts import PLAIN_FONT, WIDE_FONT, need_fonts
from tests.read.print_pages import Printer, printing

EN = (
    "The Office of the Chief Officer will file the first official flood-relief plan, efficiently and within the final "
    "fiscal quarter, in offices affected by difficult traffic flows."
)
ZH = (
    "政府會在二零三一年底前完成河濱公園的改善工程，並在園內增設無障礙設施、單車徑及寵物公園，以方便附近居民使用；"
    "工務局會在2031年公布詳情。"
)
STYLE = "table {border-collapse: collapse} td, th {border: 1px solid; padding: 3px; vertical-align: top}"


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with printing() as printed:
        yield printed


def _read(pdf: bytes) -> Document:
    return read_document(pdf, "x.pdf")


def _page(style: str, body: str) -> str:
    return f'<meta charset="utf-8"><style>@page {{size: A4; margin: 15mm}} {STYLE} {style}</style>{body}'


def _shown(document: Document) -> list[str]:
    return [block.text.text for block in document.blocks]


def _rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in document.blocks if block.kind is BlockKind.ROW]


# Columns and stretched lines


@pytest.mark.parametrize("columns", [2, 3])
def test_justified_columns_are_read_one_after_the_other(columns: int, printer: Printer) -> None:
    words = [EN, ZH] * 5
    body = "".join(f"<p>{each}</p>" for each in words)
    style = f"div {{columns: {columns}; text-align: justify; font: 11pt 'DejaVu Serif'}}"
    assert _shown(_read(printer(_page(style, f"<div>{body}</div>")))) == words


def test_a_heading_over_both_columns_parts_those_above_it_from_those_below(printer: Printer) -> None:
    chapters = [(f"Chapter {n}", [f"{EN} {n}{letter}" for letter in "abcd"]) for n in range(1, 4)]
    body = "".join(f"<h2>{head}</h2>" + "".join(f"<p>{each}</p>" for each in said) for head, said in chapters)
    style = "div {columns: 2; font-size: 10pt} h2 {column-span: all; font-size: 14pt}"
    document = _read(printer(_page(style, f"<div>{body}</div>")))
    assert _shown(document) == [each for head, said in chapters for each in (head, *said)]
    assert [block.text.text for block in document.blocks if block.kind is BlockKind.HEADING] == [c[0] for c in chapters]


def test_words_of_a_stretched_line_are_neither_cells_nor_letters_apart(printer: Printer) -> None:
    style = "p {text-align: justify; width: 44mm; font: 11pt 'DejaVu Serif'} .apart {text-justify: inter-character}"
    document = _read(printer(_page(style, f"<p>{EN}</p><p>{ZH}</p><p class='apart'>{EN}</p>")))
    assert _shown(document) == [EN, ZH, EN]


# Tables


def test_merged_cells_keep_their_place_and_their_words_stand_in_the_first(printer: Printer) -> None:
    head = (
        "<tr><th rowspan=2>No.</th><th rowspan=2>Indicator</th><th colspan=2>Progress</th></tr>"
        "<tr><th>2029</th><th>2030</th></tr>"
    )
    body = (
        "<tr><td rowspan=3>1</td><td>Build two piers.</td><td>One</td><td>Two</td></tr>"
        "<tr><td>Open two piers.</td><td colspan=2>Done.</td></tr>"
        "<tr><td>Light two piers.</td><td rowspan=2>None</td><td>Both</td></tr>"
        "<tr><td>2</td><td>Plant trees.</td><td>300</td></tr>"
    )
    table = f"<table>{head}{body}</table>"
    printed, marked_up = _read(printer(_page("", table))), read_document(_page("", table).encode(), "x.html")
    assert _rows(printed)[2:] == _rows(marked_up)[2:]
    assert _rows(printed)[:2] == [["No.", "Indicator", "Progress", ""], ["", "", "2029", "2030"]]


def test_a_list_in_a_cell_goes_on_over_pages_that_hold_nothing_else(printer: Printer) -> None:
    entry = "open the second pier to the public with lights and seats for all who wait"
    entries = [f"{entry}, part {n};" for n in range(7)]
    listed = "".join(f"<li>{each}</li>" for each in entries)
    table = "".join(f"<tr><td>{n}</td><td>The bureau will:<ul>{listed}</ul></td></tr>" for n in (1, 2))
    document = _read(printer(_page("@page {size: 105mm 70mm; margin: 8mm}", f"<table>{table}</table>")))
    cell = "<br>".join(["The bureau will:", *(f"• {each}" for each in entries)])
    assert _rows(document) == [["1", cell], ["2", cell]]
    assert [block.page for block in document.blocks] == [1, 3]


# Letters


def test_ligatures_are_read_as_their_letters(printer: Printer) -> None:
    style = "p {font: 11pt 'DejaVu Serif'; font-feature-settings: 'liga' 1}"
    assert _shown(_read(printer(_page(style, f"<p>{EN}</p>")))) == [EN]
    drawn = EN.replace("ffi", "\ufb03").replace("ff", "\ufb00").replace("fi", "\ufb01").replace("fl", "\ufb02")
    assert "\ufb01" in drawn
    assert _shown(_read(_set([(72.0, 120.0, drawn[:80]), (72.0, 136.0, drawn[80:])]))) == [EN]


def _symbols(folder: Path, name: str, codes: dict[int, str]) -> Path:
    """The file of a font of that name whose characters at these codes are drawn as others are."""
    from fontTools.subset import Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(PLAIN_FONT)
    glyphs = {code: font.getBestCmap()[ord(char)] for code, char in codes.items()}
    for table in font["cmap"].tables:
        table.cmap = dict(glyphs)
    subset = Subsetter()
    subset.populate(unicodes=list(codes))
    subset.subset(font)
    for record in font["name"].names:
        record.string = name
    font.save(folder / "symbols.ttf")
    return folder / "symbols.ttf"


def _set(lines: list[tuple[float, float, str]], symbols: Path | None = None) -> bytes:
    """A page of lines at their places, 11 points in size; single characters are drawn by the font of symbols."""
    need_fonts()
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(595, 842))
    pdf.add_font("plain", fname=PLAIN_FONT)
    pdf.add_font("wide", fname=WIDE_FONT)
    if symbols is not None:
        pdf.add_font("symbols", fname=symbols)
    pdf.add_page()
    for x, y, words in lines:
        pdf.set_font("symbols" if len(words) == 1 else "wide" if ord(words[0]) > 0x3000 else "plain", size=11)
        pdf.text(x, y, words)
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("name", "code"),
    [("SymbolMT", 0xF0B7), ("Wingdings-Regular", 0xF06C), ("Wingdings-Regular", 0xF0D8), ("Wingdings", ord("l"))],
)
def test_bullets_of_symbol_fonts_are_bullets(tmp_path: Path, name: str, code: int) -> None:
    need_fonts()
    entries = ["Open the second pier by end-2031;", "Light the first pier."]
    lines = [
        line
        for i, said in enumerate(entries)
        for line in ((72.0, 120.0 + 20 * i, chr(code)), (92.0, 120.0 + 20 * i, said))
    ]
    blocks = _read(_set(lines, _symbols(tmp_path, name, {code: "●"}))).blocks
    assert [(block.kind, block.text.text) for block in blocks] == [(BlockKind.BULLET, said) for said in entries]


# Notes at the foot of a page


def _notes(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text.text for block in blocks if block.rule == "footnote"]


def _with_notes(words: list[str], notes: list[tuple[str, str]], ruled: bool, top: float = 640.0) -> bytes:
    """Two pages of one paragraph; below its first half a rule and the notes, set smaller, behind raised figures."""
    need_fonts()
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(595, 842))
    pdf.add_font("plain", fname=PLAIN_FONT)
    pdf.add_font("wide", fname=WIDE_FONT)
    font = "wide" if ord(words[0][0]) > 0x3000 else "plain"
    for half in (words[: len(words) // 2], words[len(words) // 2 :]):
        pdf.add_page()
        pdf.set_font(font, size=11)
        for i, line in enumerate(half):
            pdf.text(72, 100 + 18 * i, line)
        if half[0] is words[0]:
            if ruled:
                pdf.line(72, top, 216, top)
            for i, (figure, line) in enumerate(notes):
                pdf.set_font("plain", size=5.5)
                pdf.text(72, top + 12 + 12 * i, figure)
                pdf.set_font(font, size=8)
                pdf.text(78, top + 15 + 12 * i, line)
    return bytes(pdf.output())


ENGLISH = ["The Works Bureau will build the second pier and will open it to the public with lights"] * 4
CHINESE = ["工務局會在二零三一年底前建成第二個碼頭並開放予公眾使用及提供照明和座椅以及無障礙設"] * 4


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(
    ("words", "notes"),
    [
        (ENGLISH, [("1", "Counted at the end of the year, with those that were repaired and"), ("", "opened again.")]),
        (CHINESE, [("1", "截至二零二九年底的數字，包括已維修的"), ("2", "不包括私人碼頭。")]),
    ],
)
def test_a_sentence_goes_on_over_the_notes_at_the_foot_of_its_page(
    words: list[str], notes: list[tuple[str, str]], ruled: bool
) -> None:
    document = _read(_with_notes(words, notes, ruled))
    between = "" if ord(words[0][0]) > 0x3000 else " "
    paragraphs = [block for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    assert [(block.page, block.text.text) for block in paragraphs] == [(1, between.join(words))]
    told = "".join(_notes(document.blocks))
    assert all(line in told for _, line in notes)
