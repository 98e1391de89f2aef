"""Short labels that the terminal and the pages share."""

from __future__ import annotations

from deedline.model.document import Metadata
from deedline.model.item import Item

_KNOWN = {"year": 4, "month": 7}


def when(metadata: Metadata) -> str:
    """A document's date, as exactly as it is known: 2024-10-16, 2024-08 or 2024."""
    if metadata.dated is None:
        return ""
    return metadata.dated.isoformat()[: _KNOWN.get(metadata.dated_precision, 10)]


def numbered(item: Item) -> str:
    """An item's number in its document, with its part: "38.5"."""
    return (item.number or "") + (f".{item.part}" if item.part is not None else "")
