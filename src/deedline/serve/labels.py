"""Short labels that the terminal, the pages and the reports share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deedline.knowledge.bodies import all_bodies, body_of
from deedline.knowledge.load import search_path
from deedline.model.document import Metadata
from deedline.model.item import Item
from deedline.serve.words import CHINESE, ENGLISH, words

_KNOWN = {"year": 4, "month": 7}
# What the codes of the model mean in plain words; message ids of `words/*/codes.po`.
_LABELS = {
    "completed_early": "completed early",
    "exceeded": "target exceeded",
    "on_schedule": "on schedule",
    "in_progress": "in progress",
    "undated": "no date promised",
    "not_yet_due": "not yet due",
    "due_soon": "due soon",
    "done": "reported done",
    "told_done": "reported as done in words or figures",
    "begun": "begins with its document",
    "no_report": "due, no report",
    "late": "due, no report says it is done",
    "changed": "continued with a change",
    "next_stage": "next stage",
    "carried": "carried over",
    "no_mention": "no mention found",
    "cannot_say": "cannot say",
    "near": "near the approximate figure",
    "short": "short of the figure",
    "on_pace": "on pace",
    "behind": "behind pace",
    "not_comparable": "reported as done, no figure to compare",
    "not_due": "not due",
    "in_hand": "in hand",
    "none": "nothing found",
    "same": "same undertaking",
    "next": "next stage",
    "half": "half-year",
    "third": "third of a month",
    "fiscal_year": "fiscal year",
    "school_year": "school year",
    "assessment_year": "year of assessment",
    "term": "term of government",
    "running_head": "running head",
    "page_number": "page number",
    "table_header": "table header",
}

_NAMING = re.compile(r"((?:same body|body added|body no longer named): |body changed from )(.+)", re.S)
_SEVERAL = {each: f"{each}s" for each in ("measure", "indicator", "recommendation", "proposal")}


def when(metadata: Metadata) -> str:
    """A document's date, as exactly as it is known: 2024-10-16, 2024-08 or 2024."""
    if metadata.dated is None:
        return ""
    return metadata.dated.isoformat()[: _KNOWN.get(metadata.dated_precision, 10)]


def numbered(item: Item) -> str:
    """An item's number in its document, with its part: "38.5"."""
    return (item.number or "") + (f".{item.part}" if item.part is not None else "")


@dataclass(frozen=True, slots=True)
class BodyName:
    """What a body is called for a reader, in which language (a tag, empty where nobody knows), and what is `printed`
    of it where that is something else."""

    words: str
    tag: str
    printed: str = ""


def body_named(body_id: str | None, printed: str, language: str) -> BodyName:
    """A body's name in the reader's language where it has one, else in the other; what is printed where nobody knows
    the body."""
    body = body_of(body_id)
    if body is None:
        return BodyName(printed, "")
    names = [(body.name_zh, CHINESE), (body.name_en, ENGLISH)]
    name, tag = next(pair for pair in (reversed(names) if language == ENGLISH else names) if pair[0])
    return BodyName(name, tag, printed if printed != name else "")


def naming_bodies(sentence: str, language: str) -> str:
    """A sentence of a stage that names bodies as the register does, in Chinese where they have that, with their English
    names for English readers; any other sentence as it is."""
    found = _NAMING.fullmatch(sentence) if language == ENGLISH else None
    if found is None:
        return sentence
    pattern, names = _english_names(search_path())
    return found[1] + pattern.sub(lambda name: names[name[0]], found[2])


@cache
def _english_names(_path: tuple[Path, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of every Chinese name of a body, the longest first, and their English names."""
    names = {body.name_zh: body.name_en for body in all_bodies() if body.name_zh and body.name_en}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"), names


def listed(names: Iterable[str], language: str) -> str:
    """Several names as one text; English names hold commas."""
    return ("; " if language == ENGLISH else "、").join(names)


def label(code: str, language: str, count: int = 1) -> str:
    """What a code of the model (a kind, a status, a standing, a verdict …) is called in a language; of a kind of item,
    so many of it."""
    if code in _SEVERAL:
        return words(language).ngettext(code, _SEVERAL[code], count)
    return words(language).gettext(_LABELS.get(code, code))
