"""A cell's pieces → the openings of lists, the entries, and the sentences that close a list.

An opening ("為支持家庭：", "第一階段") is no entry; each list entry is one, or each of the entries inside it; so is a
sentence that follows a list. Paragraphs that make no list are one entry, unless their ends show that they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deedline.find.markup import Piece, join_texts
from deedline.knowledge.fold import fold
from deedline.knowledge.indicators import TableWords
from deedline.model.text import MappedText

_STOPS = "。.!?"


@dataclass(frozen=True, slots=True)
class Entry:
    """Words of a cell: an opening of a list or an entry. `depth` is 0 for a paragraph, 1 for an outer list's entry, 2
    for one inside it; `mark` is what was printed before it."""

    text: MappedText
    opening: bool = False
    depth: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads cells: the place's words for tables, and the document's text that the pieces were cut from."""

    words: TableWords
    original: str

    def entries(self, pieces: Sequence[Piece]) -> tuple[Entry, ...]:
        """The openings and entries of a cell in order."""
        if not any(piece.depth for piece in pieces):
            return self._unlisted([piece.text for piece in pieces])
        first_listed = next(i for i, piece in enumerate(pieces) if piece.depth)
        last_listed = max(i for i, piece in enumerate(pieces) if piece.depth)
        found: list[Entry] = []
        for i, piece in enumerate(pieces):
            if piece.depth:
                opens = i + 1 < len(pieces) and pieces[i + 1].depth > piece.depth
                found.append(Entry(piece.text, opens, piece.depth, piece.mark))
            else:
                closes = i > last_listed or (i > first_listed and self.stops(piece.text))
                found.append(Entry(piece.text, opening=not closes))
        return tuple(found)

    def _unlisted(self, texts: Sequence[MappedText]) -> tuple[Entry, ...]:
        """Entries of paragraphs that no mark lists."""
        if not texts:
            return ()
        if len(texts) > 1 and self.opens(texts[0]):
            rest = texts[1:]
            separate = len(rest) > 1 and all(self.goes_on(text) for text in rest[:-1])
            bodies = [Entry(text) for text in rest] if separate else [Entry(join_texts(rest, self.original))]
            return (Entry(texts[0], opening=True), *bodies)
        if len(texts) > 1 and all(self.goes_on(text) for text in texts[:-1]):
            return tuple(Entry(text) for text in texts)
        whole = join_texts(texts, self.original)
        return (Entry(whole, self.opens(whole)),)

    def opens(self, text: MappedText) -> bool:
        """Whether the words end as the opening of a list does."""
        return self.words.search("lead-in", _tail(text)) is not None

    def goes_on(self, text: MappedText) -> bool:
        """Whether the words end in what joins a list's entry to the next."""
        return self.words.search("connector", _tail(text)) is not None

    def stops(self, text: MappedText) -> bool:
        """Whether the words end a sentence."""
        return _tail(text).rstrip("」』》\"'”’)]} ").endswith(tuple(_STOPS))

    def breaks_off(self, text: MappedText) -> bool:
        """Whether the words end in the middle of a sentence, as a cell does that the page's end cut."""
        tail = _tail(text)
        return bool(tail) and (tail[-1].isalnum() or tail[-1] in ",、-(")


def _tail(text: MappedText) -> str:
    return fold(text.text[-40:].rstrip())
