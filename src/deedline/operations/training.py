"""Labels and judgements → the weights of linking, with what they measured on labels held out."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import combinations
from pathlib import Path
from typing import Any

from deedline.errors import InputError
from deedline.link.embed import Embedder, default_embedder
from deedline.link.features import Pairs
from deedline.link.labels import Case, Library, join, label_pairs, resolve
from deedline.link.link import Comparison, comparison, comparison_within, measure_pairs
from deedline.link.score import STRONG_OF, plain_model
from deedline.link.train import train
from deedline.model.entry import Entry
from deedline.model.link import LinkState, Task
from deedline.operations.comparing import entries
from deedline.operations.labelled import demand_link
from deedline.register import Register
from deedline.run.kept import kept


@dataclass(frozen=True, slots=True)
class Trained:
    """New weights: where they were written, the report that is kept with them, and how many labels of whom were learned
    from (see `train_links`)."""

    task: Task
    file: Path
    report: Mapping[str, Any]
    sources: Mapping[str, int]


def train_links(
    register: Register, labels: Path | None, folder: Path, tell: Callable[[str], None] = lambda _: None
) -> tuple[Trained, ...]:
    """Train on readers' labels in `labels` (links.jsonl, there or in its folders), on those that come with Deedline and
    on what people judged in the register; write the weights to `folder`.

    Labels speak of documents in the register; others are passed over. InputError where none is left for a task.
    `tell` hears in words of each step: it takes minutes. A source of labels is the name of their folder, `deedline` for
    those that come along, or `judged`.
    """
    library, sides = _library(register)
    cases = [*_cases(labels, library), *_judged(register)]
    tell(f"Learning from {told_sources(Counter(case.source for case in cases))}. This takes minutes.")
    embedder = default_embedder()
    folder.mkdir(parents=True, exist_ok=True)
    compared = []
    with kept("encodings") as store:
        for each in _comparisons(sides, cases):
            compared.append((each, measure_pairs(each, embedder, store)))
            tell(f"{len(compared)} pairs of documents compared …")
    return tuple(_train(task, compared, cases, embedder, folder) for task in Task)


def told_sources(sources: Mapping[str, int]) -> str:
    """Whose labels, and how many, in words."""
    own = {"deedline": "that come with Deedline", "judged": "judged in this register"}
    told = [f"{count:,} {own.get(source, f'of {source}')}" for source, count in sorted(sources.items())]
    return f"labels: {', '.join(told) or 'none'}"


def _library(register: Register) -> tuple[Library, dict[str, Sequence[Entry]]]:
    library = Library()
    sides: dict[str, Sequence[Entry]] = {}
    for document in register.documents():
        sides[document.id] = entries(register, document)
        library.add((document.name, document.sha256[:12]), sides[document.id])
    return library, sides


def _cases(labels: Path | None, library: Library) -> Iterator[Case]:
    """Cases of the given labels, named after their folder, and of those that come along."""
    for source, records in read_labels(labels) if labels is not None else ():
        yield from resolve(records, library, source)
    for records in labels_that_come_along():
        yield from resolve(records, library, "deedline")


def read_labels(folder: Path) -> Iterator[tuple[str, Iterator[Mapping[str, Any]]]]:
    """The records of links.jsonl in a folder and its folders, each with the name of the folder it stands in."""
    files = sorted({*folder.glob("links.jsonl"), *folder.glob("*/links.jsonl")})
    if not files:
        raise InputError(f"{folder}: neither it nor its folders hold links.jsonl; name a folder of labels")
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: cannot be read ({error}); check the path") from error
        yield file.parent.name, _records(text, str(file))


def labels_that_come_along() -> Iterator[Iterator[Mapping[str, Any]]]:
    """The records of the project's own reader."""
    for own in sorted(resources.files("deedline.knowledge.link.labels").iterdir(), key=lambda file: file.name):
        if own.name.endswith(".jsonl"):
            yield _records(own.read_text(encoding="utf-8"), own.name)


def _records(text: str, where: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except ValueError as error:
                raise InputError(f"{where}, line {number}: not a JSON object ({error}); correct the line") from error
            demand_link(record, f"{where}, line {number}")
            yield record


def _judged(register: Register) -> Iterator[Case]:
    """What people accepted and rejected: each speaks of its own pair alone."""
    by_query: dict[tuple[Task, str], dict[str, str]] = defaultdict(dict)
    for link in register.links():
        task = next((task for task, strong in STRONG_OF.items() if link.relation in strong), None)
        if task is None or link.state is LinkState.SUGGESTED:
            continue
        relation = str(link.relation) if link.state is LinkState.ACCEPTED else ""
        by_query[task, link.from_id][link.to_id] = relation
        if task is Task.CONTINUITY:
            by_query[task, link.to_id][link.from_id] = relation
    for (task, query), said in by_query.items():
        held = {target: relation for target, relation in said.items() if relation}
        yield Case(task, query, "", held, source="judged", only=frozenset(said))


def _comparisons(sides: Mapping[str, Sequence[Entry]], cases: Sequence[Case]) -> Iterator[Comparison]:
    """Comparisons of documents of which a label speaks, those of a document with itself last."""
    home = {entry.id: document for document, listed in sides.items() for entry in listed}
    wanted = {
        frozenset((home.get(case.query, ""), document))
        for case in cases
        for document in {home.get(target, "") for target in case.only or ()} | {case.targets}
    }
    for one, other in combinations(sorted(sides), 2):
        compared = comparison(sides[one], sides[other]) if frozenset((one, other)) in wanted else None
        if compared is not None:
            yield compared
    for one in sorted(sides):
        compared = comparison_within(sides[one]) if frozenset((one,)) in wanted else None
        if compared is not None:
            yield compared


def _train(
    task: Task,
    compared: Sequence[tuple[Comparison, Pairs]],
    cases: Sequence[Case],
    embedder: Embedder,
    folder: Path,
) -> Trained:
    mine = [case for case in cases if case.task is task]
    labelled = [
        (each.within, label_pairs(task, pairs, each.queries, each.targets, mine))
        for each, pairs in compared
        if each.task is task
    ]
    # What an edition restates of its own is worded otherwise than what the next one does: learned from together, either
    # lost. So it is linked by what was learned across editions, and measured with it.
    parts = [part for within, part in labelled if len(part.grade) and not within]
    apart = [part for within, part in labelled if len(part.grade) and within]
    if not parts or not any((part.grade >= 2).any() for part in parts):
        raise InputError(f"no label of {task} speaks of documents in the register; add the labelled documents first")
    model = train(task, join(parts), embedder.name, unseen=join(apart) if apart else None)
    file = folder / f"{task}.json"
    file.write_text(json.dumps(plain_model(model), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Trained(task, file, model.report, Counter(case.source for case in mine))
