"""One publication in two languages: which documents are its editions, and what stands beside what in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from deedline.errors import InputError, KnowledgeError, TooLargeError
from deedline.find.printed import printed_numbers
from deedline.model.document import DocumentKind
from deedline.model.entry import Entry
from deedline.model.pairing import ItemPairs, Printed
from deedline.operations.comparing import entries
from deedline.operations.remembering import remembered
from deedline.operations.twins import are_twins, twins_of
from deedline.pair.folding import Side
from deedline.pair.pair import pair_items
from deedline.register import Register, StoredDocument

_ALIKE, _ALIKE_WHERE_RECOGNISED = 2 / 3, 1 / 3  # of all items; two years of one publication pair some 60 in 100
_MOST_PAIRS = 9_000_000  # of one item of each: their likeness alone takes some 300 MB


class Likening(Protocol):
    """Says how alike in meaning the items of two documents are, 0 to 1, a row for each of the first."""

    def __call__(self, one: Sequence[Entry], other: Sequence[Entry]) -> Sequence[Sequence[float]]:
        """Rows of cosines."""
        ...


@dataclass(frozen=True, slots=True)
class Languages:
    """Two documents item by item; `one` is the Chinese one where there is one.

    `recognised` says that they are taken for editions of one publication. `entries` are their items by id; `starts`
    gives for each document, by id, where its lines begin.
    """

    one: StoredDocument
    other: StoredDocument
    recognised: bool
    found: ItemPairs
    entries: Mapping[str, Entry]
    starts: Mapping[str, tuple[int, ...]]

    @property
    def paired(self) -> int:
        """How many of the items of both have a counterpart."""
        return len(self.entries) - len(self.found.only_one) - len(self.found.only_other)

    @property
    def alike(self) -> bool:
        """Whether so many items are paired that what is missing may be missing: fewer where they are `recognised`."""
        return self.paired >= (_ALIKE_WHERE_RECOGNISED if self.recognised else _ALIKE) * len(self.entries)

    def lines(self, printed: Printed) -> tuple[int, int]:
        """The first and last line, 1-based, that words stand on; those of the item where it has no such words."""
        entry = self.entries[printed.item_id]
        if not printed.spans:
            return entry.item.lines
        starts = self.starts[entry.document_id]
        first, last = min(s.start for s in printed.spans), max(s.end for s in printed.spans) - 1
        return bisect_right(starts, first), bisect_right(starts, max(first, last))


def pair_languages(register: Register, one: str, other: str, likening: Likening | None = None) -> Languages:
    """Two documents in two languages, item by item, with their discrepancies; by id or any reference only they have.

    InputError where both are one document, or are not in two known languages; TooLargeError where they hold too many
    items. What was computed is remembered until the register changes.
    """
    documents = _in_two_languages(register, one, other)
    first, second = sorted(documents, key=lambda d: (d.metadata.language != "zh", d.metadata.language, d.name, d.id))
    with register.snapshot():
        question = ("languages", first.id, second.id)
        return remembered(
            register, question, lambda: _paired(register, first, second, likening), lambda found: len(found.entries)
        )


def _in_two_languages(register: Register, one: str, other: str) -> tuple[StoredDocument, StoredDocument]:
    """The two documents; InputError where they are one, or are not in two known languages."""
    documents = register.find_document(one), register.find_document(other)
    tongues = [document.metadata.language for document in documents]
    if documents[0].id == documents[1].id:
        raise InputError(f"{one} and {other} are the same document; name its editions in two languages")
    if not all(tongues) or tongues[0] == tongues[1]:
        told = " and ".join(tongue or "unknown" for tongue in tongues)
        raise InputError(
            f"{documents[0].name} and {documents[1].name} are not in two languages ({told}); `deedline edit-document` "
            "sets the language of a document, `deedline compare` compares two editions of one language"
        )
    return documents


def _demand_one_kind(documents: tuple[StoredDocument, StoredDocument]) -> None:
    """InputError where one is a submission and the other a government's own: no publication is both."""
    one, other = (document.metadata.kind for document in documents)
    if one is not other and DocumentKind.UNKNOWN not in (one, other):
        told = " and ".join(f"{document.name} ({document.metadata.kind})" for document in documents)
        raise InputError(
            f"{told} are of two kinds, so no editions of one publication; `deedline edit-document --kind` sets a kind"
        )


def _paired(register: Register, one: StoredDocument, other: StoredDocument, likening: Likening | None) -> Languages:
    counts = [document.size for document in (one, other)]
    if counts[0] * counts[1] > _MOST_PAIRS:
        raise TooLargeError(
            f"{one.name} and {other.name} hold {counts[0]:,} and {counts[1]:,} items: too many to lay each beside "
            "every other; split the documents"
        )
    sides = [_side(entries(register, document), document) for document in (one, other)]
    likeness = (likening or likeness_of)(sides[0].entries, sides[1].entries)
    return Languages(
        one=one,
        other=other,
        recognised=are_twins(one, other),
        found=pair_items(sides[0], sides[1], likeness),
        entries={entry.id: entry for side in sides for entry in side.entries},
        starts={document.id: _line_starts(register.document_text(document.id)) for document in (one, other)},
    )


def _side(listed: Sequence[Entry], document: StoredDocument) -> Side:
    return Side(listed, [numbers_of(entry, document.metadata.language) for entry in listed])


def numbers_of(entry: Entry, language: str) -> frozenset[float]:
    """The numbers that an item prints in its own words and its report."""
    item = entry.item
    words = [item.lead_in, item.text, item.report.narrative if item.report else ""]
    return frozenset(number for text in words if text for number in printed_numbers(text, language))


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text)))


def likeness_of(one: Sequence[Entry], other: Sequence[Entry]) -> Sequence[Sequence[float]]:
    """Likeness by the embedding model that Deedline carries; encodings are kept in the user's cache folder."""
    from deedline.link.likeness import likeness
    from deedline.run.kept import kept

    with kept("encodings") as store:
        return likeness(one, other, store=store)


def languages_of(register: Register, document: StoredDocument) -> tuple[StoredDocument, ...]:
    """The editions of a document's publication in other languages."""
    return twins_of(document, register.documents())


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An item as the edition in another language has it; `sure` is False where the pair needs a look."""

    entry: Entry
    document: StoredDocument
    sure: bool


def counterparts(register: Register, item_id: str, document: StoredDocument) -> tuple[Counterpart, ...]:
    """What stands beside an item in the editions of its publication in other languages; nothing where meanings cannot
    be compared here."""
    found: list[Counterpart] = []
    with register.snapshot(), suppress(KnowledgeError, TooLargeError):
        for other in languages_of(register, document):
            both = pair_languages(register, document.id, other.id)
            for pair in both.found.pairs:
                if item_id in (*pair.one, *pair.other):
                    beside = pair.other if item_id in pair.one else pair.one
                    found.extend(Counterpart(both.entries[each], other, pair.sure) for each in beside)
    return tuple(found)


def say_pair(register: Register, references: tuple[str, str], *, same: bool, at: datetime, by: str) -> None:
    """Keep what a person says of two documents: that they are editions of one publication in two languages, or not.

    Said by their series and edition, which hold when the documents are read again. One action for `undo`. InputError,
    before anything is kept, where they cannot be laid side by side, or are said to be the same but are of two kinds.
    """
    documents = _in_two_languages(register, *references)
    if same:
        _demand_one_kind(documents)
    first = documents[0].metadata
    series = first.series or first.title or documents[0].name
    edition = first.edition or (str(first.dated.year) if first.dated else "1")
    with register.action():
        for document in documents:
            apart = (
                "" if same or document.id == documents[0].id else f" ({document.metadata.language or document.name})"
            )
            register.edit_document(document.id, {"series": series + apart, "edition": edition}, at=at, by=by)
