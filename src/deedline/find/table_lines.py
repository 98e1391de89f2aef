"""What each line of a document's indicator tables became: header, note, row of which items, or nothing said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deedline.find.draft import Draft
from deedline.find.groups import Indicator
from deedline.find.tables import TableLines
from deedline.model.item import Line, LineRole

_MOST_KEYS = 100  # items that a line without words of its own is said to tell of


def table_lines(tables: TableLines, indicators: Sequence[tuple[Indicator, Sequence[Draft]]]) -> Mapping[int, Line]:
    """What each line of the tables became, with the keys of the items that it tells something of."""
    roles = [
        *((entry, LineRole.TABLE_HEADER, "indicator-table-header") for entry in tables.headers),
        *((entry, LineRole.FOOTNOTE, "indicator-table-note") for entry in tables.notes),
        *((entry, LineRole.IGNORED, "indicator-table-blank-row") for entry in tables.blanks),
    ]
    lines = {
        number: Line(number, role, rule)
        for entry, role, rule in roles
        for number in range(entry.block.lines[0], entry.block.lines[1] + 1)
    }
    for indicator, drafts in indicators:
        for number, keys in _keys_by_line(indicator, drafts).items():
            before = lines[number].items if number in lines else ()
            lines[number] = Line(number, LineRole.ITEM, "indicator-table-row", tuple(dict.fromkeys((*before, *keys))))
    return lines


def _keys_by_line(indicator: Indicator, drafts: Sequence[Draft]) -> Mapping[int, Sequence[str]]:
    """The items that each line of an indicator's rows tells of: those that stand on it, else those of the rows beside
    it, else the indicator's."""
    on_line: dict[int, list[str]] = {}
    for draft in drafts:
        for number in range(draft.item.lines[0], draft.item.lines[1] + 1):
            on_line.setdefault(number, []).append(draft.item.key)
    every = [draft.item.key for draft in drafts[:_MOST_KEYS]]
    keys: dict[int, Sequence[str]] = {}
    for group in indicator.groups:
        numbers = [number for row in group.rows for number in range(row.lines[0], row.lines[1] + 1)]
        beside = [key for number in numbers for key in on_line.get(number, ())][:_MOST_KEYS] or every
        for number in numbers:
            keys[number] = on_line.get(number, beside)
    return keys
