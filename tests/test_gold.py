"""What careful readers found in the real documents, and how much of it the register holds."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.operations import Source, add
from deedline.register import ItemQuery, Register, open_register
from deedline.serve.export import export

READ_AT = datetime(2025, 10, 1, tzinfo=UTC)
LEAST = {
    "items.recall.measure": 0.99,
    "items.recall.recommendation": 0.99,
    "items.recall.proposal": 0.99,
    "items.recall.indicator": 0.97,
    "bodies.f1": 0.99,
    "indicators.status": 0.99,
    "due.accuracy": 0.95,
}


@pytest.fixture(scope="module")
def real(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Register:
    """A register of the five real documents."""
    register = open_register(tmp_path_factory.mktemp("real") / "real.db")
    added = list(add(register, [Source(file) for file in sorted(seeds.glob("*.txt"))], at=READ_AT, by="test"))
    assert [outcome.error for outcome in added] == [None] * 5
    return register


def test_the_register_agrees_with_the_readers(real: Register, gold: Path, tmp_path: Path) -> None:
    export(real, tmp_path, "jsonl")
    scores = subprocess.run([sys.executable, gold / "score.py", tmp_path], capture_output=True, text=True, check=True)
    reached = {name: float(value) for name, value in re.findall(r"^(\S+)\s+([\d.]+)", scores.stdout, re.M)}
    short = {name: reached[name] for name, least in LEAST.items() if reached[name] < least}
    assert not short, scores.stdout


def test_nothing_is_missed_and_nothing_made_up(real: Register) -> None:
    counted: Counter[tuple[str, ItemKind]] = Counter()
    for document in real.documents():
        for stored in real.items(ItemQuery(document=document.id)):
            counted[document.name[:3], stored.item.kind] += 1
    assert counted["000", ItemKind.MEASURE] == 642
    assert counted["002", ItemKind.MEASURE] == 54
    assert counted["003", ItemKind.MEASURE] == 56
    assert counted["001", ItemKind.RECOMMENDATION] == 148
    assert counted["001", ItemKind.PROPOSAL] == 634
    assert counted["004", ItemKind.PROPOSAL] >= 71


def test_every_indicator_is_there_with_its_parts(real: Register) -> None:
    indicators = {(s.item.batch, s.item.number) for s in real.items(ItemQuery(kind=ItemKind.INDICATOR))}
    assert Counter(batch for batch, _ in indicators) == {"new": 73, "carried": 77}


def test_the_late_ones_are_told_from_the_one_that_is_not_due(real: Register) -> None:
    query = ItemQuery(kind=ItemKind.INDICATOR, status=StatusCode.IN_PROGRESS)
    under_way = [stored.item for stored in real.items(query)]
    assert len(under_way) == 7
    late = [item for item in under_way if item.due and item.due < date(2024, 10, 16)]
    assert len(late) == 6
