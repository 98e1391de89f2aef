"""Two editions of one publication in two languages, item by item: what stands beside what, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from deedline.model.item import ItemKind
from deedline.model.text import Span


class DiscrepancyCode(StrEnum):
    """In what two editions differ. MISSING: one of them has no such item; ORDER: it stands elsewhere in the other."""

    DATE = "date"
    FIGURE = "figure"
    BODY = "body"
    STATUS = "status"
    MISSING = "missing"
    NUMBER = "number"
    KIND = "kind"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Printed:
    """Words of one edition's item; `spans` re-read to them, white space aside. Empty words: it says nothing of it."""

    item_id: str
    words: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing in which two editions differ: `what` in words, and what each prints; None where it has no such item.

    `sure` is False where the words may mean the same and the reading of one of them may be at fault.
    """

    code: DiscrepancyCode
    what: str
    one: Printed | None
    other: Printed | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ItemPair:
    """What stands beside what: one item of each edition, or two of one that the other prints as one.

    `score`, 0 to 1, says how well they fit; `sure` is False where another item fits nearly as well, or little speaks
    for them.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    score: float
    sure: bool
    discrepancies: tuple[Discrepancy, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemPairs:
    """All items of two editions: pairs in the reading order of the first, and the ids that have no counterpart.

    `counts` says how many items of each kind either edition has, where these numbers differ.
    """

    pairs: tuple[ItemPair, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]
    discrepancies: tuple[Discrepancy, ...]
    counts: Mapping[ItemKind, tuple[int, int]]
