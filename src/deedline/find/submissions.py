"""Submissions: numbered recommendations, and the proposals that they hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deedline.find.draft import Draft, join_blocks, key_of
from deedline.find.outline import Placed, is_heading_like
from deedline.knowledge.fold import passage
from deedline.knowledge.layouts import HEADING_LEVELS, Layout, layout_for
from deedline.model.document import Block, BlockKind
from deedline.model.item import Item, ItemKind, LineRole

_ENOUGH = 2  # entries of a form before it counts as one the document uses


@dataclass(slots=True)
class _Entry:
    """A recommendation, a proposal or a section of prose under way: its blocks and where it stands."""

    kind: ItemKind
    number: str | None
    part: int | None
    path: tuple[str, ...]
    blocks: list[Block]
    level: int = 0
    parent: _Entry | None = None
    children: int = field(default=0)


def submission_layout(blocks: Sequence[Block]) -> Layout:
    """The layout that the document's markers fit."""
    used = Counter("glyph" if b.kind is BlockKind.BULLET else b.rule for b in blocks)
    return layout_for("submission", {rule for rule, count in used.items() if count >= _ENOUGH})


def heading_levels(layout: Layout) -> dict[str, int]:
    """The heading level of each marker rule that heads a chapter or a section."""
    return {rule: HEADING_LEVELS[role] for rule, role in layout.levels.items() if role in HEADING_LEVELS}


def entry_rules(layout: Layout) -> frozenset[str]:
    """The marker rules whose blocks are recommendations or proposals."""
    return frozenset(rule for rule, role in layout.levels.items() if role not in HEADING_LEVELS)


def find_proposals(placed: Sequence[Placed], layout: Layout, language: str, original: str) -> tuple[Draft, ...]:
    """Recommendations and proposals in reading order.

    A recommendation's words are its title and all that stands before its first proposal. A proposal's number is that
    of its recommendation or section, its part counts the entries there; an inner bullet has the outer one as parent.
    """
    entries = list(_entries(placed, layout, language))
    drafts = {id(entry): _draft(entry, original) for entry in entries}
    return tuple(_with_parent(drafts[id(e)], drafts.get(id(e.parent)) if e.parent else None) for e in entries)


def _entries(placed: Sequence[Placed], layout: Layout, language: str) -> Iterator[_Entry]:
    holder: _Entry | None = None  # the recommendation, or the section, that entries belong to
    outer: list[_Entry] = []
    marked: tuple[str, ...] = ()
    group, inner = "", ""  # unmarked headings above a recommendation, and within one
    for place, heads in zip(placed, _heads_recommendation(placed, layout), strict=True):
        block = place.block
        if place.rule == "implied-heading":
            group, inner = (block.text.text, "") if heads else (group, block.text.text)
            if holder is not None and holder.kind is ItemKind.RECOMMENDATION and not holder.children:
                holder.blocks.append(block)
        elif place.role is LineRole.HEADING:
            yield from _section_of_prose(holder, layout)
            marked, group, inner = place.path, "", ""
            is_section = layout.levels.get(place.rule) == "section"
            holder, outer = _Entry(ItemKind.PROPOSAL, _number(block) if is_section else None, None, marked, []), []
        if place.role is not None:
            continue
        role = _entry_role(block, layout)
        above = (*marked, *([group] if group else []))
        if role == "recommendation":
            yield from _section_of_prose(holder, layout)
            holder, outer, inner = _Entry(ItemKind.RECOMMENDATION, _number(block), None, above, [block]), [], ""
            yield holder
        elif role == "proposal":
            entry = _proposal(block, holder, outer, above, inner)
            outer = [*(e for e in outer if e.level < entry.level), entry]
            yield entry
        elif holder is not None and not holder.children and not is_heading_like(block, language):
            holder.blocks.append(block)
    yield from _section_of_prose(holder, layout)


def _entry_role(block: Block, layout: Layout) -> str | None:
    if not block.text:
        return None  # a marker with nothing behind it
    return layout.levels.get("glyph" if block.kind is BlockKind.BULLET else block.rule)


def _heads_recommendation(placed: Sequence[Placed], layout: Layout) -> list[bool]:
    """For each block, whether the next entry after it is a recommendation."""
    ahead, heads = False, []
    for place in reversed(placed):
        heads.append(ahead)
        role = _entry_role(place.block, layout) if place.role is None else None
        if role in ("recommendation", "proposal"):
            ahead = role == "recommendation"
    return heads[::-1]


def _proposal(
    block: Block, holder: _Entry | None, outer: Sequence[_Entry], above: tuple[str, ...], inner: str
) -> _Entry:
    level = block.level if block.kind is BlockKind.BULLET else 0
    parent = next((entry for entry in reversed(outer) if entry.level < level), None)
    part: int | None = None
    if holder is not None:
        holder.children += 1
        part = holder.children
        if holder.kind is ItemKind.RECOMMENDATION:
            above = (*above, holder.blocks[0].text.text)
            parent = parent or holder
    number = holder.number if holder is not None else _number(block)
    return _Entry(ItemKind.PROPOSAL, number, part, (*above, *([inner] if inner else [])), [block], level, parent)


def _section_of_prose(holder: _Entry | None, layout: Layout) -> Iterator[_Entry]:
    """The section just closed, where the layout keeps such whole and it held nothing but prose."""
    closed = holder is not None and holder.kind is ItemKind.PROPOSAL and holder.blocks and not holder.children
    if holder is not None and closed and layout.prose_section and holder.number:
        yield holder


def _number(block: Block) -> str | None:
    """The number in a marker: its digits with their dots, else the marker without its punctuation."""
    digits = re.search(r"\d+(?:\.\d+)*", block.marker)
    return digits.group() if digits else block.marker.strip(".、():： ") or None


def _draft(entry: _Entry, original: str) -> Draft:
    shown = join_blocks(entry.blocks, original)
    item = Item(
        key=key_of(entry.kind, entry.number, entry.part, shown.text),
        kind=entry.kind,
        text=shown.text,
        spans=shown.spans(),
        lines=(entry.blocks[0].lines[0], entry.blocks[-1].lines[1]),
        path=entry.path,
        number=entry.number,
        part=entry.part,
        page=entry.blocks[0].page,
        anchor=entry.blocks[0].anchor,
    )
    return Draft(item, passage(shown))


def _with_parent(draft: Draft, parent: Draft | None) -> Draft:
    if parent is None:
        return draft
    lead_in = parent.item.text if parent.item.kind is ItemKind.PROPOSAL else ""
    return draft.under(parent, lead_in)
