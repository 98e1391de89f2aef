"""PDFs as a browser prints them from a web page of the parts: another program's columns, cells and page ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import escape

from deedline.model.document import BlockKind
from tests.browsers import chromium_here
from tests.read.forms_of_file import Part, html_cell, in_lists, words_of
from tests.read.pdf_of_parts import printable

Printer = Callable[[str], bytes]

_TABLE = "table {border-collapse: collapse; width: 100%} th, td {border: 1px solid; vertical-align: top; padding: 3px}"
LOOKS = {
    "a4": f"@page {{size: A4; margin: 20mm}} {_TABLE} body {{font-size: 12pt}} td, th {{font-size: 10pt}}",
    "a3-landscape": f"@page {{size: A3 landscape; margin: 20mm}} {_TABLE} body {{font-size: 12pt}}",
    "small-serif": f"@page {{size: A4; margin: 25mm}} {_TABLE} body {{font: 11pt serif; text-align: justify}} "
    "td {font-size: 9pt}",
    "two-columns": f"@page {{size: A4 landscape; margin: 15mm}} {_TABLE} body {{font-size: 10pt}} "
    ".text {columns: 2; column-gap: 12mm}",
}


@contextmanager
def printing() -> Iterator[Printer]:
    """What prints a web page as a PDF; skips the test where no Chromium is."""
    from playwright.sync_api import sync_playwright

    path = chromium_here()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(java_script_enabled=False)

        def printed(html: str) -> bytes:
            page.set_content(html)
            return page.pdf(prefer_css_page_size=True)

        yield printed
        browser.close()


def as_page(parts: Iterable[Part], look: str, language: str) -> str:
    """A web page of the parts: text, with the tables between; headers in `thead`, which print repeats on each page."""
    style = f"<style>{LOOKS[look]}</style>"
    text = in_lists(parts, _part)
    return f'<html lang="{language}"><meta charset="utf-8">{style}<body><div class="text">{text}</div></body></html>'


def _part(part: Part) -> str:
    words = escape(printable(words_of(part)))
    if part.kind is BlockKind.ROW:
        head, *rows = part.rows
        body = "".join(_row(row, "td") for row in rows)
        return f'</div><table><thead>{_row(head, "th")}</thead><tbody>{body}</tbody></table><div class="text">'
    if part.kind is BlockKind.HEADING:
        return f"<h{part.level}>{words}</h{part.level}>" if part.level else f"<p><b>{words}</b></p>"
    return f"<li>{words}</li>\n" if part.kind is BlockKind.BULLET else f"<p>{words}</p>\n"


def _row(row: Iterable[str], tag: str) -> str:
    """Cells whose lists have their marks, whatever style was kept with them."""
    cells = (re.sub(r' style="[^"]*"', "", printable(html_cell(cell))) for cell in row)
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>\n"
