"""Where a register is published: the absolute addresses and lasting names that downloads and feeds carry."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Site:
    """A place of publication.

    `base` is the address of its front page without the closing slash ("https://example.org"), empty for files that
    belong to no site: they carry no links. `authority` and `since` make RFC 4151 tags, which outlast any address: a
    host name, and a year or day on which the publisher held it; set them once and leave them.
    """

    base: str = ""
    title: str = "Deedline"
    authority: str = "deedline.invalid"
    since: str = "2026"
    language: str = "zh-Hant"

    def item(self, item_id: str) -> str:
        """An item's page."""
        return f"{self.base}/items/{quote(item_id, safe='')}"

    def document(self, document_id: str) -> str:
        """A document's page."""
        return f"{self.base}/documents/{quote(document_id, safe='')}"

    def source(self, document_id: str, line: int) -> str:
        """The line of a document where words stand."""
        return f"{self.document(document_id)}?line={line}#L{line}"

    def tag(self, *names: str | int) -> str:
        """A lasting name: tag:example.org,2026:item/0a1b."""
        specific = "/".join(quote(str(name), safe="") for name in names)
        return f"tag:{self.authority},{self.since}:{specific}"

    def uid(self, *names: str | int) -> str:
        """A lasting name as calendars write them, without marks that need escaping: item-0a1b-due@example.org."""
        return f"{'-'.join(quote(str(name), safe='') for name in names)}@{self.authority}"
