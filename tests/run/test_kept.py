"""What may be thrown away: kept between uses, and never in the way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from deedline.run.kept import CACHE_VARIABLE, cache_folder, kept


def test_what_is_put_is_there_the_next_time(tmp_path: Path) -> None:
    with kept("things", tmp_path) as store:
        store["a"], store["b"] = b"1", b"2"
        del store["b"]
        assert "b" not in store
    with kept("things", tmp_path) as store:
        assert (dict(store), len(store)) == ({"a": b"1"}, 1)
        with pytest.raises(KeyError):
            store["b"]
        with pytest.raises(KeyError):
            del store["b"]


def test_many_writes_are_all_kept(tmp_path: Path) -> None:
    with kept("things", tmp_path) as store:
        store.update({f"{number}": bytes([number % 256]) for number in range(1000)})
    with kept("things", tmp_path) as store:
        assert len(store) == 1000
        assert store["999"] == bytes([999 % 256])


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "things.db").write_bytes(b"no database" * 1000)
    with kept("things", tmp_path) as store:
        store["a"] = b"1"
    with kept("things", tmp_path) as store:
        assert store["a"] == b"1"


def test_two_write_at_the_same_time(tmp_path: Path) -> None:
    with kept("things", tmp_path) as one:
        one["a"] = b"1"
        with kept("things", tmp_path) as other:
            other["b"] = b"2"
            one["c"] = b"3"
        with kept("things", tmp_path) as third:
            assert dict(third) == {"b": b"2"}  # what another has put waits for nobody
    with kept("things", tmp_path) as store:
        assert dict(store) == {"a": b"1", "b": b"2", "c": b"3"}


def test_what_took_long_to_make_is_written_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("deedline.run.kept.time.monotonic", lambda: now[0])
    with kept("things", tmp_path) as one:
        now[0] += 3
        one["page"] = b"1"
        with kept("things", tmp_path) as other:
            assert other["page"] == b"1"


def test_while_another_holds_the_file_it_waits_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deedline.run.kept._WAIT", 0.01)
    with kept("things", tmp_path) as store:
        store["a"] = b"1"
    holder = sqlite3.connect(tmp_path / "things.db", isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        with kept("things", tmp_path) as store:
            store.update({f"{number}": b"x" for number in range(600)})
            del store["a"]
            assert (len(store), "a" in store, store["599"]) == (600, False, b"x")
        holder.execute("INSERT INTO kept VALUES ('held', x'00')")
        holder.execute("COMMIT")
    finally:
        holder.close()
    with kept("things", tmp_path) as store:  # neither discarded nor damaged
        assert dict(store) == {"a": b"1", "held": b"\x00"}


def test_where_nothing_can_be_written_it_is_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with kept("things", tmp_path / "file" / "folder") as store:
        store["a"] = b"1"
        assert store["a"] == b"1"


def test_the_folder_is_told_or_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv(CACHE_VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "deedline"
