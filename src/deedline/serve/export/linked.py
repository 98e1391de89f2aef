"""Which addresses lead from a row to the pages that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deedline.serve.export.shape import Row
from deedline.serve.site import Site

# By table: the object that holds the item ("" for the row itself), and the one that holds its first line.
_HOLDS: Mapping[str, tuple[str, str]] = {
    "items": ("", "source"),
    "relations": ("source", "source"),
    "standings": ("item", "item"),
    "threads": ("item", "item"),
    "indicators": ("item", "item"),
    "adoption": ("proposal", "proposal"),
}
NAMES = ("page_address", "source_address")
TITLES = {  # of the same, in the order of NAMES
    "en": ("Address of the page", "Address of the source"),
    "zh": ("網頁地址", "出處地址"),
}


@dataclass(frozen=True, slots=True)
class Linking:
    """How rows of a table lead to pages: `names` of the columns, none where they do not."""

    names: tuple[str, ...]
    site: Site
    item: str = ""
    lines: str = ""

    def addresses(self, row: Row) -> tuple[str, ...]:
        """One row's addresses, in the order of `names`."""
        if not self.names:
            return ()
        entry = row[self.item] if self.item else row
        line = row[self.lines]["line_start"]
        return self.site.item(entry["id"]), self.site.source(entry["document_id"], line)


def linking(table: str, site: Site | None) -> Linking:
    """How rows of a table lead to the pages of a site; not at all without one, or for tables of no items."""
    if site is None or not site.base or table not in _HOLDS:
        return Linking((), site or Site())
    item, lines = _HOLDS[table]
    return Linking(NAMES, site, item, lines)
