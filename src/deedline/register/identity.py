"""Which stored item is which when a document is read again: ids endure while the words, or their place, do.

An id is a hash of the document's id and the item's key at first sight. Later it is carried over, in this order: by
the same key; by the same words; then, best first, by likeness of words, where the same number and part ask for less
of it; last by the same words under another kind. What is left is new, or gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from deedline.knowledge.fold import fold
from deedline.model.item import Item
from deedline.register.rows import short_hash

ALIKE = 0.8  # least Dice of character pairs for the same kind
ALIKE_NUMBERED = 0.5  # least share of the shorter text's pairs for the same kind, number and part
_COMPARED = 4000  # characters of a text that are compared
_RARE = 16  # a pair of characters that more stored items share leads nowhere
_RAREST = 12  # rarest pairs of an item that are followed
_CANDIDATES = 8  # stored items that are compared with an item by its rare pairs
_NEIGHBOURS = 2  # and those that stand at its place, this far to either side
_GROUP = 6  # items of one number and part that are compared at all


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a stored item, or of a new one before it has an id ("")."""

    id: str
    key: str
    kind: str
    number: str | None
    part: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """`ids` of the new items in their order, the ids that are `fresh` among them, and stored ones left (`gone`)."""

    ids: tuple[str, ...]
    fresh: frozenset[str]
    gone: tuple[str, ...]


def known(item: Item) -> Known:
    """A new item in the form that is compared."""
    return Known("", item.key, item.kind.value, item.number, item.part, item.text)


def first_id(document_id: str, key: str, taken: Callable[[str], bool]) -> str:
    """The id of an item at first sight; the next in a fixed series where another item holds it."""
    copies = 0
    while taken(item_id := short_hash(f"{document_id}\n{key}" + (f"\n{copies}" if copies else ""))):
        copies += 1
    return item_id


def assign_ids(
    document_id: str, old: Sequence[Known], new: Sequence[Known], taken: Callable[[str], bool]
) -> Assignment:
    """Give every new item the id of the stored one that it is, or a first id of its own.

    `old` and `new` stand in the documents' order, their keys unique. `taken` tells whether any item of the register
    has an id. Near linear in the number of items; the same arguments give the same ids.
    """
    pairs: dict[int, int] = {}  # index of new → index of old
    _match_equal(old, new, pairs, lambda entry: entry.key)
    _match_equal(old, new, pairs, lambda entry: (entry.kind, entry.number, entry.part, _bare(entry.text)))
    _match_equal(old, new, pairs, lambda entry: (entry.kind, _bare(entry.text)))
    _match_alike(old, new, pairs)
    _match_equal(old, new, pairs, lambda entry: _bare(entry.text))
    ids = {index: old[partner].id for index, partner in pairs.items()}
    held = {entry.id for entry in old}
    fresh: set[str] = set()
    for index, entry in enumerate(new):
        if index not in ids:
            ids[index] = first_id(document_id, entry.key, lambda x: x in held or x in fresh or taken(x))
            fresh.add(ids[index])
    matched = set(pairs.values())
    gone = tuple(entry.id for index, entry in enumerate(old) if index not in matched)
    return Assignment(tuple(ids[index] for index in range(len(new))), frozenset(fresh), gone)


def _bare(text: str) -> str:
    return "".join(fold(text).casefold().split())


def _left(old: Sequence[Known], new: Sequence[Known], pairs: dict[int, int]) -> tuple[list[int], list[int]]:
    matched = set(pairs.values())
    return [i for i in range(len(old)) if i not in matched], [j for j in range(len(new)) if j not in pairs]


def _match_equal(
    old: Sequence[Known], new: Sequence[Known], pairs: dict[int, int], feature: Callable[[Known], object]
) -> None:
    """Pair what has the same feature; several alike are paired in the order in which they stand."""
    old_left, new_left = _left(old, new, pairs)
    if not old_left or not new_left:
        return
    waiting: dict[object, list[int]] = defaultdict(list)
    for i in reversed(old_left):
        waiting[feature(old[i])].append(i)
    for j in new_left:
        if alike := waiting.get(feature(new[j])):
            pairs[j] = alike.pop()


def _match_alike(old: Sequence[Known], new: Sequence[Known], pairs: dict[int, int]) -> None:
    old_left, new_left = _left(old, new, pairs)
    if not old_left or not new_left:
        return
    old_pairs = {i: _character_pairs(old[i].text) for i in old_left}
    new_pairs = {j: _character_pairs(new[j].text) for j in new_left}
    scored: list[tuple[float, float, int, int]] = []
    for j, i in sorted(_candidates(old, new, old_pairs, new_pairs)):
        likeness = _likeness(old[i], new[j], old_pairs[i], new_pairs[j])
        if likeness:
            distance = abs(i / max(len(old), 1) - j / max(len(new), 1))
            scored.append((-likeness, distance, i, j))
    used: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in used and j not in pairs:
            used.add(i)
            pairs[j] = i


def _likeness(old: Known, new: Known, old_pairs: frozenset[str], new_pairs: frozenset[str]) -> float:
    """How alike two items are, 0 where they cannot be one; the same number and part count for a tenth."""
    if old.kind != new.kind or not old_pairs or not new_pairs:
        return 0.0
    shared = len(old_pairs & new_pairs)
    dice = 2 * shared / (len(old_pairs) + len(new_pairs))
    if _numbered_alike(old, new) and shared >= ALIKE_NUMBERED * min(len(old_pairs), len(new_pairs)):
        return dice + 0.1
    return dice if dice >= ALIKE else 0.0


def _numbered_alike(old: Known, new: Known) -> bool:
    return old.number is not None and (old.number, old.part) == (new.number, new.part)


def _candidates(
    old: Sequence[Known],
    new: Sequence[Known],
    old_pairs: dict[int, frozenset[str]],
    new_pairs: dict[int, frozenset[str]],
) -> set[tuple[int, int]]:
    """Pairs (new, old) worth comparing: of one number, sharing rare pairs of characters, or at the same place."""
    found: set[tuple[int, int]] = set()
    numbered: dict[object, list[int]] = defaultdict(list)
    holders: dict[str, list[int]] = defaultdict(list)
    for i, held in old_pairs.items():
        numbered[old[i].kind, old[i].number, old[i].part].append(i)
        for pair in held:
            holders[pair].append(i)
    places = sorted(old_pairs)
    for rank, j in enumerate(sorted(new_pairs)):
        entry = new[j]
        same = numbered.get((entry.kind, entry.number, entry.part), ()) if entry.number is not None else ()
        found.update((j, i) for i in same[:_GROUP])
        found.update((j, i) for i in _sharing_rare(new_pairs[j], holders))
        middle = rank * len(places) // max(len(new_pairs), 1)
        found.update((j, i) for i in places[max(0, middle - _NEIGHBOURS) : middle + _NEIGHBOURS + 1])
    return found


def _sharing_rare(asked: Iterable[str], holders: dict[str, list[int]]) -> Iterator[int]:
    followed = sorted((len(holders[pair]), pair) for pair in asked if 0 < len(holders.get(pair, ())) <= _RARE)
    shared: dict[int, int] = defaultdict(int)
    for _, pair in followed[:_RAREST]:
        for i in holders[pair]:
            shared[i] += 1
    best = sorted(shared, key=lambda i: (-shared[i], i))
    return iter(best[:_CANDIDATES])


def _character_pairs(text: str) -> frozenset[str]:
    bare = _bare(text[:_COMPARED])
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1)) or frozenset({bare} if bare else ())
