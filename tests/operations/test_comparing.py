"""Pairs compared in several processes give what one gives; a pair that fails costs no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from deedline.errors import StageError
from deedline.model.entry import Entry
from deedline.model.link import Link
from deedline.operations import comparing, default_engine
from deedline.register import Register
from tests.operations.town import Tags, edition, linked, submission

TOWN = (
    edition("old", date(2023, 10, 1), "興建圖書館 #a", "維修行人路 #b"),
    edition("new", date(2024, 10, 1), "圖書館啟用 #a", "增設單車徑 #c"),
    submission("asked", date(2024, 8, 1), "應增設單車徑 #c", "應減稅 #d"),
)


class Failing(Tags):
    """Fails where proposals are compared."""

    def links(self, sources: Sequence[Entry], targets: Sequence[Entry]) -> list[Link]:
        if sources[0].document_id == TOWN[2].document.id:
            raise StageError("no more memory")
        return super().links(sources, targets)


@pytest.fixture
def town(register: Register) -> Register:
    for document in TOWN:
        document.put(register)
    return register


@pytest.fixture
def any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "WORTH_WORKERS", 0)


@pytest.mark.usefixtures("any_size")
def test_several_processes_find_what_one_finds(town: Register) -> None:
    told: list[tuple[int, int]] = []
    engine = Tags(workers=2)
    linked(town, engine, progress=lambda done, steps: told.append((done, steps)))
    found = [(link.from_id, link.to_id, link.score) for link in town.links()]
    assert len(found) == 2
    assert engine.asked == []  # it was asked elsewhere
    assert engine.readied == 3  # each document once
    assert told[:4] == [(0, 5), (1, 5), (2, 5), (3, 5)]
    assert told[-1] == (5, 5)
    linked(town, Tags("tags 2"))
    assert [(link.from_id, link.to_id, link.score) for link in town.links()] == found


def test_little_is_compared_here(town: Register) -> None:
    engine = Tags(workers=2)
    linked(town, engine)
    assert len(engine.asked) == 2
    assert engine.readied == 0


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize("workers", [0, 2])
def test_a_pair_that_fails_is_compared_next_time_and_the_others_are_kept(town: Register, workers: int) -> None:
    with pytest.raises(StageError, match="no more memory"):
        linked(town, Failing(workers=workers))
    assert [link.relation for link in town.links()] == ["same"]
    assert [each.fresh for each in linked(town, Tags())] == [True, False]
    assert len(list(town.links())) == 2


def test_the_engine_is_spread_only_where_it_may_be_and_where_others_find_what_it_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("deedline.link.embed.cores", lambda: 2)
    monkeypatch.setenv("DEEDLINE_CACHE", str(tmp_path / "cache"))
    assert default_engine().workers == 0
    assert default_engine(spread=True).workers == 2
    assert default_engine(spread=True).name == default_engine().name
    (tmp_path / "file").touch()
    monkeypatch.setenv("DEEDLINE_CACHE", str(tmp_path / "file"))
    assert default_engine(spread=True).workers == 0
