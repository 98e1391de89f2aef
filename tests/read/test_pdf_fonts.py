"""Pages whose fonts lie are told from those that only look unusual."""

from __future__ import annotations

import pytest

from deedline.find import find_items
from deedline.read import read_document
from deedline.read.metadata import place_of
from deedline.read.pdf_fonts import is_gibberish
from tests.read.pdf_of_parts import PLAIN_FONT, need_fonts

PLAIN = "The Works Bureau will build the second pier and open it to the public by the end of 2031. "
SHIFTED = "".join(chr((ord(c.lower()) - 97 + 3) % 26 + 97) if c.isalpha() else c for c in PLAIN)


@pytest.mark.parametrize(
    ("text", "unread", "told"),
    [
        (PLAIN * 5, 0, False),
        ("工務局會在二零三一年底前建成第二個碼頭，並開放予公眾使用。" * 5, 0, False),
        ("1,200 3,400 56% 7.8 " * 20, 0, False),
        ("\uf06c " + PLAIN, 0, False),
        ("\uf06c\uf0b7\ue123" * 30 + PLAIN, 0, True),
        (PLAIN, 60, True),
        (SHIFTED * 5, 0, True),
        ("\ue000", 5, False),
    ],
)
def test_gibberish_is_told_by_its_characters(text: str, unread: int, told: bool) -> None:
    assert is_gibberish(text, unread) is told


def test_a_page_whose_fonts_lie_is_named_in_a_doubt() -> None:
    need_fonts()
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(595, 842))
    pdf.add_font("plain", fname=PLAIN_FONT)
    for words in (PLAIN, SHIFTED):
        pdf.add_page()
        pdf.set_font("plain", size=11)
        for i in range(6):
            pdf.text(72, 120 + 16 * i, words)
    document = read_document(bytes(pdf.output()), "x.pdf")
    finding = find_items(document, place_of(document.metadata))
    told = [issue.message for issue in finding.issues if issue.code == "lying-fonts"]
    assert len(told) == 1
    assert "page 2" in told[0]
