"""What the words around a figure say of it: how it compares, what it repeats over, what it is of.

Everything is read within the figure's own sentence, in which "#" stands for the figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from deedline.knowledge.fold import fold
from deedline.knowledge.load import language_patterns
from deedline.knowledge.patterns import Pattern
from deedline.model.passage import Passage
from deedline.model.values import Basis, Comparator

# How far the words around a figure are read, in characters, never beyond its sentence.
_BEFORE, _AFTER, _COMPARATOR = 90, 44, 20
_SENTENCE_END = re.compile(r"[。;!?\n]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class FigureRules:
    """A language's figure rules, by role."""

    language: str
    roles: Mapping[str, tuple[Pattern, ...]]
    currencies: Mapping[str, str]
    periods: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FigureWords:
    """What the words around a figure say; `start` and `end` take in the words of its comparator."""

    start: int
    end: int
    comparator: Comparator | None
    per: str
    basis: Basis | None
    cue: bool
    endpoints: bool


@cache
def figure_rules(language: str) -> FigureRules:
    """The figure rules of a language, read once a process."""
    file = language_patterns(language, "quantities")
    roles: dict[str, list[Pattern]] = {}
    for pattern in file.patterns:
        roles.setdefault(pattern.data["role"], []).append(pattern)
    by_role = {role: tuple(found) for role, found in roles.items()}
    return FigureRules(language, by_role, _folded(file.tables["currencies"]), _folded(file.tables["periods"]))


def _folded(names: Mapping[str, str]) -> dict[str, str]:
    return {fold(name).lower(): value for name, value in names.items()}


def words_around(passage: Passage, match: re.Match[str], rules: FigureRules, report: bool) -> FigureWords:
    """The words around the figure that `match` found; `report` says whether a report speaks."""
    text = passage.matching.text
    start, end = match.span()
    while end > start and text[end - 1] == " ":
        end -= 1
    comparator: Comparator | None = None
    before = text[max(0, start - _COMPARATOR) : start]
    for pattern in rules.roles["before"]:
        if found := pattern.regex.search(before):
            start, comparator = start - len(before) + found.start(), Comparator(pattern.data["comparator"])
            break
    for pattern in rules.roles["after"]:
        if found := pattern.regex.search(text[end : end + _COMPARATOR]):
            end, comparator = end + found.end(), comparator or Comparator(pattern.data["comparator"])
            break
    window = _window(text, start, end)
    said = {role: any(rule.regex.search(window) for rule in rules.roles.get(role, ())) for role in ("cue", "endpoints")}
    per = _per(passage, window, start, rules)
    return FigureWords(start, end, comparator, per, _basis_said(window, rules, report), said["cue"], said["endpoints"])


def _window(text: str, start: int, end: int) -> str:
    """The words around a figure within its sentence, the figure itself as "#"."""
    before = text[max(0, start - _BEFORE) : start].replace("#", " ")
    after = text[end : end + _AFTER].replace("#", " ")
    ends = [found.end() for found in _SENTENCE_END.finditer(before)]
    stop = _SENTENCE_END.search(after)
    return before[ends[-1] if ends else 0 :] + "#" + (after[: stop.start()] if stop else after)


def _per(passage: Passage, window: str, start: int, rules: FigureRules) -> str:
    """What the figure repeats over: a period's name, or the counter as shown."""
    origin = start - window.index("#")
    for pattern in rules.roles["per"]:
        if found := pattern.regex.search(window):
            printed, _ = passage.quote(origin + found.start("per"), origin + found.end("per"))
            return rules.periods.get(found.group("per").lower(), printed)
    return ""


def _basis_said(window: str, rules: FigureRules, report: bool) -> Basis | None:
    side = "report" if report else "text"
    for pattern in rules.roles["basis"]:
        if side in pattern.data and pattern.regex.search(window):
            return Basis(pattern.data[side])
    return None
