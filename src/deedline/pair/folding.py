"""What an item says, folded so that two languages can be compared: figures in one unit, times in days, bodies by id."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from deedline.knowledge.fold import fold
from deedline.knowledge.load import common_patterns
from deedline.model.entry import Entry
from deedline.model.values import Comparator, Deadline, Mention, Quantity, Role, StatusCode

COUNTED = ""  # the dimension of what is counted and not measured
_NO_THINGS = re.compile(r"^(?:ratio|[A-Z]{3})$")
_LEAP_DAYS = 3  # by which stretches of as many years may differ
_TOKENS = re.compile(r"[A-Za-z][A-Za-z0-9]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure in the smallest unit of its dimension, so that 1.2 km and 1,200 metres are one value."""

    value: float
    dimension: str
    of: Quantity


@dataclass(frozen=True, slots=True)
class Time:
    """A time that names days. `counted` is how many days it runs where it is counted from the day of its document, so
    that "within three years" is one time in two editions of which one prints only its year."""

    of: Deadline
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One edition: its items in reading order, and for each the numbers that its words print, however they are read."""

    entries: Sequence[Entry]
    numbers: Sequence[frozenset[float]]


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of an item, or of two that the other edition prints as one."""

    entries: tuple[Entry, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    bodies: tuple[Mention, ...]
    status: StatusCode | None
    reported: bool
    numbers: frozenset[float]
    tokens: frozenset[str]
    length: int
    reported_figures: tuple[Figure, ...] = ()
    reported_times: tuple[Time, ...] = ()

    @property
    def body_ids(self) -> frozenset[str]:
        """The bodies that undertake it, as far as they are known."""
        return frozenset(mention.body_id for mention in self.bodies if mention.body_id)


def said(entry: Entry, numbers: frozenset[float]) -> Said:
    """What an item says."""
    item, report = entry.item, entry.item.report
    return Said(
        entries=(entry,),
        figures=tuple(map(figure, item.quantities)),
        times=_dated(item.deadlines, entry.dated),
        bodies=tuple(mention for mention in item.bodies if mention.role is not Role.MENTIONED),
        status=report.status if report else None,
        reported=report is not None,
        numbers=numbers,
        tokens=frozenset(token.lower() for token in _TOKENS.findall(fold(item.text)) if len(token) > 1),
        length=len(item.lead_in) + len(item.text),
        reported_figures=tuple(map(figure, report.figures)) if report else (),
        reported_times=_dated(report.deadlines, entry.dated) if report else (),
    )


def together(parts: Sequence[Said]) -> Said:
    """What several items say that the other edition prints as one."""
    bodies: dict[tuple[str | None, str], Mention] = {}
    for part in parts:
        bodies.update({(m.body_id, "" if m.body_id else m.as_printed): m for m in part.bodies})
    return Said(
        entries=tuple(entry for part in parts for entry in part.entries),
        figures=tuple(each for part in parts for each in part.figures),
        times=tuple(each for part in parts for each in part.times),
        bodies=tuple(bodies.values()),
        status=next((part.status for part in parts if part.status), None),
        reported=any(part.reported for part in parts),
        numbers=_union(part.numbers for part in parts),
        tokens=frozenset().union(*(part.tokens for part in parts)),
        length=sum(part.length for part in parts),
        reported_figures=tuple(each for part in parts for each in part.reported_figures),
        reported_times=tuple(each for part in parts for each in part.reported_times),
    )


def _union(sets: Iterable[Collection[float]]) -> frozenset[float]:
    return frozenset(number for each in sets for number in each)


def figure(quantity: Quantity) -> Figure:
    """A figure in the smallest unit of its dimension."""
    if _NO_THINGS.match(quantity.unit):
        return Figure(quantity.value, quantity.unit, quantity)
    dimension, factor = _measured(quantity.unit)
    return Figure(quantity.value * factor, dimension, quantity)


@cache
def _measured(unit: str) -> tuple[str, float]:
    folded = fold(unit).lower().strip()
    for pattern in common_patterns("units").patterns:
        if pattern.regex.search(folded):
            return pattern.data["dimension"], pattern.data["factor"]
    return COUNTED, 1.0


def _dated(times: Iterable[Deadline], today: date | None) -> tuple[Time, ...]:
    """Times that name days; of those that recur or stay open there is nothing to compare."""
    return tuple(Time(time, _counted(time, today)) for time in times if time.latest is not None)


def _counted(time: Deadline, today: date | None) -> int | None:
    if today is None or time.latest is None or time.precision != "period" or time.earliest != today:
        return None
    return (time.latest - time.earliest).days


def same_value(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one size and can be of one thing; a unit that is not known can be any."""
    fits = one.dimension == other.dimension or (
        COUNTED in (one.dimension, other.dimension) and "ratio" not in (one.dimension, other.dimension)
    )
    if not fits:
        return False
    if one.dimension == other.dimension:
        return _close(one.value, other.value)
    return _close(one.of.value, other.of.value)


_NEAR = {Comparator.MORE: Comparator.AT_LEAST, Comparator.LESS: Comparator.AT_MOST}


def same_comparison(one: Figure, other: Figure) -> bool:
    """Whether two figures compare alike with what they are of."""
    if one.of.comparator == other.of.comparator:
        return True
    loose = _says("beyond", one.of.as_printed) or _says("beyond", other.of.as_printed)
    kinds = [_NEAR.get(each.of.comparator, each.of.comparator) for each in (one, other)]
    return loose and kinds[0] == kinds[1]


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-4 * max(abs(one), abs(other))


def same_time(first: Time, second: Time) -> bool:
    """Whether two times end on one day and, where both say when they begin, begin on one."""
    if first.counted is not None and second.counted is not None:
        return abs(first.counted - second.counted) <= _LEAP_DAYS
    one, other = first.of, second.of
    for loose, strict in ((one, other), (other, one)):
        if _says("either", loose.as_printed) and _says("exclusive", strict.as_printed) and loose.latest is not None:
            return strict.latest == _last_before(loose.latest, loose.precision)
    return one.latest == other.latest and (one.earliest == other.earliest or None in (one.earliest, other.earliest))


@lru_cache(maxsize=20_000)
def _says(role: str, words: str) -> bool:
    """Whether words are of a role of `pairing.toml`."""
    folded = fold(words).lower()
    return any(p.data["role"] == role and p.regex.search(folded) for p in common_patterns("pairing").patterns)


_MONTHS = {"year": 12, "fiscal_year": 12, "school_year": 12, "assessment_year": 12, "half": 6, "quarter": 3, "month": 1}


def _last_before(last: date, precision: str) -> date | None:
    """The last day before a stretch of so many months began that ends on `last`, the last of a month."""
    months = _MONTHS.get(precision)
    if months is None:
        return None
    count = last.year * 12 + last.month - months  # months since year 0 of the first of the stretch
    return date.fromordinal(date(count // 12, count % 12 + 1, 1).toordinal() - 1)
