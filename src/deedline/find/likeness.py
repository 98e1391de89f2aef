"""Which known names a misprinted or broken-off one may stand for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache

from deedline.knowledge.bodies import BodyIndex
from deedline.knowledge.body_forms import alive, lookup_key
from deedline.model.body import Body


def allowance(key: str) -> int:
    """How many characters of a printed name may be wrong, missing or too many: the longer the name, the more."""
    steps = (6, 11, 21) if key.isascii() else (3, 6, 10)
    return sum(len(key) >= step for step in steps)


@lru_cache(maxsize=4096)
def alike(key: str, index: BodyIndex, day: date | None) -> tuple[Body, ...]:
    """The bodies alive on `day` whose names lie nearest to `key` within its allowance; several where they tie."""
    most = allowance(key)
    if not most or len(key) > 120:
        return ()
    shared = Counter(form for letter in set(key) for form in index.by_letter.get(letter, ()))
    best, found = most, dict[Body, None]()
    for form, letters in shared.items():
        # an edit takes away at most one of the characters that both hold
        if abs(len(form) - len(key)) > best or letters < len(set(key)) - best or allowance(form) < 1:
            continue
        bodies = [body for body in index.by_key[form] if alive(body, day)]
        away = distance(key, form, best) if bodies else best + 1
        if away < best:
            best, found = away, {}
        if away <= best:
            found.update(dict.fromkeys(bodies))
    return _likeliest(key, sorted(found, key=lambda body: body.id), best)


@lru_cache(maxsize=4096)
def beginning(key: str, index: BodyIndex, day: date | None) -> tuple[Body, ...]:
    """The bodies alive on `day` that have a name beginning with `key`; the one office or bureau among them, if one."""
    if not key:
        return ()
    forms = (form for form in index.by_letter.get(key[0], ()) if form.startswith(key))
    found = {body: None for form in forms for body in index.by_key[form] if alive(body, day)}
    first = [body for body in found if body.kind in ("office", "bureau")]
    return tuple(first if len(first) == 1 else sorted(found, key=lambda body: body.id))


def _likeliest(key: str, found: list[Body], away: int) -> tuple[Body, ...]:
    """Of bodies that tie, the one office or bureau whose full name does, not just a short form; else all of them."""
    full = [
        body
        for body in found
        if body.kind in ("office", "bureau")
        and any(distance(key, lookup_key(name), away) <= away for name in (body.name_zh, body.name_en))
    ]
    return tuple(full if len(full) == 1 else found)


def distance(a: str, b: str, most: int) -> int:
    """Levenshtein distance of two names, or `most` + 1 where it is more than `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != other))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
