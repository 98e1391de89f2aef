"""Schemes, plans, laws and committees that documents name, each with every item that names it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deedline.errors import NotFoundError
from deedline.knowledge.fold import fold
from deedline.model.entry import Entry
from deedline.operations.remembering import remembered
from deedline.operations.scene import Scene, scene
from deedline.register import Register, StoredDocument

_MARKS = "「」『』《》〈〉“”\"'‘’() "


@dataclass(frozen=True, slots=True)
class Named:
    """A name as most often printed, of which kind, and the items that print it, by their documents' dates."""

    name: str
    kind: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Names:
    """All names known on a day, by `name_key`; those with most items first. `documents` are those they stand in."""

    as_of: date
    by_key: Mapping[str, Named]
    documents: Mapping[str, StoredDocument]


def name_key(name: str) -> str:
    """What two prints of one name share: folded, without quotation or title marks and spaces."""
    return fold(name).strip(_MARKS).replace(" ", "").lower()


def names(register: Register, as_of: date | None = None, language: str = "") -> Names:
    """Every name that items print in quotation or title marks; with `language`, those of a publication in two
    languages by its edition in that alone."""
    with register.snapshot():
        known = scene(register, as_of)
        left_out = known.doubles(language) if language else frozenset()
        return remembered(
            register,
            ("names", known.as_of, left_out),
            lambda: _names(known, left_out),
            lambda found: len(known.entries) + len(found.by_key),
        )


def named_in(found: Names, name: str) -> Named:
    """The items that print a name, in whichever script, width or marks; NotFoundError where none does."""
    key = name_key(name)
    if key not in found.by_key:
        raise NotFoundError(f"{name}: no item names it; the list of names shows those that are")
    return found.by_key[key]


def _names(known: Scene, left_out: Collection[str]) -> Names:
    printed: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    entries: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in known.entries.values():
        if entry.document_id in left_out:
            continue
        for name in entry.item.names:
            key = name_key(name.as_printed)
            if key:
                printed[key][name.as_printed.strip(_MARKS), name.kind] += 1
                entries[key][entry.id] = entry
    ranked = sorted(entries, key=lambda key: (-len(entries[key]), key))
    by_key = {}
    for key in ranked:
        (shown, kind), _ = max(printed[key].items(), key=lambda pair: (pair[1], pair[0]))
        listed = sorted(entries[key].values(), key=lambda entry: (entry.dated or date.min, entry.document_id))
        by_key[key] = Named(shown, kind, tuple(listed))
    return Names(known.as_of, by_key, known.documents)
