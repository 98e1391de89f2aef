"""Links and verdicts beside readers' labels, query by query."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deedline.model.link import ADOPTING, CONTINUING, VerdictCode
from deedline.serve.evaluation.figures import Figure, overlap, share
from deedline.serve.evaluation.labels import Gold, Label, Matcher
from deedline.serve.export.shape import Row

STRONG = {
    "continuity": frozenset(relation.value for relation in CONTINUING),
    "adoption": frozenset(relation.value for relation in ADOPTING),
}
_KINDS = {"continuity": ("measure", "indicator"), "adoption": ("measure",)}
_SAME_ITEM = 0.85


@dataclass(frozen=True, slots=True)
class Answer:
    """What readers and the register say of one query. `want` are the relations by target that readers gave (a target
    that no item stands for keeps the label's own id), `got` the exported links by target; `open` are pairs on which
    readers differ; `verdict` the readers' and `given` the register's, None where there is none."""

    task: str
    query: str | None
    label: Label
    want: Mapping[str, str]
    got: Mapping[str, Row]
    open: frozenset[str]
    verdict: str | None
    given: str | None

    @property
    def strong(self) -> set[str]:
        """Targets that readers link strongly."""
        return {target for target, relation in self.want.items() if relation in STRONG[self.task]}

    @property
    def claimed(self) -> set[str]:
        """Targets that the register links strongly; pairs that readers left open count neither way."""
        named = {target for target, link in self.got.items() if link["relation"] in STRONG[self.task]}
        return named - (self.open - self.strong)

    @property
    def stated(self) -> set[str]:
        """Those of the claimed that are stated without review."""
        return {t for t in self.claimed if self.got[t]["sure"] or self.got[t]["state"] == "accepted"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What the register says, by id."""

    items: Mapping[str, Row]
    links: Sequence[Row]
    verdicts: Sequence[Row]


def answers(gold: Gold, matcher: Matcher, exported: Exported) -> tuple[Answer, ...]:
    """Every labelled query with what the register says of it."""
    linked: dict[str, dict[str, Row]] = defaultdict(dict)
    for link in exported.links:
        linked[link["from"]][link["to"]] = link
        linked[link["to"]].setdefault(link["from"], link)
    verdict_of = {row["item"]: row["verdict"] for row in exported.verdicts}
    ids = _ids(gold.links, matcher)
    found = []
    for label in gold.links:
        query = ids.get(label["query"]["id"])
        near = linked.get(query, {}) if query else {}
        found.append(
            Answer(
                task=label["task"],
                query=query,
                label=label,
                want={_id(entry, ids): entry["relation"] for entry in label["links"]},
                got={t: link for t, link in near.items() if _in_scope(label, exported.items.get(t))},
                open=frozenset(_id(entry, ids) for entry in label.get("disputed", ())),
                verdict=label.get("verdict"),
                given=verdict_of.get(query) if query else None,
            )
        )
    return tuple(found)


def _ids(labels: Iterable[Label], matcher: Matcher) -> dict[str, str]:
    """Item ids by label ids, of all ends that an item stands for."""
    ends = [end for label in labels for end in (label["query"], *(entry["item"] for entry in label["links"]))]
    matched = {end["id"]: matcher.at_least(end, _SAME_ITEM) for end in ends}
    return {label_id: item["id"] for label_id, item in matched.items() if item is not None}


def _id(entry: Label, ids: Mapping[str, str]) -> str:
    label_id: str = entry["item"]["id"]
    return ids.get(label_id, label_id)


def _in_scope(label: Label, item: Row | None) -> bool:
    """Whether an item stands in the document that readers were asked about, and is of a kind that they looked at."""
    if item is None:
        return False
    return Path(item["document"]).name == label["targets"] and item["kind"] in _KINDS[label["task"]]


def link_figures(found: Sequence[Answer]) -> Iterator[Figure]:
    """F1 of strong links by task, how many queries reach a true one, and the verdicts on proposals."""
    for task in sorted({answer.task for answer in found}):
        yield overlap(f"links.f1.{task}", *_counts([answer for answer in found if answer.task == task]))
    reached = [bool(answer.strong & answer.got.keys()) for answer in found if answer.strong]
    if reached:
        of = " queries with a true link show it at any strength"
        yield share("links.reached", sum(reached), len(reached), of)
    yield from _verdicts(verdict_confusion(found))


def stated_figures(found: Sequence[Answer]) -> Iterator[Figure]:
    """Precision of what is stated without review, by task."""
    for task in sorted({answer.task for answer in found}):
        mine = [answer for answer in found if answer.task == task]
        right = sum(len(answer.stated & answer.strong) for answer in mine)
        total = sum(len(answer.stated) for answer in mine)
        yield share(f"links.stated.{task}", right, total, " stated without review are true")


def _counts(found: Sequence[Answer]) -> tuple[int, int, int]:
    return (
        sum(len(answer.strong & answer.claimed) for answer in found),
        sum(len(answer.claimed - answer.strong) for answer in found),
        sum(len(answer.strong - answer.claimed) for answer in found),
    )


def verdict_confusion(found: Sequence[Answer]) -> Counter[tuple[str, str]]:
    """How often readers' verdict met the register's; "missing" where it has none."""
    asked = (answer for answer in found if answer.task == "adoption" and answer.verdict)
    return Counter((str(answer.verdict), answer.given or "missing") for answer in asked)


def relation_confusion(found: Sequence[Answer]) -> Counter[tuple[str, str]]:
    """How often readers' relation met the register's, over pairs that either names; "–" for no link."""
    counts: Counter[tuple[str, str]] = Counter()
    for answer in found:
        for target in sorted((answer.want.keys() | answer.got.keys()) - (answer.open - answer.want.keys())):
            given = answer.got[target]["relation"] if target in answer.got else "–"
            counts[answer.want.get(target, "–"), given] += 1
    return counts


def _verdicts(confusion: Counter[tuple[str, str]]) -> Iterator[Figure]:
    total = confusion.total()
    if not total:
        return
    f1s = {code.value: _f1(confusion, code.value) for code in VerdictCode}
    yield share("verdict.accuracy", sum(count for (want, got), count in confusion.items() if want == got), total)
    each = ", ".join(f"{code} {f1:.2f}" for code, f1 in f1s.items())
    yield Figure("verdict.macro_f1", sum(f1s.values()) / len(f1s), f"({each})")


def _f1(confusion: Counter[tuple[str, str]], code: str) -> float:
    right = confusion[code, code]
    wrong = sum(count for (want, got), count in confusion.items() if (want == code) != (got == code))
    return 2 * right / (2 * right + wrong) if 2 * right + wrong else 0.0
