"""Every file ends in a register or in one message that names it and the limit; what fails leaves nothing behind."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deedline.errors import LimitError
from deedline.operations import Source, add, adding, coverage, edit_document
from deedline.operations.adding import Parsed
from deedline.register import Register, open_register

NOW = datetime(2031, 10, 15, tzinfo=UTC)
MEASURE = "- 在2032年內推出計劃（房屋署）\n"


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(tmp_path / "a.db")


@pytest.fixture(autouse=True)
def _forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers see what a test put in a stage's place, which those that begin anew do not."""
    monkeypatch.setattr("deedline.run.here._threads", lambda: 1)


def text_of(folder: Path, name: str, count: int) -> Path:
    path = folder / name
    path.write_text(MEASURE * count, encoding="utf-8")
    return path


def dawdle(_data: bytes, name: str, given: object, columns: object) -> Parsed:
    time.sleep(60)
    raise AssertionError(name)


def hoard(data: bytes, name: str, given: object, columns: object) -> Parsed:
    raise AssertionError(len(bytearray(64 * 1024**3)))


@pytest.fixture
def _quick_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "SECONDS_A_FILE", 0.3)
    monkeypatch.setattr(adding, "SECONDS_A_BYTE", 0.0)


@pytest.mark.parametrize("name", ["large.txt", "small.html"])
@pytest.mark.parametrize(("stage", "cause"), [(dawdle, "took longer than 0.3 s"), (hoard, "takes more memory")])
@pytest.mark.usefixtures("_quick_limit")
def test_a_file_that_meets_a_limit_is_named_and_leaves_nothing(
    name: str, stage: object, cause: str, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "read_and_find", stage)
    if stage is hoard:  # memory is what it meets, however slowly the machine gets there
        monkeypatch.setattr(adding, "SECONDS_A_FILE", 60.0)
    path = text_of(tmp_path, name, 3000 if name == "large.txt" else 1)
    (added,) = add(register, [Source(path)], at=NOW, by="me")
    assert isinstance(added.error, LimitError)
    assert str(added.error).startswith(f"{path}: {cause}")
    assert list(register.documents()) == []


def test_a_text_that_is_too_long_is_refused_before_anything_is_sought(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes("在".encode() * 5_000_001)
    (added,) = add(register, [Source(path)], at=NOW, by="me")
    assert isinstance(added.error, LimitError)
    assert str(added.error) == (
        "long.txt: holds 5,000,001 characters; documents are read up to 5,000,000. Split the file"
    )


@pytest.mark.usefixtures("_quick_limit")
def test_reading_anew_is_held_to_the_limits_too(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = text_of(tmp_path, "large.txt", 3000)
    monkeypatch.setattr(adding, "SECONDS_A_FILE", 300.0)
    (added,) = add(register, [Source(path, {"title": "計劃"})], at=NOW, by="me")
    assert added.put is not None
    monkeypatch.setattr(adding, "SECONDS_A_FILE", 0.3)
    monkeypatch.setattr(adding, "read_and_find", dawdle)
    with pytest.raises(LimitError, match=r"large\.txt: took longer"):
        edit_document(register, added.put.document_id, {"date": "2031"}, at=NOW, by="me")
    with pytest.raises(LimitError, match=r"large\.txt: took longer"):
        coverage(None, str(path))


def test_time_grows_with_what_a_file_may_hold(tmp_path: Path) -> None:
    small, large = text_of(tmp_path, "a.txt", 1), text_of(tmp_path, "b.txt", 100_000)
    packed = text_of(tmp_path, "c.html", 1000)
    times = [adding._seconds_of(Source(path)) for path in (small, packed, large)]
    assert times == sorted(times)
    assert times[0] >= 300
    assert adding._seconds_of(Source(tmp_path / "absent")) == 300


def test_small_texts_start_no_process_and_all_else_does(tmp_path: Path) -> None:
    small, page = text_of(tmp_path, "a.txt", 1), text_of(tmp_path, "a.html", 1)
    large = text_of(tmp_path, "b.txt", 3000)
    assert [adding._team([Source(path)]) for path in (small, page, large)] == [0, 1, 1]
    assert adding._team([Source(small), Source(small)]) == 0
