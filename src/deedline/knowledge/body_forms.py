"""The forms in which a body's name is printed, and what two forms of one name share."""

from __future__ import annotations

import re
from datetime import date

from deedline.knowledge.fold import fold
from deedline.model.body import Body

_NOT_IN_NAMES = re.compile(r"[\W_]+")
_BLANKS = str.maketrans(dict.fromkeys("\t\n\v\f\r", " "))


def lookup_key(words: str) -> str:
    """What two printed forms of one name share: folded, lower case, letters, digits and ideographs only."""
    return _NOT_IN_NAMES.sub("", fold(words).lower().replace("&", "and"))


def scan_form(text: str) -> str:
    """Text as names are searched in it: folded, lower case, line breaks as blanks; as many characters as `text`."""
    folded = fold(text).translate(_BLANKS)
    lowered = folded.lower()
    return lowered if len(lowered) == len(folded) else "".join(c.lower()[:1] for c in folded)


def printed_forms(body: Body) -> tuple[str, ...]:
    """All forms that `body` is printed in, its names first."""
    forms = (body.name_zh, body.name_en, *body.abbreviations, *body.aliases)
    return tuple(form for form in forms if form)


def alive(body: Body, day: date | None) -> bool:
    """Whether `body` exists on `day`; without a day, whether it has no known end."""
    if day is None:
        return body.valid_until is None
    return (body.valid_from or date.min) <= day <= (body.valid_until or date.max)
