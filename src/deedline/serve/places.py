"""Where an item stands in its file as readers say it: a sheet's cell, an id; and how surely a scan was read."""

from __future__ import annotations

import re

from deedline.model.item import Item
from deedline.register import StoredDocument
from deedline.serve.words import words

_CELL = re.compile(r"(?:(?P<sheet>.*)!)?(?P<cell>[A-Z]{1,3}\d{1,7})", re.S)
_SHEETS = ("spreadsheetml", "csv", "tab-separated-values")  # in the media types of what is read as a sheet


def anchored(item: Item, document: StoredDocument, language: str) -> str:
    """ "sheet 措施, cell B7", "cell B7", "#s3"; empty where the file gives the place no name."""
    if not item.anchor:
        return ""
    cell = _CELL.fullmatch(item.anchor) if any(form in document.media_type for form in _SHEETS) else None
    if cell is None:
        return f"#{item.anchor}"
    gettext = words(language).gettext
    if cell["sheet"]:
        return gettext("sheet %(sheet)s, cell %(cell)s") % cell.groupdict()
    return gettext("cell %(cell)s") % cell.groupdict()


def recognised(item: Item, language: str) -> str:
    """ "read by OCR, confidence 87%", with "unsure" where that is little; empty for what was printed."""
    if item.confidence is None:
        return ""
    gettext = words(language).gettext
    said = (
        gettext("read by OCR, confidence %(share)s, unsure")
        if item.unsure
        else gettext("read by OCR, confidence %(share)s")
    )
    return said % {"share": f"{item.confidence:.0%}"}
