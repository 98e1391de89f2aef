"""Proposals against an edition: adopted, partly, in hand, nothing found; and what was there before.

In: proposals, their links to measures, the threads of those. Out: verdicts and counts with their denominators.
Refuses to credit a proposal with what an earlier edition had promised already: it shows that beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.model.entry import Entry
from deedline.model.link import ADOPTING, Link, LinkState, Relation, Verdict, VerdictCode
from deedline.model.values import Role
from deedline.track.threads import Thread

_ORDER = (Relation.ANSWERS, Relation.PARTLY, Relation.RELATED)
_LIKELY = 0.5
_VERDICTS = (VerdictCode.ADOPTED, VerdictCode.PARTLY, VerdictCode.IN_HAND)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many proposals of a scope met which verdict, of how many in all; `already_there` counts those of them
    whose measures had been promised before the proposal was made."""

    scope: str
    counts: Mapping[VerdictCode, int]
    total: int
    already_there: int


def adoption_verdict(proposal: Entry, against: str, links: Iterable[Link], promised_before: frozenset[str]) -> Verdict:
    """The verdict on one proposal from its links to the measures of the document `against`.

    The strongest relation that holds decides. A link of which the machine is not sure adopts nothing: it says that a
    measure is in hand that may answer, and the verdict is not sure. `promised_before` are ids of measures whose thread
    is older than the proposal (see `older_than`).
    """
    mine = [link for link in links if link.from_id == proposal.id and link.state is not LinkState.REJECTED]
    shown = sorted(filter(_speaks, mine), key=lambda link: (_rank(link), -link.score, link.to_id))
    verdict = _VERDICTS[_rank(shown[0])] if shown else VerdictCode.NONE
    ids = tuple(link.to_id for link in shown)
    sure = verdict in (VerdictCode.ADOPTED, VerdictCode.PARTLY) or all(link.holds for link in shown)
    return Verdict(proposal.id, against, verdict, ids, tuple(key for key in ids if key in promised_before), sure)


def _speaks(link: Link) -> bool:
    """Whether a link counts: those that hold, those that may adopt but wait for review, and the likelier than not."""
    return link.relation in _ORDER and (link.holds or link.relation in ADOPTING or link.score >= _LIKELY)


def _rank(link: Link) -> int:
    """How much a link says: answers, partly, no more than related."""
    return _ORDER.index(Relation(link.relation)) if link.holds else len(_ORDER) - 1


def older_than(day: date | None, threads: Iterable[Thread]) -> frozenset[str]:
    """Ids of the entries whose thread begins in a document that dates from before `day`; none where it is unknown."""
    if day is None:
        return frozenset()
    return frozenset(
        step.entry.id
        for thread in threads
        for step in thread.steps
        if thread.steps[0].entry.dated is not None and thread.steps[0].entry.dated < day <= (step.entry.dated or day)
    )


def tally(proposals: Sequence[Entry], verdicts: Iterable[Verdict], *, level: int = 0) -> tuple[Tally, ...]:
    """Counts for each heading at `level` of the proposals' paths, in reading order, and for all of them first."""
    verdict_of = {verdict.item_id: verdict for verdict in verdicts}
    scopes: dict[str, list[Verdict]] = defaultdict(list)
    for proposal in proposals:
        verdict = verdict_of.get(proposal.id)
        if verdict is not None:
            scopes[""].append(verdict)
            scopes[proposal.item.path[level] if len(proposal.item.path) > level else "—"].append(verdict)
    return tuple(_tally(scope, listed) for scope, listed in scopes.items())


def tally_by_body(verdicts: Iterable[Verdict], measures: Mapping[str, Entry]) -> tuple[Tally, ...]:
    """Counts for each body that undertakes a measure which shows a verdict; `total` is of the proposals it met.

    A proposal counts once for each body of the measures that it met, so these totals do not add up to all.
    """
    met: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        names = {
            mention.name
            for key in verdict.links
            if key in measures
            for mention in measures[key].item.bodies
            if mention.body_id and mention.role is not Role.MENTIONED
        }
        for name in sorted(names):
            met[name].append(verdict)
    return tuple(_tally(name, met[name]) for name in sorted(met, key=lambda name: (-len(met[name]), name)))


def _tally(scope: str, verdicts: Sequence[Verdict]) -> Tally:
    counts = Counter(verdict.verdict for verdict in verdicts)
    there = sum(bool(verdict.already_there) for verdict in verdicts)
    return Tally(scope, {code: counts[code] for code in VerdictCode}, len(verdicts), there)
