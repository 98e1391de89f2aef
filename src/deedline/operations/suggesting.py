"""What a person may be about to type: bodies, names of schemes and laws, sections, and words that the items use."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from deedline.knowledge.fold import IDEOGRAPH, fold, passage_of
from deedline.knowledge.terms import asked_terms, is_ideographs, runs
from deedline.operations.entering import body_names
from deedline.operations.indexing import OpenIndex, give_up, index_of
from deedline.operations.wording import letters_of
from deedline.register import Register
from deedline.register.index_folder import UnsoundIndexError
from deedline.register.index_values import Clause

LONGEST = 100  # characters of what is typed that count
_MOST_TERMS = 3_000  # of the index that are looked at for one that is typed
_MOST_ENTRIES = 100_000  # names or sections that are kept at hand, the commonest of them
_TEXTS = 60  # items whose words are looked at for how a word goes on
_GOES_ON = 8  # characters
_NEARLY_ALL = 0.8
_SHARES = (("body", 3), ("name", 3), ("section", 2))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to search for. `kind` is body, name, section or word; `id` a body's id, else empty; `count` of items."""

    kind: str
    words: str
    id: str
    count: int


@dataclass(frozen=True, slots=True)
class _Table:
    """Suggestions of one kind, the commonest first. `keys` are their folded forms, a line each; `rows` by line."""

    entries: Sequence[Suggestion]
    keys: str
    starts: Sequence[int]
    rows: Sequence[int]

    def beginning(self, key: str, limit: int) -> Iterator[Suggestion]:
        """Entries with a form that begins so."""
        return self._at(f"\n{key}", limit)

    def holding(self, key: str, limit: int) -> Iterator[Suggestion]:
        """Entries with a form that has it anywhere, or a word that begins so where it begins with no ideograph."""
        return self._at(key if is_ideographs(key) else f" {key}", limit)

    def _at(self, key: str, limit: int) -> Iterator[Suggestion]:
        at, seen = self.keys.find(key), set[int]()
        while at >= 0 and len(seen) < limit:
            row = self.rows[bisect_right(self.starts, at + (key[0] in "\n ")) - 1]
            if row not in seen:
                seen.add(row)
                yield self.entries[row]
            at = self.keys.find(key, at + 1)


def suggest_words(register: Register, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """How what is typed may go on, at most `limit`; none for nothing typed, or while there is no index."""
    key = _key(prefix[:LONGEST])
    if not key or limit < 1:
        return ()
    with register.snapshot():
        try:
            held = index_of(register)
            return () if held is None else _suggested(held, key, prefix[:LONGEST])[:limit]
        except UnsoundIndexError:
            give_up(register)
            return ()


def _suggested(held: OpenIndex, key: str, prefix: str) -> tuple[Suggestion, ...]:
    found: dict[tuple[str, str], Suggestion] = {}
    for kind, share in _SHARES:
        table = _table(held, kind)
        listed = [*table.beginning(key, share), *table.holding(key, share)]
        found.update({(one.kind, one.words): one for one in list(dict.fromkeys(listed))[:share]})
    for one in _words(held, prefix):
        found.setdefault((one.kind, one.words), one)
    return tuple(found.values())


def named(held: OpenIndex, clauses: Sequence[Clause], kind: str, limit: int = 5) -> tuple[Suggestion, ...]:
    """The bodies ("body") or names ("name") whose own words have all that is asked for."""
    wanted = [clause for clause in clauses if not clause.out]
    keys = [letters_of(clause) for clause in wanted]
    table = _table(held, kind)
    first = max(keys, key=len)
    found = table.holding(first, 50)
    if len(keys) == 1:
        return tuple(one for one, _ in zip(found, range(limit), strict=False))
    forms = ((one, [_key(form) for form in (one.words, *body_names(one.id))]) for one in found)
    return tuple(one for one, said in forms if any(all(key in form for key in keys) for form in said))[:limit]


def _key(text: str) -> str:
    return " ".join(passage_of(text).matching.text.lower().split())


def _table(held: OpenIndex, kind: str) -> _Table:
    made = held.memory.get(f"table {kind}")
    if not isinstance(made, _Table):
        counted = held.words.terms_beginning(kind, "")
        counted.sort(key=lambda pair: (-pair[1], pair[0]))
        made = held.memory[f"table {kind}"] = _made_table(kind, counted[:_MOST_ENTRIES])
    return made


def _made_table(kind: str, counted: Sequence[tuple[str, int]]) -> _Table:
    entries: list[Suggestion] = []
    lines, starts, rows, at = [""], [0], [0], 1
    for text, count in counted:
        forms = body_names(text) if kind == "body" else (text,)
        if not forms:
            continue
        for key in dict.fromkeys(map(_key, forms)):
            lines.append(key)
            starts.append(at)
            rows.append(len(entries))
            at += len(key) + 1
        entries.append(Suggestion(kind, forms[0], text if kind == "body" else "", count))
    return _Table(tuple(entries), "\n".join(lines), tuple(starts), tuple(rows))


def _words(held: OpenIndex, prefix: str) -> list[Suggestion]:
    """How the last word goes on in the items, the commonest first; what stands before it is left as it is."""
    cut = runs(prefix)
    if not cut or cut[-1].end != len(prefix):
        return []
    last, before = cut[-1], prefix[: cut[-1].start]
    if before and not before[-1].isalnum() and not before[-1].isspace():
        return []
    if is_ideographs(last.text):
        found = _continued(held, last.text)
    elif len(last.text) > 1:
        found = held.words.terms_beginning("text", last.text, _MOST_TERMS)
    else:
        return []
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    return [Suggestion("word", before + text, "", count) for text, count in found[:8] if text != last.text]


def _continued(held: OpenIndex, run: str) -> list[tuple[str, int]]:
    """Longer words that begin with a run of ideographs, and in how many of the first items each stands."""
    counts: Counter[str] = Counter()
    goes_on = _ideographs()
    for text in held.words.texts(Clause(tuple(asked_terms(run)), exact=True), _TEXTS):
        at = fold(text).find(run)
        if at >= 0:
            ends = goes_on.match(text, at, at + len(run) + _GOES_ON)
            most = ends.end() - at if ends else 0
            counts.update(text[at : at + n] for n in range(len(run) + 1, most + 1))
    grown: Counter[str] = Counter()
    for text, count in counts.items():
        grown[text[:-1]] = max(grown[text[:-1]], count)
    return [(text, count) for text, count in counts.items() if count > 1 and grown[text] < _NEARLY_ALL * count]


@cache
def _ideographs() -> re.Pattern[str]:
    return re.compile(f"[{IDEOGRAPH}]*")
