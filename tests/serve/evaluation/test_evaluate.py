"""The same figures as the labels' own scorer, and the misses behind them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from deedline.errors import InputError
from deedline.operations.training import told_sources
from deedline.register import open_register
from deedline.serve.evaluation import Evaluation, evaluate, read_gold
from deedline.serve.evaluation.labels import Matcher
from deedline.serve.evaluation.links import Exported, answers, link_figures, relation_confusion, stated_figures
from deedline.serve.evaluation.misses import worst
from deedline.serve.export import export

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def found(linked_seeds: Path, gold: Path) -> Evaluation:
    with open_register(linked_seeds) as register:
        return evaluate(register, read_gold(gold / "dev"))


def test_the_figures_are_those_of_the_scorer(found: Evaluation, linked_seeds: Path, gold: Path, tmp_path: Path) -> None:
    with open_register(linked_seeds) as register:
        export(register, tmp_path / "out", "jsonl")
    command = [sys.executable, str(gold / "score.py"), str(tmp_path / "out"), str(gold / "dev")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [str(figure) for figure in found.figures] == said.splitlines()


def test_the_register_stands_well_beside_readers(found: Evaluation) -> None:
    value = {figure.name: figure.value for figure in (*found.figures, *found.further)}
    assert value["attainment.accuracy"] >= 0.85
    assert value["links.stated.adoption"] >= 0.75
    assert value["links.reached"] >= 0.75


def test_misses_have_both_texts_and_stand_on_one_side_only(found: Evaluation) -> None:
    strong = {"same", "next", "answers", "partly"}
    assert {miss.task for miss in found.misses} == {"continuity", "adoption"}
    for miss in found.misses:
        assert all(miss.texts)
        assert (miss.wanted in strong) != (miss.given in strong)


# Counted by hand


def item(name: str, kind: str = "measure", line: int = 1) -> dict[str, Any]:
    source = {"line_start": line, "line_end": line}
    return {"id": f"id-{name}", "document": "b.txt", "kind": kind, "text": f"措施{name * 9}", "source": source}


def end(name: str, kind: str = "measure", line: int = 1) -> dict[str, Any]:
    return {"id": name, "document": "b.txt", "kind": kind, "text": f"措施{name * 9}", "line": line}


def link(target: str, relation: str, score: float, *, sure: bool = True) -> dict[str, Any]:
    return {
        "from": "id-p",
        "to": f"id-{target}",
        "relation": relation,
        "score": score,
        "sure": sure,
        "state": "suggested",
    }


LABEL = {
    "task": "adoption",
    "query": end("p", "proposal", 20),
    "targets": "b.txt",
    "links": [{"item": end("x"), "relation": "answers"}, {"item": end("y", line=5), "relation": "partly"}],
    "disputed": [{"item": end("x", line=30)}],
    "verdict": "adopted",
}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    (tmp_path / "links.jsonl").write_text(json.dumps(LABEL) + "\n", encoding="utf-8")
    return tmp_path


def test_links_are_counted_as_by_hand(labels: Path) -> None:
    items = [item("p", "proposal", 20), item("x"), item("y", line=5), item("z", line=9)]
    links = [link("x", "answers", 0.9), link("z", "partly", 0.8, sure=False), link("y", "related", 0.3)]
    verdicts = [{"item": "id-p", "verdict": "partly"}]
    exported = Exported({row["id"]: row for row in items}, links, verdicts)
    found = answers(read_gold(labels), Matcher(items), exported)
    assert [str(figure) for figure in link_figures(found)] == [
        "links.f1.adoption            0.500  precision 0.500 recall 0.500  (tp 1, fp 1, fn 1)",
        "links.reached                1.000  (1 of 1 queries with a true link show it at any strength)",
        "verdict.accuracy             0.000  (0 of 1)",
        "verdict.macro_f1             0.000  (adopted 0.00, partly 0.00, in_hand 0.00, none 0.00)",
    ]
    assert [figure.behind for figure in stated_figures(found)] == ["(1 of 1 stated without review are true)"]
    assert relation_confusion(found) == {("answers", "answers"): 1, ("partly", "related"): 1, ("–", "partly"): 1}
    false, missed = worst(found, exported.items, 5)
    assert (false.target, false.wanted, false.given, false.sure) == ("id-z", None, "partly", False)
    assert (missed.target, missed.wanted, missed.given, missed.score) == ("id-y", "partly", "related", 0.3)


def test_a_folder_without_labels_is_no_folder_of_labels(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no labels"):
        read_gold(tmp_path)


@pytest.mark.parametrize("line", ["{", "[]", "1"])
def test_a_line_that_is_no_label_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "due.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_gold(tmp_path)


def test_the_verb_prints_figures_confusions_and_misses(run: Run, labels: Path) -> None:
    shown = run("evaluate", str(labels)).stdout
    assert "links.f1.adoption            0.000" in shown
    assert "relation: readers ↓ register →" in shown
    assert "adoption: readers answers, register no link" in shown
    found = json.loads(run("evaluate", str(labels), "--json").stdout)
    assert {figure["name"] for figure in found["figures"]} >= {"links.f1.adoption", "links.stated.adoption"}
    assert {miss["target"] for miss in found["misses"]} == {"x", "y"}


ENTRY = {"id": "x", "document": "a.txt", "kind": "measure", "line": 1, "text": "興建圖書館"}
LINK = {"task": "continuity", "query": ENTRY, "targets": "b.txt", "links": [{"item": ENTRY, "relation": "same"}]}


@pytest.mark.parametrize(
    ("table", "label", "said"),
    [
        ("links", {}, "line 2: task, query, targets, links missing"),
        ("links", {**LINK, "task": "nonsense"}, "line 2: the task 'nonsense' is none"),
        ("links", {**LINK, "query": {"id": "x"}}, "line 2, query: document, line, kind, text missing"),
        ("links", {**LINK, "links": [{"item": ENTRY}]}, "line 2, link 1: relation is missing"),
        ("links", {**LINK, "links": ["x"]}, "line 2, link 1: is no object"),
        ("links", {**LINK, "links": {}}, "line 2: links is not a list"),
        ("items", ENTRY, "line 2: bodies missing"),
        ("due", ENTRY, "line 2: due missing"),
        ("due", {**ENTRY, "line": "1", "due": None}, "line 2: line is not a whole number"),
        ("attainment", {**ENTRY, "target": None, "actual": 1}, "line 2: target is not a number"),
    ],
)
def test_a_label_that_lacks_something_is_told(
    run: Run, tmp_path: Path, table: str, label: dict[str, Any], said: str
) -> None:
    file = tmp_path / f"{table}.jsonl"
    file.write_text(f"\n{json.dumps(label)}\n", encoding="utf-8")
    result = run("evaluate", str(tmp_path))
    assert result.exit_code == 1
    assert f"{file}, {said}" in result.stderr
    if table == "links" and said.startswith("line 2: "):
        learned = run("train", "--labels", str(tmp_path), "--out", str(tmp_path / "new"))
        assert learned.exit_code == 1
        assert f"{file}, {said}" in learned.stderr


def test_training_says_whose_labels_it_learns_from(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "links.jsonl").write_text("", encoding="utf-8")
    result = run("train", "--labels", str(tmp_path), "--out", str(tmp_path / "new"))
    assert result.exit_code == 1
    assert result.stderr.startswith("Learning from labels: none. This takes minutes.\n")
    assert told_sources({"judged": 2, "dev": 1_000}) == "labels: 1,000 of dev, 2 judged in this register"
