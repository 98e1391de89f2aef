"""What became of proposals: a verdict for each against each edition, with counts by scope and by body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.errors import InputError
from deedline.model.entry import Entry
from deedline.model.link import Link, Origin, Task, Verdict, VerdictCode
from deedline.operations.compared import Compared, compared_with_past
from deedline.operations.comparing import proposals_of
from deedline.operations.ordering import (
    Pair,
    find_edition,
    is_submission,
    of_two_places,
    pairs_of,
    told_of_places,
)
from deedline.operations.remembering import documents_held, remembered
from deedline.operations.scene import Scene, scene
from deedline.operations.twins import bounds
from deedline.register import Register, StoredDocument
from deedline.track.absence import only_chapter
from deedline.track.adoption import Guess, Tally, adoption_verdict, carried_over, older_than, tally, tally_by_body


@dataclass(frozen=True, slots=True)
class AdoptionReport:
    """A submission against an edition. `tallies` are by scope, all proposals first; `by_body` by the bodies of the
    measures that show it; `ordered` is False where printed dates do not tell that the edition came after it. Where
    `compared` says that they, or the edition and an earlier one, were not compared, there are no verdicts and no
    counts."""

    submission: StoredDocument
    edition: StoredDocument
    ordered: bool
    proposals: Sequence[Entry]
    verdicts: Sequence[Verdict]
    tallies: Sequence[Tally]
    by_body: Sequence[Tally]
    entries: dict[str, Entry]
    links: Sequence[Link]
    scope: str
    compared: Compared = Compared.YES


def adoption(
    register: Register, submission: str, against: str | None = None, as_of: date | None = None
) -> tuple[AdoptionReport, ...]:
    """What became of a submission's proposals, in the edition `against` or in each that may have come after it.

    InputError where the document is no submission, no edition came after it, or `against` is of another place.
    """
    asked = register.find_document(submission)
    if not is_submission(asked):
        raise InputError(f"{asked.name}: holds no proposal; name a submission, or say --kind submission of it")
    named = find_edition(register, against) if against else None
    if named is not None and of_two_places(asked, named):
        raise InputError(told_of_places(asked, named))
    edition = named.id if named else None
    with register.snapshot():
        known = scene(register, as_of)
        question = ("adoption", asked.id, edition, known.as_of)
        found = remembered(register, question, lambda: _reports(register, known, asked.id, edition), _weight)
    if not found:
        other = f"{against} did not come" if against else "no edition of its place in the register came"
        raise InputError(f"{asked.name}: {other} after it by {known.as_of}; `deedline documents` shows the dates")
    return found


def _weight(found: Sequence[AdoptionReport]) -> int:
    return sum(len(report.entries) + len(report.links) for report in found)


def _reports(register: Register, known: Scene, submission: str, edition: str | None) -> tuple[AdoptionReport, ...]:
    pairs = [
        pair
        for pair in _pairs(register, known, submission)
        if pair.source.id == submission and edition in (None, pair.target.id)
    ]
    return tuple(_report(known, pair, compared_with_past(register, pair, known.documents)) for pair in pairs)


def _pairs(register: Register, known: Scene, of: str | None = None) -> list[Pair]:
    """The submissions and editions of a scene that are compared with each other, whatever else came later."""
    everything = pairs_of(documents_held(register), of)
    return [
        pair for pair in everything if pair.task is Task.ADOPTION and all(end in known.documents for end in pair.ids)
    ]


def all_verdicts(register: Register, known: Scene) -> Iterator[Verdict]:
    """The verdict on every proposal against every edition that may have come after it; newest editions first. None
    where the two, or the edition and an earlier one, were never compared."""
    for pair in sorted(_pairs(register, known), key=lambda pair: bounds(pair.target.metadata), reverse=True):
        if compared_with_past(register, pair, known.documents) is not Compared.NO:
            yield from _verdicts(known, pair, proposals_of(known.of_document(pair.source.id)))


def without_verdicts(register: Register, known: Scene) -> int:
    """Of how many submissions and editions `all_verdicts` says nothing, for want of comparing."""
    states = (compared_with_past(register, pair, known.documents) for pair in _pairs(register, known))
    return sum(state is Compared.NO for state in states)


def _verdicts(known: Scene, pair: Pair, proposals: Sequence[Entry]) -> list[Verdict]:
    measures = {entry.id for entry in known.of_document(pair.target.id)}
    links: dict[str, list[Link]] = defaultdict(list)
    for link in known.links:
        if link.to_id in measures:
            links[link.from_id].append(link)
    carried = carried_over(known.links, known.entries)
    before, guess = older_than(pair.source.metadata.dated, known.threads, carried), _guess()
    return [adoption_verdict(proposal, pair.target.id, links[proposal.id], before, guess) for proposal in proposals]


def _guess() -> Guess:
    """The likeliest verdict by the chances that the machine left with its links; none where another made one of them:
    an assistant that read the texts knows more."""
    from deedline.link.score import load_model  # only where it is asked for: it loads what linking needs
    from deedline.link.verdicts import kept_chances

    ladder = load_model(Task.ADOPTION).ladder

    def likeliest(links: Sequence[Link]) -> VerdictCode | None:
        chances = [kept_chances(link.evidence) for link in links if link.origin is Origin.MACHINE]
        known = [each for each in chances if each is not None]
        return ladder.likeliest(known) if ladder is not None and len(known) == len(links) else None

    return likeliest


def _report(known: Scene, pair: Pair, state: Compared) -> AdoptionReport:
    proposals = proposals_of(known.of_document(pair.source.id))
    verdicts = [] if state is Compared.NO else _verdicts(known, pair, proposals)
    mine = {proposal.id for proposal in proposals}
    measures = {entry.id: entry for entry in known.of_document(pair.target.id)}
    chapter = only_chapter(measures.values())
    scope = f"The edition is one chapter (“{chapter}”): it cannot show that nothing was done outside it."
    return AdoptionReport(
        submission=pair.source,
        edition=pair.target,
        ordered=pair.ordered,
        proposals=proposals,
        verdicts=verdicts,
        tallies=tally(proposals, verdicts),
        by_body=tally_by_body(verdicts, measures),
        entries=measures,
        links=[link for link in known.links if link.from_id in mine and link.to_id in measures],
        scope=scope if chapter else "",
        compared=state,
    )
