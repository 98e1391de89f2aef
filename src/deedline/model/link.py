"""Relations between items: what the machine suggests, what a person holds, what follows for a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Relation(StrEnum):
    """How one item stands to another.

    Continuity, from the later item to the earlier: SAME undertaking, NEXT stage. Adoption, from a proposal to a
    measure: it ANSWERS what is asked, or PARTLY. RELATED: one subject, another undertaking.
    """

    SAME = "same"
    NEXT = "next"
    RELATED = "related"
    ANSWERS = "answers"
    PARTLY = "partly"


class Task(StrEnum):
    """What is asked of two documents: which undertakings go on, or which proposals are taken up."""

    CONTINUITY = "continuity"
    ADOPTION = "adoption"


CONTINUING = frozenset({Relation.SAME, Relation.NEXT})
ADOPTING = frozenset({Relation.ANSWERS, Relation.PARTLY})
STRONG = CONTINUING | ADOPTING


class Origin(StrEnum):
    """Who made a link: the model that Deedline carries, a language model that read both texts, or a person."""

    MACHINE = "machine"
    ASSISTANT = "assistant"
    PERSON = "person"


class LinkState(StrEnum):
    """A suggestion is not an acceptance; only a person accepts or rejects."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one item to another, by their ids: continuity from later to earlier, adoption from proposal.

    `score` is the calibrated probability of the relation; `sure` says that it stands above the threshold at which
    the machine states a link without a person's review. `why` are its reasons in words; `evidence` is what its maker
    wants kept beside it, in plain JSON values.
    """

    from_id: str
    to_id: str
    relation: str
    score: float
    origin: Origin
    state: LinkState
    why: tuple[str, ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    sure: bool = True

    @property
    def holds(self) -> bool:
        """Whether readers may count on it: a person accepted it, or the machine is sure and nobody rejected it."""
        if self.state is LinkState.REJECTED:
            return False
        return self.state is LinkState.ACCEPTED or self.sure


class VerdictCode(StrEnum):
    """What became of a proposal in an edition, the best first."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    IN_HAND = "in_hand"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a proposal in the edition `against`: the measures that show it, and those of them (or of their
    threads) that were there before the proposal. `sure` where it rests on links that hold without review."""

    item_id: str
    against: str
    verdict: VerdictCode
    links: tuple[str, ...] = ()
    already_there: tuple[str, ...] = ()
    sure: bool = True
