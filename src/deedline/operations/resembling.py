"""A document that was added and one that was held before it, where they may be two versions of one."""

from __future__ import annotations

from collections.abc import Sequence

from deedline.register import ItemQuery, Register, StoredDocument

_MOST = 2 / 3  # of the items of the larger: two years of one publication word fewer than half of theirs alike
_SIZES = 0.8  # how many items the smaller holds, at least, of those of the larger
_LOOKED_AT = 5  # documents whose items are read for it


def resembled(register: Register, document: StoredDocument, held: Sequence[StoredDocument]) -> StoredDocument | None:
    """Of `held`, that of which a document may be another version: with its title and date, or most of its items word
    for word; the one that shares most. None where there is none."""
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
    ranked = [(_share(own, _words(register, other)), other) for other in near[:_LOOKED_AT]]
    fits = [(share, other) for share, other in ranked if share >= _MOST or _say_the_same(document, other)]
    return max(fits, key=lambda pair: pair[0])[1] if fits else None


def _say_the_same(one: StoredDocument, other: StoredDocument) -> bool:
    a, b = one.metadata, other.metadata
    told = bool(a.title) and a.dated is not None
    return told and (a.title, a.dated, a.dated_precision, a.kind) == (b.title, b.dated, b.dated_precision, b.kind)


def _words(register: Register, document: StoredDocument) -> frozenset[str]:
    return frozenset(stored.item.text for stored in register.items(ItemQuery(document=document.id)))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one), len(other), 1)
