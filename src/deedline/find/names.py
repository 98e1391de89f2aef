"""Find what is printed in quotation or title marks: schemes, plans, laws, committees, and slogans told apart from them.

Marks are matched by a stack in one pass. A mark that conversion lost or misread closes at the first sign that the
language's `names.toml` knows, within a bounded length, and the value says by its rule that it was mended. English
names are also found by their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from deedline.knowledge.load import language_patterns
from deedline.knowledge.patterns import Pattern
from deedline.model.passage import Passage
from deedline.model.values import Name

_LONGEST = 60
_BEHIND = 16


@dataclass(frozen=True, slots=True)
class _Rules:
    marks: Mapping[str, str]
    defaults: Mapping[str, str]
    roles: Mapping[str, tuple[Pattern, ...]]
    mark: re.Pattern[str]

    def of(self, role: str) -> tuple[Pattern, ...]:
        return self.roles.get(role, ())


@dataclass(frozen=True, slots=True)
class _Marked:
    """Words between marks: where they start and end, the opening mark, and how the closing one was found."""

    start: int
    end: int
    mark: str
    rule: str


@cache
def _rules(language: str) -> _Rules:
    file = language_patterns(language, "names")
    roles: dict[str, list[Pattern]] = {}
    for pattern in file.patterns:
        roles.setdefault(pattern.data["role"], []).append(pattern)
    marks: dict[str, str] = file.tables["marks"]
    every = "".join(map(re.escape, {*marks, *marks.values()}))
    by_role = {role: tuple(found) for role, found in roles.items()}
    return _Rules(marks, file.tables["default"], by_role, re.compile(f"[{every}]"))


def find_names(passage: Passage, language: str) -> tuple[Name, ...]:
    """Every marked name of `passage` in reading order, without its marks.

    `kind` is law, committee, office, fund, scheme, plan, event, platform, facility, publication, slogan, or term where
    neither the words nor what follows them say. Inner marks (「共創明『Teen』計劃」) are part of a name.
    """
    rules = _rules(language)
    text = passage.matching.text
    marked = [*_closed(text, rules), *_titled(text, rules)]
    marked.sort(key=lambda found: (found.start, -found.end))
    names: list[Name] = []
    reached = -1
    for found in marked:
        if found.end <= reached and found.mark not in rules.defaults:
            continue
        reached = max(reached, found.end)
        printed, spans = passage.quote(found.start, found.end)
        kind, rule = _kind(text, found, rules)
        names.append(Name(printed, spans, kind, found.rule if found.rule != "marks" else rule))
    return tuple(names)


def _closed(text: str, rules: _Rules) -> Iterator[_Marked]:
    """Words from each opening mark to its closing one, or to the first sign of a closing mark that was lost."""
    open_marks: list[tuple[str, int]] = []
    for match in rules.mark.finditer(text):
        mark, at = match.group(), match.start()
        depth = next((i for i in range(len(open_marks) - 1, -1, -1) if rules.marks[open_marks[i][0]] == mark), None)
        if depth is not None:
            opening, start = open_marks[depth]
            for lost in open_marks[depth + 1 :]:
                yield from _mended(text, lost, rules)
            del open_marks[depth:]
            if at - start - 1 <= _LONGEST and text[start + 1 : at].strip():
                yield _Marked(start + 1, at, opening, "marks")
            continue
        if mark not in rules.marks:
            continue
        while open_marks and (open_marks[-1][0] == mark or at - open_marks[0][1] > _LONGEST):
            yield from _mended(text, open_marks.pop(), rules)
        open_marks.append((mark, at))
    for lost in open_marks:
        yield from _mended(text, lost, rules)


def _mended(text: str, opening: tuple[str, int], rules: _Rules) -> Iterator[_Marked]:
    mark, at = opening
    rest = text[at + 1 : at + 1 + _LONGEST]
    for pattern in (*rules.of("misread"), *rules.of("missing")):
        if match := pattern.regex.search(rest):
            yield _Marked(at + 1, at + 1 + match.end("name"), mark, pattern.name)
            return


def _titled(text: str, rules: _Rules) -> Iterator[_Marked]:
    for pattern in rules.of("titled"):
        for match in pattern.regex.finditer(text):
            yield _Marked(match.start("name"), match.end("name"), "", pattern.name)


def _kind(text: str, found: _Marked, rules: _Rules) -> tuple[str, str]:
    """What the words name, and the rule that says so."""
    words = text[found.start : found.end].strip()
    behind = text[found.end + 1 : found.end + 1 + _BEHIND]
    for role, where in (("whole", words), ("ending", words), ("follows", behind)):
        if role == "follows" and found.mark in rules.defaults:
            break
        for pattern in rules.of(role):
            if pattern.regex.search(where):
                return str(pattern.data["kind"]), pattern.name
    return rules.defaults.get(found.mark, rules.defaults["other"]), "marks"
