"""What an address may ask, read strictly: an unknown parameter or a value of another form is refused with 400.

The descriptions here are those of the OpenAPI document.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_origin

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from starlette.exceptions import HTTPException
from starlette.requests import Request

from deedline.model.item import ItemKind
from deedline.model.link import LinkState, Relation, VerdictCode
from deedline.model.values import StatusCode
from deedline.operations import FateCode
from deedline.operations.sought import Meaning
from deedline.serve.api.models.sent import NO_CONTROLS

MOST = 200  # rows of one answer
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def _day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("is no day; write it as 2024-12-31")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("is no whole number")
    return value


def _yes(value: Any) -> Any:
    if isinstance(value, str) and value not in ("true", "false"):
        raise ValueError("is neither true nor false")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_yes)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROLS)]
Size = Annotated[int, Field(ge=1, le=MOST, description="At most so many rows."), BeforeValidator(_number)]
Days = Annotated[int, Field(ge=0, le=36500), BeforeValidator(_number)]
Cursor = Annotated[
    Annotated[str, StringConstraints(min_length=1, max_length=200, pattern="^[A-Za-z0-9_-]+$")] | None,
    Field(description="Where the last answer ended: from its Link header, as it stands there."),
]
DocumentReference = Annotated[
    Words | None, Field(description="A document: its id, the beginning of it, its file name or a part of its title.")
]
BodyReference = Annotated[
    Words | None, Field(description="A body: its id, abbreviation, Chinese or English name, or short form.")
]
AsOf = Annotated[
    Day | None,
    Field(description="As was known on that day; that of the newest document unless given.", examples=["2031-12-31"]),
]
ItemPath = Annotated[
    str,
    Path(pattern="^[0-9a-f]{4,64}$", description="An item's id, or a beginning of it that no other has."),
]
DocumentPath = Annotated[
    str,
    Path(min_length=1, max_length=200, pattern=NO_CONTROLS, description="An edition's year, or a document."),
]


def once(request: Request) -> None:
    """Refuse a parameter that is given twice where one is taken."""
    given = [name for name, _ in request.query_params.multi_items()]
    several = {name for name, kind in parameters(request).items() if get_origin(kind) is list}
    twice = next((name for name in given if given.count(name) > 1 and name not in several), None)
    if twice is not None:
        raise HTTPException(400, f"{twice[:100]}: given twice; give it once")


def parameters(request: Request) -> dict[str, Any]:
    """The parameters that the route takes, with their types."""
    route = request.scope.get("route")
    models = [field.field_info.annotation for field in route.dependant.query_params] if route is not None else []
    fields = (item for model in models for item in getattr(model, "model_fields", {}).items())
    return {name: field.annotation for name, field in fields}


class Asked(BaseModel):
    """Parameters with these names and no others."""

    model_config = ConfigDict(extra="forbid")


class Paged(Asked):
    """How much of a list, and from where."""

    limit: Size = 50
    cursor: Cursor = None


class Narrowed(Asked):
    """What narrows items; each narrows what the others leave."""

    document: DocumentReference = None
    kind: ItemKind | None = Field(None, description="Of one kind.")
    body: BodyReference = None
    due_before: Day | None = Field(None, description="Due on that day or before.")
    due_after: Day | None = Field(None, description="Due on that day or after.")
    status: StatusCode | None = Field(None, description="With that official status.")
    number: Words | None = Field(None, description="With that number in its document.")
    batch: Literal["new", "carried"] | None = Field(None, description="Indicators new, or carried over.")


class ItemsAsked(Narrowed, Paged):
    """A list of items."""

    late: Flag = Field(False, description="Due before its own report, of which nothing says it is done.")
    text: Words | None = Field(None, description="With these words, in any script, width or letter case.")


class SearchAsked(Narrowed, Paged):
    """A search."""

    q: Words = Field(description="What to look for.", examples=["hydrogen buses"])
    year: Annotated[int, Field(ge=1, le=9999), BeforeValidator(_number)] | None = Field(
        None, description="Of documents of one year."
    )
    limit: Size = 20
    meaning: Meaning = Field(Meaning.WHERE_FEW, description="Whether to add items near in meaning.")


class SuggestAsked(Asked):
    """Words being typed."""

    q: Words = Field(description="The words so far.", examples=["hydro"])
    limit: Annotated[int, Field(ge=1, le=50), BeforeValidator(_number)] = Field(8, description="At most so many.")


class Nothing(Asked):
    """No parameters at all."""


class ShownAsked(Asked):
    """One item."""

    around: Annotated[int, Field(ge=0, le=1000), BeforeValidator(_number)] = Field(
        2, description="Lines of the source before and after it."
    )
    as_of: AsOf = None


class AsOfAsked(Asked):
    """What was known on a day."""

    as_of: AsOf = None


class HistoryAsked(Asked):
    """The last changes."""

    limit: Size = 50


class LinksAsked(Paged):
    """Links."""

    item: str | None = Field(None, pattern="^[0-9a-f]{4,64}$", description="From or to one item: its id.")
    relation: Relation | None = Field(None, description="Of one relation.")
    state: LinkState | None = Field(None, description="Suggested, or what a person held.")
    sure: Flag | None = Field(None, description="Whether the machine states it without a person's review.")


class IndicatorsAsked(Paged):
    """Reported indicators."""

    late: Flag = Field(False, description="Due before its own report, of which nothing says it is done.")
    done_late: Flag = Field(False, description="Told as done upon a later day than promised.")
    disagree: Flag = Field(False, description="Whose status the figures and dates do not bear out.")
    document: DocumentReference = None
    body: BodyReference = None
    as_of: AsOf = None


class DueAsked(Paged):
    """What falls due."""

    within: Days = Field(90, description="How many days ahead.")
    body: BodyReference = None
    coming: Flag = Field(False, description="Not what is past.")
    as_of: AsOf = None


class CompareAsked(Asked):
    """Two editions."""

    only: list[FateCode] = Field([], max_length=8, description="Only what became of it so; may be repeated.")
    as_of: AsOf = None


class AdoptionAsked(Asked):
    """A submission."""

    against: Words | None = Field(None, description="One edition; every one that may have come after it unless given.")
    only: list[VerdictCode] = Field([], max_length=4, description="Only with that verdict; may be repeated.")
    as_of: AsOf = None


class IssuesAsked(Paged):
    """Doubts of reading."""

    document: DocumentReference = None
    settled: Flag = Field(False, description="Those that a person settled, too.")


class DoubtsAsked(Paged):
    """Links that wait for a person."""

    document: DocumentReference = None
    relation: list[Literal["same", "next", "answers", "partly"]] = Field(
        [], max_length=4, description="Of one relation; may be repeated."
    )


class NamesAsked(Paged):
    """Names."""

    text: Words | None = Field(None, description="That hold these characters, in any script, width or letter case.")
    as_of: AsOf = None
