"""The cells of a row → typed values, each with the span of the cell that it was read from.

What a cell says is read as the same words are anywhere, in the document's language or, where that reads less of them,
in another; what its column says is then put over it: a time in a due column is promised, a figure in a baseline column
is where it started.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from typing import TypeVar

from deedline.find.bodies import listed_bodies
from deedline.find.body_doubts import BodyDoubt
from deedline.find.deadlines import find_deadlines
from deedline.find.moments import ONE_DAY, months_later
from deedline.find.progress import Doubt
from deedline.find.quantities import find_quantities
from deedline.find.reports import read_report
from deedline.knowledge.columns import written_languages
from deedline.knowledge.fold import passage
from deedline.knowledge.load import Jurisdiction
from deedline.model.document import Document
from deedline.model.passage import Passage
from deedline.model.text import MappedText
from deedline.model.values import (
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

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[, ]\d{3}){1,5}|\d{1,18})(?:\.\d{1,15})?")
_BETWEEN_BODIES = re.compile(r"[›;\n]")
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z?)?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}){_TIME})?")
_YEAR_LAST = re.compile(rf"(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.](?P<year>\d{{4}}){_TIME}")
_MONTHS = 12
_Value = TypeVar("_Value", Deadline, Quantity)


@dataclass(frozen=True, slots=True)
class Setting:
    """In which light the cells of a document are read. `day_first` is None where its dates do not tell."""

    document: Document
    place: Jurisdiction
    language: str
    day_first: bool | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The row's own language, then the others that there are."""
        return tuple(dict.fromkeys((self.language, *written_languages())))


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a row's cells besides its text."""

    bodies: tuple[Mention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    report: Report | None = None
    doubts: tuple[Doubt | BodyDoubt, ...] = ()


def day_first_of(cells: Iterable[MappedText]) -> bool | None:
    """Whether dates such as 03/04/2025 begin with the day, by those among them that can be read in one way only."""
    told = set[bool]()
    for cell in cells:
        match = _YEAR_LAST.fullmatch(cell.text)
        if match and int(match["one"]) > _MONTHS:
            told.add(True)
        elif match and int(match["two"]) > _MONTHS:
            told.add(False)
    return told.pop() if len(told) == 1 else None


def read_due(cells: Sequence[MappedText], setting: Setting) -> Read:
    """The times of due cells, all of them promised; a cell whose words name none leaves a doubt."""
    found: list[Deadline] = []
    doubts: list[Doubt] = []
    for cell in cells:
        own, reason = _numeric_day(cell, setting)
        times = [own] if own else [] if reason else _best(partial(_times, cell, setting), setting)
        known = [time for time in times if time.latest is not None]
        found.extend(known)
        if not known:
            why = reason or "names no time that is understood"
            doubts.append(Doubt("unread-due", f"the due cell {cell.text[:60]!r} {why}", cell.spans()))
    return Read(deadlines=tuple(found), doubts=tuple(doubts))


def _numeric_day(cell: MappedText, setting: Setting) -> tuple[Deadline | None, str]:
    """The day that digits alone give, or why they do not."""
    match = _YEAR_FIRST.fullmatch(cell.text)
    if match:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"] or 1)
        precision = "day" if match["day"] else "month"
    else:
        match = _YEAR_LAST.fullmatch(cell.text)
        if match is None:
            return None, ""
        if setting.day_first is None and match["one"] != match["two"]:
            return None, "may begin with its day or its month; write it as 2025-12-31"
        day, month = (
            (int(match["one"]), int(match["two"])) if setting.day_first else (int(match["two"]), int(match["one"]))
        )
        year, precision = int(match["year"]), "day"
    try:
        first = date(year, month, day)
    except ValueError:
        return None, "is no day of the calendar"
    following = months_later(first, 1) if precision == "month" else None
    last = following - ONE_DAY if following else first
    return Deadline(cell.text, cell.spans(), DeadlineKind.BY, None, last, precision, True, "sheet-day"), ""


def _times(cell: MappedText, setting: Setting, language: str) -> list[Deadline]:
    dated = setting.document.metadata.dated
    times = find_deadlines(passage(cell), dated, setting.place, language, carried=True)
    by = (replace(each, kind=DeadlineKind.BY) if each.kind is DeadlineKind.IN else each for each in times)
    return [replace(each, promised=True) for each in by if each.latest is not None]


def _best(read: Callable[[str], Sequence[_Value]], setting: Setting) -> list[_Value]:
    """What the language reads that makes the most of a cell's words."""
    readings = [list(read(tongue)) for tongue in setting.languages]
    return max(readings, key=lambda found: sum(len(each.as_printed) for each in found))


def read_figures(cells: Sequence[tuple[MappedText, str]], basis: Basis, setting: Setting) -> tuple[Quantity, ...]:
    """The figures of cells, each given with the unit that its header or another column says."""
    return tuple(chain.from_iterable(_figures(cell, unit, basis, setting) for cell, unit in cells))


def _figures(cell: MappedText, unit: str, basis: Basis, setting: Setting) -> Iterator[Quantity]:
    words = passage(cell)
    if _NUMBER.fullmatch(words.matching.text):
        printed, spans = words.quote(0, len(words.matching))
        value = float(words.matching.text.replace(",", "").replace(" ", ""))
        ratio = unit in ("%", "percent", "per cent")
        value, unit = (value / 100, "ratio") if ratio else (value, unit)
        yield Quantity(printed, spans, Comparator.EQUAL, value, unit, basis, "sheet-number")
        return
    for found in _best(lambda tongue: find_quantities(words, setting.place, tongue, basis), setting):
        yield replace(found, basis=basis, unit=found.unit or unit)


def read_bodies(cells: Sequence[MappedText], setting: Setting) -> Read:
    """The bodies of cells, the first of all the leading one; a name that is not known is kept as printed."""
    mentions: list[Mention] = []
    doubts: list[BodyDoubt] = []
    for cell in chain.from_iterable(map(_parted, cells)):
        listed = listed_bodies(passage(cell), setting.document.metadata.dated, setting.place)
        unknown = Mention(cell.text, cell.spans(), None, cell.text, Role.JOINT, "sheet-body")
        mentions.extend(listed.mentions or (unknown,))
        doubts.extend(listed.doubts)
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.body_id or f"={mention.name}", mention)
    ranked = tuple(replace(m, role=Role.JOINT if i else Role.LEAD) for i, m in enumerate(first.values()))
    return Read(bodies=ranked, doubts=tuple(doubts))


def _parted(cell: MappedText) -> Iterator[MappedText]:
    start = 0
    for end in (*(match.start() for match in _BETWEEN_BODIES.finditer(cell.text)), len(cell)):
        part = cell.slice(start, end).strip()
        if part:
            yield part
        start = end + 1


def read_progress(
    statuses: Sequence[MappedText], told: MappedText | None, as_of: MappedText | None, setting: Setting
) -> Read:
    """The report of a row: the first status that is known among its status cells, else in what is told of it."""
    day = _day_of(as_of, setting) or setting.document.metadata.dated
    words = passage(told) if told else None
    plain = _told(words, day, setting) if words else None
    doubts: list[Doubt] = []
    status = next((found for cell in statuses if (found := _status(cell, day, setting))), None)
    if statuses and status is None:
        cell = statuses[0]
        doubts.append(Doubt("unread-status", f"the status {cell.text[:60]!r} is not a known one", cell.spans()))
        status = Report(day, None, cell.text, "", (), cell.spans())
    if status is None:
        return Read(report=plain, doubts=tuple(doubts))
    if plain is None or words is None:
        return Read(report=status, doubts=tuple(doubts))
    beside = replace(status, narrative=words.shown.text, spans=words.shown.spans(), figures=plain.figures)
    return Read(report=replace(beside, deadlines=plain.deadlines), doubts=tuple(doubts))


def _status(cell: MappedText, day: date | None, setting: Setting) -> Report | None:
    """The status that a cell holds, in its words or as a code."""
    code = cell.text.strip().lower()
    if code in tuple(StatusCode):
        return Report(day, StatusCode(code), cell.text, "", (), cell.spans())
    for tongue in setting.languages:
        for report in read_report(passage(cell), day, setting.place, tongue):
            if report.status is not None:
                return report
    return None


def _told(words: Passage, day: date | None, setting: Setting) -> Report:
    """What a cell of progress reports: with its status, where one opens it."""
    reports = read_report(words, day, setting.place, setting.language)
    own = next((report for report in reports if report.status is not None), reports[0])
    times = find_deadlines(words, day, setting.place, setting.language)
    return replace(own, figures=tuple(figure for each in reports for figure in each.figures), deadlines=times)


def _day_of(cell: MappedText | None, setting: Setting) -> date | None:
    """The last day that a cell names."""
    if not cell:
        return None
    return max((each.latest for each in read_due([cell], setting).deadlines if each.latest), default=None)
