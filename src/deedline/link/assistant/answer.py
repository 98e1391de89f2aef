"""What an assistant wrote → a Reading, or why it is void. Nothing that it wrote is trusted.

An answer counts where it is one JSON object that chooses among the given relations and quotes both texts word for
word. Width, white space and script are left aside: models asked for Traditional characters mix Simplified ones in.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from deedline.knowledge.fold import fold
from deedline.model.entry import Entry
from deedline.model.text import Span, spans_of_part

MOST_CHARACTERS = 20_000
_MOST_REASON = 300
_LEAST_QUOTE = 2
_MOST_STARTS = 50


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an item's text, as printed there, with their spans in the original (empty where these are not known)."""

    words: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the assistant holds of a pair: a relation or `none`, the words of both texts that decide, its reason."""

    relation: str
    first: Quote
    second: Quote
    reason: str


@dataclass(frozen=True, slots=True)
class Void:
    """Why an answer does not count."""

    why: str


def reading(written: str, relations: tuple[str, ...], source: Entry, target: Entry) -> Reading | Void:
    """The reading that an assistant wrote down, checked against both texts."""
    found = _objects(written)
    if not found:
        return Void("it is no JSON object that names a relation")
    if len(found) > 1:
        return Void("it holds several answers that differ")
    said = found[0]
    if said["relation"] not in relations:
        return Void("its relation is none of those it was given")
    reason = said.get("reason")
    if not isinstance(reason, str) or not plain_line(reason):
        return Void("it gives no reason")
    quotes = [find_quote(said.get(name), entry) for name, entry in (("first_words", source), ("second_words", target))]
    for which, quote in zip(("first", "second"), quotes, strict=True):
        if quote is None:
            return Void(f"the words that it quotes are not in the {which} text")
    assert quotes[0] is not None
    assert quotes[1] is not None
    return Reading(said["relation"], quotes[0], quotes[1], plain_line(reason)[:_MOST_REASON])


def _objects(written: str) -> list[dict[str, Any]]:
    """The different objects in a text that have a relation; what a model thought aloud before them is left out."""
    text = written[:MOST_CHARACTERS].rpartition("</think>")[2]
    found: list[dict[str, Any]] = []
    position = text.find("{")
    for _ in range(_MOST_STARTS):
        if position < 0:
            break
        one, end = _decoded_at(text, position)
        if one is not None and one not in found:
            found.append(one)
        position = text.find("{", end)
    return found


def _decoded_at(text: str, start: int) -> tuple[dict[str, Any] | None, int]:
    """The object with a relation that begins at `start`, and where to go on."""
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start + 1
    if isinstance(value, dict) and isinstance(value.get("relation"), str):
        return value, end
    return None, start + 1


def find_quote(words: object, entry: Entry) -> Quote | None:
    """Where an item's text says these words, width, script and white space aside; None where it does not."""
    if not isinstance(words, str):
        return None
    text = entry.item.text
    bare, origins = _bare(text)
    wanted, _ = _bare(words)
    at = bare.find(wanted) if len(wanted) >= _LEAST_QUOTE else -1
    if at < 0:
        return None
    start, end = origins[at], origins[at + len(wanted) - 1] + 1
    item = entry.item
    return Quote(text[start:end], spans_of_part(item.spans, start, end) if item.is_traced else ())


def _bare(text: str) -> tuple[str, list[int]]:
    """A text without white space, width and script folded, and the place of each of its characters in the text."""
    kept = [(place, _narrow(character)) for place, character in enumerate(text) if not character.isspace()]
    return fold("".join(character for _, character in kept)), [place for place, _ in kept]


def _narrow(character: str) -> str:
    """A full-width or half-width character in its usual width; others as they are."""
    if unicodedata.east_asian_width(character) not in "FH":
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def plain_line(text: str) -> str:
    """One line without control and direction characters."""
    kept = (" " if character.isspace() else character for character in text)
    return " ".join("".join(c for c in kept if c == " " or unicodedata.category(c)[0] != "C").split())
