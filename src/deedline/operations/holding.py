"""Which bodies the items of a register name, and how often; it takes no scene, so that a large register answers too."""

from __future__ import annotations

from dataclasses import dataclass

from deedline.errors import NotFoundError
from deedline.knowledge.bodies import all_bodies, body_of, predecessors
from deedline.model.body import Body
from deedline.operations.remembering import remembered
from deedline.register import ItemQuery, Register


@dataclass(frozen=True, slots=True)
class BodyHeld:
    """A body, the ids of those whose work it carries on, and how many present items name it."""

    body: Body
    predecessors: tuple[str, ...]
    items: int


def bodies_held(register: Register) -> tuple[BodyHeld, ...]:
    """The bodies that items name, those with most items first."""
    with register.snapshot():
        return remembered(register, ("bodies",), lambda: _bodies(register))


def body_held(register: Register, body_id: str) -> BodyHeld:
    """One body by its id, named by items or not; NotFoundError where nobody knows it."""
    known = body_of(body_id)
    if known is not None:
        return _held(register, known)
    raise NotFoundError(f"no body has the id {body_id!r}; an id is such as hk/itib")


def _held(register: Register, body: Body) -> BodyHeld:
    before = tuple(sorted(other.id for other in predecessors(body.id)))
    return BodyHeld(body, before, register.count_items(ItemQuery(body=body.id)))


def _bodies(register: Register) -> tuple[BodyHeld, ...]:
    held = (_held(register, body) for body in all_bodies())
    return tuple(sorted((each for each in held if each.items), key=lambda each: (-each.items, each.body.id)))
