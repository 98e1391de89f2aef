"""The progress cells of an indicator → the report of each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deedline.find.groups import Group, Indicator
from deedline.find.markup import join_texts
from deedline.find.pairing import pair_statuses
from deedline.find.reports import opens_with_status, read_report, split_statuses
from deedline.find.tables import PROGRESS, STATUS
from deedline.knowledge.fold import passage
from deedline.knowledge.load import Jurisdiction
from deedline.model.document import Document
from deedline.model.passage import Passage
from deedline.model.text import MappedText, Span
from deedline.model.values import Report

_LONGEST_STATUS = 120


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt before its item has a key: a kebab-case code, what happened, and where."""

    code: str
    message: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What the government reports of a part: the report, the words that it was read from, and the doubts."""

    report: Report | None = None
    words: Passage | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressReader:
    """Reads the reports of one document; a report speaks of the day that the document dates from."""

    document: Document
    place: Jurisdiction

    def has_status(self, text: MappedText) -> bool:
        """Whether the words begin with a status."""
        opening = passage(text.slice(0, _LONGEST_STATUS))
        return opens_with_status(opening, self.place, self.document.metadata.language)

    def pair(self, indicator: Indicator) -> list[Progress]:
        """The report of each part, in the order of the parts.

        A progress cell without words below one that has some goes on with it, as a cell that spans rows does.
        """
        found: list[Progress] = []
        above: Progress | None = None
        for group in indicator.groups:
            if group.reports:
                paired = self._paired(group)
                above = paired[-1] if paired else above
            else:
                paired = [_without_words(group, above) for _ in group.parts]
            found.extend(paired)
        return found

    def _paired(self, group: Group) -> list[Progress]:
        """The reports of parts that stand beside words of progress."""
        statuses = self._statuses(group)
        whole = [join_texts(status, self.document.text) for status in statuses]
        pairs = pair_statuses([part.text.text for part in group.parts], [text.text for text in whole])
        read = {each: self._progress([text for i in each for text in statuses[i]]) for each in dict.fromkeys(pairs)}
        return [read[each] for each in pairs]

    def _statuses(self, group: Group) -> list[list[MappedText]]:
        """The paragraphs of a group's progress cells, gathered under the status that each belongs to."""
        paragraphs = group.reports
        if len(group.parts) > 1:
            paragraphs = [part for text in paragraphs for part in self._split(text)]
        if len(paragraphs) == 1:
            return [list(paragraphs)]
        begins = [self.has_status(text) for text in paragraphs]
        if sum(begins) > 1 and len(paragraphs) == len(group.parts):
            return [[text] for text in paragraphs]
        gathered: list[list[MappedText]] = []
        for text, begin in zip(paragraphs, begins, strict=True):
            if not gathered or (begin and any(map(self.has_status, gathered[-1]))):
                gathered.append([])
            gathered[-1].append(text)
        return gathered

    def _split(self, text: MappedText) -> Sequence[MappedText]:
        """A paragraph cut before each status that begins a sentence in it."""
        return [words.shown for words in split_statuses(passage(text))]

    def _progress(self, paragraphs: Sequence[MappedText]) -> Progress:
        """The report that some paragraphs make; of several statuses the first is its own, and a doubt names all."""
        words = passage(join_texts(paragraphs, self.document.text))
        reports = self._read(words)
        if not reports:
            return Progress(None, words)
        first = next((report for report in reports if report.status is not None), None)
        if first is None:
            return Progress(self._told_apart(paragraphs, reports[0]), words)
        if len(reports) == 1:
            return Progress(first, words)
        besides = words.shown.text.removeprefix(first.as_printed).lstrip("。.,，;；:： ")
        figures = tuple(figure for report in reports for figure in report.figures)
        told = words.shown.slice(len(words.shown) - len(besides))
        whole = replace(first, narrative=besides, spans=told.spans(), figures=figures)
        printed = [report.as_printed for report in reports if report.status is not None]
        if len(printed) < 2:
            return Progress(whole, words)
        message = f"several statuses are printed for this part ({', '.join(printed)}); the first is kept. Compare them"
        return Progress(whole, words, (Doubt("several-statuses", message, words.shown.spans()),))

    def _told_apart(self, paragraphs: Sequence[MappedText], report: Report) -> Report:
        """The report of paragraphs that show no status once joined; a cell of its own may hold it."""
        for i, text in enumerate(paragraphs):
            if self.has_status(text):
                status = self._read(passage(text))[0]
                besides = join_texts([*paragraphs[:i], *paragraphs[i + 1 :]], self.document.text)
                return replace(
                    report,
                    status=status.status,
                    as_printed=status.as_printed,
                    status_spans=status.status_spans,
                    narrative=besides.text,
                    spans=besides.spans(),
                )
        return report

    def _read(self, words: Passage) -> tuple[Report, ...]:
        metadata = self.document.metadata
        return read_report(words, metadata.dated, self.place, metadata.language)


def _without_words(group: Group, above: Progress | None) -> Progress:
    """What an empty progress cell says: the same as the one above it, or nothing."""
    row = group.rows[0]
    if above is not None and above.words is not None:
        message = "the progress cell beside this part is empty; it is taken to share the report printed above it"
        return Progress(above.report, above.words, (Doubt("shared-report", message, row.spans),))
    if PROGRESS in row.cells or STATUS in row.cells:
        return Progress(doubts=(Doubt("no-report", "no progress is printed beside this part", row.spans),))
    return Progress()
