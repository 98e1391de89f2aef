"""Times as words: which words of a text name a time, and what their parts say. Input str, output Times.

How a language writes times is data (`knowledge/<language>/deadlines.toml`); this module loads it and scans with it.
Nothing here knows a calendar; `moments` turns a Time into days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deedline.errors import KnowledgeError
from deedline.knowledge.fold import fold
from deedline.knowledge.load import Jurisdiction, language_patterns
from deedline.knowledge.patterns import Pattern, PatternFile, load_patterns

_TOPIC = "deadlines"


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


def grammar(language: str, place: Jurisdiction | None = None) -> Grammar:
    """The grammar of "zh", "en", …, after what a place adds to it in a `deadlines.toml` of its own.

    KnowledgeError where the language has none or a file lacks a table.
    """
    own = place.folder.joinpath(f"{_TOPIC}.toml") if place is not None else None
    return _grammar(language, own if own is not None and own.is_file() else None)


@cache
def _grammar(language: str, own: Path | None) -> Grammar:
    files = (*((load_patterns(own),) if own is not None else ()), language_patterns(language, _TOPIC))
    by_role: dict[str, list[Pattern]] = {"time": [], "join": [], "bind": [], "context": []}
    for file in files:
        for pattern in file.patterns:
            role = pattern.data.get("role")
            if role not in by_role:
                named = f"{file.where}: pattern {pattern.name!r} has role {role!r}"
                raise KnowledgeError(f"{named}; use {', '.join(by_role)}")
            by_role[role].append(pattern)
    trigger, values = _tables(files)
    roles = {role: tuple(patterns) for role, patterns in by_role.items()}
    return Grammar(trigger, roles["time"], roles["join"], roles["bind"], roles["context"], values)


def _tables(files: Sequence[PatternFile]) -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    """What begins a time in any of the files, and what words stand for, the first file's before the others'."""
    triggers: list[str] = []
    values: dict[str, dict[str, Any]] = {}
    for file in files:
        try:
            triggers.append(re.compile(fold(file.tables["trigger"])).pattern)
            for name, table in file.tables["values"].items():
                listed = {fold(word).lower(): value for word, value in table.items()}
                values[name] = {**listed, **values.get(name, {})}
        except (KeyError, AttributeError, re.error) as error:
            raise KnowledgeError(f"{file.where}: needs a `trigger` and tables under [values] ({error})") from error
    return re.compile("|".join(triggers)), values


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
