"""Times and figures of two items: which meet, and what to say of those that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from deedline.model.pairing import Discrepancy, DiscrepancyCode, Printed
from deedline.model.text import Span
from deedline.model.values import BY_PERSON, Basis, Deadline, DeadlineKind, Quantity
from deedline.pair.folding import Figure, Said, Time, same_comparison, same_time, same_value

_PERIODS = frozenset({"year", "school_year", "fiscal_year", "quarter", "month", "week", "day", "hour"})
_FEW = 10  # up to here a number that is spelt out may be part of a phrase that the other language has no number for

_SHARES = (100, 10)  # a share is printed as so many per cent, or as so many tenths

T = TypeVar("T")
Sides = tuple[Said, Said]


def owner(side: Said, spans: Sequence[Span]) -> str:
    """The item that words stand in, where several were joined."""
    start = min((span.start for span in spans), default=0)
    inside = [entry for entry in side.entries if entry.item.spans and entry.item.spans[0].start <= start]
    return (inside or list(side.entries))[-1].id


def printed(side: Said, value: Deadline | Quantity | None) -> Printed:
    """A value's words, or that the side has none."""
    if value is None:
        return Printed(side.entries[0].id)
    return Printed(owner(side, value.spans), value.as_printed, value.spans)


def compare_times(one: Sequence[Time], other: Sequence[Time], sides: Sides) -> Iterator[Discrepancy]:
    """Times that do not meet: another date, one that the other edition has not, a beginning taken for an end."""
    met, left, right = _matched(one, other, (_equal_time, same_time))
    for begun, done in met:
        if _bind_apart(begun, done):
            yield _time(sides, begun, done, "one begins then, the other is done by then", sure=True)
    pairs, left, right = _beside(left, right)
    for first, second in pairs:
        if first.of.promised or second.of.promised or not _within(first, second):
            yield _time(sides, first, second, "another date", sure=first.of.promised == second.of.promised)
    for place, listed in enumerate((left, right)):
        for time in listed:
            if time.of.promised:
                sure = _is_absent(time, sides[1 - place])
                yield _time(sides, *_in_place(time, place), "a date in one edition only", sure=sure)


def _time(sides: Sides, first: Time | None, second: Time | None, what: str, *, sure: bool) -> Discrepancy:
    shown = [printed(side, each.of if each else None) for side, each in zip(sides, (first, second), strict=True)]
    return Discrepancy(DiscrepancyCode.DATE, what, shown[0], shown[1], sure)


def _equal_time(one: Time, other: Time) -> bool:
    return same_time(one, other) and (one.of.earliest, one.of.latest) == (other.of.earliest, other.of.latest)


def _bind_apart(one: Time, other: Time) -> bool:
    kinds = {one.of.kind, other.of.kind}
    return DeadlineKind.FROM in kinds and DeadlineKind.BY in kinds


def _within(one: Time, other: Time) -> bool:
    """Whether one time lies within the other, so that its reading may have lost a part."""
    bounds = [(time.of.earliest or time.of.latest, time.of.latest) for time in (one, other)]
    (a, b), (c, d) = bounds
    if a is None or b is None or c is None or d is None:
        return True
    return (a <= c and d <= b) or (c <= a and b <= d)


def _is_absent(time: Time, there: Said) -> bool:
    """Whether the other edition prints not even the year of a time, so that no reading can have missed it."""
    if time.of.rule == BY_PERSON:
        return True
    years = {float(day.year) for day in (time.of.earliest, time.of.latest) if day}
    return not years & there.numbers


def compare_figures(one: Sequence[Figure], other: Sequence[Figure], sides: Sides) -> Iterator[Discrepancy]:
    """Figures that do not meet: another value, comparison, unit or period, or one that the other edition has not."""
    met, left, right = _matched(one, other, (_equal_figure, same_value))
    for first, second in met:
        if not same_comparison(first, second):
            yield _figure(sides, first, second, "another comparison", sure=True)
        elif first.of.per != second.of.per and {first.of.per, second.of.per} <= _PERIODS:
            yield _figure(sides, first, second, "another period", sure=True)
    turned = [both for both in met if {each.of.basis for each in both} == {Basis.BASELINE, Basis.TARGET}]
    for first, second in turned if len(turned) > 1 else ():
        yield _figure(sides, first, second, "one starts from it, the other aims at it", sure=True)
    units, left, right = _matched(left, right, (lambda a, b: a.of.value == b.of.value,))
    for first, second in units:
        yield _figure(sides, first, second, "another unit", sure=True)
    left = [each for each in left if not _is_printed(each, sides[1])]
    right = [each for each in right if not _is_printed(each, sides[0])]
    others, left, right = _alike(left, right)
    for first, second in others:
        yield _figure(sides, first, second, "another figure", sure=True)
    for place, listed in enumerate((left, right)):
        for each in listed:
            yield _figure(sides, *_in_place(each, place), "a figure in one edition only", sure=_counts(each))


def _figure(sides: Sides, first: Figure | None, second: Figure | None, what: str, *, sure: bool) -> Discrepancy:
    shown = [printed(side, each.of if each else None) for side, each in zip(sides, (first, second), strict=True)]
    return Discrepancy(DiscrepancyCode.FIGURE, what, shown[0], shown[1], sure)


def _equal_figure(one: Figure, other: Figure) -> bool:
    return same_value(one, other) and one.of.comparator == other.of.comparator


def _is_printed(figure: Figure, there: Said) -> bool:
    """Whether the other edition prints the number, though it was not read as that figure."""
    if _is_among(figure.of.value, there.numbers):
        return True
    if figure.dimension != "ratio":
        return False
    shares = [each.of.value for each in (*there.figures, *there.reported_figures) if each.dimension == "ratio"]
    taken = [value * times for value in shares for times in _SHARES]
    free = [number for number in there.numbers if not _is_among(number, taken)]
    return any(_is_among(figure.of.value * times, free) for times in _SHARES)


def _is_among(value: float, numbers: Iterable[float]) -> bool:
    return any(abs(value - number) <= 1e-6 * max(1.0, abs(value)) for number in numbers)


def _counts(figure: Figure) -> bool:
    return figure.of.value > _FEW or any(letter.isdigit() for letter in figure.of.as_printed)


def _in_place(value: T, place: int) -> tuple[T | None, T | None]:
    return (value, None) if place == 0 else (None, value)


def _matched(
    one: Sequence[T], other: Sequence[T], tests: Sequence[Callable[[T, T], bool]]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Values that meet by the first test that fits, and what is left of both sides."""
    left, right, met = list(one), list(other), list[tuple[T, T]]()
    for test in tests:
        for value in list(left):
            found = next((place for place, that in enumerate(right) if test(value, that)), None)
            if found is not None:
                met.append((value, right.pop(found)))
                left.remove(value)
    return met, left, right


def _beside(one: Sequence[Time], other: Sequence[Time]) -> tuple[list[tuple[Time, Time]], list[Time], list[Time]]:
    """Times that are left beside each other in order, promised beside promised first."""
    return _matched(
        one,
        other,
        (lambda a, b: a.of.promised and b.of.promised, lambda a, b: a.of.promised == b.of.promised, lambda _, __: True),
    )


def _alike(
    one: Sequence[Figure], other: Sequence[Figure]
) -> tuple[list[tuple[Figure, Figure]], list[Figure], list[Figure]]:
    """Figures that are left beside each other in order, those of one dimension first, shares only beside shares."""
    return _matched(
        one,
        other,
        (lambda a, b: a.dimension == b.dimension, lambda a, b: "ratio" not in (a.dimension, b.dimension)),
    )
