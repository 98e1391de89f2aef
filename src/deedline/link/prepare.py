"""Two sides of a comparison made ready: each entry's words folded, cut into grams, clauses and vectors, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deedline.knowledge.fold import passage_of
from deedline.link.centre import load_centre
from deedline.link.embed import Embedder, Encodings, encode_all
from deedline.link.lexical import Bags, Floats, Ids, Index, Shelf, Vocabulary, bags_of, vocabulary
from deedline.link.rows import Ints, Rows, rows_of
from deedline.link.states import States, unit
from deedline.link.texts import Clauses, Texts, bare, read_heading, read_texts
from deedline.model.entry import Entry
from deedline.model.item import ItemKind

_STATES_AT_HAND = 2048  # texts of which the tokens' vectors are kept until others push them out, some 70 kB a text


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


def words_of(entry: Entry) -> str:
    """The words that are compared: with the opening that an indicator's part shares with its neighbours."""
    return f"{entry.item.lead_in} {entry.item.text}".strip()


def heading_of(entry: Entry) -> str:
    """The two innermost headings; the batch of an indicator table says nothing of its subject."""
    path = entry.item.path[:-1] if entry.item.batch and len(entry.item.path) > 1 else entry.item.path
    return " ".join(path[-2:])


def _token_rarity(sides: Sequence[Rows[np.int32]]) -> dict[int, float]:
    seen: Counter[int] = Counter()
    for texts in sides:
        for number in range(len(texts)):
            seen.update(set(texts[number].tolist()))
    top = sum(map(len, sides)) + 1
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
    read = [read_texts([words_of(entry) for entry in entries], numbers) for entries in (queries, targets)]
    tokens = [rows_of((encoded[text].ids for text in texts.given), np.int32) for texts in read]
    common = _Common(
        encoded=encoded,
        rare=_token_rarity(tokens),
        words=vocabulary(numbers, *(texts.words for texts in read)),
        centre=load_centre(embedder.name, embedder.width),
    )
    query = _side(queries, read[0], tokens[0], common, 1)
    target = _side(targets, read[1], tokens[1], common, _STATES_AT_HAND)
    words, headings = Shelf(target.words, common.words), Shelf(target.heading_words, common.words)
    return Sides(query, target, words, headings, Index(words))


def _side(entries: Sequence[Entry], texts: Texts, tokens: Rows[np.int32], common: _Common, at_hand: int) -> Side:
    above = [heading_of(entry) for entry in entries]
    headings = {text: common.words.bag(read_heading(text)) for text in set(above)}
    given = texts.given
    return Side(
        entries=entries,
        bare=texts.bare,
        lengths=np.array([len(text) for text in texts.bare], np.int64),
        words=texts.words,
        clauses=texts.clauses,
        runs=texts.runs,
        heading_words=bags_of(headings[text] for text in above),
        names=[_names(entry) for entry in entries],
        bodies=[frozenset(said.body_id for said in entry.item.bodies if said.body_id) for entry in entries],
        figures=[_figures(entry) for entry in entries],
        indicators=np.array([float(entry.item.kind is ItemKind.INDICATOR) for entry in entries]),
        weights=rows_of((_weights(tokens[n], common.rare) for n in range(len(given))), np.float64),
        vectors=common.vectors(given),
        heading_vectors=common.vectors(above),
        actions=texts.actions,
        leading=texts.leading,
        states=States(given, common.encoded, common.centre, at_hand),
    )


def _names(entry: Entry) -> frozenset[str]:
    """Printed names, bare; a name of one character names nothing."""
    bared = (bare(passage_of(name.as_printed).matching.text) for name in entry.item.names)
    return frozenset(name for name in bared if len(name) > 1)


def _figures(entry: Entry) -> frozenset[object]:
    times = {("time", time.earliest, time.latest) for time in entry.item.deadlines if time.promised}
    return frozenset(times | {(quantity.unit, quantity.value, quantity.per) for quantity in entry.item.quantities})
