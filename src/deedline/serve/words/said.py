"""Sentences that stages made (reasons, doubts, what a comparison cannot speak of), in the reader's language.

Stages speak English, and so do errors; a sentence is found again by its message id in `said.po` or `refused.po`, whose
`%(…)s` stand for what was filled in. What was filled in is looked up in turn; quoted words of documents stay as they
are. A sentence that no message fits is shown as it is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from deedline.serve.words import ENGLISH

_FILLED = re.compile(r"%\((\w+)\)s")
_QUOTED = frozenset({"quoted", "words", "printed"})  # a document's own words: never translated
_DEEPEST = 3
_CATALOGUES = ("said.po", "refused.po")
_ONE = re.compile(r"(?<![\w.,/-])1 (day|item|line|link|proposal|measure|indicator)s\b")


@lru_cache(maxsize=4096)
def say(sentence: str, language: str) -> str:
    """A sentence of a stage in one of the interface's languages; in English, one of a thing is not several."""
    return _ONE.sub(r"1 \1", sentence) if language == ENGLISH else _said(sentence, 0)


def is_known(sentence: str) -> bool:
    """Whether a message fits the sentence as a whole."""
    return any(pattern.fullmatch(sentence) for pattern, _ in _messages())


def _said(sentence: str, depth: int) -> str:
    for pattern, translated in _messages():
        if found := pattern.fullmatch(sentence):
            filled = {
                name: part if name in _QUOTED or depth == _DEEPEST else _said(part, depth + 1)
                for name, part in found.groupdict().items()
            }
            return _FILLED.sub(lambda place, held=filled: held[place[1]], translated)  # type: ignore[misc]
    return sentence


@cache
def _messages() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every message as a pattern, with its translation, the most particular first."""
    from babel.messages.pofile import read_po

    read = []
    for name in _CATALOGUES:
        with files(__package__).joinpath("zh_Hant", name).open("rb") as lines:
            read += [(str(message.id), str(message.string)) for message in read_po(lines) if message.id]
    read = [(message.replace("%%", "%"), translated.replace("%%", "%")) for message, translated in read]
    read.sort(key=lambda pair: -len(_FILLED.sub("", pair[0])))
    return tuple((_pattern(message), translated) for message, translated in read)


def _pattern(message: str) -> re.Pattern[str]:
    parts = _FILLED.split(message)
    written = [re.escape(part) if index % 2 == 0 else f"(?P<{part}>.+?)" for index, part in enumerate(parts)]
    return re.compile("".join(written), re.S)
