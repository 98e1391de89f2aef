"""Times as words: which words of a text name a time, and what their parts say. Input str, output Times.

How a language writes times is data (`knowledge/<language>/deadlines.toml`); this module loads it and scans with it.
Nothing here knows a calendar; `moments` turns a Time into days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from deedline.errors import KnowledgeError
from deedline.knowledge.fold import fold
from deedline.knowledge.load import language_patterns
from deedline.knowledge.patterns import Pattern

MARK = "◆"  # stands for the time itself where a pattern looks at the words around it


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language's way with times: what names them, joins them, binds them, and what a sentence says of them."""

    trigger: re.Pattern[str]
    times: tuple[Pattern, ...]
    joins: tuple[Pattern, ...]
    binds: tuple[Pattern, ...]
    contexts: tuple[Pattern, ...]
    values: Mapping[str, Mapping[str, Any]]

    def value(self, table: str, word: str) -> Any:
        """What a printed word stands for in a table of the file; None where it is not listed."""
        return self.values.get(table, {}).get(" ".join(word.lower().split()))

    def number(self, word: str) -> int | None:
        """A printed whole number below ten thousand, in digits or words; None for 數, several and the like."""
        if word.isdecimal() and word.isascii():
            return int(word)
        listed = self.value("number", word)
        if listed is not None:
            return int(listed)
        digits = [self.value("number", mark) for mark in word]
        if not digits or None in digits:
            return None
        if len(digits) > 1 and max(digits) < 10:  # a year spelt digit by digit
            return int("".join(map(str, digits)))
        total = 0
        for digit in digits:
            total = max(total, 1) * digit if digit == 10 else total + digit
        return total


@dataclass(frozen=True, slots=True)
class Time:
    """Words that name a time: indices into the text, how to read them (`unit`), and their named parts."""

    start: int
    end: int
    unit: str
    parts: Mapping[str, str]
    rule: str


@cache
def grammar(language: str) -> Grammar:
    """The grammar of "zh", "en", …; KnowledgeError where there is none or the file lacks a table."""
    file = language_patterns(language, "deadlines")
    by_role: dict[str, list[Pattern]] = {"time": [], "join": [], "bind": [], "context": []}
    for pattern in file.patterns:
        role = pattern.data.get("role")
        if role not in by_role:
            raise KnowledgeError(f"{file.where}: pattern {pattern.name!r} has role {role!r}; use {', '.join(by_role)}")
        by_role[role].append(pattern)
    try:
        trigger = re.compile(fold(file.tables["trigger"]))
        values = {
            name: {fold(word).lower(): value for word, value in table.items()}
            for name, table in file.tables["values"].items()
        }
    except (KeyError, AttributeError, re.error) as error:
        raise KnowledgeError(f"{file.where}: needs a `trigger` and tables under [values] ({error})") from error
    roles = {role: tuple(patterns) for role, patterns in by_role.items()}
    return Grammar(trigger, roles["time"], roles["join"], roles["bind"], roles["context"], values)


def scan(text: str, words: Grammar) -> list[Time]:
    """Every time that the text names, left to right, none overlapping; of several readings the longest."""
    found: list[Time] = []
    position = 0
    while (hit := words.trigger.search(text, position)) is not None:
        position = hit.start()
        best: re.Match[str] | None = None
        pattern = words.times[0]
        for candidate in words.times:
            match = candidate.regex.match(text, position)
            if match is not None and (best is None or match.end() > best.end()):
                best, pattern = match, candidate
        if best is None:
            position += 1
            continue
        parts = {name.partition("__")[0]: part for name, part in best.groupdict().items() if part is not None}
        found.append(Time(best.start(), best.end(), pattern.data["unit"], parts, pattern.name))
        position = best.end()
    return found
