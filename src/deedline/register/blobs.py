"""Bytes kept once by their own hash, compressed."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib

from deedline.errors import CorruptError

_LEVEL = 6


def keep(connection: sqlite3.Connection, data: bytes) -> str:
    """Keep bytes if they are not kept yet; their SHA-256 in hex."""
    sha256 = hashlib.sha256(data).hexdigest()
    if connection.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (sha256,)).fetchone() is None:
        connection.execute("INSERT INTO blobs VALUES (?, ?)", (sha256, zlib.compress(data, _LEVEL)))
    return sha256


def load(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    """The bytes of that hash, None where they were never kept; CorruptError where they are no longer those."""
    row = connection.execute("SELECT data FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        return None
    try:
        data = zlib.decompress(row["data"])
    except zlib.error:
        data = b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CorruptError(f"kept bytes {sha256[:12]} are damaged; go back to a copy of the register")
    return data


def text_bytes(text: str) -> bytes:
    """A decoded text as it is kept."""
    return text.encode("utf-8", "surrogatepass")


def bytes_text(data: bytes) -> str:
    """The way back."""
    return data.decode("utf-8", "surrogatepass")
