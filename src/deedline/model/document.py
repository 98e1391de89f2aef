"""What a reader makes of a file: one edition's text, its metadata and its blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from deedline.model.text import MappedText

_LINE_END = re.compile(r"\r\n|\r|\n")


YEARS = range(1800, 2201)  # in which a document can be dated: print and plans know no others


class DocumentKind(StrEnum):
    """Who speaks: a public body about itself, or someone outside who asks."""

    COMMITMENTS = "commitments"
    SUBMISSION = "submission"
    UNKNOWN = "unknown"


class BlockKind(StrEnum):
    """What a run of lines is, by its form alone; what it means is decided by `find`."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    ROW = "row"
    FURNITURE = "furniture"  # page number, running head, rule, image mark: nothing that is said


LISTED = frozenset({BlockKind.BULLET, BlockKind.NUMBERED})


@dataclass(frozen=True, slots=True)
class Block:
    """The smallest addressed passage of a document.

    `lines` are the 1-based first and last line of the original; `level` is a heading's depth (1 outermost) or a
    bullet's (0 outermost); `marker` is the glyph or number as printed; `cells` are a row's cells in order, each
    still holding the mark-up that the converter left; `rule` names the layout rule that made the block. `box` is its
    left, top, right and bottom on `page`, in points from the page's top left corner, where the file has places.
    `anchor` is the id that the file itself gives the passage (`xml:id`, `id`). `confidence`, from 0 to 1, is how sure
    the machine is of its least sure line where the passage was recognised in a picture, None where it was printed.
    """

    kind: BlockKind
    text: MappedText
    lines: tuple[int, int]
    marker: str = ""
    level: int = 0
    cells: tuple[MappedText, ...] = ()
    page: int | None = None
    rule: str = ""
    box: tuple[float, float, float, float] | None = None
    anchor: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself, or what the user says of it. `dated` is its first possible day.

    `dated_precision` is one of day, month, year; `guessed` names the fields that no person has confirmed.
    """

    title: str = ""
    publisher: str = ""
    dated: date | None = None
    dated_precision: str = ""
    series: str = ""
    edition: str = ""
    kind: DocumentKind = DocumentKind.UNKNOWN
    language: str = ""
    jurisdiction: str = ""
    guessed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """One edition's text and structure.

    `text` is the decoded original that every offset points into; `sha256` is the hash of the bytes; `name` is the
    file name without its folder; `id` is the first 12 hex digits of the hash unless the register carries an older
    id over.
    """

    id: str
    name: str
    sha256: str
    media_type: str
    text: str
    metadata: Metadata
    blocks: tuple[Block, ...] = field(repr=False)

    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of each line; line n starts at index n-1. LF, CRLF and CR end a line."""
        return _line_starts(self.text)

    def line_at(self, offset: int) -> int:
        """The 1-based line that the character at `offset` stands on."""
        return bisect_right(_line_starts(self.text), offset)


@lru_cache(maxsize=8)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _LINE_END.finditer(text) if match.end() < len(text)))
