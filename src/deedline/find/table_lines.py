"""What each line of a document's indicator tables became: header, note, row of which items, or nothing said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deedline.find.draft import Draft
from deedline.find.stitch import Group, Indicator
from deedline.find.tables import TableLines
from deedline.model.item import Line, LineRole


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
    keys: dict[int, list[str]] = {}
    for indicator, drafts in indicators:
        for group in indicator.groups:
            for row in group.rows:
                for number in range(row.lines[0], row.lines[1] + 1):
                    keys.setdefault(number, []).extend(_keys_of_row(number, group, drafts))
    for number, found in keys.items():
        lines[number] = Line(number, LineRole.ITEM, "indicator-table-row", tuple(dict.fromkeys(found)))
    return lines


def _keys_of_row(number: int, group: Group, drafts: Sequence[Draft]) -> list[str]:
    """The items that a row's line tells of: those that stand on it, else those of its rows, else the indicator's."""
    here = [draft.item.key for draft in drafts if draft.item.lines[0] <= number <= draft.item.lines[1]]
    first, last = group.rows[0].lines[0], group.rows[-1].lines[1]
    beside = [draft.item.key for draft in drafts if draft.item.lines[1] >= first and draft.item.lines[0] <= last]
    return here or beside or [draft.item.key for draft in drafts]
