"""The main path, with the model that comes along and documents of a few lines."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from deedline.link import features
from deedline.link.clauses import clause_features
from deedline.link.features import measure
from deedline.link.link import comparison, link_items
from deedline.link.prepare import prepare
from deedline.link.suggest import suggest
from deedline.link.texts import clauses_of
from deedline.model.entry import Entry
from deedline.model.item import ItemKind
from deedline.model.link import CONTINUING, Link, LinkState, Origin, Task
from tests.link.pairs import EARLIER, LATER, PROPOSALS, ByCharacter, entry


def strong(links: tuple[Link, ...]) -> dict[tuple[str, str], str]:
    return {(link.from_id, link.to_id): str(link.relation) for link in links if link.relation in CONTINUING}


def test_a_restated_measure_is_the_same_undertaking_from_later_to_earlier() -> None:
    found = strong(link_items(LATER, EARLIER))
    assert found == {("new/harbour", "old/harbour"): "same", ("new/trees", "old/trees"): "same"}


def test_sides_may_come_in_either_order() -> None:
    assert link_items(EARLIER, LATER) == link_items(LATER, EARLIER)


def test_with_and_without_a_store_the_links_are_the_same() -> None:
    store: dict[str, bytes] = {}
    plain = link_items(LATER, EARLIER)
    assert link_items(LATER, EARLIER, store=store) == plain == link_items(LATER, EARLIER, store=store)


def test_every_process_gives_the_same_links_byte_for_byte() -> None:
    script = "; ".join(
        (
            "from deedline.link.link import link_items",
            "from tests.link.pairs import EARLIER, LATER, ByCharacter",
            "print(repr(link_items(LATER, EARLIER, embedder=ByCharacter())))",
        )
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": seed, "OPENBLAS_NUM_THREADS": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert b"same words" in said[0]


def test_every_link_is_a_suggestion_of_the_machine_with_its_reasons() -> None:
    links = link_items(LATER, EARLIER)
    assert {(link.origin, link.state) for link in links} == {(Origin.MACHINE, LinkState.SUGGESTED)}
    (harbour,) = [link for link in links if link.from_id == "new/harbour" and link.relation == "same"]
    assert "渡輪服務中心" in " ".join(harbour.why)
    assert {reason["code"] for reason in harbour.evidence} >= {"words"}


def test_adoption_runs_from_the_proposal_to_the_measure() -> None:
    links = link_items(EARLIER, PROPOSALS)
    assert {link.from_id.split("/")[0] for link in links} == {"ask"}
    best = max((link for link in links if link.from_id == "ask/ask"), key=lambda link: link.score)
    assert best.to_id == "old/library"


def test_no_more_is_shown_of_a_proposal_than_a_person_can_review() -> None:
    many = [entry(f"m{n}", f"第{n}區延長公共圖書館晚間開放時間", document="old") for n in range(40)]
    links = link_items(PROPOSALS[:1], many)
    weak = [link for link in links if link.relation == "related"]
    assert len(weak) <= 10


def test_what_does_not_compare_gives_no_links() -> None:
    recommendation = [entry("r", "改善圖書館", ItemKind.RECOMMENDATION)]
    assert comparison(recommendation, EARLIER) is None
    assert link_items([], EARLIER) == ()
    assert link_items(PROPOSALS, PROPOSALS) == ()


def test_the_smaller_side_asks() -> None:
    compared = comparison(EARLIER, LATER)
    assert compared is not None
    assert compared.task is Task.CONTINUITY
    assert list(compared.queries) == LATER


def test_proposals_meet_measures_and_not_indicators() -> None:
    indicator = entry("k", "每年延長圖書館開放時間五小時", ItemKind.INDICATOR, document="old")
    compared = comparison(PROPOSALS, [*EARLIER, indicator])
    assert compared is not None
    assert indicator not in compared.targets


def test_candidates_bring_the_target_that_shares_words() -> None:
    sides = prepare(LATER, EARLIER, ByCharacter())
    chosen = suggest(sides, shown=1)
    assert 0 in chosen[0]
    assert 3 in chosen[2]


def test_features_are_one_row_a_pair_and_finite() -> None:
    odd: list[Entry] = [*LATER, entry("empty", "。", document="new", dated=date(2025, 10, 1))]
    sides = prepare(odd, EARLIER, ByCharacter())
    pairs = measure(sides, suggest(sides))
    assert pairs.table.shape == (len(pairs.query), len(pairs.names))
    assert ((pairs.table > -1e6) & (pairs.table < 1e6)).all()


def test_in_single_precision_features_are_the_same_but_for_their_last_places(monkeypatch: pytest.MonkeyPatch) -> None:
    sides = prepare(LATER, EARLIER, ByCharacter())
    usual = measure(sides, suggest(sides))
    monkeypatch.setattr(features, "_DOUBLE", 0)
    lighter = measure(sides, suggest(sides))
    assert lighter.table.nbytes * 2 == usual.table.nbytes
    assert np.allclose(lighter.table, usual.table, atol=1e-5)


def test_clauses_are_cut_at_stops_and_not_inside_numbers() -> None:
    assert clauses_of("撥款1,000万元改善街灯,并培训技术人员维修;另设热线") == [
        "撥款1,000万元改善街灯",
        "并培训技术人员维修;另设热线",
    ]


def test_the_clause_that_opens_a_text_is_compared_by_itself() -> None:
    asked = [entry("q", "設立渡輪服務中心，提升城市的競爭力。", document="new")]
    same = entry("head", "渡輪服務中心分階段啟用，改善離島交通。", document="old")
    end = entry("tail", "栽種五千株原生樹木，提升城市的競爭力。", document="old")
    sides = prepare(asked, [same, end], ByCharacter())
    found = clause_features(sides, 0, np.array([0, 1]))
    assert all(values.min() >= 0 and values.max() <= 1 for values in found.values())
    assert found["first_asked"][0] > found["first_asked"][1]
    assert found["first_held"][0] > found["first_held"][1] == 0
    assert found["clause_pair"][1] == 1.0


def test_a_text_without_words_meets_no_clause() -> None:
    sides = prepare([entry("q", "——", document="new")], [entry("t", "……", document="old")], ByCharacter())
    assert not any(values.any() for values in clause_features(sides, 0, np.array([0])).values())
