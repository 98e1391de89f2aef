"""Bytes by name that cost time to make and may be thrown away at any moment: a file in the user's cache folder.

Nothing depends on it: where it cannot be written, or is damaged, what it would hold is made again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

CACHE_VARIABLE = "DEEDLINE_CACHE"
_MOST_BYTES = 2 << 30  # a file that has grown beyond this is begun anew
_WRITES_TOGETHER, _SECONDS_TOGETHER = 256, 1.0  # what is lost at most when a process is ended
_WAIT = 5.0  # seconds for another's writing to end
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def cache_folder() -> Path:
    """DEEDLINE_CACHE, else `deedline` in the user's cache folder."""
    if told := os.environ.get(CACHE_VARIABLE):
        return Path(told)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "deedline"


class Kept(MutableMapping[str, bytes]):
    """Bytes by name in one SQLite file; of what another process writes at the same time, either stays.

    What is put waits in memory for the next flush, so that the file is locked for moments only, however long the making
    of the next takes; while the file cannot be written it goes on waiting there.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self._waiting, self._flushed = connection, dict[str, bytes | None](), time.monotonic()
        connection.execute("CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")

    def __getitem__(self, name: str) -> bytes:
        data = self._waiting[name] if name in self._waiting else self._read(name)
        if data is None:
            raise KeyError(name)
        return data

    def _read(self, name: str) -> bytes | None:
        row = self._connection.execute("SELECT data FROM kept WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def __setitem__(self, name: str, data: bytes) -> None:
        self._put(name, data)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self._put(name, None)

    def __contains__(self, name: object) -> bool:
        if name in self._waiting:
            return self._waiting[str(name)] is not None
        return self._connection.execute("SELECT 1 FROM kept WHERE name = ?", (name,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        names = {name for (name,) in self._connection.execute("SELECT name FROM kept")} - self._waiting.keys()
        return iter(sorted(names | {name for name, data in self._waiting.items() if data is not None}))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _put(self, name: str, data: bytes | None) -> None:
        self._waiting[name] = data
        if len(self._waiting) >= _WRITES_TOGETHER or time.monotonic() - self._flushed >= _SECONDS_TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write to the file what was put, if it can be written now."""
        self._flushed = time.monotonic()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for name, data in self._waiting.items():
                    self._write(name, data)
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError:  # another writes for long, or the disk is full: it may be lost
            return
        self._waiting.clear()

    def _write(self, name: str, data: bytes | None) -> None:
        if data is None:
            self._connection.execute("DELETE FROM kept WHERE name = ?", (name,))
        else:
            self._connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, data))

    def close(self) -> None:
        """Leave the file; what was not flushed is lost."""
        self._connection.close()


@contextmanager
def kept(name: str, folder: Path | None = None) -> Iterator[MutableMapping[str, bytes]]:
    """What is kept under a name, to read and to add to; in memory where no file can be had.

    A fault of the file while it is read ends as any fault does; where it is damaged the next use begins it anew.
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
    except sqlite3.DatabaseError as error:
        if _is_damaged(error):
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
    except sqlite3.DatabaseError as error:
        if not _is_damaged(error):
            raise
        _discard(path)
        return _connected(path)


def _is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault, rather than another who is writing to it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _connected(path: Path) -> Kept:
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
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
