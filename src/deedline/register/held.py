"""What people hold of what was read: corrections of values, doubts settled, links judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deedline.model.link import LinkState


class Field(StrEnum):
    """What of an item a person may correct; its words are never changed."""

    DUE = "due"
    KIND = "kind"
    STATUS = "status"
    BODY = "body"
    DEADLINE = "deadline"
    TARGET = "target"
    ACTUAL = "actual"
    BASELINE = "baseline"
    WRONG = "wrong"


WRONG_KINDS = ("body", "deadline", "quantity", "figure", "name")  # of values that may be read where there is none
NOTHING = "none"  # the value that takes one away: no due day, no status, no such body


@dataclass(frozen=True, slots=True)
class Said:
    """One value that a person holds of an item. `value` is NOTHING where there is none, "" to go back to what was read.

    DUE: YYYY-MM-DD. KIND: an ItemKind. STATUS: a StatusCode. BODY: the role of the body whose id is `of`, and whose
    name is `detail`. DEADLINE: "by", of the day `of`, which reading missed. TARGET, ACTUAL, BASELINE: a figure with its
    unit ("20%", "45 km"). WRONG: "wrong", of a value that was read where there is none, `of` its kind and words:
    "deadline 2025年底" (kinds: body, deadline, quantity, figure, name).
    """

    field: Field
    value: str
    of: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person holds of one value of an item, and what was `read` of it, in words; "" where nothing was."""

    item_id: str
    said: Said
    read: str
    at: datetime
    by: str
    why: str


class Settled(StrEnum):
    """What became of a doubt: RESOLVED by what a person corrected or looked up, DISMISSED as none."""

    RESOLVED = "resolved"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Settlement:
    """That a person settled a doubt."""

    state: Settled
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person held of a link, once and for all recorded; a later one of the same pair replaces its effect.

    `state` is None where the judgement was withdrawn by `undo`.
    """

    number: int
    from_id: str
    to_id: str
    relation: str
    state: LinkState | None
    at: datetime
    by: str
    why: str
