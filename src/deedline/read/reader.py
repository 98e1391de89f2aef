"""Which reader for which file, and the one Document that they all make."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePath

from deedline.errors import ReadError
from deedline.model.document import Document
from deedline.read.decode import decode
from deedline.read.metadata import describe
from deedline.read.plain import read_blocks

_SIGNATURES = {b"%PDF": "PDF", b"PK\x03\x04": "Word, Excel or another zipped format", b"\xd0\xcf\x11\xe0": "old Office"}
_MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown"}


def read_document(data: bytes, name: str, given: Mapping[str, str] | None = None) -> Document:
    """Read a file's bytes.

    `name` is the file's name, shown in messages; `given` is what the user says of the document (title, publisher,
    date, series, edition, kind, language, jurisdiction) and wins over what the text says. Raises ReadError where no
    reader can take the bytes, LimitError over the limits, InputError where `given` cannot be understood.
    """
    for signature, form in _SIGNATURES.items():
        if data.startswith(signature):
            raise ReadError(
                f"{name}: is a {form} file, which is not read yet. Convert it to text or Markdown, then add that"
            )
    text = decode(data, name)
    if not text.strip():
        raise ReadError(f"{name}: holds no text. If it is a scan, it needs recognition (OCR) first")
    digest = hashlib.sha256(data).hexdigest()
    blocks = read_blocks(text)
    return Document(
        id=digest[:12],
        name=PurePath(name).name,
        sha256=digest,
        media_type=_MEDIA_TYPES.get(PurePath(name).suffix.lower(), "text/plain"),
        text=text,
        metadata=describe(text, blocks, given or {}, name),
        blocks=blocks,
    )
