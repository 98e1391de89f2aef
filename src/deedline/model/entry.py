"""An item as later stages take it: with its lasting id and the document it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deedline.model.item import Item


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its lasting id. `dated` is the first day from which its document can date; None where unknown."""

    id: str
    document_id: str
    dated: date | None
    item: Item
