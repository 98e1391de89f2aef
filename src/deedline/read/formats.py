"""Which reader takes a file: an explicit list, asked in order, each by the file's first bytes or its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from deedline.errors import ReadError
from deedline.read.confined import read_pieces
from deedline.read.decode import check_size, decode, demand_words
from deedline.read.plain import read_blocks
from deedline.read.reading import Reading

_HEAD = 1024
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,500}-->)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_XML_HEAD = 4096
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[?!\w]")
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_SHEET_SUFFIXES = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".tab": "text/tab-separated-values"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIPPED = b"PK\x03\x04"
_SHEETS = "XLSX or CSV (spreadsheets), DOCX, HTML or text"
_UNREAD = {_ZIPPED: "zipped", b"\xd0\xcf\x11\xe0": "old or locked Office"}
_UNREAD_SHEETS = {
    b"xl/workbook.bin": "binary Excel (XLSB)",
    b"opendocument.spreadsheet": "OpenDocument spreadsheet (ODS)",
}


@dataclass(frozen=True, slots=True)
class Format:
    """A form of file: what its bytes and name look like, and what reads it.

    `read` raises ReadError where it cannot take the bytes and LimitError over its limits, both naming the file.
    """

    media_type: str
    takes: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Reading]


def read_text(data: bytes, name: str) -> Reading:
    """Plain text and Markdown: the file's own characters are the text."""
    text = decode(data, name)
    check_size(len(text), name)
    if not text.strip():
        raise ReadError(f"{name}: holds no text. If it is a scan, it needs recognition (OCR) first")
    demand_words(text, name)
    return Reading(text, read_blocks(text))


def _read_html(data: bytes, name: str) -> Reading:
    return read_pieces("deedline.read.html:pieces", data, name, "web page")


def _read_pdf(data: bytes, name: str) -> Reading:
    from deedline.read.pdf import read_pdf

    return read_pdf(data, name)


def _is_pdf(data: bytes, _name: str) -> bool:
    return b"%PDF-" in data[:_HEAD]  # what a mailer or a server wrote before it does no harm


def _read_docx(data: bytes, name: str) -> Reading:
    return read_pieces("deedline.read.docx:pieces", data, name, "Word document")


def _read_image(data: bytes, name: str) -> Reading:
    from deedline.read.scans import read_image

    return read_image(data, name)


def _begins(*signatures: bytes) -> Callable[[bytes, str], bool]:
    return lambda data, _name: data.startswith(signatures)


def _is_docx(data: bytes, _name: str) -> bool:
    return data.startswith(b"PK\x03\x04") and b"word/document" in data  # names of members are not packed


def _read_docbook(data: bytes, name: str) -> Reading:
    return read_pieces("deedline.read.docbook:pieces", data, name, "DocBook")


def _is_docbook(data: bytes, name: str) -> bool:
    head = data[:_XML_HEAD].replace(b"\x00", b"")  # of UTF-16 the Latin letters are left
    return _suffix(name) in (".dbk", ".docbook") or (_XML.match(head) is not None and b"ocbook" in head.lower())


def _is_xml(data: bytes, name: str) -> bool:
    return _suffix(name) == ".xml" and _XML.match(data[:_HEAD].replace(b"\x00", b"")) is not None


def _refuse_xml(_data: bytes, name: str) -> Reading:
    raise ReadError(f"{name}: is XML, but no DocBook or web page. Save it as one of these or as text, then add that")


def _read_xlsx(data: bytes, name: str) -> Reading:
    return read_pieces("deedline.read.xlsx:pieces", data, name, "workbook")


def _is_xlsx(data: bytes, _name: str) -> bool:
    return data.startswith(_ZIPPED) and b"xl/workbook.xml" in data


def _read_delimited(data: bytes, name: str) -> Reading:
    return read_pieces("deedline.read.delimited:pieces", data, name, "table")


def _named(suffix: str) -> Callable[[bytes, str], bool]:
    return lambda _data, name: _suffix(name) == suffix


def _is_unread(data: bytes, _name: str) -> bool:
    return data.startswith(tuple(_UNREAD))


def _refuse(data: bytes, name: str) -> Reading:
    form = next(form for signature, form in _UNREAD.items() if data.startswith(signature))
    if data.startswith(_ZIPPED):
        form = next((form for member, form in _UNREAD_SHEETS.items() if member in data), form)
    raise ReadError(f"{name}: is a {form} file, which is not read. Save it as {_SHEETS}, then add that")


def _is_page(data: bytes, name: str) -> bool:
    return _suffix(name) in _PAGE_SUFFIXES or _PAGE.match(data[:_HEAD]) is not None


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


FORMATS: tuple[Format, ...] = (
    Format("application/pdf", _is_pdf, _read_pdf),
    Format("image/png", _begins(b"\x89PNG\r\n\x1a\n"), _read_image),
    Format("image/jpeg", _begins(b"\xff\xd8\xff"), _read_image),
    Format("image/tiff", _begins(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"), _read_image),
    Format(_DOCX, _is_docx, _read_docx),
    Format(_XLSX, _is_xlsx, _read_xlsx),
    Format("application/octet-stream", _is_unread, _refuse),
    *(Format(media_type, _named(suffix), _read_delimited) for suffix, media_type in _SHEET_SUFFIXES.items()),
    Format("application/docbook+xml", _is_docbook, _read_docbook),
    Format("text/html", _is_page, _read_html),
    Format("application/xml", _is_xml, _refuse_xml),
    Format("text/markdown", lambda _, name: _suffix(name) in (".md", ".markdown"), read_text),
    Format("text/plain", lambda _data, _name: True, read_text),
)


def format_of(data: bytes, name: str) -> Format:
    """The first format that takes the file; the last takes any."""
    return next(form for form in FORMATS if form.takes(data, name))


def is_plain(data: bytes, name: str) -> bool:
    """Whether a file is read as the text that it is, by no parser."""
    return format_of(data, name).read is read_text
