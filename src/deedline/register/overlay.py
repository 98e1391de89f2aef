"""What people hold of an item's values, put over what was read. The item's words are never changed.

In: an item as read, corrections. Out: the item that holds. Values that a person holds name no words and no spans: their
`rule` is BY_PERSON. Refuses values that nobody could mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from deedline.errors import InputError
from deedline.model.item import Item, ItemKind
from deedline.model.values import (
    BY_PERSON,
    Basis,
    Comparator,
    Deadline,
    DeadlineKind,
    Mention,
    Quantity,
    Report,
    Role,
    StatusCode,
)
from deedline.register.evidence import Printed
from deedline.register.held import NOTHING, WRONG_KINDS, Correction, Field, Said

_FIGURES = {Field.TARGET: Basis.TARGET, Field.ACTUAL: Basis.ACTUAL, Field.BASELINE: Basis.BASELINE}
_FIGURE = re.compile(r"([-+]?[0-9][0-9,]{0,20}(?:\.[0-9]{1,10})?)\s*(%|[^\s0-9%][^%\n]{0,39})?")
_BODY_ID = re.compile(r"[a-z0-9-]{1,40}/[a-z0-9-]{1,60}")
Value = TypeVar("Value", bound=Printed)


def demand_valid(said: Said) -> None:
    """InputError where a value cannot be understood; "" always can, and goes back to what was read."""
    if said.field is Field.BODY and not _BODY_ID.fullmatch(said.of):
        raise InputError(f"{said.of!r} is no body's id; an id is such as hk/itib")
    if said.field is Field.DEADLINE:
        _day(said.of, "a deadline")
    if said.field is Field.WRONG and not (said.of.partition(" ")[0] in WRONG_KINDS and said.of.partition(" ")[2]):
        raise InputError(
            f"{said.of!r} names no value; give its kind ({', '.join(WRONG_KINDS)}) and its words as printed"
        )
    if said.field in _FIGURES and said.value:
        _figure(said)
    if said.field is Field.DUE and said.value not in ("", NOTHING):
        _day(said.value, "the due day")
    allowed = _allowed(said.field)
    if said.value and allowed and said.value not in allowed:
        raise InputError(f"{said.value!r} is no {said.field}; it is one of {', '.join(allowed)}")


def _allowed(field: Field) -> tuple[str, ...]:
    return {
        Field.KIND: tuple(ItemKind),
        Field.STATUS: (*StatusCode, NOTHING),
        Field.BODY: (*Role, NOTHING),
        Field.DEADLINE: (DeadlineKind.BY,),
        Field.WRONG: (Field.WRONG,),
    }.get(field, ())


def _day(words: str, what: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InputError(f"{words!r} cannot be {what}; write it as 2025-06-30") from None


def _figure(said: Said) -> Quantity:
    parts = _FIGURE.fullmatch(said.value.strip())
    if parts is None:
        raise InputError(f"{said.value!r} is no figure; write it as 20% or 45 km, in digits")
    value, unit = float(parts[1].replace(",", "")), (parts[2] or "").strip()
    if unit == "%":
        value, unit = value / 100, "ratio"
    return Quantity("", (), Comparator.EQUAL, value, unit, _FIGURES[said.field], BY_PERSON)


def overlaid(item: Item, corrections: Sequence[Correction]) -> Item:
    """The item with what people hold over what was read."""
    said = [correction.said for correction in corrections]
    for wrong in _of(said, Field.WRONG):
        item = _without(item, *wrong.of.split(" ", 1))
    for deadline in _of(said, Field.DEADLINE):
        item = _with_deadline(item, date.fromisoformat(deadline.of))
    for due in _of(said, Field.DUE):
        item = _with_due(item, None if due.value == NOTHING else date.fromisoformat(due.value))
    for body in _of(said, Field.BODY):
        item = replace(item, bodies=_with_body(item.bodies, body))
    for kind in _of(said, Field.KIND):
        item = replace(item, kind=ItemKind(kind.value))
    for status in _of(said, Field.STATUS):
        code = None if status.value == NOTHING else StatusCode(status.value)
        item = replace(item, report=replace(_report(item, status), status=code, rule=BY_PERSON))
    figures = [each for each in said if each.field in _FIGURES]
    if figures:
        item = replace(item, held=tuple(map(_figure, figures)), report=_report(item, figures[0]))
    return item


def _of(said: Iterable[Said], field: Field) -> list[Said]:
    return [each for each in said if each.field is field]


def _report(item: Item, said: Said) -> Report:
    """The item's report; where it has none, one of the day that the correction names, without words."""
    return item.report or Report(date.fromisoformat(said.detail) if said.detail else None, None, "", "", (), ())


def _without(item: Item, kind: str, words: str) -> Item:
    """Without the values of a kind that were read from some words."""
    if kind == "body":
        return replace(item, bodies=_others(item.bodies, words))
    if kind == "quantity":
        return replace(item, quantities=_others(item.quantities, words))
    if kind == "name":
        return replace(item, names=_others(item.names, words))
    report = item.report
    if kind == "figure":
        return item if report is None else replace(item, report=replace(report, figures=_others(report.figures, words)))
    if report is not None:
        report = replace(report, deadlines=_others(report.deadlines, words))
    left = _others(item.deadlines, words)
    due = _latest(left) if item.due == _latest(item.deadlines) else item.due
    return replace(item, deadlines=left, due=due, report=report)


def _others(values: tuple[Value, ...], words: str) -> tuple[Value, ...]:
    return tuple(value for value in values if _bare(value.as_printed) != _bare(words))


def _bare(words: str) -> str:
    return "".join(words.split())


def _latest(deadlines: Iterable[Deadline]) -> date | None:
    """The day by which all is promised, as reading has it."""
    return max((limit.latest for limit in deadlines if limit.promised and limit.latest is not None), default=None)


def _with_deadline(item: Item, day: date) -> Item:
    missed = Deadline("", (), DeadlineKind.BY, None, day, "day", True, BY_PERSON)
    return replace(item, deadlines=(*item.deadlines, missed), due=max(item.due or day, day))


def _with_due(item: Item, due: date | None) -> Item:
    """The due day in place of the one read, and of the deadlines that gave it."""
    rest = tuple(limit for limit in item.deadlines if not (limit.promised and limit.latest == item.due))
    bare = replace(item, deadlines=rest, due=None)
    return bare if due is None else replace(_with_deadline(bare, due), due=due)


def _with_body(mentions: tuple[Mention, ...], said: Said) -> tuple[Mention, ...]:
    """A body in the role that a person holds it has; a lead stands first."""
    if said.value == NOTHING:
        return tuple(mention for mention in mentions if mention.body_id != said.of)
    role = Role(said.value)
    if any(mention.body_id == said.of for mention in mentions):
        return tuple(
            replace(mention, role=role, rule=BY_PERSON) if mention.body_id == said.of else mention
            for mention in mentions
        )
    added = Mention("", (), said.of, said.detail or said.of, role, BY_PERSON)
    return (added, *mentions) if role is Role.LEAD else (*mentions, added)


def read_of(item: Item, said: Said) -> str:
    """What was read, in words, of the value that a person corrects; "" where nothing was."""
    if said.field is Field.DUE:
        return item.due.isoformat() if item.due else NOTHING
    if said.field is Field.KIND:
        return item.kind.value
    if said.field is Field.STATUS:
        return item.report.status.value if item.report and item.report.status else NOTHING
    if said.field is Field.BODY:
        return next((mention.role.value for mention in item.bodies if mention.body_id == said.of), NOTHING)
    if said.field is Field.WRONG:
        return said.of.partition(" ")[2]
    return ""


def has_words(item: Item, kind: str, words: str) -> bool:
    """Whether a value of a kind was read from some words of an item."""
    return item != _without(item, kind, words)
