"""Training is plain arithmetic: what it learns, what it refuses to count, that it repeats."""

from __future__ import annotations

import numpy as np
import pytest

from deedline.errors import KnowledgeError
from deedline.link.features import Pairs
from deedline.link.regression import fit, fold_of
from deedline.link.score import Thresholds, chosen, load_model, plain_model, read_model
from deedline.link.train import Labelled, train
from deedline.model.link import Task


def labelled(queries: int = 60) -> Labelled:
    """Each query has three candidates; the first feature tells the true one, the second is noise."""
    random = np.random.default_rng(7)
    query = np.repeat(np.arange(queries), 3)
    grade = np.tile([3, 1, 0], queries)
    table = np.stack([grade / 3 + random.normal(0, 0.1, len(grade)), random.normal(size=len(grade)), 0 * grade], axis=1)
    pairs = Pairs(query, np.tile([0, 1, 2], queries), ("likeness", "noise", "indicator"), table)
    group = [f"q{number}" for number in query]
    return Labelled(pairs, query * 2, grade, np.zeros(len(grade), bool), group, ["reader"] * len(grade), {})


def test_weights_follow_what_separates() -> None:
    data = labelled()
    head = fit(data.pairs.table[:, :2], data.grade >= 2, 1.0)
    assert head.weights[0] > 5 * abs(head.weights[1])


def test_the_same_labels_give_the_same_model() -> None:
    assert plain_model(train(Task.CONTINUITY, labelled(), "m")) == plain_model(train(Task.CONTINUITY, labelled(), "m"))


def test_held_out_figures_of_a_separable_task_are_high() -> None:
    model = train(Task.CONTINUITY, labelled(), "m")
    assert model.report["all"]["strong"]["f1"] > 0.95
    assert model.report["reader"]["queries"] == 60


def test_labels_without_a_candidate_count_as_missed() -> None:
    data = labelled()
    with_missed = Labelled(data.pairs, data.rivals, data.grade, data.open, data.group, data.source, {"reader": 60})
    assert train(Task.CONTINUITY, with_missed, "m").report["all"]["strong"]["missed"] >= 60


def test_one_group_stays_in_one_fold() -> None:
    assert len({fold_of("d/12") for _ in range(5)}) == 1
    assert {fold_of(f"d/{n}") for n in range(200)} == set(range(10))


def test_a_further_choice_needs_more_certainty_than_the_best() -> None:
    limits = Thresholds(strong=0.3, further=0.8, sure=0.5, linked=0.5)
    chance, rivals = np.array([0.5, 0.4, 0.9, 0.85, 0.2]), np.array([1, 1, 2, 2, 3])
    assert chosen(chance, rivals, limits).tolist() == [True, False, True, True, False]


@pytest.mark.parametrize("task", list(Task))
def test_the_models_that_come_along_are_whole(task: Task) -> None:
    model = load_model(task)
    assert len(model.features) == len(model.mean) == len(model.heads["strong"].weights)
    assert 0 < model.thresholds.strong <= model.thresholds.further <= 1
    assert read_model(plain_model(model)).features == model.features


def test_a_broken_model_is_refused_with_what_to_do() -> None:
    broken = plain_model(load_model(Task.ADOPTION))
    del broken["heads"]
    with pytest.raises(KnowledgeError, match="deedline train"):
        read_model(broken)
