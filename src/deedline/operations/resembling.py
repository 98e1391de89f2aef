"""A document that was added and one that was held before it, where they may be two versions of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deedline.register import ItemQuery, Register, StoredDocument

_MOST = 2 / 3  # of the items of the larger: two years of one publication word fewer than half of theirs alike
_SOME = 0.2  # of them, more than which a version shares whose title and date are the same: chapters share none
_SIZES = 0.8  # how many items the smaller holds, at least, of those of the larger
_LOOKED_AT = 5  # documents whose items are read for it


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A document of which another may be a version; `share` is the part, 0 to 1, of the larger's items in both."""

    document: StoredDocument
    share: float

    @property
    def nearly_all(self) -> bool:
        """Whether most items are the same word for word; else the title and date are, and some of the items."""
        return self.share >= _MOST


def resembled(register: Register, document: StoredDocument, held: Sequence[StoredDocument]) -> Resemblance | None:
    """Of `held`, that of which a document may be another version: with most of its items word for word, or some of
    them and its title and date; the one that shares most. None where there is none."""
    near = [
        other
        for other in held
        if other.id != document.id
        and other.metadata.language == document.metadata.language
        and (
            _say_the_same(document, other) or _SIZES * max(document.size, other.size) <= min(document.size, other.size)
        )
    ]
    near.sort(key=lambda other: (not _say_the_same(document, other), abs(other.size - document.size), other.id))
    own = _words(register, document) if near else frozenset()
    looked_at = [Resemblance(other, _share(own, _words(register, other))) for other in near[:_LOOKED_AT]]
    fits = [
        each for each in looked_at if each.nearly_all or (each.share > _SOME and _say_the_same(document, each.document))
    ]
    return max(fits, key=lambda each: each.share, default=None)


def _say_the_same(one: StoredDocument, other: StoredDocument) -> bool:
    a, b = one.metadata, other.metadata
    told = bool(a.title) and a.dated is not None
    if a.publisher and b.publisher and a.publisher != b.publisher:
        return False  # two parties answer one consultation under its title
    return told and (a.title, a.dated, a.dated_precision, a.kind) == (b.title, b.dated, b.dated_precision, b.kind)


def _words(register: Register, document: StoredDocument) -> frozenset[str]:
    return frozenset(stored.item.text for stored in register.items(ItemQuery(document=document.id)))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one), len(other), 1)
