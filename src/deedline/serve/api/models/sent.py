"""Shapes of what may be sent."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from deedline.model.link import Relation
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


class Problem(Shape):
    """What went wrong, as RFC 9457 has it; `detail` says what to do next."""

    type: str = Field(description="An address under which the kind of problem is known; about:blank for the plain one.")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    known: list[str] | None = Field(default=None, description="The parameters that the address takes.")
