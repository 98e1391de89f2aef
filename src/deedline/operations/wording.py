"""What a person typed into a search box, as clauses; and where an item answers them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from deedline.errors import InputError, LimitError
from deedline.knowledge.terms import Term, asked_terms, is_ideographs, runs, terms
from deedline.operations.indexing import body_words
from deedline.register import StoredDocument, StoredItem
from deedline.register.index import Clause

LONGEST = 1_000  # characters that are typed
MOST_TERMS = 120
_SHORT = 60
_COMMANDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Match:
    """Words that matched, and where: half-open ranges of characters of `text`, in order, none touching another.

    `field` is text, lead_in, report, path, body, number or title; `text` is what the item says there (for `text`, its
    own words, so that the ranges mark them).
    """

    field: str
    text: str
    spans: tuple[tuple[int, int], ...]


@cache
def _pieces() -> re.Pattern[str]:
    quoted = "|".join(rf"{a}([^{a}{b}]*){b}" for a, b in ("「」", "『』", "《》", "〈〉", "“”", '""'))
    return re.compile(rf"(?:(?<!\S)([-－]))?(?:{quoted})|(\S)")


def clauses_of(words: str) -> tuple[Clause, ...]:
    """Clauses of what was typed: words; exact phrases between quotation or title marks; with "-" before it, not so.

    LimitError where it is too long; InputError where there is no word in it to look for.
    """
    if len(words) > LONGEST:
        raise LimitError(f"{len(words)} characters are too many to look for; give at most {LONGEST}")
    found: list[Clause] = []
    loose: list[str] = []
    typed = _COMMANDS.sub(" ", words)
    for piece in _pieces().finditer(typed):
        quoted = next((part for part in piece.groups()[1:-1] if part is not None), None)
        if quoted is None:
            loose.append((" " if piece.start() and typed[piece.start() - 1].isspace() else "") + piece[0])
            continue
        loose.append(" ")
        if phrase := tuple(asked_terms(quoted)):
            found.append(Clause(phrase, exact=True, out=piece[1] is not None))
    for word in "".join(loose).split():
        found.extend(_loose(word))
    found = list(dict.fromkeys(found))
    if sum(len(clause.terms) for clause in found) > MOST_TERMS:
        raise LimitError(f"that is too much to look for at once; give at most {MOST_TERMS} words or characters")
    if all(clause.out for clause in found):
        raise InputError("there is no word to look for; type a word, a name or a phrase")
    return tuple(found)


def _loose(word: str) -> Iterator[Clause]:
    out = len(word) > 1 and word[0] in "-－"
    if out:
        if phrase := tuple(asked_terms(word[1:])):
            yield Clause(phrase, exact=True, out=True)
        return
    for run in runs(word):
        yield Clause(tuple(asked_terms(run.text)))


def matches(clauses: Sequence[Clause], stored: StoredItem, document: StoredDocument) -> tuple[Match, ...]:
    """Where an item's words, and what stands about them, answer the clauses; its own words first."""
    wanted = [clause for clause in clauses if not clause.out]
    own = _spans(wanted, stored.item.text)
    found = [Match("text", stored.item.text, own)] if own else []
    for field, text in _said_around(stored, document):
        if spans := _spans(wanted, text, least=True):
            found.append(Match(field, text, spans))
    bodies = (_first(wanted, names) for names in body_words(stored))
    return tuple(dict.fromkeys([*found, *(match for match in bodies if match is not None)]))


def _said_around(stored: StoredItem, document: StoredDocument) -> Iterator[tuple[str, str]]:
    item = stored.item
    yield "lead_in", item.lead_in
    yield "report", item.report.narrative if item.report else ""
    for heading in item.path:
        yield "path", heading
    yield "number", item.number or ""
    yield "title", document.metadata.title


def _first(wanted: Sequence[Clause], names: Sequence[str]) -> Match | None:
    """The form of a body's name that answers best: the first of those with the most characters marked."""
    found = [Match("body", name, spans) for name in names if (spans := _spans(wanted, name, least=True))]
    return max(found, key=lambda match: sum(end - start for start, end in match.spans), default=None)


def _spans(wanted: Sequence[Clause], text: str, *, least: bool = False) -> tuple[tuple[int, int], ...]:
    """Where the clauses are met; with `least`, a longer word counts only where most of it is there."""
    if not text:
        return ()
    said = _terms(text) if len(text) <= _SHORT else terms(text)
    if least:
        had = {term.text for term in said}
        wanted = [one for one in wanted if len(one.terms) < 2 or len(had & set(one.terms)) > len(set(one.terms)) // 2]
    marked = sorted(span for clause in wanted for span in _of_clause(clause, said))
    joined: list[tuple[int, int]] = []
    for start, end in marked:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


@lru_cache(maxsize=8_192)
def _terms(text: str) -> Sequence[Term]:
    """`terms` of headings, names and titles, which stand about many items alike."""
    return tuple(terms(text))


def _of_clause(clause: Clause, said: Sequence[Term]) -> Iterator[tuple[int, int]]:
    first, size = clause.terms[0], len(clause.terms)
    if size == 1 and len(first) == 1 and is_ideographs(first):
        for term in said:
            if is_ideographs(term.text) and term.text.startswith(first):
                yield term.start, term.start + 1
    elif clause.exact:
        texts = tuple(term.text for term in said)
        for start in range(len(said) - size + 1):
            if texts[start] == first and texts[start : start + size] == clause.terms:
                yield said[start].start, said[start + size - 1].end
    else:
        asked = set(clause.terms)
        for term in said:
            if term.text in asked:
                yield term.start, term.end
