"""What may be thrown away: kept between uses, and never in the way."""

from __future__ import annotations

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
