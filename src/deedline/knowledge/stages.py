"""Whether the day by which an item is due is that of a part: of the first twenty of a hundred, of a first phase.

Such a day is a promise, but not one of the whole, so it neither hastens nor delays a day promised for the whole.
"""

from __future__ import annotations

import re

from deedline.knowledge.fold import fold
from deedline.knowledge.load import language_patterns
from deedline.model.item import Item
from deedline.model.values import Deadline

_STOP = re.compile(r"[,;。!?]|\.(?!\d)")
_MARK = "◆"
_LANGUAGES = ("zh", "en")


def dates_a_part(item: Item) -> bool:
    """Whether every printed time that makes an item due when it is speaks of a part alone."""
    telling = [limit for limit in item.deadlines if limit.promised and limit.latest == item.due]
    return item.due is not None and bool(telling) and all(_speaks_of_a_part(item.text, limit) for limit in telling)


def days_moved(earlier: Item, later: Item) -> int | None:
    """Days by which the later of two items is due after the earlier one, negative where before; None where one is not
    due on any day, or where one dates a part and the other the whole."""
    if earlier.due is None or later.due is None or dates_a_part(earlier) != dates_a_part(later):
        return None
    return (later.due - earlier.due).days


def _speaks_of_a_part(text: str, limit: Deadline) -> bool:
    folded, printed = fold(text), fold(limit.as_printed)
    at = folded.find(printed)
    if at < 0:
        return False
    before = max((match.end() for match in _STOP.finditer(folded, 0, at)), default=0)
    after = _STOP.search(folded, at + len(printed))
    clause = f"{folded[before:at]}{_MARK}{folded[at + len(printed) : after.start() if after else len(folded)]}"
    return any(
        pattern.regex.search(clause) is not None
        for language in _LANGUAGES
        for pattern in language_patterns(language, "stages").patterns
    )
