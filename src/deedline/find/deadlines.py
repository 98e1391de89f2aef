"""Deadlines: the times that a passage prints, how each binds, and whether it is promised. Passage in, Deadlines out.

Four steps, each driven by `knowledge/<language>/deadlines.toml`: the words that name times are found (`scan`), become
days (`read_times`), are bound by the words around them (by, in, from, during, each), and are judged by their sentence:
a time that only describes is kept with `promised` False. Figures of speech such as 「第十個」 or 「80周年」 are no
times and are not found at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from deedline.find.moments import ONE_DAY, Moment, months_later
from deedline.find.time_grammar import Grammar, grammar, scan
from deedline.find.time_readings import Reading, Setting, later, read_times
from deedline.knowledge.load import Jurisdiction
from deedline.knowledge.patterns import MARK, Pattern
from deedline.model.passage import Passage
from deedline.model.values import Deadline, DeadlineKind

_AROUND = 80  # characters of context on either side that the patterns may look at
_BINDING = 32  # and that may belong to the printed deadline itself
_SHORT = frozenset({"month", "third", "day"})
_ENDS = frozenset({"vague", "third"})  # "before the end of 2025" ends with 2025, "before 2025" the day before it


@dataclass(frozen=True, slots=True)
class _Bound:
    """How the words around a time bind it, how far the printed deadline reaches on either side, and its last day.

    `ahead` where such words tell of what is to come, if the year is left out.
    """

    kind: DeadlineKind
    before: int
    after: int
    last: date | None
    ahead: bool = False


def find_deadlines(
    passage: Passage, dated: date | None, place: Jurisdiction, language: str, *, carried: bool = False
) -> tuple[Deadline, ...]:
    """Every printed time limit of a passage in reading order, none overlapping another.

    `dated` is the day of the document, from which 明年 or "within three years" count. `carried` tells that the words
    were first said in an earlier document, as those of an indicator under report are: times before `dated` may then
    still be promises, and relative ones count from the time named before them. Times that only describe come with
    `promised` False; times that cannot be dated come with both days None. Raises KnowledgeError where the language
    has no `deadlines.toml`.
    """
    words = grammar(language, place)
    text = passage.matching.text
    setting = Setting(words, place, dated, counted_from_dated=not carried)
    readings = read_times(scan(text, words), text, setting)
    found: list[Deadline] = []
    edge = 0
    for number, reading in enumerate(readings):
        following = readings[number + 1].start if number + 1 < len(readings) else len(text)
        left = text[max(edge, reading.start - _BINDING) : reading.start]
        bound = _bind(reading, left, text[reading.end : min(following, reading.end + _BINDING)], words)
        context = text[max(0, reading.start - _AROUND) : reading.start], text[reading.end : reading.end + _AROUND]
        promised, days = _judge(reading, bound, MARK.join(context), setting)
        found.append(_deadline(passage, reading, bound, days, promised))
        edge = reading.end + bound.after
    return tuple(found)


def _bind(reading: Reading, left: str, right: str, words: Grammar) -> _Bound:
    """The first binding pattern that fits the words on both sides of the time."""
    if reading.unit == "each":
        return _Bound(DeadlineKind.EACH, 0, 0, None)
    window = left + MARK + right
    for bind in words.binds:
        match = bind.regex.search(window) if reading.unit in bind.data.get("units", (reading.unit,)) else None
        if match is None:
            continue
        kind = DeadlineKind(bind.data["kind"])
        if (reading.is_range or reading.unit == "years") and kind in (DeadlineKind.IN, DeadlineKind.FROM):
            kind = DeadlineKind.DURING
        last = _last_day(bind, match, reading.moment, words)
        before, after = len(left) - match.start(), match.end() - len(left) - len(MARK)
        return _Bound(kind, before, after, last, bool(bind.data.get("ahead")) and not reading.is_range)
    return _Bound(DeadlineKind.IN, 0, 0, reading.moment.end)


def _last_day(bind: Pattern, match: re.Match[str], days: Moment, words: Grammar) -> date | None:
    """The time's own last day, unless the binding words move it: 「由◆起三年內」, "before ◆"."""
    if days.start is None:
        return days.end
    if "number" in bind.regex.groupindex:
        end = later(days.start, match.groupdict(), words)
        return end - ONE_DAY if end else None
    if bind.data.get("exclusive") and days.precision not in _ENDS:
        return days.start - ONE_DAY
    return days.end


def _judge(reading: Reading, bound: _Bound, context: str, setting: Setting) -> tuple[bool, Moment]:
    """Whether the time is promised, and its days: an announced month without a year lies ahead of the document."""
    days, dated = _moved(reading.moment, bound.last), setting.dated
    said = _said(reading.unit, context, setting.words)
    ahead = "future" in said
    if "described" in said:
        return False, days
    if "past" in said and not ahead and (dated is None or days.start is None or days.start <= dated):
        return False, days
    if dated is None or not setting.counted_from_dated or days.start is None or days.end is None:
        return True, days
    if days.end < dated:
        limit = bound.ahead and "told" not in said and months_later(days.end, 12) >= dated
        if days.own_year or not (ahead or limit):
            return False, days
        ahead = True
        days = replace(days, start=months_later(days.start, 12), end=months_later(days.end, 12))
    # "In October 2024", printed on 16 October 2024 without a word of the future, tells what was done.
    done = bound.kind is DeadlineKind.IN and days.precision in _SHORT and reading.moment.start != dated
    return ahead or not (done and days.start is not None and days.start < dated), days


def _moved(days: Moment, last: date | None) -> Moment:
    """The same days with another last one; where that is later, the words name a span of time."""
    longer = days.end is not None and last is not None and last > days.end
    return replace(days, end=last, precision="period" if longer else days.precision)


def _said(unit: str, context: str, words: Grammar) -> set[str]:
    """The readings of all context patterns that fit."""
    return {
        str(rule.data["reading"])
        for rule in words.contexts
        if unit in rule.data.get("units", (unit,)) and rule.regex.search(context)
    }


def _deadline(passage: Passage, reading: Reading, bound: _Bound, days: Moment, promised: bool) -> Deadline:
    printed, spans = passage.quote(reading.start - bound.before, reading.end + bound.after)
    # "By X" leaves open when work begins; 「由X起三年內」 tells it, and "before X" ends ahead of X itself.
    tells_start = bound.kind is not DeadlineKind.BY or bound.last != reading.moment.end
    earliest = days.start if tells_start and days.start and (days.end is None or days.start <= days.end) else None
    return Deadline(printed, spans, bound.kind, earliest, days.end, days.precision, promised, reading.rule)
