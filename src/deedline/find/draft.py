"""An item before its values are read: its words in both forms, and where they stand."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from deedline.knowledge.fold import fold
from deedline.model.document import Block
from deedline.model.item import Issue, Item, ItemKind
from deedline.model.passage import Passage
from deedline.model.text import MappedText, Span

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """An item whose own words have not yet been read for times, figures and names.

    `passage` are the item's words without its closing bodies; `lead_in` those of the list's opening that it shares,
    or None; `report` the words of its progress report, or None; `issues` what was doubted on the way. `outer` are the
    spans of the item that `item.parent` names, which tell it from another of the same number and words.
    """

    item: Item
    passage: Passage
    lead_in: Passage | None = None
    report: Passage | None = None
    issues: tuple[Issue, ...] = ()
    outer: tuple[Span, ...] = ()

    def under(self, parent: Draft, lead_in: str) -> Draft:
        """The same as an entry of `parent`, which opens it by the words `lead_in`."""
        return replace(self, item=replace(self.item, parent=parent.item.key, lead_in=lead_in), outer=parent.item.spans)


def key_of(kind: ItemKind, number: str | None, part: int | None, text: str) -> str:
    """A key that the same words in the same place get again: kind, number, part and a hash of the bare words."""
    bare = _NOT_LETTERS.sub("", fold(text)).lower()
    digest = hashlib.sha256(bare.encode()).hexdigest()[:12]
    place = ".".join(str(piece) for piece in (number, part) if piece is not None)
    return f"{kind.value}:{place}:{digest}" if place else f"{kind.value}:{digest}"


def join_blocks(blocks: Sequence[Block], original: str) -> MappedText:
    """The words of several blocks as one text, parted by the white space that the original has between them."""
    pieces: list[MappedText] = []
    for block in blocks:
        before = block.text.offsets[0] - 1 if pieces and block.text else -1
        if before >= 0 and original[before].isspace():
            pieces.append(MappedText(" ", (before,)))
        pieces.append(block.text)
    return MappedText.join(pieces)


def with_distinct_keys(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The drafts in order; of several with one key the second is marked #2, and so on, and so are its issues and the
    parent of its own entries."""
    seen: Counter[str] = Counter()
    distinct: list[Draft] = []
    keys: dict[tuple[str, tuple[Span, ...]], str] = {}
    for draft in drafts:
        key = draft.item.key
        seen[key] += 1
        distinct.append(draft if seen[key] == 1 else _rekeyed(draft, f"{key}#{seen[key]}"))
        keys[key, draft.item.spans] = distinct[-1].item.key
    return tuple(_with_parent(draft, keys) for draft in distinct)


def _with_parent(draft: Draft, keys: Mapping[tuple[str, tuple[Span, ...]], str]) -> Draft:
    given = draft.item.parent
    parent = keys.get((given, draft.outer), given) if given else None
    return draft if parent == given else replace(draft, item=replace(draft.item, parent=parent))


def _rekeyed(draft: Draft, key: str) -> Draft:
    old = draft.item.key
    issues = tuple(replace(issue, item=key if issue.item == old else issue.item) for issue in draft.issues)
    return replace(draft, item=replace(draft.item, key=key), issues=issues)
