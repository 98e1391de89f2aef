"""Which bodies and names the items of a register name, and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from deedline.errors import NotFoundError
from deedline.knowledge.bodies import bodies_of
from deedline.knowledge.load import jurisdictions
from deedline.model.body import Body
from deedline.operations.remembering import remembered
from deedline.register import ItemQuery, Register


@dataclass(frozen=True, slots=True)
class BodyHeld:
    """A body, the ids of those whose work it carries on, and how many present items name it."""

    body: Body
    predecessors: tuple[str, ...]
    items: int


@dataclass(frozen=True, slots=True)
class NameHeld:
    """A name as printed, and how many present items of how many documents print it."""

    as_printed: str
    kind: str
    items: int
    documents: int


def bodies_held(register: Register) -> tuple[BodyHeld, ...]:
    """The bodies that items name, those with most items first."""
    with register.snapshot():
        return remembered(register, ("bodies",), lambda: _bodies(register))


def body_held(register: Register, body_id: str) -> BodyHeld:
    """One body by its id, named by items or not; NotFoundError where nobody knows it."""
    for known in _known():
        if known.id == body_id:
            return _held(register, known)
    raise NotFoundError(f"no body has the id {body_id!r}; an id is such as hk/itib")


def names_held(register: Register) -> tuple[NameHeld, ...]:
    """The names that items print, those with most items first."""
    with register.snapshot():
        return remembered(register, ("names",), lambda: _names(register), len)


def _known() -> Iterator[Body]:
    for place in jurisdictions():
        yield from bodies_of(place).bodies


def _held(register: Register, body: Body) -> BodyHeld:
    before = tuple(sorted(other.id for other in _known() if body.id in other.successors))
    return BodyHeld(body, before, register.count_items(ItemQuery(body=body.id)))


def _bodies(register: Register) -> tuple[BodyHeld, ...]:
    held = (_held(register, body) for body in _known())
    return tuple(sorted((each for each in held if each.items), key=lambda each: (-each.items, each.body.id)))


def _names(register: Register) -> tuple[NameHeld, ...]:
    items: dict[tuple[str, str], int] = defaultdict(int)
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for stored in register.items():
        for printed in {(name.as_printed, name.kind) for name in stored.item.names}:
            items[printed] += 1
            documents[printed].add(stored.document_id)
    found = (NameHeld(*printed, count, len(documents[printed])) for printed, count in items.items())
    return tuple(sorted(found, key=lambda name: (-name.items, name.as_printed, name.kind)))
