"""Shapes of what the register keeps: documents, items, links, doubts, changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from deedline.model.assessment import AssessmentCode
from deedline.model.document import DocumentKind
from deedline.model.item import ItemKind
from deedline.model.link import LinkState, Origin, Relation
from deedline.model.values import Basis, Comparator, DeadlineKind, Role, StatusCode
from deedline.register import Field as Corrected
from deedline.register import Settled, Verb

Day = date  # a field of that name hides the type
Share = Annotated[float, Field(ge=0, le=1)]


class Shape(BaseModel):
    """An object with these keys and no others."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class DocumentItems(Shape):
    """How many items of each kind a document holds."""

    measure: int
    indicator: int
    recommendation: int
    proposal: int


class Document(Shape):
    """A document: what it says of itself, or what a person said of it."""

    id: str = Field(description="Lasting id: the same when the document is read again.")
    name: str = Field(description="Name of its file.")
    title: str
    publisher: str
    date: Day | None = Field(description="The first day from which it can date.")
    date_precision: Literal["day", "month", "year"] | None = Field(description="How exactly that is known.")
    series: str
    edition: str = Field(description="The year or number that it prints.")
    kind: DocumentKind
    language: str
    jurisdiction: str
    guessed: list[str] = Field(description="Fields read from the text that no person has confirmed.")
    edited: list[str] = Field(description="Fields that a person set.")
    characters: int
    media_type: str
    sha256: str = Field(description="Of the bytes of its file.")
    items: DocumentItems
    issues: int = Field(description="Open doubts of reading.")


class Body(Shape):
    """An organisation that an item names; `id` is null where the words name no one body."""

    id: str | None
    name_zh: str
    role: Role
    as_printed: str


class Source(Shape):
    """Where an item stands: lines from 1, character offsets into the decoded text, page where the file has pages."""

    line_start: int
    line_end: int
    char_start: int | None
    char_end: int | None
    page: int | None
    spans: list[tuple[int, int]] = Field(description="First and end offset of each run of its words.")
    anchor: str | None = Field(description="A cell (Sheet!B7, B7), or an id that the file gives the passage.")
    confidence: float | None = Field(description="Of OCR, from 0 to 1; null where the words were printed.")
    unsure: bool | None = Field(description="Whether that is less than reading takes for sure.")


class Deadline(Shape):
    """A promised time; a side that the words leave open is null."""

    as_printed: str
    kind: DeadlineKind
    earliest: date | None
    latest: date | None
    precision: str


class Quantity(Shape):
    """A printed figure: percentages are ratios, money is in dollars."""

    as_printed: str
    comparator: Comparator
    value: float
    unit: str
    basis: Basis
    per: str | None


class Name(Shape):
    """A scheme, plan, law or committee printed in quotation or title marks."""

    as_printed: str
    kind: str


class Report(Shape):
    """What the government says of an indicator: its status as printed and as coded, its words and figures."""

    as_of: date | None
    status: StatusCode | None
    as_printed: str
    narrative: str
    figures: list[Quantity]


class Attainment(Shape):
    """How far a reported figure goes towards the promised one; `share` is 1 where the target is reached."""

    baseline: float | None
    target: float | None
    actual: float | None
    share: float | None
    lower_is_better: bool
    apart: str | None = Field(description="Why the two are not held against each other.")


class Assessment(Shape):
    """What figures and dates bear out on the day of the report; never instead of the official status."""

    as_of: date
    verdict: AssessmentCode
    disagrees: bool = Field(description="Whether the official status says otherwise.")
    late: bool = Field(description="Due, and neither status, words nor figures of the report say that it is done.")
    done_late: int | None = Field(description="Days after a promised day on which words of the report tell it as done.")
    told: str | None = Field(description="Words of the report that tell it as done, as a machine reads them.")
    told_spans: list[list[int]]
    elapsed: float | None = Field(description="The part of the time that was gone.")
    reasons: list[str]


class Item(Shape):
    """A measure, indicator, recommendation or proposal, with every value read from its words."""

    id: str = Field(description="Lasting id: the same when the document is read again.")
    document: str = Field(description="File name of its document.")
    document_id: str
    kind: ItemKind
    number: str | None = Field(description="As its document numbers it.")
    part: int | None
    batch: Literal["new", "carried"] | None = Field(description="Of an indicator: new in its edition, or carried over.")
    text: str = Field(description="Its words, without the bodies that close it.")
    path: list[str] = Field(description="The headings above it, outermost first.")
    bodies: list[Body]
    source: Source
    deadlines: list[Deadline]
    due: date | None = Field(description="The last day by which it is to be delivered, or to have begun.")
    quantities: list[Quantity]
    report: Report | None
    attainment: Attainment | None = Field(description="Its reported figure beside the promised one, where it has both.")
    assessment: Assessment | None = Field(description="What its report bears out, where it has one.")
    names: list[Name]
    parent: str | None = Field(description="Id of the item that it is a part of.")
    lead_in: str | None = Field(description="The words that open the list that it is a part of.")


class Link(Shape):
    """A relation between two items: from the later edition to the earlier, from the proposal to the measure."""

    from_id: str = Field(alias="from")
    to: str
    relation: Relation
    score: Share = Field(description="The machine's probability of the relation.")
    origin: Origin
    state: LinkState
    sure: bool = Field(description="Whether the machine states it without a person's review.")
    why: list[str]


class Issue(Shape):
    """A doubt of reading that needs a person, and the line where it stands."""

    id: str
    document: str
    document_id: str
    item: str | None
    line: int
    code: str
    message: str


class Correction(Shape):
    """What a person holds of one value of an item, over what was read: their word is its evidence, not the text."""

    item: str
    field: Corrected
    of: str = Field(description="The body's id, the deadline's day, or the kind and words of a value held to be wrong.")
    value: str = Field(description='"none" where there is none.')
    read: str = Field(description="What was read; empty where nothing was.")
    at: datetime
    by: str
    why: str


class Settlement(Shape):
    """How a person settled a doubt."""

    state: Settled
    at: datetime
    by: str
    why: str


class SettledIssue(Issue):
    """A doubt of reading with how a person settled it; null while it is open."""

    settled: Settlement | None


class RowChange(Shape):
    """One row of the register before and after a change, as far as it differs; null where there was none."""

    table: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Change(Shape):
    """One recorded change: what was done, to which document or item, by whom, when and why."""

    number: int
    action: int = Field(description="Shared by the changes that `deedline undo` takes back together.")
    verb: Verb
    subject: str
    at: datetime
    by: str
    why: str
    undoes: int | None
    undone: bool
    counts: dict[str, int]
    rows: list[RowChange] | None = Field(default=None, description="Of the item asked for; absent where it has none.")


class Evidence(Shape):
    """A value's printed words and where they stand: pairs of character offsets into the decoded text."""

    value: str
    as_printed: str
    spans: list[tuple[int, int]]


class Piece(Shape):
    """A run of characters of a line; `mark` says what it is: the item's words or one of its values."""

    text: str
    mark: str | None


class SourceLine(Shape):
    """A line of the source; `inside` says that the item stands on it."""

    line: int
    inside: bool
    pieces: list[Piece]
