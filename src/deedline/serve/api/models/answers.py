"""Whole answers. Those that list give `total`, how many fit; where there are more, the Link header leads on."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from deedline.operations import StandingCode
from deedline.operations.sought import How
from deedline.register import ItemState
from deedline.serve.api.models.computed import Adoption, Fate, Followed, Measured, Slippage, Step
from deedline.serve.api.models.rows import (
    Change,
    Correction,
    Document,
    Evidence,
    Issue,
    Item,
    Link,
    SettledIssue,
    Shape,
    SourceLine,
)


class Documents(Shape):
    """The documents of the register, by date, name and id."""

    documents: list[Document]
    total: int


class Items(Shape):
    """Items as they stand in their documents."""

    items: list[Item]
    total: int
    at_least: bool = Field(description="There are more than `total`, which is where counting stops.")


class Shown(Shape):
    """An item with all that stands around it, as known on a day."""

    item: Item
    state: ItemState
    document: Document
    parts: list[str] = Field(description="Ids of the items that it holds.")
    issues: list[Issue]
    as_of: date
    standing: Followed | None = Field(description="Null for what nobody undertakes.")
    links: list[Link]
    uncompared: list[str] = Field(description="Documents not compared yet with its own: they may hold further links.")
    changed: list[str] = Field(description="Documents compared with its own before one of the two changed.")
    corrections: list[Correction]
    evidence: list[Evidence]
    lines: list[SourceLine]


class Undertaking(Shape):
    """One undertaking across editions: its steps, oldest first, and the links that join them."""

    as_of: date
    thread: str | None = Field(description="Null where the item stands alone.")
    slipped: int | None = Field(description="Days from the first date promised to the last restatement of it.")
    merges: list[str]
    splits: list[str]
    steps: list[Step]
    links: list[Link]
    uncompared: list[str] = Field(description="Documents not compared yet with those of the steps.")
    changed: list[str] = Field(description="Documents compared with those of the steps before one of the two changed.")


class History(Shape):
    """What was changed, newest first."""

    changes: list[Change]
    total: int


class Links(Shape):
    """Links by the ids that they join; `total` is null where counting would mean reading all of a large register."""

    links: list[Link]
    total: int | None


class Indicators(Shape):
    """Reported indicators; `of` how many there are whatever the filters."""

    as_of: date
    indicators: list[Measured]
    total: int
    of: int


class Due(Shape):
    """What falls due soon, or fell due and is not reported done, by day; and how far bodies' dates moved."""

    as_of: date
    caution: str | None = Field(description="What to do where a later edition, not compared yet, may restate some.")
    items: list[Followed]
    total: int
    slippage: list[Slippage]


class FateCounts(Shape):
    """How many items of each edition met which fate."""

    earlier: dict[str, int]
    later: dict[str, int]


class Comparison(Shape):
    """Two editions compared; `scope` says what the comparison cannot speak of."""

    earlier: str
    later: str
    compared: bool = Field(description="False where they were not compared yet, so that nothing is known.")
    caution: str | None = Field(description="What to do where they were not compared, or changed since they were.")
    ordered: bool = Field(description="Whether printed dates tell which came first.")
    scope: str | None
    earlier_items: list[Fate]
    later_items: list[Fate]
    summary: FateCounts | None


class Adoptions(Shape):
    """What became of a submission in each edition that may have come after it."""

    reports: list[Adoption]
    total: int


class Issues(Shape):
    """Doubts of reading, in the documents' order, by line."""

    issues: list[SettledIssue]
    total: int


class Doubt(Shape):
    """A link that the machine is not sure of, with both its items; `others` are links of the first that hold."""

    link: Link
    from_item: Item = Field(alias="from")
    to: Item
    others: list[Link]


class Doubts(Shape):
    """Links that wait for a person, the likeliest first."""

    doubts: list[Doubt]
    total: int


class Organisation(Shape):
    """A body that is known, and how many items name it."""

    id: str
    name_zh: str
    name_en: str
    kind: str
    abbreviations: list[str]
    parent: str | None
    valid_from: date | None
    valid_until: date | None
    predecessors: list[str] = Field(description="Ids of the bodies whose work it carries on.")
    successors: list[str] = Field(description="Ids of the bodies that carry on its work.")
    items: int


class Organisations(Shape):
    """Bodies that items name, those with most items first."""

    bodies: list[Organisation]
    total: int


class Portfolio(Organisation):
    """One body with what it undertakes: how many stand where on a day, and how its dates moved."""

    as_of: date
    undertakings: int
    standings: dict[StandingCode, int]
    slippage: Slippage | None


class NameHeld(Shape):
    """A name as most often printed, and how many items of how many documents print it."""

    name: str
    kind: str
    items: int
    documents: int


class Names(Shape):
    """Schemes, plans, laws and committees that items name, those with most items first."""

    as_of: date
    names: list[NameHeld]
    total: int


class Match(Shape):
    """Where words, or translations of them, matched: ranges of characters of `text`."""

    field: str
    text: str
    spans: list[tuple[int, int]]
    stands_for: str | None = Field(description="What was typed, where a translation of it stands there.")


class Hit(Shape):
    """An item that was found, and why: what matched, how near in meaning it is (a cosine), or both."""

    item: Item
    matches: list[Match]
    translated: bool = Field(description="It has all that was typed only with translations.")
    near: float | None
    score: float = Field(description="Orders the hits of one search; it has no unit.")


class Suggestion(Shape):
    """Words to search for: of a body, a name, a section, or as the items use them."""

    kind: str
    words: str
    id: str | None
    count: int


class Rendering(Shape):
    """Words that were typed, and what they are called in the other language."""

    words: str
    others: list[str]


class Found(Shape):
    """A page of hits; `bodies` and `names` are what the words name."""

    hits: list[Hit]
    total: int = Field(description="How many items have the words.")
    translated: int | None = Field(
        description="How many more have them with translations; null on pages that end long before these begin."
    )
    near: int = Field(description="How many are near in meaning only.")
    rendered: list[Rendering] = Field(description="The words that were looked for in the other language too.")
    most_words: bool = Field(description="No item has all the words: these have more than half of them.")
    bodies: list[Suggestion]
    names: list[Suggestion]
    how: How
    took: float = Field(description="Milliseconds.")
    notes: list[str] = Field(description="What a person should know of this answer.")
    next: str | None


class Suggestions(Shape):
    """How words may go on."""

    suggestions: list[Suggestion]


class Revision(Shape):
    """The state of the register: `revision` changes whenever anything in it does."""

    revision: str
    deedline: str = Field(description="Version of the program.")
    as_of: date | None = Field(description="The day for which computed answers stand unless another is asked for.")
    documents: int
    items: int
    writable: bool = Field(description="Whether this server takes judgements.")


class Health(Shape):
    """The register can be opened and read."""

    status: Literal["ok"]
