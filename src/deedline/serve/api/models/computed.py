"""Shapes of what is computed: where commitments stand, threads, comparisons, adoption."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from deedline.model.item import ItemKind
from deedline.model.link import VerdictCode
from deedline.model.values import StatusCode
from deedline.operations import FateCode, StandingCode
from deedline.serve.api.models.rows import Assessment, Attainment, Link, Shape


class BriefBody(Shape):
    """An organisation that an item names."""

    id: str | None
    name_zh: str


class Entry(Shape):
    """An item in brief: what it is, where it stands, when it is due and what was reported."""

    id: str
    document: str
    document_id: str
    kind: ItemKind
    number: str | None
    part: int | None
    text: str
    line_start: int
    line_end: int
    page: int | None
    spans: list[tuple[int, int]]
    anchor: str | None
    confidence: float | None
    unsure: bool | None
    bodies: list[BriefBody]
    due: date | None
    status: StatusCode | None


class Stage(Shape):
    """A day that a commitment promises: the time as printed, what is promised for it, and where it stands."""

    due: date
    as_printed: str | None
    promised: str
    standing: StandingCode
    begins: bool = Field(description="Whether it is only to begin by that day.")
    told: str | None = Field(description="Words of a report that tell it as done, as a machine reads them.")
    told_spans: list[list[int]] = Field(description="In the item's document; empty where another document reports it.")
    reason: str


class Followed(Shape):
    """A commitment and where it stands on a day; `days` until it is due, below zero since."""

    item: Entry
    standing: StandingCode
    due: date | None
    days: int | None
    promised: str = Field(description="Its words for the day `due`.")
    reasons: list[str]
    stages: list[Stage] = Field(description="Every day that it promises, the earliest first.")
    thread: str | None
    restated: bool = Field(description="Whether a later edition speaks for it now.")


class Step(Followed):
    """One promise of a thread; `moved` by how many days its date is later than the promise that it restates."""

    moved: int | None
    follows: list[str]


class Figure(Attainment):
    """One of the figures that an indicator promises, with both as printed."""

    promised: str
    reported: str


class Measured(Shape):
    """A reported indicator: its official status beside what its figures and dates bear out."""

    item: Entry
    promised_on: date
    reported: str | None = Field(description="The official status as printed.")
    narrative: str | None
    attainment: Attainment | None
    figures: list[Figure] = Field(description="Every promised figure that the report speaks of.")
    assessment: Assessment | None


class Fate(Shape):
    """What became of an item between two editions; `nearest` is the best link that does not hold."""

    item: Entry
    fate: FateCode
    counterparts: list[str]
    changes: list[str]
    nearest: Link | None


class Tally(Shape):
    """How many proposals met which verdict, of how many."""

    scope: str | None
    adopted: int
    partly: int
    in_hand: int
    none: int
    total: int
    stated: int = Field(description="Those adopted or partly so that no review may change; the others are guesses.")
    already_there: int = Field(description="Those whose measures were promised before the proposal was made.")


class Verdict(Shape):
    """What became of a proposal, the measures that show it, and those of them that were there before it."""

    item: str
    against: str
    verdict: VerdictCode
    sure: bool = Field(description="Whether no link waits for review that may change it.")
    links: list[str]
    already_there: list[str]
    proposal: Entry


class Adoption(Shape):
    """A submission against an edition; `scope` says what the edition cannot show."""

    submission: str
    edition: str
    compared: bool = Field(description="False where they were not compared yet, so that nothing is known.")
    caution: str | None = Field(description="What to do where they were not compared, or changed since they were.")
    ordered: bool = Field(description="Whether printed dates tell that the edition came after the submission.")
    scope: str | None
    scopes: list[Tally]
    bodies: list[Tally]
    verdicts: list[Verdict]
    links: list[Link]


class Slippage(Shape):
    """How a body's restated dates moved."""

    body: str
    name: str
    restated: int
    later: int
    earlier: int
    unmoved: int
    days_later: int
