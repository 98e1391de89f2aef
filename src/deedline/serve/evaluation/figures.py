"""What readers said beside what was exported, in figures: items, bodies, status, due days, attainment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deedline.serve.evaluation.labels import Gold, Label, Matcher, bare
from deedline.serve.export.shape import Row

_ITEM, _PART, _VALUE = 0.9, 0.7, 0.6  # how like an item must be; a part may lack the opening words of its indicator
_NO_BODY = "相關政策局"  # names no body
_WING = "轄下"  # what follows it is known by its own name


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by name with the counts behind it, in words."""

    name: str
    value: float
    behind: str

    def __str__(self) -> str:
        return f"{self.name:<28} {self.value:.3f}  {self.behind}"


def share(name: str, right: int, total: int, of: str = "") -> Figure:
    """So many of so many."""
    return Figure(name, right / total if total else 0.0, f"({right} of {total}{of})")


def overlap(name: str, right: int, wrong: int, missed: int) -> Figure:
    """F1 with precision and recall."""
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    value = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    counts = f"(tp {right}, fp {wrong}, fn {missed})"
    return Figure(name, value, f"precision {precision:.3f} recall {recall:.3f}  {counts}")


def read_figures(gold: Gold, matcher: Matcher) -> Iterator[Figure]:
    """Figures of what was read from the documents."""
    yield from _items(gold.items, matcher)
    if gold.due:
        yield share("due.accuracy", sum(_due_right(label, matcher) for label in gold.due), len(gold.due))
    if gold.attainment:
        right = sum(_attainment_right(label, matcher) for label in gold.attainment)
        yield share("attainment.accuracy", right, len(gold.attainment))


def _items(labels: Iterable[Label], matcher: Matcher) -> Iterator[Figure]:
    hit: Counter[str] = Counter()
    total: Counter[str] = Counter()
    bodies: Counter[str] = Counter()
    status: Counter[bool] = Counter()
    for label in labels:
        kind = label["kind"]
        total[kind] += 1
        item = matcher.at_least(label, _PART if kind == "indicator" else _ITEM)
        if item is None:
            bodies["missed"] += len(_names(label["bodies"]))
        else:
            hit[kind] += item["kind"] == kind
            bodies.update(_bodies(label, item))
        if label.get("status"):
            status[item is not None and (item.get("report") or {}).get("status") == label["status"]] += 1
    yield from (share(f"items.recall.{kind}", hit[kind], total[kind]) for kind in sorted(total))
    if total:
        yield overlap("bodies.f1", bodies["right"], bodies["wrong"], bodies["missed"])
    if status:
        yield share("indicators.status", status[True], status.total())


def _bodies(label: Label, item: Row) -> Counter[str]:
    if label["kind"] not in ("measure", "indicator"):
        return Counter()
    want, got = _names(label["bodies"]), _names(body.get("name_zh") for body in item.get("bodies", ()))
    return Counter(right=len(want & got), wrong=len(got - want), missed=len(want - got))


def _names(names: Iterable[str | None]) -> set[str]:
    return {bare(name.split(_WING)[-1]) for name in names if name and name != _NO_BODY}


def _due_right(label: Label, matcher: Matcher) -> bool:
    item = matcher.at_least(label, _VALUE)
    return item is not None and (item.get("due") or None) == label["due"]


def _attainment_right(label: Label, matcher: Matcher) -> bool:
    item = matcher.at_least(label, _VALUE)
    got = (item or {}).get("attainment") or {}
    return all(
        got.get(key) is not None and abs(got[key] - label[key]) <= 1e-6 + 0.001 * abs(label[key])
        for key in ("target", "actual")
    )
