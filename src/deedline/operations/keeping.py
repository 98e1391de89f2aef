"""What a person changes of the documents that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from deedline.operations.adding import read_apart
from deedline.register import Change, Register, StoredDocument


def edit_document(
    register: Register, reference: str, changes: Mapping[str, str], *, at: datetime, by: str, why: str = ""
) -> StoredDocument:
    """Set what a person knows better of a document, and read it anew by that: 「今年」 hangs on the document's date."""
    document = register.find_document(reference)
    data = register.document_bytes(document.id)
    if data is None:
        return register.edit_document(document.id, changes, at=at, by=by, why=why)
    parsed = read_apart(data, document.name, {**register.edits(document.id), **changes}, register.column_maps())
    register.put(parsed.document, parsed.finding, data=data, at=at, by=by, why=why, said=changes)
    return register.document(document.id)


def remove_document(register: Register, reference: str, *, at: datetime, by: str, why: str = "") -> Change:
    """Take a document, named by any reference that only it has, out of the register."""
    return register.remove_document(register.find_document(reference).id, at=at, by=by, why=why)
