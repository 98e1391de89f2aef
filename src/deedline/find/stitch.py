"""Table rows → indicators with their parts, each part beside the words of its report.

A row begins an indicator or goes on with the one before: after a page break, with a further entry of its list, with
the rest of a cut sentence, or with a status alone. The number that is printed decides unless the words contradict it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deedline.find.entries import CellReader, Entry
from deedline.find.groups import Group, Indicator, Part
from deedline.find.markup import Piece, join_texts
from deedline.find.tables import BODY, INDICATOR, PROGRESS, STATUS, TableRow
from deedline.knowledge.fold import fold
from deedline.model.text import MappedText

_LONGEST_CUT = 1500  # characters of an entry or a report that the next page may go on with
_LONGEST_CLOSING = 400  # characters at an entry's end that its closing list of bodies may take
_INLINE_OPENING = re.compile(r"^[^。.;!?:]{2,80}:(?!\s?\d)\s?")


@dataclass(frozen=True, slots=True)
class Stitcher:
    """What stitching asks of the other readers: cells, whether words begin with a status, and the undertakings of an
    entry, of which each but the last is closed by its own bodies."""

    cells: CellReader
    has_status: Callable[[MappedText], bool]
    has_bodies: Callable[[MappedText], bool]
    undertakings: Callable[[MappedText], Sequence[MappedText]]

    def stitch(self, rows: Sequence[TableRow]) -> list[Indicator]:
        """The indicators of the rows, in order."""
        found: list[Indicator] = []
        for row, following in zip(rows, _coming_numbers(rows), strict=True):
            text, reports = self._cells(row)
            here = found[-1] if found else None
            if here is None or self._begins(row, text, here, following):
                found.append(Indicator(row, row.number, _led_to(here, row)))
            elif row.number not in (None, here.current):
                here.strays.append(row)
            self._add(found[-1], row, text, reports)
        for indicator in found:
            _settle_opening(indicator)
            self._part_undertakings(indicator)
            _split_inline_opening(indicator)
        return found

    def _cells(self, row: TableRow) -> tuple[tuple[Piece, ...], list[MappedText]]:
        """The row's words and its report's paragraphs; a report that slid into the words' column is put back."""
        text = row.pieces(INDICATOR)
        reports = [piece.text for piece in row.pieces(STATUS, PROGRESS)]
        if text and not reports and row.number is None and self.has_status(text[0].text):
            return (), [piece.text for piece in text]
        return text, reports

    def _begins(self, row: TableRow, text: Sequence[Piece], here: Indicator, following: int | None) -> bool:
        """Whether the row begins an indicator rather than going on with `here`."""
        if row.batch != here.row.batch or row.numbered_table != here.row.numbered_table:
            return True
        if not text or self._is_rest(here, row, text):
            return False
        listed, last = text[0].depth > 0, here.last_words
        goes_on = last is not None and (self.cells.goes_on(last) or self.cells.opens(last))
        number, current = row.number, here.current
        if not row.numbered_table:
            return not goes_on and not listed
        if number is None:
            return not listed and not goes_on and self._leaves_room(here, text, following)
        if number == current:
            return not (row.sub or listed or goes_on) and self._closed(here)
        return not (listed and goes_on and (number != (current or 0) + 1 or following == number))

    def _leaves_room(self, here: Indicator, text: Sequence[Piece], following: int | None) -> bool:
        """Whether a row without a number is an indicator that lost it: the next number leaves room for one."""
        if following is None or following <= (here.current or 0):
            return self._closed(here) and self.cells.opens(text[0].text)
        return here.current is not None and following > here.current + 1

    def _closed(self, here: Indicator) -> bool:
        """Whether the bodies that close an indicator have been printed."""
        last = here.last_words
        return last is not None and (self._bodies_close(last) or bool(here.groups[-1].rows[-1].cells.get(BODY)))

    def _bodies_close(self, text: MappedText) -> bool:
        return self.has_bodies(text.slice(max(0, len(text) - _LONGEST_CLOSING)))

    def _is_rest(self, here: Indicator, row: TableRow, text: Sequence[Piece]) -> bool:
        """Whether the row begins with the rest of a sentence that the page's end cut."""
        last, first = here.last_words, text[0]
        if last is None or first.mark or row.number not in (None, here.current) or len(last) > _LONGEST_CUT:
            return False
        if not self.cells.breaks_off(last):
            return False
        if self._bodies_close(last) or not self._report_allows_rest(here, row, first):
            return False
        wide = not last.text[-1].isascii()
        return wide or not last.text[-1].isalnum() or not first.text.text[0].isupper()

    def _report_allows_rest(self, here: Indicator, row: TableRow, first: Piece) -> bool:
        """Whether the report beside a row may be the rest of one, or that of the list which the row's words open."""
        report, held = row.pieces(STATUS, PROGRESS), here.groups[-1].reports
        if not report or not row.numbered_table:
            return not report
        if not held:
            return self.cells.opens(first.text)
        told = self.has_status(held[0]) and not self.has_status(report[0].text)
        return told or self._is_rest_of_report(held[-1], report[0].text)

    def _add(self, here: Indicator, row: TableRow, text: Sequence[Piece], reports: list[MappedText]) -> None:
        """The row's words and reports, put where they belong in the indicator."""
        if here.groups and here.groups[-1].parts and text and self._is_rest(here, row, text):
            self._join_rest(here, text[0].text)
            text = text[1:]
        entries = self.cells.entries(text)
        if entries or not here.groups:
            here.groups.append(Group([row]))
        else:
            here.groups[-1].rows.append(row)
            held = here.groups[-1].reports
            if held and reports and self._is_rest_of_report(held[-1], reports[0]):
                held[-1] = join_texts((held[-1], reports.pop(0)), self.cells.original)
        group = here.groups[-1]
        group.reports.extend(reports)
        for entry in entries:
            self._place(here, group, entry)
        if reports and entries and not group.parts:  # an opening with a report of its own promises something itself
            group.parts.append(Part(entries[0].text, (), 0, row))

    def _join_rest(self, here: Indicator, rest: MappedText) -> None:
        """The rest of a cut sentence joins the part that it was cut from, which it may show to be an opening."""
        group = here.groups[-1]
        last = group.parts[-1]
        last.text = here.last_words = join_texts((last.text, rest), self.cells.original)
        if self.cells.opens(last.text) and not group.reports:
            group.parts.pop()
            self._place(here, group, Entry(last.text, opening=True, depth=last.depth))

    def _is_rest_of_report(self, above: MappedText, report: MappedText) -> bool:
        """Whether a report goes on with the sentence that the one above it breaks off in."""
        return len(above) <= _LONGEST_CUT and self.cells.breaks_off(above) and not self.has_status(report)

    def _place(self, here: Indicator, group: Group, entry: Entry) -> None:
        """An opening goes in force; an entry becomes a part under the openings in force."""
        here.last_words = entry.text
        here.leads = [lead for i, lead in enumerate(here.leads) if i == 0 or lead.depth < max(entry.depth, 1)]
        if entry.opening:
            stage = entry.depth == 0 and len(here.leads) > 1
            here.leads = [*(here.leads[:1] if stage else here.leads), entry]
        else:
            group.parts.append(Part(entry.text, tuple(lead.text for lead in here.leads), entry.depth, group.rows[-1]))

    def _part_undertakings(self, indicator: Indicator) -> None:
        """An entry that holds several undertakings, each closed by its own bodies, is as many parts."""
        for group in indicator.groups:
            group.parts = [
                Part(text, part.leads, part.depth, part.row)
                for part in group.parts
                for text in self.undertakings(part.text)
            ]


def _coming_numbers(rows: Sequence[TableRow]) -> list[int | None]:
    """For each row the next number that is printed below it in its batch."""
    coming: list[int | None] = [None] * len(rows)
    for i in range(len(rows) - 2, -1, -1):
        below = rows[i + 1]
        if below.batch == rows[i].batch:
            coming[i] = coming[i + 1] if below.number is None else below.number
    return coming


def _led_to(before: Indicator | None, row: TableRow) -> int | None:
    """The number that a beginning row has, or that the rows before lead to."""
    if row.number is not None or before is None or before.row.batch != row.batch:
        return row.number
    return before.current + 1 if before.current is not None else None


def _settle_opening(indicator: Indicator) -> None:
    """An opening without entries below it is a part; one whose report is the only one reports on the entries below."""
    groups = indicator.groups
    if not indicator.parts and indicator.leads:
        groups[0].parts.append(Part(indicator.leads[0].text, (), 0, indicator.row))
        return
    if len(groups) < 2 or not indicator.leads or any(group.reports for group in groups[1:]):
        return
    first = groups[0]
    if len(first.parts) == 1 and first.parts[0].text is indicator.leads[0].text and first.reports:
        first.parts.clear()
        groups[1].reports, first.reports = first.reports, []
        groups[1].rows.insert(0, indicator.row)


def _split_inline_opening(indicator: Indicator) -> None:
    """In a list that no mark tells, the opening is cut from the first entry that it is printed before."""
    parts = indicator.parts
    if len(parts) < 2 or indicator.leads or any(part.depth for part in parts):
        return
    match = _INLINE_OPENING.search(fold(parts[0].text.text))
    if match is None or match.end() == len(parts[0].text):
        return
    opening = parts[0].text.slice(0, match.end()).strip()
    parts[0].text = parts[0].text.slice(match.end()).strip()
    for part in parts:
        part.leads = (opening,)
