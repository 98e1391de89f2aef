"""What a machine recognised on scanned pages: how sure it is of each item, and the doubts that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from deedline.model.document import Document
from deedline.model.item import Issue, Item

_UNREAD = "page {} is a picture, perhaps a scan; what it says was not read. Compare it with the original"
_UNREAD_LINES = "page {} is a scan with lines that could not be read. Compare it with the original"
_LYING = (
    "the fonts of page {} do not say rightly which characters they draw. Compare it with the original, or add its text"
)
_TOLD = {"scanned-page": _UNREAD, "unread-lines": _UNREAD_LINES, "lying-fonts": _LYING}
_DOUBTED = "was read by a machine from a scan, its least sure line with a confidence of {:.0%}. Compare it with page {}"


def with_confidence(items: Iterable[Item], document: Document) -> tuple[Item, ...]:
    """The items, each with the confidence of the least sure of the blocks that it was read from."""
    sure: dict[int, float] = {}
    for block in document.blocks:
        if block.confidence is not None:
            sure.update(dict.fromkeys(range(block.lines[0], block.lines[1] + 1), block.confidence))
    if not sure:
        return tuple(items)
    return tuple(replace(item, confidence=_least(item, document, sure)) for item in items)


def _least(item: Item, document: Document, sure: dict[int, float]) -> float | None:
    lines = {document.line_at(place) for span in item.spans for place in (span.start, max(span.start, span.end - 1))}
    return min((sure[line] for line in lines if line in sure), default=None)


def doubts_of_scans(document: Document, items: Sequence[Item]) -> Iterator[Issue]:
    """Doubts about pages whose words are a picture, and about items that the machine was not sure of."""
    for item in items:
        if item.unsure:
            told = _DOUBTED.format(item.confidence, item.page)
            yield Issue("low-confidence", told, item.spans, item.lines[0], item.key)
    for block in document.blocks:
        if block.rule in _TOLD:
            yield Issue(block.rule, _TOLD[block.rule].format(block.page), block.text.spans(), block.lines[0])
