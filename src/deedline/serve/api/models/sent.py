"""Shapes of what may be sent."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from deedline.model.link import Relation
from deedline.register import Field as Corrected
from deedline.register import Settled
from deedline.serve.api.models.rows import Shape

NO_CONTROLS = r"^[^\u0000-\u001f\u007f]*$"
Reason = Annotated[str, StringConstraints(max_length=2000, pattern=NO_CONTROLS)]
Person = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROLS)]
ItemId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{4,64}$")]


class Judgement(Shape):
    """What a person holds of two items. FROM is the later commitment and TO the earlier, or a proposal and a measure.

    `relation` may be left out where the machine linked the two: its relation is then what is judged.
    """

    from_id: ItemId = Field(alias="from", description="An item's id, or the beginning of it.")
    to: ItemId = Field(description="An item's id, or the beginning of it.")
    relation: Relation | None = None
    state: Literal["accepted", "rejected"]
    by: Person = Field(description="Who holds it.")
    why: Reason = ""


class Said(Shape):
    """One value that a person holds of an item. `value` is "none" where there is none, "" to go back to what was read.

    due: a day. kind: a kind of item. status: an official status. body: lead, joint or mentioned, of the body whose id
    is `of`. deadline: "by", of the day `of`, which reading missed. target, actual, baseline: a figure with its unit.
    wrong: "wrong", of a value that was read where there is none, `of` its kind and words ("deadline 2025年底").
    """

    field: Corrected
    value: Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROLS)]
    of: Annotated[str, StringConstraints(max_length=500, pattern=NO_CONTROLS)] = ""


class ItemCorrection(Shape):
    """What a person holds of an item's values, and why."""

    item: ItemId = Field(description="An item's id, or the beginning of it.")
    said: Annotated[list[Said], Field(min_length=1, max_length=50)]
    by: Person = Field(description="Who holds it.")
    why: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_CONTROLS)]


class IssueSettlement(Shape):
    """What a person holds of a doubt of reading, and why; `state` null opens it again."""

    issue: ItemId = Field(description="A doubt's id, or the beginning of it.")
    state: Settled | None
    by: Person = Field(description="Who holds it.")
    why: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_CONTROLS)]


class Problem(Shape):
    """What went wrong, as RFC 9457 has it; `detail` says what to do next."""

    type: str = Field(description="An address under which the kind of problem is known; about:blank for the plain one.")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    known: list[str] | None = Field(default=None, description="The parameters that the address takes.")
