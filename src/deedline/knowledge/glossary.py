"""Words in both languages, from the glossary.toml files: what a word of one is called in the other.

A folder on the knowledge path may have one, and so may each jurisdiction in it; all are used together.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deedline.errors import KnowledgeError
from deedline.knowledge.fold import fold
from deedline.knowledge.load import FOLDERS_VARIABLE, jurisdictions, search_path
from deedline.knowledge.terms import is_ideographs, term_texts

_FILE = "glossary.toml"
_PLURALS = re.compile(r"(?:(?<=[sxz])|(?<=[cs]h))es$|(?<=[^siu])s$")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A word that was found in a text, from the `start`th word or ideograph to before the `end`th, as the glossary
    writes it, and what it is called in the other language."""

    start: int
    end: int
    word: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """`chinese` and `english` map folded words (English: words in the singular) to how they are written, and to their
    translations; `longest` are the most ideographs, and the most English words, of any; `passing` are English words
    that need no translation."""

    chinese: Mapping[str, tuple[str, tuple[str, ...]]]
    english: Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]]
    longest: tuple[int, int]
    passing: frozenset[str]


def singular(word: str) -> str:
    """An English word without the ending of a plural; what has none stays, and a few lose what is none."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return _PLURALS.sub("", word) if len(word) > 2 else word


def plural(word: str) -> str:
    """An English word with the ending of a plural."""
    if len(word) > 2 and word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}{'es' if word.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}"


def glossary() -> Glossary:
    """All glossaries on the knowledge path as one. KnowledgeError where a file is not of the form that it needs."""
    return _read(os.environ.get(FOLDERS_VARIABLE, ""))


def said_in_chinese(words: Sequence[str]) -> Iterator[Rendered]:
    """English words that the glossary has, longest first from the left, none within another; `words` are lower case."""
    known = glossary()
    single = tuple(singular(word) for word in words)
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + known.longest[1]), at, -1)
        end = next((end for end in ends if single[at:end] in known.english), None)
        if end is not None:
            yield Rendered(at, end, *known.english[single[at:end]])
        at = end or at + 1


def said_in_english(run: str) -> Iterator[Rendered]:
    """Chinese words that the glossary has in a run of ideographs, longest first from the left, none within another."""
    known = glossary()
    folded = fold(run)
    at = 0
    while at < len(folded):
        ends = range(min(len(folded), at + known.longest[0]), at, -1)
        end = next((end for end in ends if folded[at:end] in known.chinese), None)
        if end is not None:
            yield Rendered(at, end, *known.chinese[folded[at:end]])
        at = end or at + 1


@cache
def _read(_: str) -> Glossary:
    """The glossaries on the knowledge path, read once for each value of DEEDLINE_KNOWLEDGE."""
    folders = [*search_path(), *(place.folder for place in jurisdictions())]
    chinese: dict[str, tuple[str, tuple[str, ...]]] = {}
    english: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    passing: set[str] = set()
    for file in dict.fromkeys(folder / _FILE for folder in folders):
        if not file.is_file():
            continue
        pairs, own = _pairs(file)
        passing |= own
        for word, others in pairs:
            _, known = chinese.get(fold(word), (word, ()))
            chinese[fold(word)] = word, tuple(dict.fromkeys([*known, *others]))
            for other in others:
                key = tuple(map(singular, term_texts(other)))
                written, had = english.get(key, (other, ()))
                english[key] = written, tuple(dict.fromkeys([*had, word]))
    longest = max(map(len, chinese), default=0), max(map(len, english), default=0)
    return Glossary(chinese, english, longest, frozenset(passing))


def _pairs(file: Path) -> tuple[list[tuple[str, tuple[str, ...]]], set[str]]:
    """The words of a file with their translations, and its passing words."""
    where = f"{file.parent.name}/{file.name}"
    try:
        data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{where}: not readable as TOML ({error}); mend the line it names") from error
    passing = data.pop("passing", [])
    found: dict[str, tuple[str, ...]] = {}
    for topic, words in data.items():
        for word, others in words.items() if isinstance(words, dict) else [(topic, words)]:
            if word in found:
                raise KnowledgeError(f"{where}: {word} stands there twice; join its translations in one line")
            found[word] = _translations(word, others, where)
    if not isinstance(passing, list) or not all(isinstance(word, str) for word in passing):
        raise KnowledgeError(f"{where}: `passing` is to be a list of words")
    return list(found.items()), set(passing)


def _translations(word: str, others: object, where: str) -> tuple[str, ...]:
    """A word's translations, as long as they are a list of words, each once, and the word is of ideographs."""
    if not all(map(is_ideographs, word)) or not word:
        raise KnowledgeError(f"{where}: {word!r} is no Chinese word; write it in ideographs alone")
    if not isinstance(others, list) or not others or not all(isinstance(o, str) and term_texts(o) for o in others):
        raise KnowledgeError(f'{where}: {word} needs a list of English words, as in {word} = ["word"]')
    if len(set(others)) < len(others):
        raise KnowledgeError(f"{where}: {word} has a translation twice; take one out")
    return tuple(others)
