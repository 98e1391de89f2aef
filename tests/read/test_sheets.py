"""Spreadsheets become rows with their places: dialects, encodings, merged cells, formats, what is beyond limits."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from deedline.errors import LimitError, ReadError
from deedline.model.document import BlockKind
from deedline.model.text import reread
from deedline.read import delimited, read_document, xlsx
from deedline.read.reading import Piece, lay_out
from deedline.read.xlsx_numbers import shown

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
TABLES = st.integers(2, 5).flatmap(lambda wide: st.lists(st.lists(WORDS, min_size=wide, max_size=wide), min_size=1))


def workbook(fill: Callable[[Any, Any], None], **options: object) -> bytes:
    held = BytesIO()
    with Workbook(held, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet("措施"))
    return held.getvalue()


def rows_of(pieces: list[Piece]) -> list[tuple[str, tuple[str, ...]]]:
    return [(piece.anchor, piece.lines) for piece in pieces if piece.kind is BlockKind.ROW]


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part in place of its own."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return held.getvalue()


PLAIN = workbook(lambda _, sheet: sheet.write_row(0, 0, ["Measure", "Due"]))
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@given(
    table=TABLES,
    delimiter=st.sampled_from(delimited.DELIMITERS),
    ends=st.sampled_from(("\n", "\r\n")),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
)
@settings(deadline=None, max_examples=150)
def test_every_dialect_gives_the_same_rows(
    table: list[list[str]], delimiter: str, ends: str, quoting: Any, encoding: str
) -> None:
    head = [f"column {number}" for number in range(len(table[0]))]
    told = [[f"{words}x" for words in row] for row in table]  # so that none begins as a formula's guard alone
    held = StringIO(newline="")
    csv.writer(held, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows([head] * 3 + told)
    text = held.getvalue()
    if delimited.delimiter_of(text) != delimiter:  # the cells hold as many of another sign, row by row
        text = f"sep={delimiter}\n{text}"
    found = rows_of(delimited.pieces(text.encode(encoding), "a.csv"))
    kept = [tuple(delimited._GUARD.sub("", words, count=1) if words[0] == "'" else words for words in r) for r in told]
    assert [cells for _, cells in found] == [tuple(head)] * 3 + kept


def test_quoted_lines_stay_in_their_cell_and_rows_keep_their_numbers() -> None:
    made = read_document('\ufeffMeasure;Due\r\n\r\n"Build\nhomes; soon";2031\r\n'.encode(), "a.csv")
    assert [(b.anchor, [c.text for c in b.cells]) for b in made.blocks] == [
        ("1", ["Measure", "Due"]),
        ("3", ["Build homes; soon", "2031"]),
    ]
    assert made.text == "Measure\tDue\nBuild homes; soon\t2031\n"
    assert made.media_type == "text/csv"


@pytest.mark.parametrize("encoding", ["big5", "gb18030"])
def test_unmarked_encodings_are_told(encoding: str) -> None:
    text = "措施,負責部門,完成期限\n興建公共房屋及改善居住環境,房屋局,二零二五年年底前\n" * 5
    found = rows_of(delimited.pieces(text.encode(encoding), "a.csv"))
    assert found[0][1] == ("措施", "負責部門", "完成期限")


def test_words_that_a_spreadsheet_would_run_are_words() -> None:
    found = rows_of(delimited.pieces(b"Measure,Due\n=HYPERLINK(1),'=1+1\n''tis,'em\n", "a.csv"))
    assert [cells for _, cells in found[1:]] == [("=HYPERLINK(1)", "=1+1"), ("'tis", "'em")]


def test_what_a_workbook_shows_is_read() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "市長承諾登記冊2031")
        sheet.write_row(2, 0, ["Measure", "Lead", "Due", "Target", "Sum"])
        sheet.merge_range(3, 0, 3, 4, "Housing")
        sheet.merge_range(4, 1, 5, 1, "Works Department")
        sheet.write(4, 0, "=words, not run")
        sheet.write_datetime(4, 2, date(2031, 12, 31), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write(4, 3, 0.2, book.add_format({"num_format": "0%"}))
        sheet.write(4, 4, 12345.5, book.add_format({"num_format": '"HK$"#,##0.00'}))
        sheet.write(5, 0, "Hidden")
        sheet.write_formula(5, 4, "=1+1", None, 2)
        sheet.set_row(5, None, None, {"hidden": True})
        book.add_worksheet("Empty")
        book.add_worksheet("Notes").write_row(0, 0, ["a", "b"])

    made = read_document(workbook(fill, strings_to_formulas=False), "a.xlsx")
    assert [(b.kind.value, b.rule, b.anchor, b.text.text) for b in made.blocks] == [
        ("furniture", "sheet-name", "措施", "措施"),
        ("paragraph", "sheet-line", "措施!1", "市長承諾登記冊2031"),
        ("row", "sheet-row", "措施!3", "Measure\tLead\tDue\tTarget\tSum"),
        ("heading", "sheet-section", "措施!4", "Housing"),
        ("row", "sheet-row", "措施!5", "=words, not run\tWorks Department\t2031-12-31\t20%\tHK$12,345.50"),
        ("row", "sheet-row", "措施!6", "Hidden\tWorks Department\t\t\t2"),
        ("furniture", "sheet-name", "Notes", "Notes"),
        ("row", "sheet-row", "Notes!1", "a\tb"),
    ]
    for block in made.blocks:
        for cell in block.cells:
            assert reread(made.text, cell.spans()) == cell.text
    assert made.metadata.title == "市長承諾登記冊2031"


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (0.2, "0%", "20%"),
        (0.1255, "0.0%", "12.6%"),
        (5000, "#,##0", "5,000"),
        (-1234.567, "#,##0.00", "-1,234.57"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (5_000_000, '"$"#,##0.0,,"m"', "$5.0m"),
        (12, "[$HK$-C04]#,##0", "HK$12"),
        (7, "000", "007"),
        (0.5, "0.###", "0.5"),
        (1 / 3, "General", "0.333333333333333"),
        (1.5, "# ?/?", "1.5"),
        (48213, "d/m/yyyy", "2031-12-31"),
        (48213.5, "yyyy-mm-dd hh:mm", "2031-12-31 12:00"),
        (48213, "mmm-yy", "2031-12"),
        (48213, "yyyy", "2031"),
        (0.5, "h:mm", "12:00"),
        (1e300, "#,##0", "1e+300"),
        (float("inf"), "0", ""),
        (-1, "yyyy-mm-dd", "-1"),
    ],
)
def test_numbers_are_shown_as_their_format_says(number: float, code: str, words: str) -> None:
    assert shown(number, code) == words


@given(number=st.floats(), code=st.text(st.sampled_from('0#?,.%;"\\_*[]$-ymdhsE+ /@年HK'), max_size=20))
@settings(deadline=None)
def test_any_number_and_format_show_something_short(number: float, code: str) -> None:
    assert len(shown(number, code)) < 400


def test_days_of_1904() -> None:
    data = workbook(
        lambda book, sheet: sheet.write_row(0, 0, [date(2031, 12, 31), "x"]),
        date_1904=True,
        default_date_format="yyyy-mm-dd",
    )
    assert rows_of(xlsx.pieces(data, "a.xlsx"))[0][1][0] == "2031-12-31"


def test_a_million_empty_rows_cost_nothing() -> None:
    empty = b"".join(b'<row r="%d"/>' % number for number in range(2, 1_048_576))
    last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>a</t></is></c><c t="str"><v>b</v></c></row>'
    data = with_part(PLAIN, SHEET, b"<worksheet %s><sheetData>%s%s</sheetData></worksheet>" % (MAIN, empty, last))
    assert rows_of(xlsx.pieces(data, "a.xlsx")) == [("措施!1048576", ("a", "b"))]


def row_of(cells: bytes) -> bytes:
    return b"<worksheet %s><sheetData><row>%s</row></sheetData></worksheet>" % (MAIN, cells)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (with_part(PLAIN, SHEET, row_of(b'<c r="XFD1"><v>1</v></c>' * 2 + b'<c r="A1"><v>1</v></c>')), "cell XFD1"),
        (with_part(PLAIN, SHEET, row_of(b'<c t="str"><v>' + b"x" * 200_000 + b"</v></c>")), "cell A1: more than"),
        (with_part(PLAIN, SHEET, b" " * (40 * 1024 * 1024)), "unpacks to more than"),
    ],
)
def test_what_is_beyond_the_limits_is_refused_by_its_cell(data: bytes, cause: str) -> None:
    with pytest.raises(LimitError, match=cause) as error:
        xlsx.pieces(data, "a.xlsx")
    assert str(error.value).startswith("a.xlsx")


def test_a_table_of_too_many_columns_or_rows_is_refused() -> None:
    with pytest.raises(LimitError, match=r"a\.csv, cell IW1: holds words"):
        delimited.pieces(b",".join([b"x"] * 257), "a.csv")
    with pytest.raises(LimitError, match="more than 100,000 rows"):
        delimited.pieces(b"a,b\n" * 100_001, "a.csv")


@pytest.mark.parametrize("index", [b"0", b"99", b"-1", b"x", b"999999999999", "١".encode()])
def test_strings_that_are_not_there_are_no_words(index: bytes) -> None:
    data = with_part(PLAIN, SHEET, row_of(b'<c t="s"><v>1</v></c><c t="s"><v>%s</v></c>' % index))
    found = rows_of(xlsx.pieces(data, "a.xlsx"))
    assert found == ([("措施!1", ("Due", "Measure"))] if index == b"0" else [])


def test_entities_and_outside_parts_are_not_followed() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>' + row_of(
        b'<c t="str"><v>&b;</v></c><c><v>1</v></c>'
    )
    assert "boom" not in str(xlsx.pieces(with_part(PLAIN, SHEET, bomb), "a.xlsx"))
    rels = b'<Relationships><Relationship Id="rId1" TargetMode="External" Type="x/worksheet" Target="file:///etc/passwd"/></Relationships>'
    with pytest.raises(ReadError, match="no sheet of it holds any words"):
        xlsx.pieces(with_part(PLAIN, "xl/_rels/workbook.xml.rels", rels), "a.xlsx")


def packed(*members: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for member in members:
            archive.writestr(member, "application/vnd.oasis.opendocument.spreadsheet" if member == "mimetype" else "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "cause"),
    [
        (packed("mimetype"), "a.ods", "OpenDocument spreadsheet"),
        (packed("xl/workbook.bin"), "a.xlsb", r"binary Excel \(XLSB\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "old or locked Office"),
        (packed("other"), "a.zip", "zipped"),
    ],
)
def test_other_spreadsheets_are_refused_with_what_to_do(data: bytes, name: str, cause: str) -> None:
    with pytest.raises(ReadError, match=cause) as error:
        read_document(data, name)
    assert "Save it as XLSX or CSV" in str(error.value)


def test_a_table_of_nothing_is_refused() -> None:
    with pytest.raises(ReadError, match="holds any words"):
        read_document(b",,\n,,\n", "a.csv")


def test_rows_lie_in_the_text_one_a_line() -> None:
    text = lay_out(delimited.pieces(b"a,b\n,c\nd,\n", "a.csv")).text
    assert text == "a\tb\n\tc\nd\n"
