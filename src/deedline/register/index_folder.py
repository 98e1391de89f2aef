"""The folder of a search index: who may write in it now, and up to which revision of the register it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deedline.errors import BusyError, RegisterError


class UnsoundIndexError(RegisterError):
    """What is kept of an index cannot be read or written: to be made anew, or elsewhere."""


@contextmanager
def locked(folder: Path, wait: float) -> Iterator[None]:
    """Nobody else writes in the folder meanwhile; a process that is killed holds nothing.

    BusyError where another holds it for longer than `wait` seconds; RegisterError where no file can be made there.
    """
    import sqlite3  # what only asks for help waits for none of it

    try:
        folder.mkdir(parents=True, exist_ok=True)
        # SQLite locks files alike on all systems, and lets go of them however the process ends.
        connection = sqlite3.connect(folder / "lock.db", timeout=wait, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise RegisterError(f"{folder}: no search index can be kept here ({error})") from None
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BusyError(f"{folder}: another process is writing the search index; try again in a moment") from None
        raise RegisterError(f"{folder}: no search index can be kept here ({error})") from None
    except sqlite3.DatabaseError:
        (folder / "lock.db").unlink(missing_ok=True)
        raise RegisterError(f"{folder}: the lock of the search index was damaged and is made anew; try again") from None
    finally:
        connection.close()


def revision_of(folder: Path) -> str | None:
    """The revision of the register that the index was last seen to hold in full; None where that is not known."""
    try:
        told = json.loads((folder / "state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(told["revision"]) if isinstance(told, dict) and "revision" in told else None


def note_revision(folder: Path, revision: str) -> None:
    """Say up to which revision the index is. Written whole or not at all."""
    fresh = folder / "state.json.new"
    fresh.write_text(json.dumps({"revision": revision}), encoding="utf-8")
    fresh.replace(folder / "state.json")
