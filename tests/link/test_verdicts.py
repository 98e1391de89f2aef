"""What probably became of a proposal, from all its candidates together."""

from __future__ import annotations

import numpy as np
import pytest

from deedline.errors import KnowledgeError
from deedline.link.score import load_model
from deedline.link.train_verdicts import Told, train_ladder
from deedline.link.verdicts import LADDER, Chances, figures_of, kept_chances, plain_ladder, read_ladder
from deedline.model.link import Task, VerdictCode


def told(queries: int = 120) -> tuple[Told, list[int], dict[str, np.ndarray]]:
    """Each proposal has three candidates; the best one's chances tell its verdict, with some noise."""
    random = np.random.default_rng(3)
    query, verdict = np.repeat(np.arange(queries), 3), np.repeat(np.arange(queries) % 4, 3)
    best = np.tile([True, False, False], queries)
    held = {
        name: np.where(best & (verdict >= step), 0.8, 0.05) + random.uniform(0, 0.1, len(query))
        for step, name in enumerate(("linked", "strong", "first"), 1)
    }
    group = [f"p{number}" for number in query]
    return Told(query, verdict, group, ["reader"] * len(query)), list(range(len(query))), held


def test_what_separates_is_learned_and_measured_on_proposals_held_out() -> None:
    ladder, report = train_ladder(*told(), folds=10)
    assert report["all"]["accuracy"] > 0.95
    assert report["reader"]["proposals"] == 120
    assert report["all"]["of_the_commonest"] == 0.25
    assert ladder.likeliest([Chances(0.85, 0.85, 0.85)]) is VerdictCode.ADOPTED
    assert ladder.likeliest([Chances(0.85, 0.1, 0.1)]) is VerdictCode.IN_HAND


def test_queries_without_a_verdict_are_passed_over() -> None:
    labels, rows, held = told()
    labels.verdict[:30] = -1
    assert train_ladder(labels, rows, held, folds=10)[1]["all"]["proposals"] == 110


def test_no_candidate_is_none_and_a_better_one_never_lowers_the_verdict() -> None:
    ladder = load_model(Task.ADOPTION).ladder
    assert ladder is not None
    assert ladder.likeliest([]) is VerdictCode.NONE
    faint, strong = Chances(0.1, 0.03, 0.1), Chances(0.97, 0.95, 0.6)
    assert LADDER.index(ladder.likeliest([strong])) > LADDER.index(ladder.likeliest([faint]))


def test_many_faint_candidates_count() -> None:
    one, many = figures_of([Chances(0.3, 0.2, 0.1)]), figures_of([Chances(0.3, 0.2, 0.1)] * 6)
    assert (many[3:] > one[3:]).all()
    assert (many[:3] == one[:3]).all()


def test_chances_are_kept_with_a_link_and_read_again() -> None:
    chances = Chances(0.71, 0.34, 0.05)
    entry = chances.plain()
    assert kept_chances([{"code": "names"}, entry]) == chances
    assert "71%" in entry["en"]
    assert "34%" in entry["zh"]
    assert kept_chances([{"code": "names"}]) is None


def test_weights_read_as_they_were_written_and_broken_ones_are_refused() -> None:
    ladder, _ = train_ladder(*told(), folds=10)
    plain = plain_ladder(ladder)
    assert plain_ladder(read_ladder(plain)) == plain
    del plain["steps"]
    with pytest.raises(KnowledgeError, match="deedline train"):
        read_ladder(plain)
