"""An invented town's editions and submissions, one item a line, and an engine that links what bears the same tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from deedline.model.entry import Entry
from deedline.model.item import ItemKind
from deedline.model.link import Link, LinkState, Origin, Relation
from deedline.operations import Linked, relink
from deedline.register import Register
from tests.register.making import Entry as Line
from tests.register.making import Made, made

AT = datetime(2030, 1, 2, tzinfo=UTC)


def line(text: str, kind: ItemKind = ItemKind.MEASURE, due: tuple[str, date] | None = None, **more: Any) -> Line:
    """A line that is an item; a text that ends in "#a" is linked to what ends in "#a", "?a" is linked in doubt."""
    return Line(
        text, body=("工務局", "town/works") if "工務局" in text else None, deadline=due, more={"kind": kind, **more}
    )


def edition(name: str, dated: date | None, *texts: str | Line) -> Made:
    """A document of measures."""
    return made([line(text) if isinstance(text, str) else text for text in texts], f"{name}.txt", dated)


def submission(name: str, dated: date | None, *texts: str) -> Made:
    """A document of proposals."""
    return made([line(text, ItemKind.PROPOSAL) for text in texts], f"{name}.txt", dated)


@dataclass(slots=True)
class Tags:
    """Links entries by the last two characters of their texts; remembers what it was asked."""

    name: str = "tags 1"
    asked: list[tuple[str, str]] = field(default_factory=list)
    workers: int = 0
    readied: int = 0

    def make_ready(self, listed: Sequence[Entry]) -> None:
        self.readied += 1

    def links(self, sources: Sequence[Entry], targets: Sequence[Entry]) -> list[Link]:
        self.asked.append((sources[0].document_id, targets[0].document_id))
        return [
            self._link(one, other)
            for one in sources
            for other in targets
            if one.item.text[-1] == other.item.text[-1] and one.item.text[-2] in "#?"
        ]

    @staticmethod
    def _link(one: Entry, other: Entry) -> Link:
        relation = Relation.ANSWERS if one.item.kind is ItemKind.PROPOSAL else Relation.SAME
        doubted = "?" in (one.item.text[-2], other.item.text[-2])
        score = 0.4 if doubted else 0.9
        state = LinkState.SUGGESTED
        return Link(one.id, other.id, relation, score, Origin.MACHINE, state, ("same tag",), sure=not doubted)


def linked(register: Register, engine: Tags, **more: Any) -> list[Linked]:
    """Link with an engine."""
    return list(relink(register, at=AT, by="linker", engine=engine, **more))


def ids(register: Register) -> dict[str, str]:
    """Item ids by their texts."""
    return {stored.item.text: stored.id for stored in register.items()}
