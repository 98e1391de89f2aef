"""Bodies and what they own: how much of it is due, late, moved or done, and who came before and after them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.errors import NotFoundError
from deedline.knowledge.bodies import body_of, predecessors
from deedline.model.body import Body
from deedline.model.values import UNDERTAKING
from deedline.operations.measuring import Measured, measured_once
from deedline.operations.remembering import remembered
from deedline.operations.scene import Scene, scene
from deedline.operations.tracking import Followed, Slippage, slippage, standings
from deedline.operations.twins import CHINESE
from deedline.register import Register
from deedline.track.standing import StandingCode


@dataclass(frozen=True, slots=True)
class Owned:
    """A body with its undertakings, as the newest edition that has each of them says it, and where these stand.

    `codes` counts them; `slippage` is None where no restated date is known; `body` is None where nothing is known of
    the organisation but its name.
    """

    body_id: str
    name: str
    body: Body | None
    undertakings: Sequence[Followed]
    codes: Mapping[StandingCode, int]
    slippage: Slippage | None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All of one body: what it owns, what was reported of its indicators, and the bodies before and after it."""

    as_of: date
    owned: Owned
    reported: Sequence[Measured]
    predecessors: Sequence[Body]
    successors: Sequence[Body]


def owners(register: Register, as_of: date | None = None, language: str = CHINESE) -> tuple[date, Sequence[Owned]]:
    """The day that was asked for, and every body that undertakes something on it; who owns most stands first.

    Of a publication in two languages the edition in `language` speaks.
    """
    with register.snapshot():
        known = scene(register, as_of)
        found = _owned_by_all(register, known, language)
    return known.as_of, tuple(found.values())


def _owned_by_all(register: Register, known: Scene, language: str) -> Mapping[str, Owned]:
    question = ("owners", known.as_of, known.doubles(language))
    return remembered(register, question, lambda: _owners(known, language), _weight)


def portfolio(register: Register, body_id: str, as_of: date | None = None, language: str = CHINESE) -> Portfolio:
    """What one body owns, by its id, as `owners` has it; NotFoundError where neither the register nor Deedline knows
    of it."""
    with register.snapshot():
        known = scene(register, as_of)
        owned = _owned_by_all(register, known, language).get(body_id)
        everything = measured_once(register, known, language=language)
        reported = [each for each in everything if each.entry.item.has_body(body_id)]
    body = body_of(body_id)
    if owned is None and body is None:
        raise NotFoundError(f"{body_id}: no body has that id; the list of bodies shows those that own something")
    mine = owned or Owned(body_id, (body.name_zh or body.name_en) if body else body_id, body, (), {}, None)
    after = [found for found in map(body_of, body.successors) if found is not None] if body else []
    return Portfolio(known.as_of, mine, reported, predecessors(body_id), after)


def _owners(known: Scene, language: str) -> dict[str, Owned]:
    mine: defaultdict[str, list[Followed]] = defaultdict(list)
    names: dict[str, str] = {}
    for followed in standings(known, language=language):
        if followed.restated:
            continue
        own = {m.body_id: m.name for m in followed.entry.item.bodies if m.body_id and m.role in UNDERTAKING}
        names.update(own)
        for body_id in own:
            mine[body_id].append(followed)
    moved = {row.body_id: row for row in slippage(known, language)}
    found = [_owned(key, names[key], listed, moved.get(key)) for key, listed in mine.items()]
    return {each.body_id: each for each in sorted(found, key=lambda each: (-len(each.undertakings), each.body_id))}


def _owned(body_id: str, name: str, listed: Sequence[Followed], moved: Slippage | None) -> Owned:
    body = body_of(body_id)
    codes = Counter(followed.standing.code for followed in listed)
    return Owned(body_id, name, body, tuple(listed), codes, moved)


def _weight(found: Mapping[str, Owned]) -> int:
    return sum(len(each.undertakings) for each in found.values())
