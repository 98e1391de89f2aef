"""What a person typed into a search box, as clauses; and where an item answers them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from deedline.errors import InputError, LimitError
from deedline.knowledge.terms import asked_terms, is_ideographs, runs, terms_apart
from deedline.operations.entering import body_words
from deedline.register import StoredDocument, StoredItem
from deedline.register.index_values import Clause

LONGEST = 1_000  # characters that are typed
MOST_TERMS = 120
_SHORT = 60
_COMMANDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Match:
    """Words that matched, and where: half-open ranges of characters of `text`, in order, none touching another.

    `field` is text, lead_in, report, path, body, number or title; `text` is what the item says there (for `text`, its
    own words, so that the ranges mark them). `stands_for` is what was typed where its translation stands there; empty
    where the words themselves do.
    """

    field: str
    text: str
    spans: tuple[tuple[int, int], ...]
    stands_for: str = ""


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
    quoted, loose = _parted(words)
    phrases = ((tuple(asked_terms(said)), out) for said, out in quoted)
    found = [Clause(phrase, exact=True, out=out) for phrase, out in phrases if phrase]
    for word in loose:
        found.extend(_loose(word))
    found = list(dict.fromkeys(found))
    if sum(len(clause.terms) for clause in found) > MOST_TERMS:
        raise LimitError(f"that is too much to look for at once; give at most {MOST_TERMS} words or characters")
    if all(clause.out for clause in found):
        raise InputError("there is no word to look for; type a word, a name or a phrase")
    return tuple(found)


def wanted_words(words: str) -> str:
    """What was typed without the marks of phrases and without what must not be there."""
    quoted, loose = _parted(words)
    return " ".join((*(said for said, out in quoted if not out), *(word for word in loose if not _is_out(word))))


def _parted(words: str) -> tuple[list[tuple[str, bool]], list[str]]:
    """The phrases of what was typed, each with whether it must not be there, and its other words."""
    quoted: list[tuple[str, bool]] = []
    loose: list[str] = []
    typed = _COMMANDS.sub(" ", words)
    for piece in _pieces().finditer(typed):
        said = next((part for part in piece.groups()[1:-1] if part is not None), None)
        if said is None:
            loose.append((" " if piece.start() and typed[piece.start() - 1].isspace() else "") + piece[0])
        else:
            loose.append(" ")
            quoted.append((said, piece[1] is not None))
    return quoted, "".join(loose).split()


def _is_out(word: str) -> bool:
    return len(word) > 1 and word[0] in "-－"


def _loose(word: str) -> Iterator[Clause]:
    if _is_out(word):
        if phrase := tuple(asked_terms(word[1:])):
            yield Clause(phrase, exact=True, out=True)
        return
    for run in runs(word):
        yield Clause(tuple(asked_terms(run.text)))


def letters_of(clause: Clause) -> str:
    """The letters that a clause's terms were cut from."""
    said = clause.terms[0]
    for term in clause.terms[1:]:
        overlaps = is_ideographs(term) and is_ideographs(said[-1]) and term[0] == said[-1]
        said += term[1:] if overlaps else term if is_ideographs(term) or is_ideographs(said[-1]) else f" {term}"
    return said


def matches(
    clauses: Sequence[Clause],
    stored: StoredItem,
    document: StoredDocument,
    translated: Sequence[tuple[str, Sequence[Clause]]] = (),
) -> tuple[Match, ...]:
    """Where an item's words, and what stands about them, answer the clauses; its own words first.

    `translated` pairs what was typed with the clauses of its translations, which are looked for too.
    """
    wanted = [clause for clause in clauses if not clause.out]
    found: list[Match] = []
    for field, text in _said_in(stored, document):
        said = _said(text)
        if spans := _spans(wanted, said, least=field != "text"):
            found.append(Match(field, text, spans))
        for typed, others in translated:
            if spans := _spans(others, said):
                found.append(Match(field, text, spans, typed))
    for names in body_words(stored):
        own = _first(wanted, names)
        rendered = (_first(others, names, typed) for typed, others in translated) if own is None else ()
        found.extend(match for match in (own, *rendered) if match is not None)
    return tuple(dict.fromkeys(found))


def marks(found: Iterable[Match]) -> tuple[tuple[int, int, str], ...]:
    """The ranges of matches of one text together, in their order, none touching another; each with what it stands for.

    Where a translation and what was typed meet, what was typed is marked.
    """
    every = ((bool(match.stands_for), *span, match.stands_for) for match in found for span in match.spans)
    kept: list[tuple[int, int, str]] = []
    for _, start, end, stands_for in sorted(every):
        if all(end < a or b < start for a, b, _ in kept):
            kept.append((start, end, stands_for))
    return tuple(sorted(kept))


def _said_in(stored: StoredItem, document: StoredDocument) -> Iterator[tuple[str, str]]:
    item = stored.item
    yield "text", item.text
    yield "lead_in", item.lead_in
    yield "report", item.report.narrative if item.report else ""
    for heading in item.path:
        yield "path", heading
    yield "number", item.number or ""
    yield "title", document.metadata.title


def _first(wanted: Sequence[Clause], names: Sequence[str], typed: str = "") -> Match | None:
    """The form of a body's name that answers best: the first of those with the most characters marked."""
    found = [
        Match("body", name, spans, typed) for name in names if (spans := _spans(wanted, _said(name), least=not typed))
    ]
    return max(found, key=lambda match: sum(end - start for start, end in match.spans), default=None)


@dataclass(frozen=True, slots=True)
class _Said:
    """The terms of a text in their order, where each stands, and by term, which of them it is."""

    texts: Sequence[str]
    places: Sequence[tuple[int, int]]
    by_text: Mapping[str, Sequence[int]]


def _spans(wanted: Sequence[Clause], said: _Said, *, least: bool = False) -> tuple[tuple[int, int], ...]:
    """Where the clauses are met; with `least`, a longer word counts only where most of it is there."""
    if not said.texts:
        return ()
    if least:
        had = said.by_text.keys()
        wanted = [one for one in wanted if len(one.terms) < 2 or len(had & set(one.terms)) > len(set(one.terms)) // 2]
    marked = sorted(span for clause in wanted for span in _of_clause(clause, said))
    joined: list[tuple[int, int]] = []
    for start, end in marked:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _said(text: str) -> _Said:
    """The terms of a text; those of a short one are remembered."""
    return _said_again(text) if len(text) <= _SHORT else _cut(text)


@lru_cache(maxsize=8_192)
def _said_again(text: str) -> _Said:
    """Headings, names and titles, which stand about many items alike."""
    return _cut(text)


def _cut(text: str) -> _Said:
    texts, places = terms_apart(text)
    by_text: dict[str, list[int]] = {}
    for number, said in enumerate(texts):
        by_text.setdefault(said, []).append(number)
    return _Said(texts, places, by_text)


def _of_clause(clause: Clause, said: _Said) -> Iterator[tuple[int, int]]:
    first, size = clause.terms[0], len(clause.terms)
    if size == 1 and len(first) == 1 and is_ideographs(first):
        for text, (start, _) in zip(said.texts, said.places, strict=True):
            if text.startswith(first) and is_ideographs(text):
                yield start, start + 1
    elif clause.exact:
        wanted = list(clause.terms)
        for number in said.by_text.get(first, ()):
            if said.texts[number : number + size] == wanted:
                yield said.places[number][0], said.places[number + size - 1][1]
    else:
        for asked in set(clause.terms):
            for number in said.by_text.get(asked, ()):
                yield said.places[number]
