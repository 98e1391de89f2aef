"""Bytes put aside in a temporary file: out of memory, and read again in a few millionths of a second."""

from __future__ import annotations

import weakref
from tempfile import TemporaryFile
from typing import IO

Place = tuple[int, int]  # where bytes start in the file, and how many they are


class Aside:
    """A file that is made when the first bytes come and ends with this object; it may fail to take what comes."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._end, self._full = 0, False

    def put(self, data: bytes) -> Place | None:
        """Where the bytes are now; None where no file can be had or the disk is full, and from then on."""
        if self._full:
            return None
        try:
            if self._file is None:
                self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it is closed with this object
                weakref.finalize(self, self._file.close)
            self._full = self._file.write(data) < len(data)
        except OSError:
            self._full = True
        self._end += len(data)
        return None if self._full else (self._end - len(data), len(data))

    def get(self, place: Place) -> bytes:
        """The bytes that were put there."""
        if self._file is None:
            raise KeyError(place)
        start, size = place
        self._file.seek(start)
        return self._file.read(size)
