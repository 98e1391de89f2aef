"""Which documents were compared with each other: of those that were not, nothing may be called absent.

In: a register. Out: for two documents whether they were compared, and the pairs that wait for it. What says what became
of something between two documents asks here first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from deedline.errors import KnowledgeError
from deedline.model.link import Task
from deedline.operations.engine import default_engine
from deedline.operations.ordering import Pair, carrying, pairs_of
from deedline.operations.remembering import documents_held, remembered
from deedline.register import Register, StoredDocument


class Compared(StrEnum):
    """Whether two documents were compared. CHANGED: they were, but since then one of them, or what compares them,
    became another, so that comparing anew may find other links."""

    YES = "compared"
    CHANGED = "changed"
    NO = "not_compared"

    @property
    def told(self) -> str:
        """What to say of it, and what to do; empty where there is nothing to say."""
        return _TOLD[self]


_TOLD = {
    Compared.YES: "",
    Compared.CHANGED: "Changed since it was compared; run deedline link.",
    Compared.NO: "Not compared yet; run deedline link.",
}
_MAY_RESTATE = "Some editions were not compared yet, so a later one may restate what is listed; run deedline link."


@dataclass(frozen=True, slots=True)
class Waiting:
    """The pairs of documents that `relink` would compare: those never compared, and those changed since."""

    uncompared: tuple[Pair, ...]
    changed: tuple[Pair, ...]


def pairs_to_compare(documents: Sequence[StoredDocument], of: str | None = None) -> tuple[Pair, ...]:
    """All pairs that are compared: two documents each (see `pairs_of`), then each edition with what it carries over."""
    return (*pairs_of(documents, of), *carrying(documents))


def fingerprint(pair: Pair, engine: str) -> str:
    """What the links of a pair are made from, in one short word; `engine` is the name of what makes them. A status that
    a person set is none of it: linking does not read statuses."""
    sides = [
        [
            document.finding_but_status,
            str(document.metadata.dated),
            document.metadata.dated_precision,
            document.metadata.kind,
        ]
        for document in (pair.source, pair.target)
    ]
    content = json.dumps([engine, pair.task, sides])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def compared(register: Register, pair: Pair) -> Compared:
    """Whether the documents of a pair were compared, as they are now."""
    with register.snapshot():
        return _state(pair, _linkings(register), _engine(register))


def compared_with_past(register: Register, pair: Pair, known: Collection[str]) -> Compared:
    """The worst of the states of a submission with an edition, and of that edition with itself and each earlier one of
    `known` (ids): without all of them nobody can say what was there before the submission."""
    with register.snapshot():
        edition = pair.target.id
        past = remembered(register, ("compared with its past", edition), _past(register, edition), len)
        states = {compared(register, pair), *(state for earlier, state in past.items() if earlier in known)}
        return next(state for state in (Compared.NO, Compared.CHANGED, Compared.YES) if state in states)


def _past(register: Register, edition: str) -> Callable[[], Mapping[str, Compared]]:
    """What tells of each earlier edition, and of itself where it carries over, whether it was compared."""

    def past() -> Mapping[str, Compared]:
        made, engine = _linkings(register), _engine(register)
        pairs = pairs_to_compare(documents_held(register), edition)
        back = [pair for pair in pairs if pair.task is Task.CONTINUITY and pair.source.id == edition]
        return {pair.target.id: _state(pair, made, engine) for pair in back}

    return past


def told_of_editions(register: Register, known: Collection[str]) -> str:
    """What to say of lists that leave out what later editions restate, where two editions of `known` (ids) were never
    compared; empty where all were."""
    waiting = (pair for pair in uncompared(register) if pair.task is Task.CONTINUITY)
    return _MAY_RESTATE if any(all(end in known for end in pair.ids) for pair in waiting) else ""


def waiting_pairs(register: Register) -> Waiting:
    """The pairs that wait to be compared. Remembered until the register changes."""
    with register.snapshot():
        return remembered(register, ("pairs that wait",), lambda: _waiting(register), _weight)


def uncompared(register: Register) -> tuple[Pair, ...]:
    """The pairs that were never compared."""
    return waiting_pairs(register).uncompared


def uncompared_with(register: Register, documents: Collection[str]) -> tuple[StoredDocument, ...]:
    """With which documents any of `documents` (ids) was never compared, in the register's order."""
    return _waiting_with(register, documents, Compared.NO)


def changed_with(register: Register, documents: Collection[str]) -> tuple[StoredDocument, ...]:
    """With which documents any of `documents` (ids) was compared before one of the two changed; in the same order."""
    return _waiting_with(register, documents, Compared.CHANGED)


def _waiting_with(register: Register, documents: Collection[str], state: Compared) -> tuple[StoredDocument, ...]:
    with register.snapshot():
        waits = [remembered(register, ("waits with", each), _others(register, each)) for each in sorted(documents)]
        found = {other for states in waits for other in states if states[other] is state}
        return tuple(document for document in documents_held(register) if document.id in found)


def _others(register: Register, document_id: str) -> Callable[[], Mapping[str, Compared]]:
    """What tells of each document that one is compared with whether it was: of itself, too, where it carries over."""

    def others() -> Mapping[str, Compared]:
        made, engine = _linkings(register), _engine(register)
        pairs = pairs_to_compare(documents_held(register), document_id)
        mine = [pair for pair in pairs if document_id in pair.ids]
        return {_other(pair, document_id): _state(pair, made, engine) for pair in mine}

    return others


def _other(pair: Pair, document_id: str) -> str:
    """The other end of a pair that a document is an end of."""
    source, target = pair.ids
    return source if target == document_id else target


def _waiting(register: Register) -> Waiting:
    made, engine = _linkings(register), _engine(register)
    states = [(pair, _state(pair, made, engine)) for pair in pairs_to_compare(documents_held(register))]
    return Waiting(
        tuple(pair for pair, state in states if state is Compared.NO),
        tuple(pair for pair, state in states if state is Compared.CHANGED),
    )


def _weight(waiting: Waiting) -> int:
    return len(waiting.uncompared) + len(waiting.changed)


def _state(pair: Pair, made: Mapping[tuple[str, str], str], engine: str | None) -> Compared:
    before = made.get(pair.ids)
    if before is None:
        return Compared.NO
    return Compared.YES if engine is None or before == fingerprint(pair, engine) else Compared.CHANGED


def _linkings(register: Register) -> Mapping[tuple[str, str], str]:
    return remembered(register, ("linkings",), register.linkings, len)


def _engine(register: Register) -> str | None:
    """The name of what compares; None where it is not installed, so that nothing can be compared anew."""

    def name() -> str | None:
        try:
            return default_engine().name
        except KnowledgeError:
            return None

    return remembered(register, ("engine",), name)
