"""The schema's steps, and bringing a file up to the newest of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from deedline.errors import RegisterError
from deedline.register.connection import transaction

APPLICATION_ID = 0x44454544  # "DEED", in the file's header: tells a register from any other SQLite file


@cache
def steps() -> Mapping[int, str]:
    """SQL by step number, from migrations/NNNN_name.sql; step n takes schema n-1 to n."""
    folder = resources.files("deedline.register.migrations")
    files = {int(file.name[:4]): file for file in folder.iterdir() if file.name.endswith(".sql")}
    return {number: files[number].read_text(encoding="utf-8") for number in sorted(files)}


def migrate(connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
    """Take a register to the newest schema, each step a transaction; a new file goes through all of them.

    Raises RegisterError where it is old and not to be written, and as `version_of` does.
    """
    newest = max(steps())
    version = version_of(connection, path)
    if version == newest:
        return
    if not writable:
        raise RegisterError(f"{path}: has the older schema {version} and cannot be written; copy it where it can")
    for number in range(version + 1, newest + 1):
        with transaction(connection):
            if version_of(connection, path) >= number:  # another process was quicker
                continue
            for statement in statements(steps()[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The schema of a register, 0 for an empty file; RegisterError for another program's or a newer Deedline's."""
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if application != APPLICATION_ID and (application or version or tables):
        raise RegisterError(f"{path}: is an SQLite file of another program; choose another path for --register")
    if version > max(steps()):
        raise RegisterError(
            f"{path}: has schema {version}, made by a newer Deedline than this, which knows {max(steps())}. Update it"
        )
    return version


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one, so that they can share a transaction."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if any(line.strip() and not line.startswith("--") for line in pending.splitlines()):
        raise RegisterError("a migration ends in the middle of a statement; close it with a semicolon")
