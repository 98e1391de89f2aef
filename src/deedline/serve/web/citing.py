"""How to cite an item: in one line of text, as BibTeX, and by the address that lasts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from deedline.register import StoredDocument, StoredItem
from deedline.serve.labels import numbered, when
from deedline.serve.places import anchored
from deedline.serve.words import ENGLISH

_SPECIAL = re.compile(r"([\\{}$&#%_^~])")


@dataclass(frozen=True, slots=True)
class Citation:
    """An item's citation in three forms; `address` is absolute."""

    text: str
    bibtex: str
    address: str


def cite(stored: StoredItem, document: StoredDocument, site: str) -> Citation:
    """The citation of an item; `site` is where the pages are, as https://example.org/."""
    item, metadata = stored.item, document.metadata
    address = f"{site.rstrip('/')}/items/{stored.id}"
    first, last = item.lines
    place = ", ".join(
        filter(
            None,
            (
                f"{item.kind.value} {numbered(item)}" if item.number else "",
                f"p. {item.page}" if item.page else "",
                anchored(item, document, ENGLISH),
                f"line {first}" if first == last else f"lines {first}–{last}",
            ),
        )
    )
    title = metadata.title or document.name
    source = ", ".join(filter(None, (metadata.publisher, title, when(metadata), place)))
    fields = {
        "author": _tex(metadata.publisher),
        "title": _tex(title),
        "year": when(metadata)[:4],
        "note": _tex(f"{place}: {item.text}"),
        "url": address,
    }
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return Citation(f"“{item.text}” {source}. {address}", f"@misc{{deedline-{stored.id},\n{rows}}}\n", address)


def _tex(words: str) -> str:
    return _SPECIAL.sub(lambda found: {"\\": r"\textbackslash{}"}.get(found[0], f"\\{found[0]}"), words)
