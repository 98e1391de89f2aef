"""What every line that is not empty became: nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deedline.model.document import Block, Document
from deedline.model.item import Line, LineRole


@dataclass(frozen=True, slots=True)
class Account:
    """What a block became: its role, the rule that decided, and the keys of the items on it."""

    block: Block
    role: LineRole
    rule: str
    items: tuple[str, ...] = ()


def account_lines(document: Document, accounts: Iterable[Account], given: Mapping[int, Line]) -> tuple[Line, ...]:
    """Each line that is not empty, in order. `given` are lines that a finer reading has accounted for already; of two
    blocks on one line the shorter says what it became, and both blocks' items stand on it."""
    by_line: dict[int, Line] = {}
    for entry in sorted(accounts, key=lambda a: a.block.lines[0] - a.block.lines[1]):
        for number in range(entry.block.lines[0], entry.block.lines[1] + 1):
            before = by_line.get(number)
            items = tuple(dict.fromkeys((*(before.items if before else ()), *entry.items)))
            by_line[number] = Line(number, entry.role, entry.rule, items if entry.role is LineRole.ITEM else ())
    by_line.update(given)
    starts = document.line_starts()
    ends = (*starts[1:], len(document.text))
    printed = [n for n, (a, b) in enumerate(zip(starts, ends, strict=True), 1) if document.text[a:b].strip()]
    return tuple(by_line.get(number, Line(number, LineRole.IGNORED, "unaccounted")) for number in printed)
