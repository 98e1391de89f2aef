"""What probably became of a proposal, from the chances of all its candidates together.

Three logistic regressions, one a step: whether anything on the subject is there, whether some of what is asked is
done, whether all of it is. Each sees the same five figures of the query, so that many faint candidates count beside
one strong one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deedline.errors import KnowledgeError
from deedline.model.link import VerdictCode

Floats = NDArray[np.float64]

LADDER = (VerdictCode.NONE, VerdictCode.IN_HAND, VerdictCode.PARTLY, VerdictCode.ADOPTED)
CODE = "chances"  # of the entry in a link's evidence that keeps what the verdict is made of
_FAVOUR = np.array([1, 1, 1, 2])  # the rarest verdict is else never the likeliest, however many are missed
_LEAST = 0.001


@dataclass(frozen=True, slots=True)
class Chances:
    """Of one candidate: that the two are linked at all, that the link is strong, that a strong one is the stronger."""

    linked: float
    strong: float
    first: float

    def plain(self) -> dict[str, Any]:
        """As an entry of a link's evidence, in words too."""
        return {
            "code": CODE,
            "zh": f"模型估計：同一主題的機會{self.linked:.0%}，做到所求（至少部分）的機會{self.strong:.0%}",
            "en": f"by the model: {self.linked:.0%} that the subject is the same, {self.strong:.0%} that it does "
            "at least some of what is asked",
            "from": [],
            "to": [],
            "linked": self.linked,
            "strong": self.strong,
            "first": self.first,
        }


def kept_chances(evidence: Sequence[Mapping[str, Any]]) -> Chances | None:
    """What `plain` left in a link's evidence; None where a link was made otherwise."""
    entry = next((entry for entry in evidence if entry.get("code") == CODE), None)
    return None if entry is None else Chances(entry["linked"], entry["strong"], entry["first"])


@dataclass(frozen=True, slots=True)
class Ladder:
    """The weights: `steps` is (3, figures), a row for each verdict above none, in the order of LADDER."""

    mean: Floats
    spread: Floats
    steps: Floats
    intercepts: Floats

    def likeliest(self, candidates: Sequence[Chances]) -> VerdictCode:
        """The verdict that the candidates of one proposal make likeliest; none where there are none."""
        return LADDER[int(self.choose(figures_of(candidates)[None, :])[0])]

    def choose(self, table: Floats) -> NDArray[np.int64]:
        """Places on LADDER, for rows of figures."""
        score = ((table - self.mean) / self.spread) @ self.steps.T + self.intercepts
        reached = np.minimum.accumulate(1 / (1 + np.exp(-score)), axis=1)
        bounds = np.hstack([np.ones((len(table), 1)), reached, np.zeros((len(table), 1))])
        return np.asarray(((bounds[:, :-1] - bounds[:, 1:]) * _FAVOUR).argmax(axis=1), np.int64)


def figures_of(candidates: Sequence[Chances]) -> Floats:
    """Best chance of being linked, of being strong, and of answering in full; that any is linked, that any is strong.

    As log odds.
    """
    linked = np.array([each.linked for each in candidates] or [0.0])
    strong = np.array([each.strong for each in candidates] or [0.0])
    first = np.array([each.first for each in candidates] or [0.0])
    chances = [
        *(linked.max(), strong.max(), (strong * first).max()),
        *(1 - np.prod(1 - linked), 1 - np.prod(1 - strong)),
    ]
    bounded = np.clip(chances, _LEAST, 1 - _LEAST)
    return np.asarray(np.log(bounded / (1 - bounded)), np.float64)


def plain_ladder(ladder: Ladder) -> dict[str, Any]:
    """As plain values, for the file of weights."""
    return {
        "mean": ladder.mean.tolist(),
        "spread": ladder.spread.tolist(),
        "steps": np.round(ladder.steps, 5).tolist(),
        "intercepts": np.round(ladder.intercepts, 5).tolist(),
    }


def read_ladder(data: Mapping[str, Any]) -> Ladder:
    """From plain values; KnowledgeError where they are not whole."""
    try:
        ladder = Ladder(*(np.array(data[name], np.float64) for name in ("mean", "spread", "steps", "intercepts")))
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"the weights of verdicts are not whole ({error}); run deedline train") from error
    return ladder
