"""Two sides of a comparison made ready: each entry's words folded, cut into grams, clauses and vectors, once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from deedline.knowledge.fold import passage_of
from deedline.knowledge.patterns import Pattern, parse_patterns
from deedline.link.centre import load_centre
from deedline.link.embed import Embedder, Encoding, Encodings, encode_all
from deedline.link.lexical import Bag, Index, Shelf, Vocabulary, grams, vocabulary
from deedline.model.entry import Entry

Floats = NDArray[np.float64]

_CLAUSE = re.compile(r"[;。:!?]|(?<!\d),|,(?!\d)")
_STOPS = " ,;:。!?"
_SHORT_CLAUSE = 8  # a piece of fewer characters says too little to be compared by itself
_LONG_RUN = 4  # characters in common that are seldom chance
_LEAD = 8  # the kind of action stands in the first characters of a clause
_AT_HAND = 4096  # texts of which what was made is kept until other texts push it out
_STATES_AT_HAND = 1024  # the same for their tokens' vectors, some 70 kB a text
_NOT_WORDS = re.compile(r"[\W_]+")


T = TypeVar("T")


class Made(Generic[T]):
    """What is made of an entry when it is asked for by number; of the last ones asked for, so many are kept."""

    def __init__(self, make: Callable[[int], T], kept: int) -> None:
        self._made = lru_cache(kept)(make)

    def __getitem__(self, number: int) -> T:
        return self._made(int(number))


@dataclass(frozen=True, slots=True)
class Side:
    """The entries of one side in order, and for each what features are made of. Lists run parallel to `entries`.

    `bare` are the letters and digits of the folded texts. `words` and `heading_words` are bags of grams, headings
    being the last two above. `names` are what the text prints between marks, `bodies`
    who owns it, `figures` its promised times and its quantities by value. `weights` say how rare each token is;
    `vectors` are the weighted means of the tokens' vectors and `heading_vectors` those of the headings, unit length.
    `actions` is (entries, kinds) of 0 and 1; `leading` the same for how clauses begin.

    What would fill the memory is made when it is asked for, by number: `states`, the tokens' vectors, unit length;
    `runs`, the runs of four characters of `bare`; `clauses`, a bag of grams each.
    """

    entries: Sequence[Entry]
    bare: Sequence[str]
    words: Sequence[Bag]
    heading_words: Sequence[Bag]
    names: Sequence[frozenset[str]]
    bodies: Sequence[frozenset[str]]
    figures: Sequence[frozenset[object]]
    weights: Sequence[Floats]
    vectors: NDArray[np.float32]
    heading_vectors: NDArray[np.float32]
    actions: Floats
    leading: Floats
    states: Made[NDArray[np.float32]]
    runs: Made[frozenset[str]]
    clauses: Made[Sequence[Bag]]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, the targets' words and headings, and an index of the words."""

    query: Side
    target: Side
    words: Shelf
    headings: Shelf
    index: Index


@dataclass(frozen=True, slots=True)
class _Common:
    """What both sides share: encodings of every text and heading, how rare tokens and grams are, the centre."""

    encoded: Mapping[str, Encoding]
    rare: Mapping[int, float]
    words: Vocabulary
    centre: NDArray[np.float32]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rarity-weighted means of the texts' token vectors, off the centre, unit length."""
        made: dict[str, NDArray[np.float32]] = {}
        for text in texts:
            if text not in made:
                made[text] = _mean(self.encoded[text], self.rare, len(self.centre)) - self.centre
        return _unit(np.array([made[text] for text in texts], np.float32).reshape(len(texts), len(self.centre)))


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
    """A text folded, its letters and digits alone, cut into clauses, counted, and its kinds of action marked."""

    bare: str
    clauses: Sequence[Counter[str]]
    grams: Counter[str]
    actions: bytes
    leading: bytes


@lru_cache(maxsize=_AT_HAND)
def _read(text: str) -> _Read:
    """A text made ready; kept, because a document is compared with several others in a row."""
    folded = passage_of(text).matching.text
    clauses = clauses_of(folded)
    opened = " ; ".join(clause[:_LEAD] for clause in clauses)
    counted = [grams(clause, (2,)) for clause in clauses]
    return _Read(bare(folded), counted, grams(folded), _actions(folded), _actions(opened))


@lru_cache(maxsize=_AT_HAND)
def _read_heading(text: str) -> Counter[str]:
    return grams(passage_of(text).matching.text, (1, 2))


def bare(text: str) -> str:
    """Letters, digits and ideographs alone, of a folded text."""
    return _NOT_WORDS.sub("", text).lower()


def _actions(text: str) -> bytes:
    return bytes(bool(pattern.regex.search(text)) for pattern in action_patterns())


def _marks(listed: Sequence[bytes]) -> Floats:
    """Marks of kinds of action, a row a text."""
    return np.frombuffer(b"".join(listed), np.uint8).reshape(len(listed), len(action_patterns())).astype(np.float64)


def _unit(array: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(array / np.linalg.norm(array, axis=-1, keepdims=True).clip(1e-9), np.float32)


def _token_rarity(encodings: Iterable[Encoding], total: int) -> dict[int, float]:
    seen: Counter[int] = Counter()
    for encoding in encodings:
        seen.update(set(encoding.ids.tolist()))
    top = total + 1
    return {token: max(0.0, float(np.log(top / (count + 0.5)))) for token, count in seen.items()}


def _weights(encoding: Encoding, rare: Mapping[int, float]) -> Floats:
    return np.array([rare.get(token, 1.0) for token in encoding.ids.tolist()], np.float64) + 1e-6


def _mean(encoding: Encoding, rare: Mapping[int, float], width: int) -> NDArray[np.float32]:
    if not len(encoding.ids):
        return np.zeros(width, np.float32)
    weights = _weights(encoding, rare)
    return np.asarray((weights / weights.sum()).astype(np.float32) @ encoding.states, np.float32)


def encode_entries(
    listed: Sequence[Entry], embedder: Embedder, store: MutableMapping[str, bytes] | None = None
) -> Encodings:
    """Encodings of the entries' texts and headings."""
    return encode_all(embedder, [*map(words_of, listed), *map(heading_of, listed)], store)


def prepare(
    queries: Sequence[Entry],
    targets: Sequence[Entry],
    embedder: Embedder,
    store: MutableMapping[str, bytes] | None = None,
) -> Sides:
    """Both sides ready to be compared."""
    entries = [*queries, *targets]
    texts = [words_of(entry) for entry in entries]
    encoded = encode_entries(entries, embedder, store)
    common = _Common(
        encoded=encoded,
        rare=_token_rarity((encoded[text] for text in texts), len(texts)),
        words=vocabulary(_read(text).grams for text in texts),
        centre=load_centre(embedder.name, embedder.width),
    )
    query, target = _side(queries, common), _side(targets, common)
    words, headings = Shelf(target.words, common.words), Shelf(target.heading_words, common.words)
    return Sides(query, target, words, headings, Index(words))


def _side(entries: Sequence[Entry], common: _Common) -> Side:
    given, above = [words_of(entry) for entry in entries], [heading_of(entry) for entry in entries]
    bag = common.words.bag
    words, bared, actions, leading = [], [], [], []
    for read in map(_read, given):  # one by one: all of them at once would take ten times what is kept of them
        words.append(bag(read.grams))
        bared.append(read.bare)
        actions.append(read.actions)
        leading.append(read.leading)
    headings = {text: bag(_read_heading(text)) for text in set(above)}
    return Side(
        entries=entries,
        bare=bared,
        words=words,
        heading_words=[headings[text] for text in above],
        names=[_names(entry) for entry in entries],
        bodies=[frozenset(said.body_id for said in entry.item.bodies if said.body_id) for entry in entries],
        figures=[_figures(entry) for entry in entries],
        weights=[_weights(common.encoded[text], common.rare) for text in given],
        vectors=common.vectors(given),
        heading_vectors=common.vectors(above),
        actions=_marks(actions),
        leading=_marks(leading),
        states=Made(lambda number: _unit(common.encoded[given[number]].states - common.centre), _STATES_AT_HAND),
        runs=Made(lambda number: _runs(bared[number]), _AT_HAND),
        clauses=Made(lambda number: [bag(clause) for clause in _read(given[number]).clauses], _AT_HAND),
    )


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[start : start + _LONG_RUN] for start in range(len(text) - _LONG_RUN + 1))


def _names(entry: Entry) -> frozenset[str]:
    """Printed names, bare; a name of one character names nothing."""
    bared = (bare(passage_of(name.as_printed).matching.text) for name in entry.item.names)
    return frozenset(name for name in bared if len(name) > 1)


def _figures(entry: Entry) -> frozenset[object]:
    times = {("time", time.earliest, time.latest) for time in entry.item.deadlines if time.promised}
    return frozenset(times | {(quantity.unit, quantity.value, quantity.per) for quantity in entry.item.quantities})
