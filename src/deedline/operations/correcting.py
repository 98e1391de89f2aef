"""What a person holds of an item's values, and of doubts of reading, over what the machine read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from deedline.errors import InputError
from deedline.model.item import Item
from deedline.model.values import Role
from deedline.operations.holding import body_held
from deedline.register import NOTHING, Field, Register, Said, Settled, StoredIssue, StoredItem

_UNDERTAKES = (Role.LEAD, Role.JOINT)
_AS_OF_THE_DOCUMENT = (Field.STATUS, Field.TARGET, Field.ACTUAL, Field.BASELINE)


@dataclass(frozen=True, slots=True)
class Settling:
    """What a person holds of a doubt, named by its id or the beginning of it; `state` None opens it again."""

    issue: str
    state: Settled | None


def correct(register: Register, item: str, said: Sequence[Said], *, at: datetime, by: str, why: str) -> StoredItem:
    """Put what a person holds of an item, named by its id or the beginning of it, over what was read.

    InputError where nothing is said, the same value twice, no reason or name is given, a body is not known, or a value
    cannot be understood or was never read; NotFoundError where no item has the id.
    """
    _demand_signed(by, why)
    if not said:
        raise InputError("say what to correct: a due day, a body, a status, a figure, a kind, or a value that is wrong")
    named = [(each.field, each.of) for each in said]
    if twice := next((field for field, of in named if named.count((field, of)) > 1), None):
        raise InputError(f"{twice} is given twice; say it once")
    with register.snapshot():
        stored = register.item(item)
        document = register.document(stored.document_id)
        dated = document.metadata.dated
        whole = tuple(_completed(register, each, dated.isoformat() if dated else "") for each in said)
    return register.correct_item(stored.id, whole, at=at, by=by, why=why)


def settle(register: Register, settling: Settling, *, at: datetime, by: str, why: str) -> StoredIssue:
    """Settle a doubt of reading or open it again; InputError where no reason or name is given, NotFoundError."""
    _demand_signed(by, why)
    return register.settle_issue(settling.issue, settling.state, at=at, by=by, why=why)


def _demand_signed(by: str, why: str) -> None:
    if not by.strip():
        raise InputError("say who holds it; a judgement bears a name")
    if not why.strip():
        raise InputError("say why: what in the document, or beyond it, shows it; a judgement bears a reason")


def _completed(register: Register, said: Said, dated: str) -> Said:
    """With what the value needs beside it: the name of a body, the day that a status or figure is of."""
    if said.field is Field.BODY and said.value not in ("", NOTHING):
        body = body_held(register, said.of).body
        return replace(said, detail=body.name_zh or body.name_en)
    if said.field in _AS_OF_THE_DOCUMENT and said.value:
        return replace(said, detail=dated)
    return said


def only_bodies(item: Item, leads: Iterable[str], joint: Iterable[str] = ()) -> Iterator[Said]:
    """What to say so that just these bodies undertake an item, by their ids: others that do are taken away."""
    wanted = {**dict.fromkeys(joint, Role.JOINT), **dict.fromkeys(leads, Role.LEAD)}
    for body_id in sorted({m.body_id for m in item.bodies if m.body_id and m.role in _UNDERTAKES} - wanted.keys()):
        yield Said(Field.BODY, NOTHING, body_id)
    for body_id, role in wanted.items():
        yield Said(Field.BODY, role, body_id)
