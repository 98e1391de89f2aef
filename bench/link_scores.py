"""What baselines and the model make of the readers' labels: one threshold each, the best there is, nobody in-sample."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from bench.synthesise import ROOT
from deedline.link.embed import default_embedder, encode_all
from deedline.link.features import Pairs
from deedline.link.labels import Case, Library, join, label_pairs, resolve
from deedline.link.lexical import Floats, Index, Shelf, bags_of, grams, numbered, vocabulary
from deedline.link.link import Comparison, comparison, measure_pairs
from deedline.link.prepare import heading_of, prepare, words_of
from deedline.link.regression import FOLDS, Bools, fit, fold_of
from deedline.link.score import Model, best_of, load_model
from deedline.link.train import Labelled, figures
from deedline.model.entry import Entry
from deedline.model.link import Task

OWN = "deedline"  # whose labels the model learns from and is not measured on
GOLD = ROOT.parent / "shared" / "gold"
CUTS = 5  # ways of cutting the folds, as in training
RIDGE = {Task.CONTINUITY: 10.0, Task.ADOPTION: 15.0}  # as in training
FIRST = 10
STEPS = 400  # thresholds tried, spread over the scores


@dataclass(frozen=True, slots=True)
class Compared:
    """A labelled comparison with its measured pairs, and the seconds that each way of scoring took."""

    sides: Comparison
    pairs: Pairs
    seconds: Mapping[str, float]


def labelled_cases(documents: Mapping[str, Sequence[Entry]], files: Sequence[Path]) -> list[Case]:
    """The project's own labels, from which the model learns too, then the readers' of both folders of GOLD.

    Where both labelled one query, the readers' label counts.
    """
    library = Library()
    for file in files:
        library.add((file.name, sha256(file.read_bytes()).hexdigest()[:12]), documents[file.name])
    own = resources.files("deedline.knowledge.link.labels").iterdir()
    texts = [(OWN, file.read_text(encoding="utf-8")) for file in own if file.name.endswith(".jsonl")]
    texts += [(file.parent.name, file.read_text(encoding="utf-8")) for file in sorted(GOLD.glob("*/links.jsonl"))]
    return [
        case
        for source, text in texts
        for case in resolve((json.loads(line) for line in text.splitlines() if line.strip()), library, source)
    ]


def entries_of(files: Sequence[Path]) -> dict[str, list[Entry]]:
    """The entries of each document, by file name; ids are made of name and key."""
    from deedline.operations import read_and_find

    found = {}
    for file in files:
        parsed = read_and_find(file.read_bytes(), file.name, {})
        dated = parsed.document.metadata.dated
        listed = [Entry(f"{file.name}/{item.key}", file.name, dated, item) for item in parsed.finding.items]
        found[file.name] = listed
    return found


def measure_all(documents: Mapping[str, Sequence[Entry]], cases: Sequence[Case]) -> Iterator[Compared]:
    """Every comparison of which a reader labelled something, encoded from nothing and timed."""
    home = {entry.id: name for name, listed in documents.items() for entry in listed}
    wanted = {frozenset((home[case.query], home[target])) for case in cases for target in case.relations}
    for pair in sorted(sorted(each) for each in wanted):
        sides = comparison(documents[pair[0]], documents[pair[1]])
        if sides is not None:
            yield _measured(sides)


def _measured(sides: Comparison) -> Compared:
    embedder, store = default_embedder(), dict[str, bytes]()
    entries = [*sides.queries, *sides.targets]
    seconds = {}
    start = time.perf_counter()
    _words_alone(sides)
    seconds["BM25"] = time.perf_counter() - start
    start = time.perf_counter()
    encode_all(embedder, [*map(words_of, entries), *map(heading_of, entries)], store)
    ready = prepare(sides.queries, sides.targets, embedder, store)
    ready.query.vectors @ ready.target.vectors.T
    seconds["embeddings"] = time.perf_counter() - start
    encoding = seconds["embeddings"]
    seconds["fused"] = seconds["BM25"] + encoding
    store.clear()
    start = time.perf_counter()
    pairs = measure_pairs(sides, embedder, store)
    load_model(sides.task).probability("strong", pairs)
    seconds["model"] = time.perf_counter() - start
    return Compared(sides, pairs, seconds)


def _words_alone(sides: Comparison) -> None:
    from deedline.knowledge.fold import passage_of

    counted = [[grams(passage_of(words_of(entry)).matching.text) for entry in side] for side in _both(sides)]
    numbers: dict[str, int] = {}
    asked, held = (bags_of(numbered(text, numbers) for text in side) for side in counted)
    index = Index(Shelf(held, vocabulary(numbers, asked, held)))
    for text in range(len(counted[0])):
        index.best(asked[text], FIRST)


def _both(sides: Comparison) -> tuple[Sequence[Entry], Sequence[Entry]]:
    return sides.queries, sides.targets


def held_out(labelled: Labelled, model: Model) -> Floats:
    """The model's probability of a strong link for every pair, by weights that saw no label of the pair's query."""
    raw = labelled.pairs.table[:, [labelled.pairs.names.index(name) for name in model.features]]
    table = (raw - raw.mean(axis=0)) / raw.std(axis=0).clip(1e-3)
    chance, truth = np.zeros(len(table)), labelled.grade >= 2
    for cut in range(CUTS):
        fold = np.array([fold_of(group, FOLDS, cut) for group in labelled.group])
        for number in range(FOLDS):
            seen, out = ~labelled.open & (fold != number), fold == number
            head = fit(table[seen], truth[seen], RIDGE[model.task])
            chance[out] += 1 / (1 + np.exp(-(table[out] @ head.weights + head.intercept))) / CUTS
    return chance


def scores_of(labelled: Labelled, model: Model) -> dict[str, Floats]:
    """Each way's score of every pair."""
    words, meaning = labelled.pairs.column("bm25"), labelled.pairs.column("vector")
    fused = sum(((one - one.mean()) / one.std() for one in (words, meaning)), np.zeros(len(words)))
    return {"BM25": words, "embeddings": meaning, "fused": fused, "model": held_out(labelled, model)}


def measured_on(labelled: Labelled) -> Bools:
    """The pairs of which the readers of GOLD spoke."""
    return np.array([source != OWN for source in labelled.source], bool)


def lost(labelled: Labelled) -> int:
    """Strong labels of the readers of GOLD that suggestion did not bring."""
    return sum(count for source, count in labelled.missed.items() if source != OWN)


def best_figures(score: Floats, labelled: Labelled) -> dict[str, Any]:
    """Precision, recall and F1 at the best threshold, for all pairs above it or for each query's best alone.

    A baseline is so given the better of two rules and the threshold that suits these very labels.
    """
    rows, top = measured_on(labelled), best_of(score, labelled.rivals)
    true = labelled.grade >= 2
    right, wrong = true & rows, ~true & ~labelled.open & rows
    total = int(right.sum()) + lost(labelled)
    found = []
    for rule in (rows, top & rows):
        for step in np.unique(np.quantile(score, 1 - np.geomspace(1e-4, 0.5, STEPS))):
            picked = rule & (score >= step)
            hit = int((picked & right).sum())
            found.append(figures(hit, int((picked & wrong).sum()), total - hit))
    return max(found, key=lambda row: float(row["f1"]))


def first_shown(score: Floats, labelled: Labelled) -> dict[str, int]:
    """How many of the true pairs are among the first ten of their query, and for how many queries one of them is.

    Strong labels that suggestion did not bring count as not shown; queries whose labels it all missed are not counted.
    """
    order = np.lexsort((labelled.pairs.target, -score, labelled.pairs.query))
    query = labelled.pairs.query[order]
    starts = np.flatnonzero(np.r_[True, np.diff(query) != 0])
    place = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    shown: Bools = np.zeros(len(order), bool)
    shown[order] = place < FIRST
    true = (labelled.grade >= 2) & measured_on(labelled)
    asked = set(labelled.pairs.query[true].tolist())
    return {
        "true": int(true.sum()) + lost(labelled),
        "true_shown": int((true & shown).sum()),
        "queries": len(asked),
        "queries_shown": len(set(labelled.pairs.query[true & shown].tolist())),
    }


def task_figures(task: Task, compared: Sequence[Compared], cases: Sequence[Case]) -> dict[str, Any]:
    """One task's table: every way of scoring on the same pairs and labels."""
    mine = [case for case in cases if case.task is task]
    chosen = [each for each in compared if each.sides.task is task]
    labelled = join([label_pairs(task, each.pairs, each.sides.queries, each.sides.targets, mine) for each in chosen])
    model = load_model(task)
    ways = {}
    for name, score in scores_of(labelled, model).items():
        seconds = sum(each.seconds[name] for each in chosen)
        ways[name] = {**best_figures(score, labelled), **first_shown(score, labelled), "seconds": round(seconds, 2)}
    asked = len({case.query for case in mine if case.source != OWN})
    return {"labelled": asked, "pairs": int(measured_on(labelled).sum()), "ways": ways, "report": model.report}
