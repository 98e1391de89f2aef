from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from deedline.errors import BusyError, CorruptError, DeedlineError, RegisterError
from deedline.register import Outcome, Register, open_register
from tests.register.making import at, made

PLAN = made(["設立電子存檔系統", "推出海濱長廊"])


def other_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("name", "prepare", "create", "said"),
    [
        ("folder", Path.mkdir, True, "is a folder"),
        ("absent/register.db", lambda path: None, True, "there is no folder"),
        ("absent.db", lambda path: None, False, "no register here"),
        ("empty.db", Path.touch, False, "empty file"),
        ("text.db", lambda path: path.write_text("施政報告" * 100), True, "no SQLite file"),
        ("short.db", lambda path: path.write_bytes(b"SQL"), True, "no SQLite file"),
        ("theirs.db", other_program, True, "another program"),
    ],
)
def test_what_is_no_register_is_refused_and_left_alone(
    tmp_path: Path, name: str, prepare: Callable[[Path], object], create: bool, said: str
) -> None:
    path = tmp_path / name
    prepare(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RegisterError, match=said):
        open_register(path, create=create)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_damaged_header_is_told_as_damage(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    with pytest.raises(RegisterError, match=r"r\.db"):
        open_register(path)


def test_damaged_pages_are_told_as_damage(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_register(path) as register:
        PLAN.put(register)
    data = bytearray(path.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 200] = b"\xa5" * 200
    path.write_bytes(data)
    with pytest.raises(CorruptError, match="doctor"), open_register(path) as register:
        list(register.items())


def test_a_url_names_its_store(tmp_path: Path) -> None:
    with open_register(f"sqlite://{tmp_path}/r.db") as register:
        assert PLAN.put(register).outcome is Outcome.ADDED
        assert register.location == str(tmp_path / "r.db")
    with pytest.raises(RegisterError, match="no store is known for postgresql://"):
        open_register("postgresql://localhost/deedline")


def test_an_empty_file_becomes_a_register(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.touch()
    with open_register(path) as register:
        assert PLAN.put(register).outcome is Outcome.ADDED


def test_one_file_is_left(tmp_path: Path) -> None:
    with open_register(tmp_path / "r.db") as register:
        PLAN.put(register)
    assert [path.name for path in tmp_path.iterdir()] == ["r.db"]


def test_two_who_write_at_once_take_turns_or_are_told(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_register(path, wait=0.05) as register:
        PLAN.put(register)
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="another process"):
            register.remove_document(PLAN.document.id, at=at(), by="x")
        assert len(list(register.items())) == 2  # reading goes on
        with open_register(path, create=False) as reader:
            assert len(reader.documents()) == 1
        holder.execute("ROLLBACK")
        register.remove_document(PLAN.document.id, at=at(), by="x")
        holder.close()


def test_a_snapshot_does_not_see_what_others_write(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_register(path) as mine, open_register(path) as theirs:
        with mine.snapshot():
            assert mine.documents() == ()
            PLAN.put(theirs)
            assert mine.documents() == ()
        assert len(mine.documents()) == 1


def test_a_list_that_is_being_read_outlives_writing(tmp_path: Path) -> None:
    many = made([f"第{n}項措施" for n in range(900)])
    with open_register(tmp_path / "r.db") as register:
        many.put(register)
        seen = 0
        for stored in register.items():
            if seen == 10:
                PLAN.put(register)
            seen += stored.document_id == many.document.id
        assert seen == 900


def _add(path: Path, number: int) -> str:
    with open_register(path, wait=30) as register:
        return str(made([f"第{number}份文件的措施"], name=f"{number}.txt").put(register).outcome)


def test_processes_that_make_the_same_register_share_it(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        assert pool.starmap(_add, [(tmp_path / "r.db", n) for n in range(8)]) == ["added"] * 8
    with open_register(tmp_path / "r.db", create=False) as register:
        assert len(register.documents()) == 8
        assert [change.number for change in register.history()] == list(range(8, 0, -1))
        assert register.check() == ()


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register that may only be read, also where the tests run as an administrator who may write everything."""
    path = tmp_path / "r.db"
    with open_register(path) as register:
        PLAN.put(register)
    monkeypatch.setattr("os.access", lambda asked, mode: False)
    return path


def test_a_register_that_may_only_be_read_says_so_when_written(read_only: Path) -> None:
    def write(register: Register) -> None:
        register.remove_document(PLAN.document.id, at=at(), by="x")

    before = read_only.read_bytes()
    with open_register(read_only) as register:
        assert len(list(register.items())) == 2
        assert register.check() == ()
        with pytest.raises(RegisterError, match="read but not written"):
            write(register)
    assert read_only.read_bytes() == before


def test_every_refusal_is_one_of_ours() -> None:
    assert issubclass(BusyError, RegisterError)
    assert issubclass(RegisterError, DeedlineError)
