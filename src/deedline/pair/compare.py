"""In what two items that stand beside each other differ: times, figures, bodies, status, numbers.

Equal meanings in two notations are no difference; where the reading of one edition may be at fault, the discrepancy
is not `sure`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from deedline.model.entry import Entry
from deedline.model.pairing import Discrepancy, DiscrepancyCode, Printed
from deedline.model.values import Mention, Role
from deedline.pair.compare_values import compare_figures, compare_times, owner
from deedline.pair.folding import Said


def compare(one: Said, other: Said) -> tuple[Discrepancy, ...]:
    """The discrepancies of two items, those of their own words before those of their reports."""
    sides = one, other
    return (
        *_identity(one, other),
        *compare_times(one.times, other.times, sides),
        *compare_figures(one.figures, other.figures, sides),
        *_bodies(one, other),
        *_status(one, other),
        *compare_times(one.reported_times, other.reported_times, sides),
        *compare_figures(one.reported_figures, other.reported_figures, sides),
    )


def whole(entry: Entry) -> Printed:
    """An item's own words."""
    return Printed(entry.id, entry.item.text, entry.item.spans)


def _identity(one: Said, other: Said) -> Iterator[Discrepancy]:
    """Kind and printed number. Parts are counted, not printed: where one is missing, those after it are no others."""
    first, second = one.entries[0].item, other.entries[0].item
    if first.kind != second.kind:
        yield Discrepancy(DiscrepancyCode.KIND, "another kind of item", whole(one.entries[0]), whole(other.entries[0]))
    if first.number != second.number:
        yield Discrepancy(DiscrepancyCode.NUMBER, "another number", whole(one.entries[0]), whole(other.entries[0]))


def _bodies(one: Said, other: Said) -> Iterator[Discrepancy]:
    """Bodies that undertake it in one edition alone. Where the other has a name that stands for no one body, that name
    may be theirs."""
    code, sides = DiscrepancyCode.BODY, (one, other)
    known = [
        [mention for mention in side.bodies if mention.body_id and mention.body_id not in there.body_ids]
        for side, there in ((one, other), (other, one))
    ]
    unknown = _surplus([[mention for mention in side.bodies if not mention.body_id] for side in sides])
    left, right = ([*known[place], *unknown[place]] for place in (0, 1))
    for here, there in zip_longest(left, right):
        shown = [_name(side, mention) for side, mention in zip(sides, (here, there), strict=True)]
        named = all(mention is None or mention.body_id for mention in (here, there))
        what = "another body" if here and there else "a body in one edition only"
        yield Discrepancy(code, what, shown[0], shown[1], sure=bool(named))
    leads = [next((mention for mention in side.bodies if mention.role is Role.LEAD), None) for side in sides]
    if not left and not right and leads[0] and leads[1] and leads[0].body_id != leads[1].body_id:
        yield Discrepancy(code, "another lead body", _name(one, leads[0]), _name(other, leads[1]))


def _surplus(unknown: Sequence[Sequence[Mention]]) -> list[list[Mention]]:
    """Of names that stand for no one body, those that the other edition has not as many of."""
    least = min(map(len, unknown))
    return [list(names[least:]) for names in unknown]


def _name(side: Said, mention: Mention | None) -> Printed:
    if mention is None:
        return Printed(side.entries[0].id)
    return Printed(owner(side, mention.spans), mention.as_printed, mention.spans)


def _status(one: Said, other: Said) -> Iterator[Discrepancy]:
    code = DiscrepancyCode.STATUS
    shown = [_reported(side) for side in (one, other)]
    if one.reported != other.reported:
        yield Discrepancy(code, "a report in one edition only", shown[0], shown[1])
    elif one.status != other.status:
        known = one.status is not None and other.status is not None
        yield Discrepancy(code, "another status", shown[0], shown[1], sure=known)


def _reported(side: Said) -> Printed:
    for entry in side.entries:
        report = entry.item.report
        if report is not None:
            return Printed(entry.id, report.as_printed or report.narrative, report.status_spans or report.spans)
    return Printed(side.entries[0].id)
