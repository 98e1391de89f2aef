"""What the search index takes and gives: items as they are indexed, what is asked for, and what fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Entered:
    """An item as it is indexed.

    `id` is 16 hex digits. `text` are the terms of the item's own words, `around` those of what stands about it,
    `letters` the ideographs of both. `shown` is the beginning of its own words, for suggestions. `exact` are values by
    field for filters and suggestions.
    """

    id: str
    shown: str
    text: Sequence[str]
    around: Sequence[str]
    letters: Iterable[str]
    exact: Mapping[str, Sequence[str]]
    due: date | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One word or phrase that is asked for, as terms. An `exact` one is found with all its terms in their order.

    Another of several terms is found where most of them are, and ranks higher where they stand together. `out` ones
    must not be there.
    """

    terms: tuple[str, ...]
    exact: bool = False
    out: bool = False


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Filters: values that fields must have, days that `due` lies between (both included), the document's year, and
    documents left out."""

    exact: Mapping[str, str] = field(default_factory=dict)
    due: tuple[date | None, date | None] = (None, None)
    year: int | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ids with their BM25 scores, best first, and how many items fit in all."""

    best: tuple[tuple[str, float], ...]
    total: int
