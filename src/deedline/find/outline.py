"""Blocks → blocks with their place: the headings above each, the contents, what is no text at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from deedline.knowledge.fold import passage
from deedline.knowledge.load import language_patterns
from deedline.model.document import Block, BlockKind
from deedline.model.item import LineRole

_SENTENCE = re.compile(r"[。；？！;]|[.,:，：]$|^“.*”$")  # a slogan in quotation marks heads nothing
_DEPTH = 3  # unmarked headings are told apart down to chapter, section and group
_CONTENTS_GAP = 6
_LONG = 80
_FURNITURE_ROLES = {
    "page-number": LineRole.PAGE_NUMBER,
    "running-head": LineRole.RUNNING_HEAD,
    "footnote": LineRole.FOOTNOTE,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the headings above it, outermost first. `role` is None where the block may hold an item."""

    block: Block
    path: tuple[str, ...]
    role: LineRole | None
    rule: str


def trace_outline(
    blocks: Sequence[Block], language: str, levels: Mapping[str, int], entries: Collection[str] = ()
) -> tuple[Placed, ...]:
    """Every block with its place.

    `levels` gives the heading level of numbered marker rules that head chapters and sections; `entries` are the
    rules whose blocks are items even where they are set as headings.
    Where a document has no marked headings, short blocks without a sentence are headings, and how many stand in a
    row tells their depth.
    """
    contents = _contents(blocks, language)
    headed = any(block.kind is BlockKind.HEADING and block.level > 0 for block in blocks)
    roles = [
        (LineRole.CONTENTS, "contents") if i in contents else _role(block, language, levels, entries, headed)
        for i, block in enumerate(blocks)
    ]
    paths = _paths(blocks, roles, levels)
    return tuple(Placed(b, path, *role) for b, path, role in zip(blocks, paths, roles, strict=True))


def is_heading_like(block: Block, language: str) -> bool:
    """Whether an unmarked block reads as a heading: short, and no sentence."""
    text = block.text.text
    longest = int(language_patterns(language, "outline").tables["heading_length"])
    return block.kind is BlockKind.PARAGRAPH and 0 < len(text) <= longest and not _SENTENCE.search(text)


def _role(
    block: Block, language: str, levels: Mapping[str, int], entries: Collection[str], headed: bool
) -> tuple[LineRole | None, str]:
    if block.kind is BlockKind.FURNITURE:
        return _FURNITURE_ROLES.get(block.rule, LineRole.IGNORED), block.rule
    if block.rule in entries:
        return None, block.rule
    if block.kind is BlockKind.HEADING or (block.kind is BlockKind.NUMBERED and block.rule in levels):
        return LineRole.HEADING, block.rule
    if block.kind is BlockKind.PARAGRAPH and len(block.text) <= _LONG:
        words = passage(block.text).matching.text
        for name in ("end-mark", "picture-caption"):
            if language_patterns(language, "outline").named(name).regex.search(words):
                return LineRole.IGNORED, name
        if not headed and is_heading_like(block, language):
            return LineRole.HEADING, "implied-heading"
    return None, block.rule


def _paths(
    blocks: Sequence[Block], roles: Sequence[tuple[LineRole | None, str]], levels: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    """The headings above each block; a heading's own path ends with itself."""
    marked: list[tuple[int, str]] = []
    implied: tuple[str, ...] = ()
    chapter_number: int | None = None
    indexed = list(zip(blocks, roles, strict=True))
    for is_implied, grouped in groupby(indexed, key=lambda pair: pair[1][1] == "implied-heading"):
        group = list(grouped)
        run = [block.text.text for block, _ in group] if is_implied else []
        if is_implied:
            implied = (run[-1],) if marked else _deepen(implied, run)
            path = (*(text for _, text in marked), *implied)
            yield from (path for _ in run)
            continue
        for block, (role, _) in group:
            if role is LineRole.HEADING:
                level = levels.get(block.rule, block.level or 9)
                if re.fullmatch(r"\d{1,3}", block.text.text):  # a chapter's number alone: its title follows
                    chapter_number = level
                else:
                    level, chapter_number = (chapter_number or level), None
                    marked = [*(entry for entry in marked if entry[0] < level), (level, block.text.text)]
                    implied = ()
            yield (*(text for _, text in marked), *implied)


def _deepen(path: tuple[str, ...], run: Sequence[str]) -> tuple[str, ...]:
    """The path after a run of unmarked headings: it renews as many of the innermost levels as it is long, and the
    outermost only where it names it again or is long enough to hold all levels."""
    run = tuple(run[-_DEPTH:])
    if not path or len(run) == _DEPTH or run[0] == path[0]:
        return run
    if len(run) > 1:
        return (path[0], *run)
    return (*path[:-1], *run) if len(path) > 1 else (*path, *run)


def _contents(blocks: Sequence[Block], language: str) -> frozenset[int]:
    """Indices of the blocks of the table of contents: from its heading to its last entry with a page."""
    rules = language_patterns(language, "outline")
    heading, entry, page = (rules.named(f"contents-{name}").regex for name in ("heading", "entry", "page-column"))
    found: set[int] = set()
    last = -1
    for start, block in enumerate(blocks):
        if start <= last:  # what begins within the contents ends where they do
            continue
        if len(block.text) > _LONG or not heading.search(passage(block.text).matching.text):
            continue
        last = start
        for i in range(start + 1, len(blocks)):
            words = passage(blocks[i].text).matching.text if len(blocks[i].text) <= 4 * _LONG else ""
            if entry.search(words) and not (blocks[i].kind is BlockKind.HEADING and words.isdigit()):
                last = i
            elif i - last > _CONTENTS_GAP or not (len(words) <= _LONG or page.search(words)) or not words:
                break
        found.update(range(start, last + 1))
    return frozenset(found)
