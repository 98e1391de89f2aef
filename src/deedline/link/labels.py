"""Labels that readers gave, resolved to the entries of today's register.

A label names items by document, line and words (the shape of the gold folders), or by document hash, line and place
among the items of that line: no text of a document needs to be kept with the project.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from deedline.link.features import Pairs
from deedline.link.score import STRONG_OF, rivals_of
from deedline.link.train import Labelled
from deedline.link.verdicts import LADDER
from deedline.model.entry import Entry
from deedline.model.link import Relation, Task

_NEAR = 3  # lines by which a label and an item may differ
_ALIKE = 0.85
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Case:
    """What readers said of one query against one document: relation by target id, pairs left open, whose label.

    `targets` is the id of that document, empty where single pairs were judged. `only` names the targets of which
    anything was said, where a person judged single pairs; None where a reader looked at the whole document.
    """

    task: Task
    query: str
    targets: str
    relations: Mapping[str, str]
    open: frozenset[str] = frozenset()
    source: str = ""
    verdict: str | None = None
    unresolved: int = 0
    only: frozenset[str] | None = None

    def speaks_of(self, target: Entry) -> bool:
        """Whether anything was said of a target, if only that it is unrelated."""
        return target.document_id == self.targets if self.only is None else target.id in self.only


@dataclass(slots=True)
class Library:
    """Entries by document name and by document hash."""

    documents: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, names: Iterable[str], entries: Sequence[Entry]) -> None:
        """Let a document be found under each of its names."""
        for name in names:
            self.documents[name] = list(entries)

    def find(self, label: Mapping[str, Any]) -> Entry | None:
        """The entry that a label names; None where there is none like it."""
        pool = self.documents.get(label["document"], ())
        if "text" in label:
            return self._like(label, pool)
        same = [e for e in pool if e.item.lines[0] == label["line"] and e.item.kind == label["kind"]]
        place = int(label.get("nth", 0))
        return same[place] if place < len(same) else None

    @staticmethod
    def _like(label: Mapping[str, Any], pool: Iterable[Entry]) -> Entry | None:
        wanted, best, score = _bare(label["text"]), None, _ALIKE
        for entry in pool:
            start, end = entry.item.lines
            if not start - _NEAR <= label["line"] <= end + _NEAR:
                continue
            likeness = SequenceMatcher(None, wanted, _bare(entry.item.text), autojunk=False).ratio()
            if likeness > score:
                best, score = entry, likeness
        return best


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).lower()


def resolve(records: Iterable[Mapping[str, Any]], library: Library, source: str) -> list[Case]:
    """Cases of the records whose query is found; targets that are not found are counted."""
    cases = []
    for record in records:
        query, against = library.find(record["query"]), library.documents.get(record["targets"])
        if query is None or not against:
            continue
        relations, lost = {}, 0
        for link in record["links"]:
            target = library.find(link.get("item", link))
            strong = Relation(link["relation"]) in STRONG_OF[Task(record["task"])]
            if target is None:
                lost += strong
            else:
                relations[target.id] = link["relation"]
        doubted = (library.find(pair.get("item", pair)) for pair in record.get("disputed", ()))
        cases.append(
            Case(
                task=Task(record["task"]),
                query=query.id,
                targets=against[0].document_id,
                relations=relations,
                open=frozenset(entry.id for entry in doubted if entry is not None),
                source=record.get("by", source),
                verdict=record.get("verdict"),
                unresolved=lost,
            )
        )
    return cases


def grade_of(task: Task, relation: str | None) -> int:
    """3 and 2 for the strong relations, 1 for related, 0 for none."""
    if relation is None:
        return 0
    stronger, weaker = STRONG_OF[task]
    return {str(stronger): 3, str(weaker): 2}.get(relation, 1)


def label_pairs(
    task: Task, pairs: Pairs, queries: Sequence[Entry], targets: Sequence[Entry], cases: Iterable[Case]
) -> Labelled:
    """The pairs of labelled queries with what was said of them."""
    said = _said(pairs, queries, targets, cases)
    rows = np.array([case is not None for case in said], bool)
    kept = Pairs(pairs.query[rows], pairs.target[rows], pairs.names, pairs.table[rows])
    grade, doubted, group, source, told = [], [], [], [], []
    for case, q, t in zip(filter(None, said), kept.query.tolist(), kept.target.tolist(), strict=True):
        target = targets[t].id
        grade.append(grade_of(task, case.relations.get(target)))
        doubted.append(target in case.open and target not in case.relations)
        group.append(_group(task, queries[q]))
        source.append(case.source)
        told.append(next((place for place, code in enumerate(LADDER) if code == case.verdict), -1))
    return Labelled(
        pairs=kept,
        rivals=rivals_of(kept),
        grade=np.array(grade, np.int64),
        open=np.array(doubted, bool),
        group=group,
        source=source,
        missed=_missed(task, kept, queries, targets, [case for case in said if case is not None]),
        told=np.array(told, np.int64) if task is Task.ADOPTION else None,
    )


def _said(pairs: Pairs, queries: Sequence[Entry], targets: Sequence[Entry], cases: Iterable[Case]) -> list[Case | None]:
    """For each pair the case that speaks of it: where a person judged it by itself that, else the last reading."""
    cases_of: dict[str, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: case.only is not None):
        cases_of[case.query].insert(0, case)
    return [
        next((case for case in cases_of[queries[q].id] if case.speaks_of(targets[t])), None)
        for q, t in zip(pairs.query.tolist(), pairs.target.tolist(), strict=True)
    ]


def _group(task: Task, query: Entry) -> str:
    """Parts of one recommendation stay in one fold: what was learnt of one would leak to the next."""
    number = query.item.number if task is Task.ADOPTION else None
    return f"{query.document_id}/{number or query.id}"


def _missed(
    task: Task, pairs: Pairs, queries: Sequence[Entry], targets: Sequence[Entry], said: Sequence[Case]
) -> dict[str, int]:
    """Strong labels that no candidate pair stands for, by source; `said` is the case of each pair."""
    present = {(queries[q].id, targets[t].id) for q, t in zip(pairs.query.tolist(), pairs.target.tolist(), strict=True)}
    lost: dict[str, int] = defaultdict(int)
    for case in {id(case): case for case in said}.values():
        lost[case.source] += case.unresolved
        lost[case.source] += sum(
            grade_of(task, relation) >= 2 and (case.query, target) not in present
            for target, relation in case.relations.items()
        )
    return dict(lost)


def join(parts: Sequence[Labelled]) -> Labelled:
    """Labels of several comparisons as one, queries numbered on."""
    query, rivals, start = [], [], 0
    for part in parts:
        query.append(part.pairs.query + start)
        rivals.append(part.rivals + 2 * start)
        start += int(part.pairs.query.max(initial=-1)) + 1
    lost: dict[str, int] = defaultdict(int)
    for part in parts:
        for source, count in part.missed.items():
            lost[source] += count
    return Labelled(
        pairs=Pairs(
            np.concatenate(query),
            np.concatenate([part.pairs.target for part in parts]),
            parts[0].pairs.names,
            np.concatenate([part.pairs.table for part in parts]),
        ),
        rivals=np.concatenate(rivals),
        grade=np.concatenate([part.grade for part in parts]),
        open=np.concatenate([part.open for part in parts]),
        group=[group for part in parts for group in part.group],
        source=[source for part in parts for source in part.source],
        missed=dict(lost),
        told=None if parts[0].told is None else np.concatenate([part.told for part in parts if part.told is not None]),
    )
