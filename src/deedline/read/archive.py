"""Zipped files, member by member: nothing is written anywhere, and no member may grow beyond its limits."""

from __future__ import annotations

import lzma
import posixpath
import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from deedline.errors import LimitError, ReadError

MAX_MEMBERS = 10_000
MAX_MEMBER = 32 * 1024 * 1024
MAX_TOTAL = 96 * 1024 * 1024
MAX_RATIO, _WORTH_A_RATIO = 500, 8 * 1024 * 1024
_ENTRY = b"PK\x01\x02"
_BROKEN = (BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error, RuntimeError)


@dataclass(slots=True)
class Archive:
    """A zipped file open for reading; `name` is what messages call it, `taken` the bytes read from it so far."""

    name: str
    members: ZipFile
    taken: int = field(default=0)

    def has(self, member: str) -> bool:
        """Whether there is a member of that name."""
        return member in self.members.NameToInfo

    def read(self, member: str) -> bytes:
        """A member's bytes. Raises ReadError where it is absent, locked or broken, LimitError over the limits."""
        where = f"{self.name} ({member})"
        info = self.members.NameToInfo.get(member)
        if info is None:
            raise ReadError(f"{where}: this part is missing. Open the file in its program and save it again")
        if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ReadError(f"{where}: this part is locked or packed in an unusual way. Save the file again, unlocked")
        if info.file_size > _WORTH_A_RATIO and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise LimitError(f"{where}: unpacks to more than {MAX_RATIO} times its size, as no document does")
        try:
            with self.members.open(info) as packed:
                data = packed.read(MAX_MEMBER + 1)
        except (*_BROKEN, NotImplementedError) as error:
            raise ReadError(f"{where}: cannot be unpacked. Open the file in its program and save it again") from error
        self.taken += len(data)
        if len(data) > MAX_MEMBER or self.taken > MAX_TOTAL:
            most = f"{MAX_MEMBER:,} bytes a part, {MAX_TOTAL:,} in all"
            raise LimitError(f"{where}: unpacks to more than is read ({most}). Split the file")
        return data


def open_archive(data: bytes, name: str) -> Archive:
    """The archive that some bytes are. Raises ReadError where they are none, LimitError with too many members."""
    if data.count(_ENTRY) > MAX_MEMBERS:
        raise LimitError(f"{name}: more than {MAX_MEMBERS:,} files are packed in it, as in no document")
    try:
        return Archive(name, ZipFile(BytesIO(data)))
    except (*_BROKEN, NotImplementedError) as error:
        raise ReadError(f"{name}: the packed file is damaged. Open it in its program and save it again") from error


def beside(part: str, target: str) -> str:
    """The member that a part refers to as `target`: from the archive's root with a slash, else beside the part."""
    path = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return posixpath.normpath(path).lstrip("/")
