"""Which edition of which recurring publication a title names, and whether it answers that edition: */editions.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import language_patterns, languages_of
from deedline.knowledge.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Named:
    """An edition of a publication, by its year. `replies`: the title says that the paper answers it."""

    publication: str
    year: int
    replies: bool


def named_edition(title: str) -> Named | None:
    """The edition that a title names; None where it names none."""
    text = passage_of(title).matching.text
    for pattern in _patterns("names"):
        if match := pattern.regex.search(text):
            replies = any(other.regex.search(text) for other in _patterns("replies"))
            return Named(str(pattern.data["publication"]), int(match["year"]), replies)
    return None


@cache
def _patterns(role: str) -> tuple[Pattern, ...]:
    files = (language_patterns(language, "editions") for language in languages_of("editions"))
    return tuple(pattern for file in files for pattern in file.patterns if pattern.data["role"] == role)
