"""Bytes → Document. Refuses to say what a passage means; that is `find`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deedline.read.reader import read_document

__all__ = ["read_document"]


def __getattr__(name: str) -> Any:
    # A confined child imports one parser and must not pay for all that reading takes.
    if name != "read_document":
        raise AttributeError(f"module 'deedline.read' has no attribute {name!r}")
    from deedline.read.reader import read_document

    return read_document
