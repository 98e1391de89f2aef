"""Footnotes in a DOCX, which python-docx does not make: the part that holds them, and the marks that call them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Written

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


class FootNotes:
    """The footnotes of one document; each text stands once, where it is first called."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbers: dict[str, int] = {}

    def call(self, written: Written, texts: tuple[str, ...]) -> None:
        """Put the marks of notes at the end of a paragraph; a text called before is called by its number."""
        for place, text in enumerate(texts):
            if place:
                written.add_run(", ").font.superscript = True
            if text in self._numbers:
                written.add_run(str(self._numbers[text])).font.superscript = True
                continue
            self._numbers[text] = len(self._numbers) + 1
            self._mark(written, self._numbers[text])

    @staticmethod
    def _mark(written: Written, number: int) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = written.add_run()
        run.font.superscript = True
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(number))
        run._r.append(mark)  # the library has no door to it

    def close(self) -> None:
        """Add the part that holds the texts, where there are any."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if not self._numbers:
            return
        texts = "".join(_note(number, text) for text, number in self._numbers.items())
        whole = f"{_DECLARATION}<w:footnotes {_SPACE}>{_RULES}{texts}</w:footnotes>"
        part = self._document.part
        name = PackURI("/word/footnotes.xml")
        part.relate_to(Part(name, _TYPE, whole.encode(), part.package), _RELATION)


def _note(number: int, text: str) -> str:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    words = f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
    return f'<w:footnote w:id="{number}"><w:p>{mark}{words}</w:p></w:footnote>'
