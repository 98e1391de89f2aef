"""Two sides of a comparison made ready: each entry's words folded, cut into grams, clauses and vectors, once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from deedline.knowledge.fold import passage_of
from deedline.knowledge.patterns import Pattern, parse_patterns
from deedline.link.centre import load_centre
from deedline.link.embed import Embedder, Encodings, encode_all
from deedline.link.lexical import Bag, Bags, Ids, Index, Shelf, Vocabulary, bags_of, grams, numbered, vocabulary
from deedline.link.rows import Ints, Rows, rows_of, spans_of, stretches
from deedline.link.states import States, unit
from deedline.model.entry import Entry
from deedline.model.item import ItemKind

Floats = NDArray[np.float64]

_CLAUSE = re.compile(r"[;。:!?]|(?<!\d),|,(?!\d)")
_STOPS = " ,;:。!?"
_SHORT_CLAUSE = 8  # a piece of fewer characters says too little to be compared by itself
_LONG_RUN = 4  # characters in common that are seldom chance
_LEAD = 8  # the kind of action stands in the first characters of a clause
_AT_HAND = 4096  # texts of which what was made is kept until other texts push it out
_STATES_AT_HAND = 2048  # the same for their tokens' vectors, some 70 kB a text
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits without pattern: runs of characters become numbers by it
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of many texts in order: `grams` has a row of numbers for each clause, and the clauses of text `n` are
    the `sizes[n]` from `starts[n]` on."""

    grams: Rows[np.int32]
    starts: Ints
    sizes: Ints

    def __getitem__(self, number: int) -> list[Ids]:
        start = int(self.starts[number])
        return [self.grams[clause] for clause in range(start, start + int(self.sizes[number]))]

    def of(self, chosen: Ints) -> tuple[Ints, Ints]:
        """The clauses of some texts that hold any grams, and for each which of the chosen it belongs to."""
        clauses, owner = stretches(self.starts[chosen], self.sizes[chosen])
        told = self.grams.sizes[clauses] > 0
        return clauses[told], owner[told]


@dataclass(frozen=True, slots=True)
class Side:
    """The entries of one side in order, and for each what features are made of. Lists run parallel to `entries`.

    `bare` are the letters and digits of the folded texts, `lengths` how many. `words` and `heading_words` are bags of
    grams, headings being the last two above. `clauses` are grams of two characters, `runs` the runs of four characters
    of `bare` as sorted numbers. `names` are what the text prints between marks, `bodies` who owns it, `figures` its
    promised times and its quantities by value; `indicators` marks what is one. `weights` say how rare each token is;
    `vectors` are the weighted means of the tokens' vectors and `heading_vectors` those of the headings, unit length.
    `actions` is (entries, kinds) of 0 and 1; `leading` the same for how clauses begin.

    What would fill the memory is made when it is asked for: `states`, the tokens' vectors, unit length.
    """

    entries: Sequence[Entry]
    bare: Sequence[str]
    lengths: Ints
    words: Bags
    clauses: Clauses
    runs: Rows[np.uint64]
    heading_words: Bags
    names: Sequence[frozenset[str]]
    bodies: Sequence[frozenset[str]]
    figures: Sequence[frozenset[object]]
    indicators: Floats
    weights: Rows[np.float64]
    vectors: NDArray[np.float32]
    heading_vectors: NDArray[np.float32]
    actions: Floats
    leading: Floats
    states: States


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

    encoded: Encodings
    rare: Mapping[int, float]
    words: Vocabulary
    centre: NDArray[np.float32]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rarity-weighted means of the texts' token vectors, off the centre, unit length."""
        found = np.zeros((len(texts), len(self.centre)), np.float32)
        first: dict[str, int] = {}
        for number, text in enumerate(texts):
            known = first.setdefault(text, number)
            found[number] = found[known] if known < number else self._mean(text)
        return unit(found - self.centre)

    def _mean(self, text: str) -> NDArray[np.float32] | float:
        encoding = self.encoded[text]
        if not len(encoding.ids):
            return 0.0
        weights = _weights(encoding.ids, self.rare)
        return np.asarray((weights / weights.sum()).astype(np.float32) @ encoding.states, np.float32)


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


def _token_rarity(texts: Rows[np.int32]) -> dict[int, float]:
    seen: Counter[int] = Counter()
    for number in range(len(texts)):
        seen.update(set(texts[number].tolist()))
    top = len(texts) + 1
    return {token: max(0.0, float(np.log(top / (count + 0.5)))) for token, count in seen.items()}


def _weights(tokens: Ids, rare: Mapping[int, float]) -> Floats:
    return np.array([rare.get(token, 1.0) for token in tokens.tolist()], np.float64) + 1e-6


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
    """Both sides ready to be compared.

    Every text is read once, and what is kept of it lies in arrays: what Counters would hold takes ten times as much.
    """
    encoded = encode_entries([*queries, *targets], embedder, store)
    numbers: dict[str, int] = {}
    read = [_texts([words_of(entry) for entry in entries], encoded, numbers) for entries in (queries, targets)]
    common = _Common(
        encoded=encoded,
        rare=_token_rarity(rows_of((texts.tokens[n] for texts in read for n in range(len(texts.given))), np.int32)),
        words=vocabulary(numbers, *(texts.words for texts in read)),
        centre=load_centre(embedder.name, embedder.width),
    )
    query, target = _side(queries, read[0], common, 1), _side(targets, read[1], common, _STATES_AT_HAND)
    words, headings = Shelf(target.words, common.words), Shelf(target.heading_words, common.words)
    return Sides(query, target, words, headings, Index(words))


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of one side, read: see `Side`. `tokens` are the ids of the encodings' tokens."""

    given: Sequence[str]
    bare: Sequence[str]
    words: Bags
    clauses: Clauses
    actions: Floats
    leading: Floats
    tokens: Rows[np.int32]


def _texts(given: Sequence[str], encoded: Encodings, numbers: dict[str, int]) -> _Texts:
    """Texts read one by one; grams that are new are numbered."""
    bared, actions, leading, clauses, sizes = list[str](), list[bytes](), list[bytes](), list[Ids](), list[int]()

    def words() -> Iterator[Bag]:
        for read in map(_read, given):
            bared.append(read.bare)
            actions.append(read.actions)
            leading.append(read.leading)
            yield numbered(read.grams, numbers)
            clauses.extend(numbered(clause, numbers).ids for clause in read.clauses)
            sizes.append(len(read.clauses))

    return _Texts(
        given=given,
        words=bags_of(words()),
        bare=bared,
        clauses=Clauses(rows_of(clauses, np.int32), *spans_of(sizes)),
        actions=_marks(actions),
        leading=_marks(leading),
        tokens=rows_of((encoded[text].ids for text in given), np.int32),
    )


def _side(entries: Sequence[Entry], texts: _Texts, common: _Common, at_hand: int) -> Side:
    above = [heading_of(entry) for entry in entries]
    headings = {text: common.words.bag(_read_heading(text)) for text in set(above)}
    given = texts.given
    return Side(
        entries=entries,
        bare=texts.bare,
        lengths=np.array([len(text) for text in texts.bare], np.int64),
        words=texts.words,
        clauses=texts.clauses,
        runs=rows_of(map(_runs, texts.bare), np.uint64),
        heading_words=bags_of(headings[text] for text in above),
        names=[_names(entry) for entry in entries],
        bodies=[frozenset(said.body_id for said in entry.item.bodies if said.body_id) for entry in entries],
        figures=[_figures(entry) for entry in entries],
        indicators=np.array([float(entry.item.kind is ItemKind.INDICATOR) for entry in entries]),
        weights=rows_of((_weights(texts.tokens[n], common.rare) for n in range(len(given))), np.float64),
        vectors=common.vectors(given),
        heading_vectors=common.vectors(above),
        actions=texts.actions,
        leading=texts.leading,
        states=States(given, common.encoded, common.centre, at_hand),
    )


def _runs(text: str) -> NDArray[np.uint64]:
    """The distinct runs of four characters as numbers, sorted. That two runs have one number is as good as excluded."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    size = max(len(codes) - _LONG_RUN + 1, 0)
    mixed = np.zeros(size, np.uint64)
    for start in range(_LONG_RUN):
        mixed = mixed * _MIX + codes[start : start + size]
    return np.unique(mixed)


def _names(entry: Entry) -> frozenset[str]:
    """Printed names, bare; a name of one character names nothing."""
    bared = (bare(passage_of(name.as_printed).matching.text) for name in entry.item.names)
    return frozenset(name for name in bared if len(name) > 1)


def _figures(entry: Entry) -> frozenset[object]:
    times = {("time", time.earliest, time.latest) for time in entry.item.deadlines if time.promised}
    return frozenset(times | {(quantity.unit, quantity.value, quantity.per) for quantity in entry.item.quantities})
