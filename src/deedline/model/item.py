"""What `find` makes of a document: items, what every line became, and the doubts that need a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deedline.model.text import Span
from deedline.model.values import Deadline, Mention, Name, Quantity, Report

SURE = 0.9  # the machine is unsure of what it recognised with less; clean pages at 200 dots an inch stand above it
CARRIED = "carried"  # the batch of an indicator that was set in an earlier year


class ItemKind(StrEnum):
    """One entry read from a document."""

    MEASURE = "measure"
    INDICATOR = "indicator"
    RECOMMENDATION = "recommendation"
    PROPOSAL = "proposal"


COMMITMENTS = frozenset({ItemKind.MEASURE, ItemKind.INDICATOR})  # what a government itself undertakes


class LineRole(StrEnum):
    """What a non-empty line became."""

    ITEM = "item"
    HEADING = "heading"
    PROSE = "prose"
    RUNNING_HEAD = "running_head"
    PAGE_NUMBER = "page_number"
    TABLE_HEADER = "table_header"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Line:
    """One accounted line: 1-based number, role, the rule that decided, and the keys of the items on it."""

    number: int
    role: LineRole
    rule: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry read from a document, with every value it carries.

    `key` is unique within the finding and stable for the same text (kind, number, part and a hash of the bare
    words); the register turns it into a lasting id. `text` is the shown text without its closing bodies; `spans`
    re-read to it (white space aside). `path` are the headings above it, outermost first. `lead_in` is the opening
    of the indicator or list that the item is a part of, empty where it stands alone. `anchor` is the id that the file
    gives the passage that the item begins in, empty where it gives none. `held` are the figures that a person holds to
    be promised, reached or started from, in place of those read. `confidence`, from 0 to 1, is how sure the machine is
    of the least sure line where the item was recognised in a scan, None where it was printed.
    """

    key: str
    kind: ItemKind
    text: str
    spans: tuple[Span, ...]
    lines: tuple[int, int]
    path: tuple[str, ...]
    number: str | None = None
    part: int | None = None
    batch: str | None = None
    parent: str | None = None
    lead_in: str = ""
    page: int | None = None
    bodies: tuple[Mention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    due: date | None = None
    quantities: tuple[Quantity, ...] = ()
    names: tuple[Name, ...] = ()
    report: Report | None = None
    anchor: str = ""
    held: tuple[Quantity, ...] = ()
    confidence: float | None = None

    @property
    def unsure(self) -> bool | None:
        """Whether the machine is less than SURE of what it recognised; None where the item was printed."""
        return None if self.confidence is None else self.confidence < SURE

    @property
    def is_traced(self) -> bool:
        """Whether the spans hold as many characters as the text, so that each of these has its place there."""
        return sum(span.end - span.start for span in self.spans) == len(self.text)

    def has_body(self, body_id: str) -> bool:
        """Whether it names a body, in whatever role."""
        return any(mention.body_id == body_id for mention in self.bodies)


@dataclass(frozen=True, slots=True)
class Issue:
    """A recorded doubt that needs a person. `code` is a short kebab-case name; `item` the key of its item."""

    code: str
    message: str
    spans: tuple[Span, ...]
    line: int
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """All that `find` says of one document: items in reading order, every non-empty line, doubts."""

    items: tuple[Item, ...]
    lines: tuple[Line, ...]
    issues: tuple[Issue, ...]
