"""Bytes → Document. Refuses to say what a passage means; that is `find`'s."""

from deedline.read.reader import read_document

__all__ = ["read_document"]
