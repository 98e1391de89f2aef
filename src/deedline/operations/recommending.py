"""What became of each recommendation, from the verdicts on the proposals that it holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deedline.model.item import ItemKind
from deedline.model.link import Verdict, VerdictCode
from deedline.operations.adopting import AdoptionReport
from deedline.operations.remembering import remembered
from deedline.register import ItemQuery, Register, StoredItem


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation with the counts of verdicts on its `total` proposals. `best` is the best of them, None where it
    holds no proposal; `sure` where that rests on links that hold without review."""

    stored: StoredItem
    counts: Mapping[VerdictCode, int]
    total: int
    best: VerdictCode | None
    sure: bool


def recommendations(register: Register, report: AdoptionReport) -> tuple[Recommended, ...]:
    """The recommendations of a report's submission, in reading order; none where it numbers no recommendations."""
    verdicts = {verdict.item_id: verdict for verdict in report.verdicts}
    held: defaultdict[str | None, list[str]] = defaultdict(list)
    submission = report.submission.id
    with register.snapshot():
        stored = remembered(register, ("items of", submission), lambda: _items_of(register, submission), len)
    for item in stored:
        if item.id in verdicts:
            held[item.parent_id].append(item.id)
    return tuple(
        _recommended(item, [verdicts[key] for key in held[item.id]])
        for item in stored
        if item.item.kind is ItemKind.RECOMMENDATION
    )


def _items_of(register: Register, document_id: str) -> tuple[StoredItem, ...]:
    return tuple(register.items(ItemQuery(document=document_id)))


def _recommended(stored: StoredItem, verdicts: Sequence[Verdict]) -> Recommended:
    counts = Counter(verdict.verdict for verdict in verdicts)
    best = next((code for code in VerdictCode if counts[code]), None)
    sure = any(verdict.sure for verdict in verdicts if verdict.verdict is best)
    return Recommended(stored, {code: counts[code] for code in VerdictCode}, len(verdicts), best, sure)


def count_best(found: Sequence[Recommended]) -> dict[VerdictCode, int]:
    """How many recommendations met which verdict at best."""
    counts = Counter(each.best for each in found if each.best is not None)
    return {code: counts[code] for code in VerdictCode}
