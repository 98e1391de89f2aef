"""Typed values read from an item, each with the words it was read from and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deedline.model.text import Span

BY_PERSON = "person"  # the `rule` of a value that a person holds: its evidence is the judgement, not the text


class DeadlineKind(StrEnum):
    """How a printed time binds: done by its end, within it, begun from it, going on during it, again each."""

    BY = "by"
    IN = "in"
    FROM = "from"
    DURING = "during"
    EACH = "each"


class Comparator(StrEnum):
    """How a printed figure compares with the value promised."""

    EQUAL = "="
    ABOUT = "~"
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"


class Basis(StrEnum):
    """What a figure is of: where it started, what is promised, what was reached, by how much it changes."""

    BASELINE = "baseline"
    TARGET = "target"
    ACTUAL = "actual"
    CHANGE = "change"
    CONTEXT = "context"  # describes something else: a rank, a name, an ordinal


class Role(StrEnum):
    """How a body stands to an item: it undertakes it first, with others, through its list; or is only named in it."""

    LEAD = "lead"
    JOINT = "joint"
    INHERITED = "inherited"
    MENTIONED = "mentioned"


UNDERTAKING = frozenset({Role.LEAD, Role.JOINT, Role.INHERITED})


class StatusCode(StrEnum):
    """An official status, coded; the words as printed stay beside it."""

    COMPLETED = "completed"
    COMPLETED_EARLY = "completed_early"
    EXCEEDED = "exceeded"
    ON_SCHEDULE = "on_schedule"
    IN_PROGRESS = "in_progress"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A printed time limit, never more precise than its words.

    `earliest` and `latest` bound the promised time (both days included; None where the words leave a side open);
    `precision` is one of day, month, quarter, half, third, year, fiscal_year, school_year, assessment_year, term,
    period, vague; `promised` is False where the words only describe (a past event, a name, an ordinal, a source);
    `rule` names the pattern.
    """

    as_printed: str
    spans: tuple[Span, ...]
    kind: DeadlineKind
    earliest: date | None
    latest: date | None
    precision: str
    promised: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed figure. Percentages are ratios, money is in dollars, Chinese numerals are numbers.

    `unit` is "ratio", "HKD" (or another ISO 4217 code), or the counter and noun as printed; `per` is what it
    repeats over ("year", "month", …) or empty.
    """

    as_printed: str
    spans: tuple[Span, ...]
    comparator: Comparator
    value: float
    unit: str
    basis: Basis
    rule: str
    per: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation's name as printed and the body it resolves to; `body_id` is None where it names no one body.

    `name` is the body's current-for-the-document canonical name (Chinese where it has one), or the words as
    printed where it resolves to none.
    """

    as_printed: str
    spans: tuple[Span, ...]
    body_id: str | None
    name: str
    role: Role
    rule: str


@dataclass(frozen=True, slots=True)
class Name:
    """A scheme, plan, law, committee or publication printed in quotation or title marks."""

    as_printed: str
    spans: tuple[Span, ...]
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the government says of an indicator at a date: status as printed and as coded, narrative, figures.

    `spans` re-read to `narrative`, which is what follows the status; `status_spans` to `as_printed`. `rule` is
    BY_PERSON where a person holds the status, whatever the words.
    """

    as_of: date | None
    status: StatusCode | None
    as_printed: str
    narrative: str
    spans: tuple[Span, ...]
    status_spans: tuple[Span, ...]
    figures: tuple[Quantity, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    rule: str = ""
