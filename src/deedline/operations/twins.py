"""Editions of one publication in two languages, told by what documents say of themselves and how much they hold.

Such editions say the same things at the same time: they are paired, never compared as earlier and later, and counted
once. A person says so by giving both the same series and edition, or says that they are not by giving them different
ones.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import permutations

from deedline.model.document import Metadata
from deedline.model.item import ItemKind
from deedline.register import StoredDocument

CHINESE = "zh"
TONGUES = (CHINESE, "en")  # languages of documents that readers may prefer
_NEAR = 0.15  # by what share of the larger the numbers of items of a kind may differ
_FEW = 2  # or by how many items
_SAID = frozenset({"series", "edition"})
_UNDATED = (date.min, date.max)


def bounds(metadata: Metadata) -> tuple[date, date]:
    """The first and the last day from which a document can date; all of time where nothing is known."""
    day = metadata.dated
    if day is None:
        return _UNDATED
    if metadata.dated_precision == "year":
        return day, date(day.year, 12, 31)
    if metadata.dated_precision == "month":
        return day, date(day.year, day.month, monthrange(day.year, day.month)[1])
    return day, day


def are_twins(one: StoredDocument, other: StoredDocument) -> bool:
    """Whether two documents are editions of one publication in two languages.

    Where people set series and edition of both, they decide. Else both say whose they are, of what kind, in which
    language, and dates and editions that can be one; and both hold about as many items of each kind.
    """
    a, b = one.metadata, other.metadata
    if not a.language or not b.language or a.language == b.language:
        return False
    if one.edited >= _SAID and other.edited >= _SAID:
        return (a.series, a.edition) == (b.series, b.edition)
    if a.dated is None or b.dated is None or not a.jurisdiction:
        return False
    (first, last), (begin, end) = bounds(a), bounds(b)
    alike = (a.jurisdiction, a.kind) == (b.jurisdiction, b.kind) and first <= end and begin <= last
    same_edition = a.edition == b.edition or not (a.edition and b.edition)
    return alike and same_edition and _hold_as_much(one, other)


def _hold_as_much(one: StoredDocument, other: StoredDocument) -> bool:
    counts = [(one.items.get(kind, 0), other.items.get(kind, 0)) for kind in ItemKind]
    return any(map(any, counts)) and all(abs(a - b) <= max(_FEW, _NEAR * max(a, b)) for a, b in counts)


def twins_of(document: StoredDocument, documents: Iterable[StoredDocument]) -> tuple[StoredDocument, ...]:
    """The editions of a document in other languages, one of each: the first by its date, name and id."""
    found: dict[str, StoredDocument] = {}
    for other in sorted(documents, key=_order):
        if other.id != document.id and are_twins(document, other):
            found.setdefault(other.metadata.language, other)
    return tuple(found.values())


def all_twins(documents: Sequence[StoredDocument]) -> Mapping[str, Mapping[str, StoredDocument]]:
    """For each document that has any, by id, its twins by their language; without comparing all with all."""
    near: defaultdict[Hashable, list[StoredDocument]] = defaultdict(list)
    for document in sorted(documents, key=_order):
        for key in _keys(document):
            near[key].append(document)
    found: defaultdict[str, dict[str, StoredDocument]] = defaultdict(dict)
    for listed in near.values():
        for one, other in permutations(listed, 2):
            if other.metadata.language not in found.get(one.id, ()) and are_twins(one, other):
                found[one.id][other.metadata.language] = other
    return found


def _keys(document: StoredDocument) -> set[Hashable]:
    """Words of which two twins share one: what people said of them, or whose they are and of which year."""
    metadata = document.metadata
    if not metadata.language:
        return set()
    keys: set[Hashable] = {(metadata.series, metadata.edition)} if document.edited >= _SAID else set()
    if metadata.dated and metadata.jurisdiction:
        keys.add((metadata.jurisdiction, metadata.kind, metadata.dated.year))
    return keys


def _order(document: StoredDocument) -> tuple[tuple[date, date], str, str]:
    return bounds(document.metadata), document.name, document.id


def doubles(documents: Sequence[StoredDocument], language: str = CHINESE) -> frozenset[str]:
    """Ids of the documents that say again what their edition in `language`, or else the first of them, says.

    What counts undertakings leaves these out.
    """
    twins = all_twins(documents)
    kept: set[str] = set()
    for document in sorted(documents, key=lambda each: (each.metadata.language != language, _order(each))):
        if not kept & {twin.id for twin in twins.get(document.id, {}).values()}:
            kept.add(document.id)
    return frozenset(document.id for document in documents) - kept
