"""Measures: the bullets of a public body's own document, each closed by the bodies that will act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deedline.find.bodies import BodyDoubt, Closing, close_bodies
from deedline.find.draft import Draft, join_blocks, key_of
from deedline.find.outline import Placed
from deedline.knowledge.fold import passage
from deedline.knowledge.load import Jurisdiction
from deedline.model.document import Block, BlockKind, Document
from deedline.model.item import Issue, Item, ItemKind
from deedline.model.passage import Passage
from deedline.model.text import MappedText
from deedline.model.values import Mention

_ENTRY_KINDS = (BlockKind.BULLET, BlockKind.NUMBERED, BlockKind.PARAGRAPH)
_SENTENCE_ENDS = ("。", "！", "？", ".", "!", "?")


def find_measures(placed: Sequence[Placed], document: Document, place: Jurisdiction) -> tuple[Draft, ...]:
    """Measures in reading order.

    A bullet is a measure; so is a paragraph or a numbered entry that closes with bodies, having lost or never had a
    bullet. A bullet that the page's end cut goes on in the paragraph below. A bullet that holds several
    undertakings, each closed by its own bodies, is as many measures.
    """
    drafts: list[Draft] = []
    taken: set[int] = set()
    for index, entry in enumerate(placed):
        if entry.role is not None or index in taken or entry.block.kind not in _ENTRY_KINDS or not entry.block.text:
            continue
        held = [index]
        words, closing = _closed(entry.block.text, document, place)
        if not closing.mentions and entry.block.kind is BlockKind.BULLET:
            rest = _cut_off(placed, index)
            if rest is not None:
                joined = join_blocks([entry.block, placed[rest].block], document.text)
                words_joined, closing_joined = _closed(joined, document, place)
                if closing_joined.mentions:
                    words, closing, held = words_joined, closing_joined, [index, rest]
        drafts.extend(_measures(entry, [placed[i].block for i in held], words, closing, document))
        taken.update(held)
    return tuple(drafts)


def _closed(text: MappedText, document: Document, place: Jurisdiction) -> tuple[Passage, Closing]:
    words = passage(text)
    return words, close_bodies(words, document.metadata.dated, place)


def _cut_off(placed: Sequence[Placed], index: int) -> int | None:
    """The paragraph below that a bullet broken off in mid-sentence goes on in."""
    if placed[index].block.text.text.rstrip().endswith(_SENTENCE_ENDS):
        return None
    for i in range(index + 1, min(index + 4, len(placed))):
        if placed[i].block.kind is BlockKind.FURNITURE:
            continue
        return i if placed[i].role is None and placed[i].block.kind is BlockKind.PARAGRAPH else None
    return None


def _measures(
    entry: Placed, blocks: Sequence[Block], words: Passage, closing: Closing, document: Document
) -> Iterator[Draft]:
    if not closing.mentions:
        if entry.block.kind is BlockKind.BULLET:
            doubt = BodyDoubt(
                "no-body", "no responsible body is printed at the end of this measure", words.shown.spans()
            )
            yield draft_measure(entry, blocks, words.shown, (), (doubt,), document)
        return
    lost = BodyDoubt("lost-bullet", "reads as a measure but has no bullet of its own", words.shown.spans())
    for i, segment in enumerate(closing.segments):
        if segment.end <= segment.start:
            continue  # a bracket of bodies with no undertaking before it
        start, end = words.matching.offsets[segment.start], words.matching.offsets[segment.end - 1] + 1
        unmarked = entry.block.kind is BlockKind.PARAGRAPH or i > 0
        doubts = (*segment.doubts, *([lost] if unmarked else []))
        if own := words.shown.between(start, end).strip():
            yield draft_measure(entry, blocks, own, segment.mentions, doubts, document)


def draft_measure(
    entry: Placed,
    blocks: Sequence[Block],
    shown: MappedText,
    bodies: tuple[Mention, ...],
    doubts: Sequence[BodyDoubt],
    document: Document,
) -> Draft:
    """A measure of `shown` words that begins in the first of `blocks`, with its bodies and the doubts about them."""
    number = entry.block.marker.strip(".、() ") or None if entry.block.kind is BlockKind.NUMBERED else None
    item = Item(
        key=key_of(ItemKind.MEASURE, number, None, shown.text),
        kind=ItemKind.MEASURE,
        text=shown.text,
        spans=shown.spans(),
        lines=(document.line_at(shown.offsets[0]), document.line_at(shown.offsets[-1])),
        path=entry.path,
        number=number,
        page=blocks[0].page,
        anchor=blocks[0].anchor,
        bodies=bodies,
    )
    line = item.lines[0]
    issues = tuple(Issue(doubt.code, doubt.message, doubt.spans, line, item.key) for doubt in doubts)
    return Draft(item, passage(shown), issues=issues)
