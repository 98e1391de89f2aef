"""One connection to an SQLite file: opened with care, written in whole transactions, failing in plain words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from deedline.errors import BusyError, CorruptError, RegisterError, StageError

_HEADER = b"SQLite format 3\x00"
_PAUSE = 0.05
_CACHE_KIB = 32 * 1024  # pages kept in memory at most: enough for the inner pages of every index of a large register


def connect(path: Path, *, create: bool, wait: float) -> tuple[sqlite3.Connection, bool]:
    """A connection to the file, and whether it may be written; raises RegisterError where it is no SQLite file.

    Nothing is written yet: whose file it is, is still to be seen.
    """
    _demand_file(path, create=create)
    writable = os.access(path if path.exists() else path.parent, os.W_OK)
    folder_writable = os.access(path.parent, os.W_OK)
    mode = ("rwc" if create else "rw") if writable and folder_writable else "ro"
    # In a folder that nobody can write, SQLite cannot make its side files; nobody else can change the file either.
    frozen = mode == "ro" and not folder_writable and not path.with_name(path.name + "-wal").exists()
    address = f"file:{quote(str(path.absolute()))}?mode={mode}" + ("&immutable=1" if frozen else "")
    with explained(path):
        connection = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection, mode != "ro"


def _demand_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise RegisterError(f"{path}: is a folder; give the register's file, for instance {path / 'deedline.db'}")
    if not path.parent.is_dir():
        raise RegisterError(f"{path}: there is no folder {path.parent}; make it, or correct the path")
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEADER))
    except FileNotFoundError:
        if not create:
            raise RegisterError(f"{path}: there is no register here; `deedline add FILE` makes one") from None
        return
    except OSError as error:
        raise RegisterError(
            f"{path}: cannot be opened ({error.strerror}); correct the path or its permissions"
        ) from error
    if head and head != _HEADER:
        raise RegisterError(f"{path}: is not a register (no SQLite file); choose another path for --register")
    if not head and not create:
        raise RegisterError(f"{path}: is an empty file, not yet a register; `deedline add FILE` makes it one")


def prepare_writing(connection: sqlite3.Connection, wait: float) -> None:
    """Settle how changes reach the disk; the first time, this writes to the file.

    A write-ahead log, so that pages can be read while a document is added; FULL, as a judgement once acknowledged must
    outlive a power cut. The choice is explained in docs/decisions.
    """
    give_up = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:  # SQLite does not wait here by itself
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_PAUSE)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_size_limit = 0")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Whatever SQLite raises inside becomes a RegisterError that says what to do; values it cannot hold, StageError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, path) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise StageError(
            f"{path}: a value that was found cannot be kept ({error}); nothing of this change was"
        ) from error


def _explain(error: sqlite3.Error, path: Path) -> RegisterError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BusyError(f"{path}: another process is writing to this register; try again when it is done")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return CorruptError(
            f"{path}: the file is damaged ({error}); `deedline doctor` tells how far; go back to a copy"
        )
    return RegisterError(f"{path}: {_what_failed(code, error, path)}")


def _what_failed(code: int, error: sqlite3.Error, path: Path) -> str:
    """What happened, and what to do."""
    cannot = "the file cannot be opened" if path.exists() else f"nothing can be written in the folder {path.parent}"
    told = {
        sqlite3.SQLITE_READONLY: "the file can be read but not written; change its permissions or copy it",
        sqlite3.SQLITE_CANTOPEN: f"{cannot}; change its permissions, or choose another path for --register",
        sqlite3.SQLITE_CONSTRAINT: f"a later change builds on what this would take away ({error}); nothing was changed",
        sqlite3.SQLITE_FULL: "the disk is full; nothing of this change was kept. Make room and repeat it",
    }
    other = f"SQLite says: {error}; nothing of this change was kept. `deedline doctor` checks the file"
    return told.get(code, other)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is written inside, or, whatever is raised, none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
