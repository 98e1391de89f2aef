"""The links that readers and the register see most differently, with their texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deedline.serve.evaluation.links import Answer
from deedline.serve.export.shape import Row


@dataclass(frozen=True, slots=True)
class Miss:
    """A pair that was linked strongly on one side only: `wanted` by readers, `given` by the register (None: no link
    at all), with the register's score of it."""

    task: str
    wanted: str | None
    given: str | None
    score: float
    sure: bool
    query: str
    target: str
    texts: tuple[str, str]


def worst(found: Sequence[Answer], items: Mapping[str, Row], most: int) -> tuple[Miss, ...]:
    """For each task the surest false links, then the true ones that were missed by most; at most so many of each."""
    chosen: list[Miss] = []
    for task in sorted({answer.task for answer in found}):
        mine = [answer for answer in found if answer.task == task]
        false = [_miss(a, target, items) for a in mine for target in a.claimed - a.strong]
        missed = [_miss(a, target, items) for a in mine for target in a.strong - a.claimed]
        chosen += sorted(false, key=lambda miss: (-miss.score, miss.query, miss.target))[:most]
        chosen += sorted(missed, key=lambda miss: (miss.score, miss.query, miss.target))[:most]
    return tuple(chosen)


def _miss(answer: Answer, target: str, items: Mapping[str, Row]) -> Miss:
    link = answer.got.get(target)
    labelled = {entry["item"]["id"]: entry["item"]["text"] for entry in answer.label["links"]}
    text = items[target]["text"] if target in items else labelled.get(target, "")
    return Miss(
        task=answer.task,
        wanted=answer.want.get(target),
        given=link["relation"] if link else None,
        score=link["score"] if link else 0.0,
        sure=bool(link and link["sure"]),
        query=answer.query or answer.label["query"]["id"],
        target=target,
        texts=(answer.label["query"]["text"], text),
    )
