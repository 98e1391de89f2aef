"""The one Document that every reader makes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePath

from deedline.model.document import Document
from deedline.read.decode import check_size
from deedline.read.formats import format_of
from deedline.read.metadata import describe


def read_document(data: bytes, name: str, given: Mapping[str, str] | None = None) -> Document:
    """Read a file's bytes.

    `name` is the file's name, shown in messages; `given` is what the user says of the document (title, publisher,
    date, series, edition, kind, language, jurisdiction) and wins over what the text says. Raises ReadError where no
    reader can take the bytes, LimitError over the limits, InputError where `given` cannot be understood.
    """
    form = format_of(data, name)
    reading = form.read(data, name)
    check_size(len(reading.text), name)
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=digest[:12],
        name=PurePath(name).name,
        sha256=digest,
        media_type=form.media_type,
        text=reading.text,
        metadata=describe(reading.text, reading.blocks, given or {}, name),
        blocks=reading.blocks,
    )
