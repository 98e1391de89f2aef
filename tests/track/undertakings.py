"""Entries and links for the tests of tracking, in few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from deedline.find.deadlines import find_deadlines
from deedline.find.due import due_of
from deedline.find.quantities import find_quantities
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.entry import Entry
from deedline.model.item import Item, ItemKind
from deedline.model.link import Link, LinkState, Origin, Relation
from deedline.model.text import Span
from deedline.model.values import Basis, Deadline, DeadlineKind, Mention, Report, Role, StatusCode

DATES = {"a": date(2023, 10, 25), "b": date(2024, 10, 16), "c": date(2025, 9, 17)}


def entry(
    name: str,
    *,
    due: date | None = None,
    kind: ItemKind = ItemKind.MEASURE,
    path: tuple[str, ...] = ("章",),
    bodies: tuple[str, ...] = (),
    report: Report | None = None,
    deadlines: tuple[Deadline, ...] = (),
) -> Entry:
    """An entry of document `name[0]`, at the place that the rest of its name counts."""
    start = int(name[1:]) * 100
    mentions = tuple(Mention(body, (), body, body, Role.LEAD, "test") for body in bodies)
    item = Item(
        key=name,
        kind=kind,
        text=name,
        spans=(Span(start, start + 2),),
        lines=(1, 1),
        path=path,
        bodies=mentions,
        due=due,
        report=report,
        deadlines=deadlines,
    )
    return Entry(name, name[0], DATES.get(name[0]), item)


def link(
    later: str,
    earlier: str,
    relation: Relation = Relation.SAME,
    *,
    state: LinkState = LinkState.SUGGESTED,
    score: float = 0.9,
    sure: bool = True,
) -> Link:
    """A machine's link from `later` to `earlier`."""
    return Link(later, earlier, relation, score, Origin.MACHINE, state, sure=sure)


def report(status: StatusCode | None, words: str, as_of: date = DATES["b"]) -> Report:
    """An official report of that status."""
    return Report(as_of, status, words, "", (), ())


def deadline(kind: DeadlineKind) -> Deadline:
    """A deadline of that kind."""
    return Deadline("", (), kind, None, None, "year", True, "test")


def promising(
    text: str,
    narrative: str = "",
    status: StatusCode = StatusCode.ON_SCHEDULE,
    *,
    as_of: date = DATES["b"],
    language: str = "zh",
) -> Entry:
    """An indicator with the times and figures of its words, and a report with those of its narrative."""
    place = jurisdiction("hk")
    words, told = passage_of(text), passage_of(narrative)
    said = Report(as_of, status, "符合進度", narrative, told.shown.spans(), ())
    said = replace(said, deadlines=find_deadlines(told, as_of, place, language) if narrative else ())
    times = find_deadlines(words, as_of, place, language, carried=True)
    item = replace(
        entry("b1").item,
        kind=ItemKind.INDICATOR,
        text=text,
        deadlines=times,
        due=due_of(times),
        quantities=find_quantities(words, place, language, Basis.TARGET),
        report=said,
    )
    return replace(entry("b1"), item=item)
