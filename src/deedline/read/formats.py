"""Which reader takes a file: an explicit list, asked in order, each by the file's first bytes or its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from deedline.errors import ReadError
from deedline.read.confined import read_pieces
from deedline.read.decode import check_length, decode
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
_UNREAD = {b"PK\x03\x04": "Excel or another zipped format", b"\xd0\xcf\x11\xe0": "old or locked Office"}


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
    check_length(text, name)
    if not text.strip():
        raise ReadError(f"{name}: holds no text. If it is a scan, it needs recognition (OCR) first")
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


def _is_unread(data: bytes, _name: str) -> bool:
    return data.startswith(tuple(_UNREAD))


def _refuse(data: bytes, name: str) -> Reading:
    form = next(form for signature, form in _UNREAD.items() if data.startswith(signature))
    raise ReadError(f"{name}: is a {form} file, which is not read. Save it as DOCX, HTML or text, then add that")


def _is_page(data: bytes, name: str) -> bool:
    return _suffix(name) in _PAGE_SUFFIXES or _PAGE.match(data[:_HEAD]) is not None


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


FORMATS: tuple[Format, ...] = (
    Format("application/pdf", _is_pdf, _read_pdf),
    Format(_DOCX, _is_docx, _read_docx),
    Format("application/octet-stream", _is_unread, _refuse),
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
