from __future__ import annotations

from pathlib import Path

import pytest

from deedline.errors import BusyError, RegisterError
from deedline.register.index_folder import locked, note_revision, revision_of


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path, 0), pytest.raises(BusyError), locked(tmp_path, 0):
        pass
    with locked(tmp_path, 0):
        pass


def test_a_folder_that_cannot_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RegisterError, match="no search index can be kept"), locked(tmp_path / "file", 0):
        pass


def test_a_damaged_lock_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "lock.db").write_bytes(b"not a lock" * 100)
    with pytest.raises(RegisterError), locked(tmp_path, 0):
        pass
    with locked(tmp_path, 0):
        pass


def test_the_revision_is_known_only_where_it_was_noted(tmp_path: Path) -> None:
    assert revision_of(tmp_path) is None
    note_revision(tmp_path, "7 香")
    assert revision_of(tmp_path) == "7 香"
    for damaged in ("", "[", "[]", "{}", "\x00"):
        (tmp_path / "state.json").write_text(damaged)
        assert revision_of(tmp_path) is None
