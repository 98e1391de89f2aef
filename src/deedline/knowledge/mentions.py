"""How a place's documents name organisations in lists and in running words, gathered from its languages' files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deedline.knowledge.load import HOME, Jurisdiction
from deedline.knowledge.patterns import PatternFile, load_patterns

_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class MentionWords:
    """The patterns of `mentions.toml` by name, those of all the place's languages joined into one each.

    `brackets` maps each opening bracket to its closing one; `wings` pairs a joining word's pattern with whether the
    unit stands after it. Each pattern is described where it is written.
    """

    brackets: dict[str, str]
    separator: re.Pattern[str]
    hard_separator: re.Pattern[str]
    generic: re.Pattern[str]
    wings: tuple[tuple[re.Pattern[str], bool], ...]
    organisation: re.Pattern[str]
    aside: re.Pattern[str]
    label: re.Pattern[str]
    label_after: re.Pattern[str]
    after_closing: re.Pattern[str]
    sentence_end: re.Pattern[str]
    connector: re.Pattern[str]
    prefix: re.Pattern[str]
    elsewhere_before: re.Pattern[str]


def _joined(files: Iterable[PatternFile], name: str) -> re.Pattern[str]:
    """One pattern that matches what any file's pattern of that name matches; nothing where no file has it."""
    sources = []
    for file in files:
        for pattern in file.patterns:
            if pattern.name == name:
                source = pattern.regex.pattern
                caseless = source.startswith("(?i)")
                sources.append(f"(?i:{source[4:]})" if caseless else f"(?:{source})")
    return re.compile("|".join(sources) or _NEVER)


@cache
def _read_words(folder: Path, languages: tuple[str, ...]) -> MentionWords:
    folders = (*(HOME / language for language in languages), folder)
    files = [load_patterns(one / "mentions.toml") for one in folders if (one / "mentions.toml").is_file()]
    pairs = [pair for file in files for pair in file.tables.get("brackets", ())]
    wings = tuple(
        (pattern.regex, pattern.data.get("unit") == "after")
        for file in files
        for pattern in file.patterns
        if pattern.name == "wing"
    )
    return MentionWords(
        brackets={pair[0]: pair[1] for pair in pairs},
        separator=_joined(files, "separator"),
        hard_separator=_joined(files, "hard-separator"),
        generic=_joined(files, "generic"),
        wings=wings,
        organisation=_joined(files, "organisation"),
        aside=_joined(files, "aside"),
        label=_joined(files, "label"),
        label_after=_joined(files, "label-after"),
        after_closing=_joined(files, "after-closing"),
        sentence_end=_joined(files, "sentence-end"),
        connector=_joined(files, "connector"),
        prefix=_joined(files, "prefix"),
        elsewhere_before=_joined(files, "elsewhere-before"),
    )


def mention_words(place: Jurisdiction) -> MentionWords:
    """The mention patterns of a place: its languages' and, where its folder has a `mentions.toml`, its own."""
    return _read_words(place.folder, place.languages)
