"""Two sides of a comparison made ready: each entry's words folded, cut into grams, clauses and vectors, once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from deedline.knowledge.fold import passage_of
from deedline.knowledge.patterns import Pattern, parse_patterns
from deedline.link.centre import load_centre
from deedline.link.embed import Embedder, Encoding, encode_all
from deedline.link.lexical import Bag, Index, Vocabulary, grams, vocabulary
from deedline.model.entry import Entry

Floats = NDArray[np.float64]

_CLAUSE = re.compile(r"[;。:!?]|(?<!\d),|,(?!\d)")
_STOPS = " ,;:。!?"
_SHORT_CLAUSE = 8  # a piece of fewer characters says too little to be compared by itself
_LONG_RUN = 4  # characters in common that are seldom chance
_LEAD = 8  # the kind of action stands in the first characters of a clause
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Side:
    """The entries of one side in order, and for each what features are made of. Lists run parallel to `entries`.

    `texts` are folded, with the opening that an indicator shares with its neighbours; `bare` are their letters and
    digits, `runs` their runs of four. `words`, `heading_words` and `clauses` are bags of grams, headings being the
    last two above. `names` are what the text prints between marks. `states` are the tokens' vectors, unit length, with
    `weights`; `vectors` are their weighted means and `heading_vectors` those of the headings, unit length. `actions`
    is (entries, kinds) of 0 and 1; `leading` the same for how clauses begin.
    """

    entries: Sequence[Entry]
    texts: Sequence[str]
    bare: Sequence[str]
    runs: Sequence[frozenset[str]]
    words: Sequence[Bag]
    heading_words: Sequence[Bag]
    clauses: Sequence[Sequence[Bag]]
    names: Sequence[frozenset[str]]
    states: Sequence[NDArray[np.float32]]
    weights: Sequence[Floats]
    vectors: NDArray[np.float32]
    heading_vectors: NDArray[np.float32]
    actions: Floats
    leading: Floats


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, and indexes of the targets' words and headings."""

    query: Side
    target: Side
    words: Index
    headings: Index


@dataclass(frozen=True, slots=True)
class _Common:
    """What both sides share: encodings of every text and heading, how rare tokens and grams are, the centre."""

    encoded: Mapping[str, Encoding]
    rare: Mapping[int, float]
    words: Vocabulary
    centre: NDArray[np.float32]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rarity-weighted means of the texts' token vectors, off the centre, unit length."""
        means = [_mean(self.encoded[text], self.rare, len(self.centre)) - self.centre for text in texts]
        return _unit(np.array(means, np.float32).reshape(len(texts), len(self.centre)))


@cache
def action_patterns() -> tuple[Pattern, ...]:
    """Kinds of action, in the order of their file."""
    file = resources.files("deedline.knowledge.link").joinpath("actions.toml")
    return parse_patterns(file.read_text(encoding="utf-8"), "link/actions.toml").patterns


def words_of(entry: Entry) -> str:
    """The words that are compared: with the opening that an indicator's part shares with its neighbours."""
    return f"{entry.item.lead_in} {entry.item.text}".strip()


def heading_of(entry: Entry) -> str:
    """The two innermost headings; the batch of an indicator table says nothing of its subject."""
    path = entry.item.path[:-1] if entry.item.batch and len(entry.item.path) > 1 else entry.item.path
    return " ".join(path[-2:])


def clauses_of(text: str) -> list[str]:
    """A folded text cut at its stops, a piece too short to say anything joined to its neighbour."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if spans and min(end - start, spans[-1][1] - spans[-1][0]) <= _SHORT_CLAUSE:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    pieces = [text[start:end].strip(_STOPS) for start, end in spans]
    return [piece for piece in pieces if piece] or [text]


@dataclass(frozen=True, slots=True)
class _Read:
    """A text folded, cut into clauses and counted."""

    folded: str
    clauses: Sequence[str]
    grams: Counter[str]


@lru_cache(maxsize=4096)
def _read(text: str) -> _Read:
    """A text made ready; kept, because a document is compared with several others in a row."""
    folded = passage_of(text).matching.text
    return _Read(folded, clauses_of(folded), grams(folded))


def bare(text: str) -> str:
    """Letters, digits and ideographs alone, of a folded text."""
    return _NOT_WORDS.sub("", text).lower()


def _actions(texts: Sequence[str]) -> Floats:
    return np.array([[float(bool(p.regex.search(text))) for p in action_patterns()] for text in texts]).reshape(
        len(texts), len(action_patterns())
    )


def _leading(clauses: Sequence[Sequence[str]]) -> Floats:
    opened = [" ; ".join(clause[:_LEAD] for clause in listed) for listed in clauses]
    return _actions(opened)


def _unit(array: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(array / np.linalg.norm(array, axis=-1, keepdims=True).clip(1e-9), np.float32)


def _token_rarity(encodings: Sequence[Encoding]) -> dict[int, float]:
    seen: Counter[int] = Counter()
    for encoding in encodings:
        seen.update(set(encoding.ids.tolist()))
    top = len(encodings) + 1
    return {token: max(0.0, float(np.log(top / (count + 0.5)))) for token, count in seen.items()}


def _weights(encoding: Encoding, rare: Mapping[int, float]) -> Floats:
    return np.array([rare.get(token, 1.0) for token in encoding.ids.tolist()], np.float64) + 1e-6


def _mean(encoding: Encoding, rare: Mapping[int, float], width: int) -> NDArray[np.float32]:
    if not len(encoding.ids):
        return np.zeros(width, np.float32)
    weights = _weights(encoding, rare)
    return np.asarray((weights / weights.sum()).astype(np.float32) @ encoding.states, np.float32)


def prepare(
    queries: Sequence[Entry],
    targets: Sequence[Entry],
    embedder: Embedder,
    store: MutableMapping[str, bytes] | None = None,
) -> Sides:
    """Both sides ready to be compared."""
    entries = [*queries, *targets]
    texts = [words_of(entry) for entry in entries]
    encoded = encode_all(embedder, [*texts, *(heading_of(entry) for entry in entries)], store)
    common = _Common(
        encoded=encoded,
        rare=_token_rarity([encoded[text] for text in texts]),
        words=vocabulary([_read(text).grams for text in texts]),
        centre=load_centre(embedder.name, embedder.width),
    )
    query, target = _side(queries, common), _side(targets, common)
    return Sides(query, target, Index(target.words, common.words), Index(target.heading_words, common.words))


def _side(entries: Sequence[Entry], common: _Common) -> Side:
    given, above = [words_of(entry) for entry in entries], [heading_of(entry) for entry in entries]
    read = [_read(text) for text in given]
    texts, clauses = [each.folded for each in read], [each.clauses for each in read]
    bared = [bare(text) for text in texts]
    bag = common.words.bag
    return Side(
        entries=entries,
        texts=texts,
        bare=bared,
        runs=[frozenset(text[i : i + _LONG_RUN] for i in range(len(text) - _LONG_RUN + 1)) for text in bared],
        words=[bag(each.grams) for each in read],
        heading_words=[bag(grams(passage_of(text).matching.text, (1, 2))) for text in above],
        clauses=[[bag(grams(clause, (2,))) for clause in listed] for listed in clauses],
        names=[_names(entry) for entry in entries],
        states=[_unit(common.encoded[text].states - common.centre) for text in given],
        weights=[_weights(common.encoded[text], common.rare) for text in given],
        vectors=common.vectors(given),
        heading_vectors=common.vectors(above),
        actions=_actions(texts),
        leading=_leading(clauses),
    )


def _names(entry: Entry) -> frozenset[str]:
    """Printed names, bare; a name of one character names nothing."""
    bared = (bare(passage_of(name.as_printed).matching.text) for name in entry.item.names)
    return frozenset(name for name in bared if len(name) > 1)
