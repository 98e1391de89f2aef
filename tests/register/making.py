"""Small documents with findings, written as the lines that they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from deedline.model.document import Document, Metadata
from deedline.model.item import Finding, Issue, Item, ItemKind, Line, LineRole
from deedline.model.text import Span
from deedline.model.values import Deadline, DeadlineKind, Mention, Report, Role, StatusCode
from deedline.register import Put, Register

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def at(hours: int = 0) -> datetime:
    return NOON + timedelta(hours=hours)


@dataclass(frozen=True)
class Made:
    """A document, what was found in it, and its bytes."""

    document: Document
    finding: Finding
    data: bytes

    def put(self, register: Register, hours: int = 0, **more: Any) -> Put:
        return register.put(self.document, self.finding, data=self.data, at=at(hours), by="reader", **more)

    def with_items(self, *items: Item) -> Made:
        """The same document, found otherwise."""
        return replace(self, finding=replace(self.finding, items=items))


@dataclass(frozen=True)
class Entry:
    """One line that is an item, and what it is said to carry; `body` and `deadline` are words of the line."""

    text: str
    body: tuple[str, str] | None = None
    deadline: tuple[str, date] | None = None
    status: tuple[str, StatusCode] | None = None
    more: dict[str, Any] = field(default_factory=dict)


def made(entries: Sequence[str | Entry], name: str = "plan.txt", dated: date | None = date(2024, 10, 16)) -> Made:
    """A document of one item a line."""
    listed = [Entry(entry) if isinstance(entry, str) else entry for entry in entries]
    text = "\n".join(entry.text for entry in listed) + "\n"
    data = text.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    items, start = [], 0
    for number, entry in enumerate(listed, 1):
        items.append(_item(entry, start, number))
        start += len(entry.text) + 1
    lines = tuple(Line(item.lines[0], LineRole.ITEM, "line", (item.key,)) for item in items)
    metadata = Metadata(
        title=name.removesuffix(".txt"), dated=dated, dated_precision="day", guessed=frozenset({"title"})
    )
    document = Document(sha256[:12], name, sha256, "text/plain", text, metadata, ())
    doubts = (Issue("look", "a doubt", (items[0].spans[0],), 1, items[0].key),) if items else ()
    return Made(document, Finding(tuple(items), lines, doubts), data)


def _item(entry: Entry, start: int, number: int) -> Item:
    def where(words: str) -> tuple[Span, ...]:
        place = start + entry.text.index(words)
        return (Span(place, place + len(words)),)

    values: dict[str, Any] = {}
    if entry.body:
        words, body_id = entry.body
        values["bodies"] = (Mention(words, where(words), body_id, words, Role.LEAD, "made"),)
    if entry.deadline:
        words, day = entry.deadline
        values["deadlines"] = (Deadline(words, where(words), DeadlineKind.BY, None, day, "day", True, "made"),)
        values["due"] = day
    if entry.status:
        words, code = entry.status
        values["report"] = Report(None, code, words, words, where(words), where(words))
    settled = {"key": f"measure/{hashlib.sha256(entry.text.encode()).hexdigest()[:8]}", "kind": ItemKind.MEASURE}
    spans = (Span(start, start + len(entry.text)),)
    return Item(
        text=entry.text, spans=spans, lines=(number, number), path=("章",), **{**settled, **values, **entry.more}
    )
