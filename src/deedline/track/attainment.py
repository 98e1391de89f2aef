"""Which reported figure speaks of which promised one, and how far it goes.

A part of an indicator may promise several figures and its report may name several more. Each promised figure is
compared with each reported one of the same kind: by unit and noun, by the words around both, by size. The best pairs
are kept, one report to one promise. A figure of a step before what is promised (studied, consulted upon, contracted) is
kept apart: shown beside the promise, never as a share of it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from deedline.knowledge.fold import fold
from deedline.knowledge.load import language_patterns
from deedline.model.attainment import Attainment
from deedline.model.values import Basis, Comparator, Quantity
from deedline.track.figures import Figure, letter_pairs, place_figures, shared_runs

# Pairs less alike are no pair; the first in the text that is well matched speaks for the part.
_LEAST_LIKENESS = 0.35
_WELL_MATCHED = 1.0
_APART = 0.2  # as `_size_apart` tells: figures in different units speak of one thing only where they are alike in size
_UNLIKE = 0.3  # units less alike than counters of one kind
_UNNAMED = "no words around the two are alike"
_RUNS_TOLD = 4
_UNIT_TOLD = {"": "bare numbers", "ratio": "percent or shares"}


@dataclass(frozen=True, slots=True)
class _Pair:
    target: Figure
    actual: Figure
    likeness: float
    reasons: tuple[str, ...]
    value: float
    shared: frozenset[str]
    apart: str  # why the two are not held against each other; else empty


def attainment_of(
    text_quantities: Sequence[Quantity],
    report_figures: Sequence[Quantity],
    text: str = "",
    narrative: str = "",
    language: str = "zh",
    *,
    apart: Collection[Attainment] = (),
) -> Attainment | None:
    """The attainment that speaks for a part: the first of its well-matched figures that is not merely restated.

    `text` and `narrative` are the words that the figures stand in; without them the figures alone decide. Those of
    `apart`, as `attainments_of` gives them, speak only where no other does. None where no reported figure speaks of a
    promised one.
    """
    found = _pairs(text_quantities, report_figures, (text, narrative), language)
    done = [pair for pair in found if not pair.apart] or found
    if apart:
        done = [p for p in done if _attainment(p, text_quantities, narrative, language) not in apart] or done
    moved = [pair for pair in done if pair.value != pair.target.quantity.value] or done
    if not moved:
        return None
    well = (pair for pair in moved if pair.likeness >= _WELL_MATCHED)
    chosen = next(well, None) or max(moved, key=lambda pair: pair.likeness)
    return _attainment(chosen, text_quantities, narrative, language)


def attainments_of(
    text_quantities: Sequence[Quantity],
    report_figures: Sequence[Quantity],
    text: str = "",
    narrative: str = "",
    language: str = "zh",
) -> tuple[Attainment, ...]:
    """Every promised figure that a reported one speaks of, in the order of the text."""
    found = _pairs(text_quantities, report_figures, (text, narrative), language)
    return tuple(_attainment(pair, text_quantities, narrative, language) for pair in found)


def _pairs(
    text_quantities: Sequence[Quantity], report_figures: Sequence[Quantity], texts: tuple[str, str], language: str
) -> list[_Pair]:
    """The best pairs, one report to one promise, in the order of the text; those held apart only where no other
    is found."""
    promised = place_figures(text_quantities, texts[0], {Basis.TARGET, Basis.CHANGE})
    reported = place_figures(report_figures, texts[1], {Basis.ACTUAL, Basis.CHANGE})
    steps = {figure.order: _step_before(figure, texts[0], language) for figure in reported}
    pairs = [
        replace(pair, apart=pair.apart or steps[actual.order])
        for target in promised
        for actual in reported
        if (pair := _pair(target, actual, (text_quantities, report_figures), language))
        and pair.likeness >= _LEAST_LIKENESS
    ]
    pairs.sort(key=lambda pair: (pair.apart != "", -pair.likeness, pair.target.order, pair.actual.order))
    kept: list[_Pair] = []
    for pair in pairs:
        if all(pair.target is not other.target and pair.actual is not other.actual for other in kept):
            kept.append(pair)
    level = [pair for pair in kept if pair.target.quantity.basis is Basis.TARGET]
    return sorted(level or kept, key=lambda pair: pair.target.order)


def _pair(
    target: Figure, actual: Figure, everything: tuple[Sequence[Quantity], Sequence[Quantity]], language: str
) -> _Pair | None:
    """The two figures as a pair with its likeness, or None where they cannot speak of the same thing."""
    value = _reached(target, actual, everything[0])
    if value is None or target.kind != actual.kind or not _comparable(target.quantity, actual.quantity):
        return None
    unit, unit_reason = _unit_likeness(target.quantity.unit, actual.quantity.unit, target.kind, language)
    if unit <= 0 and _size_apart(target.quantity.value, value) > _APART:
        return None
    shared = target.words & actual.words
    unnamed = unit < 1 and not shared and not _names(actual, target)
    if unnamed and unit <= _UNLIKE:
        return None
    weight = len(shared & target.near & actual.near) + 0.5 * len(shared - (target.near & actual.near))
    likeness = (
        unit
        + 3 * weight / max(5, min(len(target.words), len(actual.words)))
        - _size_apart(target.quantity.value, value)
        - 0.3 * target.order
        - 0.06 * actual.order
        + 0.6 * _is_restated(target.quantity, everything[1])
        + 0.4 * (target.quantity.basis is actual.quantity.basis)
    )
    reasons = [f"promised {target.quantity.as_printed}, reported {actual.quantity.as_printed}", unit_reason]
    if value != actual.quantity.value:
        reasons.append("the reported change is added to where the promise starts")
    return _Pair(
        target, actual, likeness, tuple(reasons), value, shared - {target.quantity.unit.lower()}, _UNNAMED * unnamed
    )


def _names(actual: Figure, target: Figure) -> bool:
    """Whether the sentence of a reported figure names what a promised one counts; True where the words are unknown."""
    if not actual.sentence or not target.sentence:
        return True
    return bool(letter_pairs(target.quantity.unit, like=target.quantity.unit) & actual.sentence)


def _step_before(actual: Figure, text: str, language: str) -> str:
    """That a reported figure counts only a step before what is promised, which is not itself promised; else empty."""
    if actual.kind != "count":
        return ""
    promised = fold(text)
    steps = (
        pattern for pattern in language_patterns(language, "quantities").patterns if pattern.data["role"] == "step"
    )
    counted = (step for step in steps if step.regex.search(actual.clause) and not step.regex.search(promised))
    return next((f"the report counts {step.name}, a step before what is promised" for step in counted), "")


def _reached(target: Figure, actual: Figure, promised: Sequence[Quantity]) -> float | None:
    """The level that a reported figure means for a promised one; None where the two cannot be compared."""
    levels = (target.quantity.basis, actual.quantity.basis)
    if actual.quantity.basis is Basis.ACTUAL:
        share = target.quantity.basis is Basis.CHANGE and target.kind == "ratio"
        return None if share else actual.quantity.value
    if levels == (Basis.CHANGE, Basis.CHANGE):
        return actual.quantity.value
    if levels == (Basis.TARGET, Basis.CHANGE) and target.kind != "ratio":
        start = _baseline(target.quantity, promised)
        return None if start is None else start.value + actual.quantity.value
    return None


def _baseline(target: Quantity, promised: Sequence[Quantity]) -> Quantity | None:
    """The nearest figure before the target that says where it starts, in the same unit."""
    at = next((i for i, quantity in enumerate(promised) if quantity is target), 0)
    before = (quantity for quantity in reversed(promised[:at]) if quantity.basis is not Basis.CHANGE)
    nearest = next(before, None)
    same = nearest is not None and nearest.basis is Basis.BASELINE and nearest.unit[:1] == target.unit[:1]
    return nearest if same else None


def _unit_likeness(promised: str, reported: str, kind: str, language: str) -> tuple[float, str]:
    """How like two units are, -0.9 to 1.6, and why."""
    if kind != "count" or promised == reported:
        return 1.0 + 0.6 * (kind == "count" and bool(promised)), f"both in {_UNIT_TOLD.get(promised, promised)}"
    if promised and reported and (promised in reported or reported in promised):
        return 1.3, f"both in {min(promised, reported, key=len)}"
    counters = [_counters(unit, language) for unit in (promised, reported)]
    counts = [{name for _, name in found} for found in counters]
    if counts[0] & counts[1]:
        same = max((word for word, _ in counters[0] & counters[1]), key=len, default="")
        return 0.8, f"both counted in {promised[: len(same)]}" if same else f"counted in {promised} and in {reported}"
    apart = f"units differ: {promised or 'none'} and {reported or 'none'}"
    if counts[0] and counts[1]:
        return -0.9, apart
    return 0.3 if not promised or not reported else 0.0, apart


def _counters(unit: str, language: str) -> set[tuple[str, str]]:
    """The counters that a unit begins with, folded, each with the name of what it counts."""
    known = ((word, name) for name, words in _likeness(language).items() for word in words)
    return {(word, name) for word, name in known if fold(unit).startswith(word)}


@cache
def _likeness(language: str) -> Mapping[str, tuple[str, ...]]:
    table = language_patterns(language, "quantities").tables["likeness"]
    return {name: tuple(fold(word) for word in words) for name, words in table.items()}


def _size_apart(promised: float, reported: float) -> float:
    """What a difference of size takes away: nothing for the same size, 0.6 for ten times as much, at most 1.5."""
    if promised <= 0 or reported <= 0:
        return 0.0 if promised == reported else 1.0
    return min(1.5, 0.6 * abs(math.log10(reported / promised)))


def _comparable(promised: Quantity, reported: Quantity) -> bool:
    """Whether the report counts anew what was promised, and counts it over the same.

    A report of "at least 30" only says the promise again; one team for each centre is not measured by teams in all.
    """
    again = promised.comparator is reported.comparator and promised.value == reported.value
    each = promised.value == 1 and promised.per not in ("", reported.per)
    return not (again and promised.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST)) and not each


def _is_restated(target: Quantity, reported: Sequence[Quantity]) -> bool:
    """Whether the report names the same figure as its target."""
    return any(quantity.basis is Basis.TARGET and quantity.value == target.value for quantity in reported)


def _attainment(pair: _Pair, promised: Sequence[Quantity], narrative: str, language: str) -> Attainment:
    target = pair.target.quantity
    start = _baseline(target, promised) if target.basis is Basis.TARGET else None
    baseline = None if start is None else start.value
    lower = _lower_is_better(pair.target, baseline, language)
    share = share_of(baseline, target.value, pair.value, lower=lower)
    return Attainment(
        baseline=baseline,
        target=target.value,
        actual=pair.value,
        share=None if pair.apart else share,
        lower_is_better=lower,
        unit=target.unit,
        target_quantity=target,
        actual_quantity=pair.actual.quantity,
        reasons=(*pair.reasons, *_shared_words(pair, narrative)),
        level=lower or baseline is not None or pair.target.kind == "ratio" or _is_level(pair.target, language),
        apart=pair.apart,
    )


def _is_level(target: Figure, language: str) -> bool:
    """Whether the words around a promised figure raise something to it, or hold it there."""
    levels = (pattern for pattern in language_patterns(language, "quantities").patterns if pattern.data.get("level"))
    return any(pattern.regex.search(target.window) for pattern in levels)


def _shared_words(pair: _Pair, narrative: str) -> tuple[str, ...]:
    """The words around the reported figure that stand around the promised one too, as the report prints them."""
    runs = shared_runs(narrative, pair.shared)[:_RUNS_TOLD]
    return (f"both speak of {', '.join(runs)}",) if runs else ()


def _lower_is_better(target: Figure, baseline: float | None, language: str) -> bool:
    if target.quantity.basis is Basis.CHANGE:
        return False
    if baseline is not None:
        return target.quantity.value < baseline
    if target.quantity.comparator in (Comparator.AT_MOST, Comparator.LESS) and target.window == "#":
        return True
    patterns = language_patterns(language, "quantities").patterns
    return any(
        pattern.regex.search(target.window) is not None for pattern in patterns if pattern.data["role"] == "direction"
    )


def share_of(baseline: float | None, target: float, actual: float, *, lower: bool) -> float | None:
    """How much of the way is gone, as `Attainment.share` has it."""
    if baseline is not None:
        return (actual - baseline) / (target - baseline) if target != baseline else None
    over, under = (target, actual) if lower else (actual, target)
    return over / under if under else None
