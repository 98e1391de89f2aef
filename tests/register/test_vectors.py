from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from deedline.register import vectors as module
from deedline.register.index_folder import UnsoundIndexError
from deedline.register.vectors import Floats, Vectors, words_hash

WIDTH = 128


def some(rows: int, seed: int = 0) -> Floats:
    made = np.random.default_rng(seed).standard_normal((rows, WIDTH)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def ids(rows: int) -> list[tuple[str, int]]:
    return [(f"{number:016x}", words_hash(str(number))) for number in range(rows)]


@pytest.fixture(params=["folder", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    return tmp_path / "vectors" if request.param == "folder" else None


def test_the_nearest_lead_and_scores_are_cosines(folder: Path | None) -> None:
    held, made = Vectors(folder, WIDTH), some(50)
    held.add(ids(20), made[:20])
    held.add(ids(50)[20:], made[20:])
    near = held.nearest(made[30], 5)
    exact = np.sort(made @ made[30])[::-1][:5]
    assert near[0].id == f"{30:016x}"
    assert near[0].words == words_hash("30")
    assert [one.score for one in near] == pytest.approx(exact.tolist(), abs=0.02)


def test_only_those_among(folder: Path | None) -> None:
    held, made = Vectors(folder, WIDTH), some(50)
    held.add(ids(50), made)
    near = held.nearest(made[30], 9, np.array([3, 4, 5], np.uint64))
    assert {int(one.id, 16) for one in near} == {3, 4, 5}
    assert held.nearest(made[30], 9, np.array([], np.uint64)) == ()


def test_bits_choose_where_there_are_many(folder: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ALL_COMPARED", 10)
    monkeypatch.setattr(module, "_CHOSEN", 20)
    held, made = Vectors(folder, WIDTH), some(400)
    held.add(ids(400), made)
    for number in (0, 7, 399):
        assert int(held.nearest(made[number], 1)[0].id, 16) == number
    among = np.arange(100, 300, dtype=np.uint64)
    assert int(held.nearest(made[150], 1, among)[0].id, 16) == 150


def test_nothing_is_near_in_an_empty_store(folder: Path | None) -> None:
    held = Vectors(folder, WIDTH)
    assert held.nearest(some(1)[0], 5) == ()
    assert held.known() == set()


def test_a_row_that_was_not_written_whole_does_not_count(tmp_path: Path) -> None:
    Vectors(tmp_path, WIDTH).add(ids(5), some(5))
    states = tmp_path / "states.rows"
    states.write_bytes(states.read_bytes()[:-1])
    held = Vectors(tmp_path, WIDTH)
    assert len(held) == 4
    held.add([("00000000000000aa", 1)], some(1, 9))
    assert [key for key, _ in sorted(Vectors(tmp_path, WIDTH).known())][-1] == "00000000000000aa"
    assert len(held) == 5
    assert held.nearest(some(1, 9)[0], 1)[0].id == "00000000000000aa"


def test_damaged_rows_are_no_hits(tmp_path: Path) -> None:
    Vectors(tmp_path, WIDTH).add(ids(5), some(5))
    (tmp_path / "scale.rows").write_bytes(np.full(5, 1e9, "<f4").tobytes())
    with pytest.raises(UnsoundIndexError):
        Vectors(tmp_path, WIDTH).nearest(some(1)[0], 5)
