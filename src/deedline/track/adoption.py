"""Proposals against an edition: adopted, partly, in hand, nothing found; and what was there before.

In: proposals, their links to measures, the threads of those. Out: verdicts and counts with their denominators.
Refuses to credit a proposal with what an earlier edition had promised already: it shows that beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.model.entry import Entry
from deedline.model.item import CARRIED
from deedline.model.link import ADOPTING, CONTINUING, Link, LinkState, Relation, Verdict, VerdictCode
from deedline.model.values import Role
from deedline.track.threads import Thread

_ORDER = (Relation.ANSWERS, Relation.PARTLY, Relation.RELATED)
_LIKELY = 0.5
_VERDICTS = (VerdictCode.ADOPTED, VerdictCode.PARTLY, VerdictCode.IN_HAND)
_STATED = frozenset({VerdictCode.ADOPTED, VerdictCode.PARTLY})

Guess = Callable[[Sequence[Link]], VerdictCode | None]  # the likeliest verdict by all links of a proposal, if any


@dataclass(frozen=True, slots=True)
class Tally:
    """How many proposals of a scope met which verdict, of how many in all; `already_there` counts those of them
    whose measures had been promised before the proposal was made, `stated` those adopted or partly so for sure: the
    other adopted and partly ones are guesses."""

    scope: str
    counts: Mapping[VerdictCode, int]
    total: int
    already_there: int
    stated: int = 0


def _no_guess(_: Sequence[Link]) -> VerdictCode | None:
    return None


def adoption_verdict(
    proposal: Entry,
    against: str,
    links: Iterable[Link],
    promised_before: frozenset[str],
    likeliest: Guess = _no_guess,
) -> Verdict:
    """The verdict on one proposal from its links to the measures of the document `against`.

    A link that a person accepted, and a strong one of which the machine is sure, decide by themselves. Else the
    verdict is the likeliest by all links that nobody rejected, and not sure where it says that something is taken up.
    Without a guess, a link of which the machine is not sure says no more than that a measure is in hand.
    `promised_before` are ids of measures whose thread is older than the proposal (see `older_than`).
    """
    mine = [link for link in links if link.from_id == proposal.id and link.state is not LinkState.REJECTED]
    shown = sorted(filter(_speaks, mine), key=lambda link: (_rank(link), -link.score, link.to_id))
    verdict = _VERDICTS[_rank(shown[0])] if shown else VerdictCode.NONE
    sure = verdict in _STATED or all(link.holds for link in shown)
    if verdict not in _STATED and not any(link.state is LinkState.ACCEPTED for link in mine):
        guess = likeliest(mine)
        if guess is not None:
            verdict, sure = guess, sure and guess == verdict
            shown = _showing(guess, shown, mine)
    ids = tuple(link.to_id for link in shown)
    return Verdict(proposal.id, against, verdict, ids, tuple(key for key in ids if key in promised_before), sure)


def _showing(guess: VerdictCode, shown: list[Link], mine: Sequence[Link]) -> list[Link]:
    """The links that show a guessed verdict: none for none; where no link counts by itself, the likeliest."""
    if guess is VerdictCode.NONE:
        return []
    return shown or sorted(mine, key=lambda link: (-link.score, link.to_id))[:1]


def _speaks(link: Link) -> bool:
    """Whether a link counts: those that hold, those that may adopt but wait for review, and the likelier than not."""
    return link.relation in _ORDER and (link.holds or link.relation in ADOPTING or link.score >= _LIKELY)


def _rank(link: Link) -> int:
    """How much a link says: answers, partly, no more than related."""
    return _ORDER.index(Relation(link.relation)) if link.holds else len(_ORDER) - 1


def carried_over(links: Iterable[Link], entries: Mapping[str, Entry]) -> Iterator[tuple[Entry, Entry]]:
    """What an edition carries over with the entry of the same edition that goes on with it, by the links that hold."""
    for link in links:
        after, before = entries.get(link.from_id), entries.get(link.to_id)
        if after is None or before is None or after.document_id != before.document_id:
            continue
        if link.holds and link.relation in CONTINUING and before.item.batch == CARRIED:
            yield before, after


def older_than(
    day: date | None, threads: Iterable[Thread], carried: Iterable[tuple[Entry, Entry]] = ()
) -> frozenset[str]:
    """Ids of the entries that were promised before `day`: those whose thread begins then, and those that go on with
    what their edition carries over (see `carried_over`). None where the day is unknown."""
    if day is None:
        return frozenset()
    undertakings = [[step.entry for step in thread.steps] for thread in threads]
    undertakings += [[before, after] for before, after in carried]
    return frozenset(
        entry.id
        for listed in undertakings
        if any(known < day for known in map(_promised_by, listed) if known is not None)
        for entry in listed
        if day <= (entry.dated or day)
    )


def _promised_by(entry: Entry) -> date | None:
    """The last day on which an entry can have been promised first: what is carried over is of an earlier year."""
    if entry.dated is not None and entry.item.batch == CARRIED:
        return date(entry.dated.year - 1, 12, 31)
    return entry.dated


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
    stated = sum(verdict.sure and verdict.verdict in _STATED for verdict in verdicts)
    return Tally(scope, {code: counts[code] for code in VerdictCode}, len(verdicts), there, stated)
