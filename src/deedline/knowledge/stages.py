"""Whether the day by which an item is due is that of a part: of the first twenty of a hundred, of a first phase.

Such a day is a promise, but not one of the whole, so it neither hastens nor delays a day promised for the whole.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from deedline.knowledge.fold import fold
from deedline.knowledge.load import language_patterns, languages_of
from deedline.knowledge.milestones import Milestone, alike
from deedline.knowledge.patterns import MARK
from deedline.model.item import Item
from deedline.model.values import Deadline

_STOP = re.compile(r"[,;。!?]|\.(?!\d)")
_COUNTED_ROUGHLY = 0.1  # of its length: "within three years" is not said to the day


def moved_day(earlier: Item, later: Item) -> tuple[Milestone, Milestone] | None:
    """The day of each of two items by which what the later one restates is measured: of the days whose words are alike
    the last. None where no words are, where one day is of a part and the other of the whole, where by one something
    begins and by the other it is done, or where a day that is only counted tells no more than the other."""
    pairs = (
        (before, after)
        for before, after in alike(earlier, later)
        if before.begins == after.begins
        and _is_of_a_part(earlier, before.due) == _is_of_a_part(later, after.due)
        and abs(after.due - before.due) >= max(_doubt(before), _doubt(after))
    )
    return max(pairs, key=lambda pair: pair[1].due, default=None)


def days_moved(earlier: Item, later: Item) -> int | None:
    """Days by which the later of two items promises the same after the earlier one, negative where before; None where
    no day of one can be held against one of the other (see `moved_day`)."""
    pair = moved_day(earlier, later)
    return (pair[1].due - pair[0].due).days if pair is not None else None


def _doubt(milestone: Milestone) -> timedelta:
    """By how much the day of a time like "within three years" may be off."""
    if not milestone.counted or milestone.since is None:
        return timedelta(0)
    return (milestone.due - milestone.since) * _COUNTED_ROUGHLY


def _is_of_a_part(item: Item, day: date) -> bool:
    """Whether every printed time that ends on a day speaks of a part alone."""
    telling = [limit for limit in item.deadlines if limit.promised and limit.latest == day]
    return bool(telling) and all(_speaks_of_a_part(item.text, limit) for limit in telling)


def _speaks_of_a_part(text: str, limit: Deadline) -> bool:
    folded, printed = fold(text), fold(limit.as_printed)
    at = folded.find(printed)
    if at < 0:
        return False
    before = max((match.end() for match in _STOP.finditer(folded, 0, at)), default=0)
    after = _STOP.search(folded, at + len(printed))
    clause = f"{folded[before:at]}{MARK}{folded[at + len(printed) : after.start() if after else len(folded)]}"
    return any(
        pattern.regex.search(clause) is not None
        for language in languages_of("stages")
        for pattern in language_patterns(language, "stages").patterns
    )
