"""Indicators: the rows of a document's progress tables, part by part, each with its bodies and its report.

The path is `find_indicators`: read the tables, stitch their rows into indicators, repair their numbers, pair each part
with its report, and hand back drafts whose times, figures and names are still to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from deedline.find.bodies import close_bodies, listed_bodies
from deedline.find.body_doubts import BodyDoubt
from deedline.find.draft import Draft, key_of, with_distinct_keys
from deedline.find.entries import CellReader
from deedline.find.groups import Indicator, Part
from deedline.find.markup import join_texts
from deedline.find.numbering import Numbered, repair_numbers
from deedline.find.outline import Placed
from deedline.find.progress import Doubt, Progress, ProgressReader
from deedline.find.stitch import Stitcher
from deedline.find.table_lines import table_lines
from deedline.find.tables import BODY, DATE, read_tables
from deedline.knowledge.fold import passage
from deedline.knowledge.indicators import table_words
from deedline.knowledge.load import Jurisdiction
from deedline.model.document import Document
from deedline.model.item import Issue, Item, ItemKind, Line
from deedline.model.text import MappedText
from deedline.model.values import Mention, Role

_NUMBER_DOUBTS = {
    "misprinted-number": "the number is printed {printed} where the rows around it count {meant}; read as {meant}",
    "missing-number": "no number is printed where the rows around it count {meant}; read as {meant}",
    "repeated-number": "the number {printed} is printed for two indicators; compare them with the original",
    "number-gap": "{printed} follows {before}: those between were not read. Compare the table with the original",
}


@dataclass(frozen=True, slots=True)
class IndicatorFinding:
    """What a document's indicator tables hold: drafts in reading order, and what each line of the tables became."""

    drafts: tuple[Draft, ...]
    lines: Mapping[int, Line]


@dataclass(frozen=True, slots=True)
class _Words:
    """A part's own words, the bodies printed with it, and what is doubted about them."""

    part: Part
    own: MappedText
    mentions: tuple[Mention, ...]
    doubts: tuple[BodyDoubt, ...]


def find_indicators(placed: Sequence[Placed], document: Document, place: Jurisdiction) -> IndicatorFinding:
    """The indicators of every table that a header of the place's words heads, a part at a time.

    A part without bodies of its own has those that are printed next below it in its indicator, with the role
    "inherited". Item numbers are as meant; issues tell where they are printed otherwise.
    """
    words = table_words(place, document.metadata.language)
    tables = read_tables(placed, words)
    finder = _Finder(document, place, ProgressReader(document, place))
    cells = CellReader(words, document.text)
    stitcher = Stitcher(cells, finder.progress.has_status, finder.has_bodies, finder.undertakings)
    indicators = stitcher.stitch(tables.rows)
    drafts: list[Draft] = []
    held: list[tuple[Indicator, tuple[Draft, ...]]] = []
    for indicator, number, before in _numbered(indicators):
        made = finder.drafts(indicator, number, before)
        held.append((indicator, made))
        drafts.extend(made)
    distinct = iter(with_distinct_keys(drafts))
    final = [(indicator, tuple(next(distinct) for _ in made)) for indicator, made in held]
    return IndicatorFinding(tuple(draft for _, made in final for draft in made), table_lines(tables, final))


def _numbered(indicators: Sequence[Indicator]) -> Iterator[tuple[Indicator, Numbered, int | None]]:
    """Each indicator with its number as meant, and the number before it in its table."""
    start = 0
    while start < len(indicators):
        end = start
        while end < len(indicators) and _same_table(indicators[start], indicators[end]):
            end += 1
        run = indicators[start:end]
        if run[0].row.numbered_table:
            numbers = repair_numbers([indicator.printed for indicator in run])
        else:
            numbers = tuple(Numbered(None) for _ in run)
        yield from zip(run, numbers, (None, *(number.meant for number in numbers)), strict=False)
        start = end


def _same_table(one: Indicator, other: Indicator) -> bool:
    return one.row.batch == other.row.batch and one.row.numbered_table == other.row.numbered_table


@dataclass(frozen=True, slots=True)
class _Finder:
    """Makes drafts of one document's indicators."""

    document: Document
    place: Jurisdiction
    progress: ProgressReader

    def has_bodies(self, text: MappedText) -> bool:
        """Whether bodies close the words."""
        return bool(close_bodies(passage(text), self.document.metadata.dated, self.place).mentions)

    def undertakings(self, text: MappedText) -> Sequence[MappedText]:
        """The words cut after each closing list of bodies that further words follow."""
        words = passage(text)
        segments = close_bodies(words, self.document.metadata.dated, self.place).segments
        if len(segments) < 2:
            return (text,)
        starts = [text.index_at(words.matching.offsets[segment.start]) for segment in segments[1:]]
        bounds = [0, *starts, len(text)]
        return [text.slice(a, b).strip() for a, b in pairwise(bounds)]

    def drafts(self, indicator: Indicator, number: Numbered, before: int | None) -> tuple[Draft, ...]:
        """The drafts of an indicator's parts in order; words that are bodies alone make none."""
        parts = [self._words(part) for part in indicator.parts]
        bodies = _inherit([words.mentions for words in parts], from_above=_has_body_column(indicator))
        reports = self.progress.pair(indicator)
        kept = [each for each in zip(parts, bodies, reports, strict=True) if each[0].own]
        made = [self._draft(number, i, words, held, report) for i, (words, held, report) in enumerate(kept, 1)]
        if made:
            made[0] = _with_issues(made[0], _number_doubts(indicator, number, before), self.document)
            made[-1] = _with_issues(made[-1], _list_doubts(made[-1], kept[-1][0]), self.document)
        return tuple(made)

    def _words(self, part: Part) -> _Words:
        """A part's own words and the bodies printed with it: in brackets at its end, else in a column of bodies."""
        words = passage(part.text)
        closing = close_bodies(words, self.document.metadata.dated, self.place)
        end = words.matching.offsets[closing.end - 1] + 1 if closing.end else part.text.offsets[0]
        own = part.text.between(part.text.offsets[0], end).strip()
        column = [piece.text for piece in part.row.cells.get(BODY, ())]
        if closing.mentions or not column:
            return _Words(part, own, closing.mentions, closing.doubts)
        listed = [listed_bodies(passage(text), self.document.metadata.dated, self.place) for text in column]
        mentions = [mention for each in listed for mention in each.mentions]
        ranked = tuple(replace(m, role=Role.JOINT if i else Role.LEAD) for i, m in enumerate(mentions))
        return _Words(part, own, ranked, tuple(doubt for each in listed for doubt in each.doubts))

    def _draft(
        self, number: Numbered, part: int, words: _Words, bodies: tuple[Mention, ...], progress: Progress
    ) -> Draft:
        """The draft of one part."""
        row, own = words.part.row, words.own
        printed = None if number.meant is None else str(number.meant)
        dates = [piece.text for piece in row.cells.get(DATE, ())]
        lead = join_texts(sorted((*words.part.leads, *dates), key=lambda text: text.offsets[0]), self.document.text)
        item = Item(
            key=key_of(ItemKind.INDICATOR, printed, part, own.text),
            kind=ItemKind.INDICATOR,
            text=own.text,
            spans=own.spans(),
            lines=(self.document.line_at(own.offsets[0]), self.document.line_at(own.offsets[-1])),
            path=row.placed.path,
            number=printed,
            part=part,
            batch=row.batch,
            lead_in=lead.text,
            page=row.placed.block.page,
            anchor=row.placed.block.anchor,
            bodies=bodies,
            report=progress.report,
        )
        draft = Draft(item, passage(own), passage(lead) if lead else None, progress.words)
        return _with_issues(draft, (*words.doubts, *progress.doubts), self.document)


def _with_issues(draft: Draft, doubts: Sequence[Doubt | BodyDoubt], document: Document) -> Draft:
    """The draft with these doubts among its issues, each on the line that it is about."""
    issues = tuple(
        Issue(
            doubt.code,
            doubt.message,
            doubt.spans,
            document.line_at(doubt.spans[0].start) if doubt.spans else draft.item.lines[0],
            draft.item.key,
        )
        for doubt in doubts
    )
    return replace(draft, issues=(*draft.issues, *issues))


def _has_body_column(indicator: Indicator) -> bool:
    return any(BODY in part.row.cells for part in indicator.parts)


def _inherit(own: Sequence[tuple[Mention, ...]], *, from_above: bool) -> list[tuple[Mention, ...]]:
    """The bodies of each part: its own, else those printed next below it (next above where a column holds them),
    else those on its other side."""
    order = (False, True) if not from_above else (True, False)
    held = list(own)
    for downwards in order:
        last: tuple[Mention, ...] = ()
        for i in range(len(held)) if downwards else reversed(range(len(held))):
            if own[i]:
                last = own[i]
            elif not held[i]:
                held[i] = tuple(replace(mention, role=Role.INHERITED) for mention in last)
    return held


def _number_doubts(indicator: Indicator, number: Numbered, before: int | None) -> list[Doubt]:
    """What is doubtful about an indicator's number, and about the numbers beside its further entries."""
    doubts: list[Doubt] = []
    if number.doubt:
        message = _NUMBER_DOUBTS[number.doubt].format(printed=indicator.printed, meant=number.meant, before=before)
        doubts.append(Doubt(number.doubt, message, indicator.row.spans))
    for row in indicator.strays:
        message = (
            f"the number {row.number} is printed beside an entry of indicator {number.meant}; read as {number.meant}"
        )
        doubts.append(Doubt("misprinted-number", message, row.spans))
    return doubts


def _list_doubts(last: Draft, words: _Words) -> list[Doubt]:
    """What is doubtful about where an indicator ends: a list broken off, or no body at all."""
    if not words.own or last.item.bodies:
        return []
    spans = last.item.spans
    if words.part.text.offsets[-1] != words.own.offsets[-1]:
        message = "the list breaks off here: a further entry is announced but none follows. Compare the original"
        return [Doubt("unfinished-list", message, spans)]
    return [Doubt("no-body", "no responsible body is printed for this indicator", spans)]
