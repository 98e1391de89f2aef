"""The main path: two documents' entries → the links between them. Suggest, measure, score, explain.

Refuses to accept anything: every link is a suggestion, `sure` where labels that were held out say that such links
are seldom wrong. The same entries give the same links, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date

from threadpoolctl import threadpool_limits

from deedline.link.embed import Embedder, default_embedder
from deedline.link.explain import explain
from deedline.link.features import Pairs, measure
from deedline.link.prepare import prepare
from deedline.link.reasons import as_evidence, in_words
from deedline.link.score import HEADS, SHOWN, STRONG_OF, Model, chosen, load_model, rivals_of, shown
from deedline.link.suggest import suggest
from deedline.link.verdicts import Chances
from deedline.model.entry import Entry
from deedline.model.item import CARRIED, COMMITMENTS, ItemKind
from deedline.model.link import Link, LinkState, Origin, Relation, Task


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides in the order in which they are compared: who asks, who is asked."""

    task: Task
    queries: Sequence[Entry]
    targets: Sequence[Entry]

    @property
    def within(self) -> bool:
        """Whether a document is compared with itself."""
        return self.queries[0].document_id == self.targets[0].document_id


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A pair of a comparison by its places in the two sides, with its chances, and whether it was chosen."""

    query: int
    target: int
    picked: bool
    chances: Chances


def comparison(one: Sequence[Entry], other: Sequence[Entry]) -> Comparison | None:
    """How two documents compare, or None where they do not.

    Proposals are compared with the measures of a document of commitments, commitments with commitments; there the
    side with fewer entries asks, so that its choices among the other's compete. Which of two came first is not asked.
    """
    asked = [[entry for entry in side if entry.item.kind is ItemKind.PROPOSAL] for side in (one, other)]
    promised = [[entry for entry in side if entry.item.kind in COMMITMENTS] for side in (one, other)]
    for proposals, against in ((asked[0], promised[1]), (asked[1], promised[0])):
        measures = [entry for entry in against if entry.item.kind is ItemKind.MEASURE]
        if proposals and measures:
            return Comparison(Task.ADOPTION, proposals, measures)
    if not promised[0] or not promised[1]:
        return None
    queries, targets = sorted(promised, key=lambda side: (len(side), side[0].id))
    return Comparison(Task.CONTINUITY, queries, targets)


def comparison_within(entries: Sequence[Entry]) -> Comparison | None:
    """How one document compares with itself: the indicators that it carries over ask its measures, for an edition may
    restate as a measure what an earlier one set as a target. None where it carries nothing over."""
    carried = [entry for entry in entries if entry.item.kind is ItemKind.INDICATOR and entry.item.batch == CARRIED]
    measures = [entry for entry in entries if entry.item.kind is ItemKind.MEASURE]
    return Comparison(Task.CONTINUITY, carried, measures) if carried and measures else None


def link_items(
    one: Sequence[Entry],
    other: Sequence[Entry],
    *,
    embedder: Embedder | None = None,
    store: MutableMapping[str, bytes] | None = None,
) -> tuple[Link, ...]:
    """Links between two documents' entries, sorted by their ids; none where the two do not compare.

    `store` keeps encodings by content, so that a text is encoded once ever.
    """
    compared = comparison(one, other)
    if compared is None:
        return ()
    model = load_model(compared.task)
    weighed = _weighed(model, measure_pairs(compared, embedder or default_embedder(), store))
    return tuple(sorted(_links(compared, model, weighed), key=lambda link: (link.from_id, link.to_id)))


def measure_pairs(compared: Comparison, embedder: Embedder, store: MutableMapping[str, bytes] | None = None) -> Pairs:
    """The candidate pairs of a comparison with their features."""
    with threadpool_limits(1, user_api="blas"):  # products are small: more threads would only wait for each other
        sides = prepare(compared.queries, compared.targets, embedder, store)
        return measure(sides, suggest(sides))


def _weighed(model: Model, pairs: Pairs) -> list[_Weighed]:
    """The pairs worth showing. The table of all pairs is not needed after that, and takes more room than the links."""
    linked, strong, first = (model.probability(head, pairs) for head in HEADS)
    picked = chosen(strong, rivals_of(pairs), model.thresholds)
    return [
        _Weighed(
            int(pairs.query[row]),
            int(pairs.target[row]),
            bool(picked[row]),
            Chances(float(linked[row]), float(strong[row]), float(first[row])),
        )
        for row in shown(pairs, linked, picked, SHOWN[model.task])
    ]


def _links(compared: Comparison, model: Model, weighed: Sequence[_Weighed]) -> Iterable[Link]:
    for each in weighed:
        picked, chances = each.picked, each.chances
        source, target = compared.queries[each.query], compared.targets[each.target]
        if compared.task is Task.CONTINUITY and _earlier(source, target):
            source, target = target, source
        names = STRONG_OF[compared.task]
        relation = names[0 if chances.first >= 0.5 else 1] if picked else Relation.RELATED
        score = chances.strong if picked else chances.linked
        sure = score >= (model.thresholds.sure if picked else model.thresholds.linked)
        reasons = explain(source, target, asked=compared.task is Task.ADOPTION, whole=picked)
        yield Link(
            from_id=source.id,
            to_id=target.id,
            relation=relation,
            score=score,
            origin=Origin.MACHINE,
            state=LinkState.SUGGESTED,
            why=in_words(reasons),
            evidence=(*as_evidence(reasons), *([chances.plain()] if compared.task is Task.ADOPTION else [])),
            sure=sure,
        )


def _earlier(one: Entry, other: Entry) -> bool:
    """Whether `one` dates from before `other`; the ids decide where dates do not, and within a document what it carries
    over is the earlier."""
    if one.document_id == other.document_id:
        return one.item.batch == CARRIED
    return (one.dated or date.max, one.document_id) < (other.dated or date.max, other.document_id)
