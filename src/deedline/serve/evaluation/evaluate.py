"""The main path of evaluation: a register and a folder of labels → figures, confusions, misses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from deedline import operations
from deedline.register import Register
from deedline.serve.evaluation.figures import Figure, read_figures
from deedline.serve.evaluation.labels import Gold, Matcher
from deedline.serve.evaluation.links import (
    Exported,
    answers,
    link_figures,
    relation_confusion,
    stated_figures,
    verdict_confusion,
)
from deedline.serve.evaluation.misses import Miss, worst
from deedline.serve.export.tables import TABLES


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`figures` are those of the labels' own scorer, `further` more; confusions count (readers', register's)."""

    figures: tuple[Figure, ...]
    further: tuple[Figure, ...]
    verdicts: Counter[tuple[str, str]]
    relations: Counter[tuple[str, str]]
    misses: tuple[Miss, ...]


def evaluate(register: Register, gold: Gold, *, as_of: date | None = None, most: int = 5) -> Evaluation:
    """What an export of the register would score against labels; at most `most` misses of a kind are shown."""
    with register.snapshot():
        known = operations.scene(register, as_of)
        rows = {table: list(TABLES[table](register, known)) for table in ("items", "links", "verdicts")}
    exported = Exported({row["id"]: row for row in rows["items"]}, rows["links"], rows["verdicts"])
    matcher = Matcher(rows["items"])
    found = answers(gold, matcher, exported)
    return Evaluation(
        figures=(*read_figures(gold, matcher), *link_figures(found)),
        further=tuple(stated_figures(found)),
        verdicts=verdict_confusion(found),
        relations=relation_confusion(found),
        misses=worst(found, exported.items, most),
    )
