"""Words to look up: pairs of neighbouring ideographs, and what is written with letters and digits word by word.

Nothing is segmented, so a two-character word is found wherever it stands. A run of ideographs gives its first one,
every pair, and its last one, in this order, so that the terms of any part of a text are neighbours there too:
氫能發展 gives 氫, 氫能, 能發, 發展, 展. White space beside ideographs, width, script and letter case do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from deedline.knowledge.fold import IDEOGRAPH, passage_of

LONGEST = 64  # characters of a word that count


@dataclass(frozen=True, slots=True)
class Term:
    """A term and where its characters stand in the text that it was cut from, end not included."""

    text: str
    start: int
    end: int


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(rf"[{IDEOGRAPH}]+|[^\W_{IDEOGRAPH}]+")


@cache
def _ideographs() -> re.Pattern[str]:
    return re.compile(rf"[{IDEOGRAPH}]+")


def runs(text: str) -> list[Term]:
    """Runs of ideographs, and words of letters and digits, folded."""
    matching = passage_of(text).matching
    letters = _lowered(matching.text)
    at = matching.offsets
    return [Term(run[0], at[run.start()], at[run.end() - 1] + 1) for run in _runs().finditer(letters)]


def is_ideographs(run: str) -> bool:
    """Whether a run that `runs` gave is of ideographs."""
    return run > "\u3004" and bool(_ideographs().match(run))


def terms(text: str) -> list[Term]:
    """All terms of a text in their order."""
    return [Term(said, start, end) for said, (start, end) in zip(*terms_apart(text), strict=True)]


def terms_apart(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The same terms, and apart from them where each stands; some times as fast."""
    matching = passage_of(text).matching
    letters, at = _lowered(matching.text), matching.offsets
    said: list[str] = []
    places: list[tuple[int, int]] = []
    for run in _runs().finditer(letters):
        start, end = run.span()
        if not is_ideographs(run[0]):
            said.append(run[0][:LONGEST])
            places.append((at[start], at[end - 1] + 1))
            continue
        said.append(letters[start])
        places.append((at[start], at[start] + 1))
        if end - start > 1:
            said += [letters[i : i + 2] for i in range(start, end - 1)]
            places += [(at[i], at[i + 1] + 1) for i in range(start, end - 1)]
            said.append(letters[end - 1])
            places.append((at[end - 1], at[end - 1] + 1))
    return said, places


def term_texts(text: str) -> list[str]:
    """The same terms without their places, several times as fast."""
    found: list[str] = []
    for run in _runs().findall(_lowered(passage_of(text).matching.text)):
        if not is_ideographs(run):
            found.append(run[:LONGEST])
            continue
        found.append(run[0])
        if len(run) > 1:
            found.extend(a + b for a, b in pairwise(run))
            found.append(run[-1])
    return found


def asked_terms(text: str) -> list[str]:
    """The terms of words that may stand inside longer ones: without a first or last ideograph alone.

    A single ideograph between other words, or alone, stays.
    """
    found = term_texts(text)
    if len(found) > 1 and is_ideographs(found[0]) and len(found[0]) == 1 and len(found[1]) == 2:
        found = found[1:] if found[1].startswith(found[0]) and is_ideographs(found[1]) else found
    if len(found) > 1 and is_ideographs(found[-1]) and len(found[-1]) == 1 and len(found[-2]) == 2:
        found = found[:-1] if found[-2].endswith(found[-1]) and is_ideographs(found[-2]) else found
    return found


def _lowered(text: str) -> str:
    """Lower case, one character for one."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter if len(letter) == 1 else kept for kept in text for letter in (kept.lower(),))
