"""How a place and its languages head, number and list their tables of indicators: see */indicators.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deedline.errors import KnowledgeError
from deedline.knowledge.fold import fold
from deedline.knowledge.load import Jurisdiction, language_patterns
from deedline.knowledge.patterns import Pattern, load_patterns

_ROLES = ("column", "number", "connector", "lead-in", "batch", "footnote", "set-in")
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class TableWords:
    """The patterns of a place's tables by role, the place's own before those of its languages."""

    by_role: Mapping[str, tuple[Pattern, ...]]

    def search(self, role: str, words: str) -> re.Match[str] | None:
        """The first pattern of `role` that fits `words`, in matching form."""
        return next((match for p in self.by_role[role] if (match := p.regex.search(words))), None)

    def column(self, words: str) -> str:
        """What a header cell of these words heads: number, indicator, progress, …; empty where it heads none."""
        return next((str(p.data["column"]) for p in self.by_role["column"] if p.regex.search(words)), "")

    def batch(self, path: tuple[str, ...]) -> str | None:
        """The batch, new or carried, that the innermost telling heading of a path names."""
        for heading in reversed(path):
            words = fold(heading[:_LONGEST_HEADING])
            for pattern in self.by_role["batch"]:
                if pattern.regex.search(words):
                    return str(pattern.data["batch"])
        return None

    def year_set(self, heading: str) -> int | None:
        """The year in which the indicators under a heading were set; None where it names none."""
        match = self.search("set-in", fold(heading[:_LONGEST_HEADING]))
        return None if match is None else int(match["year"])


@cache
def _table_words(folder: Path, languages: tuple[str, ...]) -> TableWords:
    files = [language_patterns(language, "indicators") for language in languages]
    own = folder.joinpath("indicators.toml")
    if own.is_file():
        files.insert(0, load_patterns(own))
    by_role: dict[str, list[Pattern]] = {role: [] for role in _ROLES}
    for file in files:
        for pattern in file.patterns:
            role = pattern.data.get("role")
            if role not in by_role:
                raise KnowledgeError(f"{file.where}: pattern {pattern.name!r} needs a role, one of {', '.join(_ROLES)}")
            by_role[role].append(pattern)
    return TableWords({role: tuple(patterns) for role, patterns in by_role.items()})


def table_words(place: Jurisdiction, language: str) -> TableWords:
    """The table patterns for documents of `place` in `language`; its other languages are asked after that one."""
    languages = dict.fromkeys(each for each in (language, *place.languages) if each)
    return _table_words(place.folder, tuple(languages))
