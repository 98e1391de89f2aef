"""Words and list entries, as a walk through marked-up text meets them → pieces."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace

from deedline.model.document import BlockKind
from deedline.read.forms import marked_form
from deedline.read.markup import Element
from deedline.read.page_lists import PageList
from deedline.read.reading import GLYPHS, Piece, is_bold_heading, raised_words, split_paragraph


@dataclass(slots=True)
class Flow(ABC):
    """A walk: the pieces so far, the paragraph under way, and the lists that it stands in."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lists: list[PageList] = field(default_factory=list)
    heading: int = 0
    plain: bool = False  # words outside bold stand in the paragraph under way
    bold: int = 0
    anchor: str = ""
    entry: Piece | None = None  # the list entry that the next paragraph opens
    entry_at: int = -1  # the piece that an entry's further paragraphs go on with

    @abstractmethod
    def element(self, element: Element) -> None:
        """One element, by its name."""

    def children(self, element: Element) -> None:
        """All that an element holds."""
        self.say(element.text)
        for child in element:
            self.element(child)
            self.say(child.tail)

    def say(self, text: str | None) -> None:
        """Words of the paragraph under way."""
        if text:
            self.plain = self.plain or (not self.bold and bool(text.strip()))
            self.words.append(text.replace("\n", " "))

    def raised(self, words: str) -> str:
        """What raised words add to the paragraph under way: nothing where they are a note's mark."""
        return raised_words(words, "".join(self.words[-1:]))

    def begin_list(self, held: PageList) -> None:
        """A list begins; an entry that opens with one has no words of its own."""
        self.close()
        self.entry = None
        self.lists.append(held)

    def end_list(self) -> None:
        """The innermost list ends."""
        self.close()
        self.lists.pop()
        self.entry, self.entry_at = None, -1

    def begin_entry(self, given: str | None = None) -> None:
        """An entry begins; `given` is the number that the file gives it, if any."""
        self.close()
        level = sum(not each.numbered for each in self.lists)
        here = self.lists[-1] if self.lists else None
        if here is not None and here.numbered:
            self.entry = Piece(BlockKind.NUMBERED, (), level, here.next_marker(given), here.rule)
        else:
            level = max(0, level - 1)
            marker = here.next_marker(given) if here is not None else ""
            self.entry = Piece(BlockKind.BULLET, (), level, marker or GLYPHS[min(level, 2)], "list-entry")
        self.entry_at = -1

    def end_entry(self) -> None:
        """The entry under way ends."""
        self.close()
        self.entry, self.entry_at = None, -1

    def close(self) -> None:
        """End the paragraph under way: at a break before a mark, or an empty line, it is several."""
        lines = "".join(self.words).split("\n")
        bold = not self.plain and is_bold_heading(lines)
        self.words, self.plain = [], False
        for run in split_paragraph(lines):
            self._piece(tuple(run), bold=bold)

    def _piece(self, words: tuple[str, ...], *, bold: bool) -> None:
        anchor, self.anchor = self.anchor, ""
        if self.heading:
            self.pieces.append(Piece(BlockKind.HEADING, (" ".join(words),), self.heading, "", "heading-tag", anchor))
        elif self.entry is not None:
            typed = marked_form(words[0])
            if typed.kind is BlockKind.BULLET and self.entry.kind is BlockKind.BULLET:
                words = (words[0][typed.content :], *words[1:])
            self.entry_at = len(self.pieces)
            self.pieces.append(replace(self.entry, lines=words, anchor=anchor))
            self.entry = None
        elif self.entry_at == len(self.pieces) - 1 and self.entry_at >= 0:
            before = self.pieces[self.entry_at]
            self.pieces[self.entry_at] = replace(before, lines=(*before.lines, *words))
        elif bold:
            self.pieces.append(Piece(BlockKind.HEADING, words, 0, "", "bold-line", anchor))
        else:
            self.pieces.append(Piece(BlockKind.PARAGRAPH, words, rule="paragraph", anchor=anchor))
