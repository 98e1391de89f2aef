"""docs/linking.md gives the held-out figures of the weights that are shipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deedline.link.score import load_model
from deedline.model.link import Task

PAGE = Path(__file__).resolve().parents[2] / "docs" / "linking.md"
_PARTS = {"strong": "strong", "sure": "stated_without_review"}


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("part", _PARTS)
def test_the_page_gives_the_figures_of_the_weights(task: Task, part: str) -> None:
    row = re.search(rf"^\| {task}, {part} \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert row
    figures = load_model(task).report["all"][_PARTS[part]]
    kept = [f"{figures[name]:.2f}" for name in ("precision", "recall", "f1")]
    assert row[1].split(" | ") == kept


def test_the_page_gives_the_figures_of_the_verdicts() -> None:
    row = re.search(r"^\| adoption, verdicts \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert row
    figures = load_model(Task.ADOPTION).report["verdicts"]["all"]
    kept = [f"{figures[name]:.2f}" for name in ("accuracy", "macro_f1", "of_the_commonest")]
    assert row[1].split(" | ") == kept
