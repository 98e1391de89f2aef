"""Bytes by name that cost time to make and may be thrown away at any moment: a file in the user's cache folder.

Nothing depends on it: where it cannot be written, or is damaged, what it would hold is made again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

CACHE_VARIABLE = "DEEDLINE_CACHE"
_MOST_BYTES = 2 << 30  # a file that has grown beyond this is begun anew
_WRITES_TOGETHER = 256


def cache_folder() -> Path:
    """DEEDLINE_CACHE, else `deedline` in the user's cache folder."""
    if told := os.environ.get(CACHE_VARIABLE):
        return Path(told)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "deedline"


class Kept(MutableMapping[str, bytes]):
    """Bytes by name in one SQLite file; of what another process writes at the same time, either stays."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self._pending = connection, 0
        connection.execute("CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")

    def __getitem__(self, name: str) -> bytes:
        row = self._connection.execute("SELECT data FROM kept WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        return bytes(row[0])

    def __setitem__(self, name: str, data: bytes) -> None:
        self._write("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, data))

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self._write("DELETE FROM kept WHERE name = ?", (name,))

    def __contains__(self, name: object) -> bool:
        return self._connection.execute("SELECT 1 FROM kept WHERE name = ?", (name,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        return (name for (name,) in self._connection.execute("SELECT name FROM kept ORDER BY name"))

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM kept").fetchone()[0])

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        self._connection.execute(statement, values)
        self._pending += 1
        if self._pending >= _WRITES_TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write to the file what was put."""
        self._connection.commit()
        self._pending = 0

    def close(self) -> None:
        """Leave the file; what was not flushed is lost."""
        self._connection.close()


@contextmanager
def kept(name: str, folder: Path | None = None) -> Iterator[MutableMapping[str, bytes]]:
    """What is kept under a name, to read and to add to; in memory where no file can be had.

    A fault of the file while it is used ends as any fault does; the next use begins it anew.
    """
    path = (folder or cache_folder()) / f"{name}.db"
    try:
        store = _open(path)
    except (OSError, sqlite3.Error):
        yield {}
        return
    try:
        yield store
        store.flush()
    except sqlite3.DatabaseError:
        _discard(path)
        raise
    finally:
        with contextlib.suppress(sqlite3.Error):
            store.close()


def _open(path: Path) -> Kept:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        _discard(path)
    try:
        return _connected(path)
    except sqlite3.DatabaseError:
        _discard(path)
        return _connected(path)


def _connected(path: Path) -> Kept:
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # it may be lost
        return Kept(connection)
    except sqlite3.Error:
        connection.close()
        raise


def _discard(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
