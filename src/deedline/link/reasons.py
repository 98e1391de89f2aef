"""One reason for a link: its sentence in every language that knowledge/link/reasons.toml has, and what shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from deedline.knowledge.patterns import parse_patterns
from deedline.model.text import Span

Filled = str | int | date | Sequence[str]  # what stands in a sentence; several are listed


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `code` for programs, what is `said` by language, and the spans that show it in each item."""

    code: str
    said: Mapping[str, str]
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As plain values, for the register."""
        return {
            "code": self.code,
            **self.said,
            "from": [[span.start, span.end] for span in self.source],
            "to": [[span.start, span.end] for span in self.target],
        }


def told(sentence: str, **filled: Filled) -> dict[str, str]:
    """A sentence of reasons.toml by language, with what is filled in."""
    forms = _tables()[sentence]
    return {
        language: form.format(**{name: _written(name, value, language) for name, value in filled.items()})
        for language, form in forms.items()
    }


def in_words(reasons: Iterable[Reason], language: str = "en") -> tuple[str, ...]:
    """The reasons as a reader sees them."""
    return tuple(reason.said[language] for reason in reasons)


def as_evidence(reasons: Sequence[Reason]) -> tuple[dict[str, Any], ...]:
    """The reasons as the register keeps them."""
    return tuple(reason.plain() for reason in reasons)


def _written(name: str, value: Filled, language: str) -> str:
    if isinstance(value, str | int | date):
        return str(value)
    form = _tables()["lists"][name][language]
    return str(form["between"]).join(form["each"].format(each) for each in value)


@cache
def _tables() -> Mapping[str, Any]:
    file = resources.files("deedline.knowledge.link").joinpath("reasons.toml")
    return parse_patterns(file.read_text(encoding="utf-8"), "link/reasons.toml").tables
