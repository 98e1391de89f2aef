"""iCalendar (RFC 5545): what falls due, as all-day events with alarms.

Events and no to-dos: the calendars that people subscribe to on phones and at work show VEVENT and leave VTODO out; an
event here takes no time (TRANSP:TRANSPARENT). A promise for a year or a half-year stands on its last day, and the
printed words say how vague it is. Times come from the register's history, so the same register gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from deedline.knowledge.milestones import Milestone, milestones_of
from deedline.model.item import COMMITMENTS, Item
from deedline.model.values import Deadline, DeadlineKind, Report
from deedline.operations import DONE, Scene, demand_few
from deedline.operations.scene import scene_among
from deedline.register import ItemQuery, Register, StoredItem, Touched
from deedline.register.values import EVERYTHING
from deedline.serve.feeds.channel import Channel
from deedline.serve.labels import body_named, label, listed
from deedline.serve.site import Site
from deedline.serve.words import words

MEDIA_TYPE = "text/calendar; charset=utf-8"
ALARMS = (30, 7)  # days before
ALL_DUE = Channel(("due",), "")
_AT = timedelta(hours=9)  # the hour of the day at which an alarm rings
# Control characters that RFC 5545 has no way to write, and line ends that some readers take for the end of a property.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
_SUMMARY_LENGTH = 80


def due_calendar(
    register: Register,
    known: Scene | None,
    site: Site,
    chosen: ItemQuery | Collection[str] = EVERYTHING,
    about: Channel = ALL_DUE,
    alarms: Sequence[int] = ALARMS,
) -> bytes:
    """What of the items that a query finds, or of those with these ids, falls due, as the bytes of a calendar.

    Commitments that a later edition restates are left to that edition; items of other kinds are listed where they are
    asked for by kind or id. Without the scene `known`, what is chosen is judged by its own links, in registers of any
    size; TooLargeError where that is too much of a large one. `alarms` ring so many days before, none for what is
    reported delivered. ValueError where one is below 0.
    """
    if any(days < 0 for days in alarms):
        raise ValueError(f"alarms ring some days before: {list(alarms)}")
    with register.snapshot():
        listed = list(_dated(register, chosen))
        around = scene_among(register, listed) if known is None else known
        stored = [each for each in listed if _belongs(each, around, chosen)]
        touched = register.items_touched([each.id for each in stored])
    span = (chosen.due_after, chosen.due_before) if isinstance(chosen, ItemQuery) else (None, None)
    return calendar(stored, touched, site, about, alarms, span)


def _dated(register: Register, chosen: ItemQuery | Collection[str]) -> Iterable[StoredItem]:
    """What is chosen and has a due day."""
    if isinstance(chosen, ItemQuery):
        # What is due after the last day asked for may promise an earlier one too.
        wide = replace(chosen, due_after=chosen.due_after or date.min, due_before=None, limit=None, after=None)
        demand_few(register, wide)
        return register.items(wide)
    return [stored for stored in map(register.item, chosen) if stored.item.due]


def _belongs(stored: StoredItem, known: Scene, chosen: ItemQuery | Collection[str]) -> bool:
    entry = known.entries.get(stored.id)
    asked = chosen.kind is not None if isinstance(chosen, ItemQuery) else True
    return entry is not None and (asked or stored.item.kind in COMMITMENTS) and not known.is_restated(entry)


def calendar(
    stored: Iterable[StoredItem],
    touched: Mapping[str, Touched],
    site: Site,
    about: Channel = ALL_DUE,
    alarms: Sequence[int] = ALARMS,
    span: tuple[date | None, date | None] = (None, None),
) -> bytes:
    """Every day that items promise as a calendar, by day; `touched` says when each item was last changed. `span` bounds
    the days, both included."""
    from icalendar import Calendar

    first, last = span[0] or date.min, span[1] or date.max
    dated = [each for item in stored for each in _days(item) if first <= each.milestone.due <= last]
    dated.sort(key=lambda each: (each.milestone.due, each.stored.id))
    gettext = words(site.language).gettext
    made = Calendar()
    made.add("prodid", "-//Deedline//Due days//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("uid", site.uid("calendar", *about.names))
    name = _fit(about.title or gettext("Due days"))
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    if about.page:
        made.add("url", about.page)
    if about.address:
        made.add("source", about.address, parameters={"value": "URI"})
    if dated:
        made.add("last-modified", max(_utc(touched[each.stored.id].last) for each in dated))
    for each in dated:
        made.add_component(_event(each, touched[each.stored.id], site, alarms))
    data: bytes = made.to_ical()
    return data


@dataclass(frozen=True, slots=True)
class _Day:
    """One of the days that an item promises. `name` is that of its event: "due" the last, "due-1" the first of those
    before it; `words` what is promised for it."""

    stored: StoredItem
    milestone: Milestone
    name: str
    words: str


def _days(stored: StoredItem) -> list[_Day]:
    *before, last = milestones_of(stored.item) or (None,)
    if last is None:
        return []
    several = bool(before)
    named = [*((each, f"due-{number}") for number, each in enumerate(before, 1) if each), (last, "due")]
    return [_Day(stored, each, name, each.clause if several else stored.item.text) for each, name in named]


def _event(of: _Day, touched: Touched, site: Site, alarms: Sequence[int]) -> Any:
    from icalendar import Event

    stored, item, day = of.stored, of.stored.item, of.milestone.due
    event = Event()
    event.add("uid", site.uid("item", stored.id, of.name))
    event.add("dtstamp", _utc(touched.last))
    event.add("created", _utc(touched.first))
    event.add("last-modified", _utc(touched.last))
    event.add("sequence", max(touched.times - 1, 0))
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", _summary(of, site.language))
    event.add("description", _description(of, site))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    named = (label(item.kind.value, site.language), *bodies_of(item, site.language))
    event.add("categories", [_fit(name) for name in named])
    if site.base:
        event.add("url", site.item(stored.id))
    if item.report is None or item.report.status not in DONE:
        for days in sorted(set(alarms), reverse=True):
            event.add_component(_alarm(days, of, site.language))
    return event


def _alarm(days: int, of: _Day, language: str) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _AT - timedelta(days=days))
    left = words(language).ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    alarm.add("description", f"{_summary(of, language)} ({left})")
    return alarm


def deadline_of(item: Item, day: date | None = None) -> Deadline | None:
    """The printed deadline from which an item's due day follows, or another `day` that it promises; None where none of
    its own does or a person's is."""
    wanted = day or item.due
    printed = [each for each in item.deadlines if each.promised and each.as_printed]
    fits = [each for each in printed if wanted in (each.latest, each.earliest)]
    return next(iter(sorted(fits, key=lambda each: each.latest != wanted)), None)


def status_of(report: Report, site: Site) -> str:
    """The status as printed, or what a person holds it to be where none is."""
    return report.as_printed or (label(report.status.value, site.language) if report.status else "–")


def _summary(of: _Day, language: str) -> str:
    gettext = words(language).gettext
    deadline = deadline_of(of.stored.item, of.milestone.due)
    begins = deadline is not None and deadline.kind is DeadlineKind.FROM
    flat = " ".join(f"{of.stored.item.lead_in} {of.words}".split())
    short = flat if len(flat) <= _SUMMARY_LENGTH else f"{flat[: _SUMMARY_LENGTH - 1]}…"
    return _fit(f"{gettext('To begin by') if begins else gettext('Due')}: {short}")


def bodies_of(item: Item, language: str) -> list[str]:
    """The bodies that an item names, by their names in a language, each once."""
    return list(dict.fromkeys(body_named(each.body_id, each.name, language).words for each in item.bodies))


def _description(of: _Day, site: Site) -> str:
    """The words, how vague the printed date is, who undertakes it, what was reported, and where it stands."""
    stored, item, gettext = of.stored, of.stored.item, words(site.language).gettext
    lines = [f"{item.lead_in} {item.text}".strip()]
    deadline = deadline_of(item, of.milestone.due)
    if deadline is not None:
        lines.append(f"{gettext('Printed')}: {deadline.as_printed} ({label(deadline.precision, site.language)})")
        if deadline.precision != "day":
            span = f"{deadline.earliest or '…'} – {deadline.latest or '…'}"
            lines.append(gettext("No single day was promised: %(span)s. Shown on its last day.") % {"span": span})
    if item.bodies:
        lines.append(f"{gettext('bodies')}: {listed(bodies_of(item, site.language), site.language)}")
    if item.report:
        as_of = f" ({item.report.as_of})" if item.report.as_of else ""
        lines.append(f"{gettext('Reported')}{as_of}: {status_of(item.report, site)}")
    page = f", p. {item.page}" if item.page else ""
    lines.append(f"{gettext('Source')}: {stored.document_name}, {item.lines[0]}–{item.lines[1]}{page}")
    return _fit("\n".join(lines))


def _fit(text: str) -> str:
    """Words that a property can hold."""
    return _UNFIT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
