"""What a report tells in words: whether a promise was kept, and up to which day its figures count.

In: a promise's words, a report. Out: the words that tell it as done, with their place in the document. Refuses to
find a promise kept by half: words that leave it open, or that speak of the same as still ahead, tell nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from deedline.knowledge.fold import passage
from deedline.knowledge.milestones import Milestone, letters_of
from deedline.knowledge.patterns import Pattern
from deedline.knowledge.told import telling
from deedline.model.item import Item
from deedline.model.passage import Passage
from deedline.model.text import MappedText, Span
from deedline.model.values import Basis, Quantity, Report

SENTENCE = re.compile(r"[。;!?\n]|\.(?=\s|$)")
CLAUSE = re.compile(r"[,:]|並(?=[將會計擬])|而(?=[^且])")
_DIGITS, _NUMERALS = r"0-9０-９", "〇零一二兩两三四五六七八九十百千萬万億亿"
_LEAST_SHARED = 3.0  # pairs of ideographs that a promise and what is told of it share; a Latin word counts as two
_LATIN_WORD = 2.0
_VAGUE = timedelta(days=90)  # after a vague time, before what is told of it is late
_MOST_READ = 10_000  # characters of a narrative
MOST_TOLD = 60  # deeds, and times, of a narrative


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a report that tell something as done, where they stand in the document (empty where that is not
    known), and the first and last day that they name for it, None where they name none. `again`: of what is done over
    and over, such as a yearly fair."""

    quote: str
    spans: tuple[Span, ...]
    first: date | None = None
    last: date | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A told deed in a narrative's matching text: the pattern, its own bounds and those of its sentence."""

    pattern: Pattern
    start: int
    end: int
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a report tells as done, quoted: the kind of deed, its bounds in the matching text, what its words and its
    sentence are made of."""

    pattern: Pattern
    told: Told
    bounds: tuple[int, int]
    named: frozenset[str]
    sentence: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Read:
    """A narrative as it is asked of, whatever was promised: the deeds told in it, in the order of the text, and the
    clauses that speak of what is still ahead, as bounds in the matching text with what they are made of."""

    text: str
    deeds: tuple[_Deed, ...]
    ahead: tuple[tuple[int, int, frozenset[str]], ...]


def told_done(item: Item, milestone: Milestone, report: Report) -> Told | None:
    """The words of `report` that tell what `item` promises for a day as done; None where none do, or not all of it.

    The deed must be one that the promise names, told in a sentence that speaks of the same, and no clause may tell
    such a deed as still ahead. Of what is only to begin, any deed that is told of it shows that it began. A promise
    that counts something is kept by figures, not by words.
    """
    if not milestone.begins and _counts(item, milestone):
        return None
    read = _read(report)
    deeds = {str(pattern.data["deed"]): pattern for pattern in _promised(milestone.clause)}
    about = _about(item, milestone)
    found = [each for each in read.deeds if _keeps(each.pattern, milestone, deeds) and _is_about(each, about)]
    answered = {deed for each in found for deed in each.pattern.data["answers"]}
    strict = {deed for deed, pattern in deeds.items() if pattern.data.get("strict")}
    if not milestone.begins and (strict - answered or _lies_ahead(read, deeds.values(), about)):
        return None
    return next((each.told for each in found if not _is_of_another(each.told, milestone)), None)


def told_late(item: Item, milestone: Milestone, report: Report) -> Told | None:
    """The words of `report` that tell the very deed that `item` promises for a day as done upon a later one.

    None where they name no day for it, or one in time, or tell it elsewhere without a day, which may be the first of
    two phases; where what they tell is only what follows such a deed, as a law in force follows a bill; where a vague
    time (「年中」) is not long past; and of a promise that counts something.
    """
    if not milestone.begins and _counts(item, milestone):
        return None
    vague = any(each.precision == "vague" for each in item.deadlines if each.as_printed == milestone.as_printed)
    slack = _VAGUE if vague else timedelta(days=1)
    promised = {str(pattern.data["deed"]): pattern for pattern in _promised(milestone.clause)}
    deeds = {deed for deed, pattern in promised.items() if pattern.data.get("strict")} or set(promised)
    about = _about(item, milestone)
    told = [each for each in _read(report).deeds if _keeps(each.pattern, milestone, deeds) and _is_about(each, about)]
    dated = [each for each in told if each.told.first is not None]
    if not dated or any(each.told.first <= milestone.due for each in dated if each.told.first):
        return None
    very = [each for each in told if not deeds.isdisjoint(each.pattern.data.get("same", each.pattern.data["answers"]))]
    if any(each.told.first is None and not any(_overlap(each, other) for other in dated) for each in very):
        return None
    late = min((each.told for each in very if each.told.first), key=lambda each: each.first or date.max, default=None)
    return late if late is not None and late.first is not None and late.first - milestone.due >= slack else None


def _overlap(one: _Deed, other: _Deed) -> bool:
    """Whether two deeds are told in the same words."""
    return one.bounds[0] < other.bounds[1] and other.bounds[0] < one.bounds[1]


def _counts(item: Item, milestone: Milestone) -> bool:
    """Whether the words about the day promise a figure."""
    promised = (each for each in item.quantities if each.basis in (Basis.TARGET, Basis.CHANGE))
    return any(prints(milestone.near, each.as_printed) for each in promised)


def _about(item: Item, milestone: Milestone) -> frozenset[str]:
    """What the words of a promised day are made of; of all of the promise where they are few."""
    near = _subject(milestone.clause, (milestone.as_printed,))
    return near if _weight(near) >= _LEAST_SHARED else _subject(f"{item.lead_in} {item.text}", (milestone.as_printed,))


def _keeps(told: Pattern, milestone: Milestone, deeds: Collection[str]) -> bool:
    """Whether a told deed is of a kind that keeps a promise."""
    if milestone.begins:
        return bool(told.data.get("begins"))
    return not set(told.data["answers"]).isdisjoint(deeds)


def is_ahead(report: Report, figure: Quantity) -> bool:
    """Whether the clause that a reported figure stands in tells it as still ahead: planned, or being prepared."""
    words = narrative_of(report)
    at = place_of(report, words.shown, figure)
    if at < 0:
        return False
    text, index = words.matching.text, max(0, words.matching.index_at(words.shown.offsets[at]))
    sentences = _parts(text, SENTENCE, 0, len(text))
    clauses = (clause for sentence in sentences for clause in _parts(text, CLAUSE, *sentence))
    start, end = next(((a, b) for a, b in clauses if a <= index < b), (0, 0))
    return any(pattern.regex.search(text, start, end) for pattern in telling()["ahead"])


def prints(words: str, figure: str) -> bool:
    """Whether words print a figure, and not only as the end or beginning of another: 「20艘」 is none of 「120艘」."""
    return _find(words, figure) >= 0


def _find(words: str, figure: str) -> int:
    """Where words print a figure that is no part of another; -1 where they do not."""
    if not figure or figure not in words:
        return -1
    before = after = ""
    if re.match(f"[{_DIGITS}]", figure):
        before = f"(?<![{_DIGITS}])(?<![{_DIGITS}][.,])"
    elif figure[0] in _NUMERALS:
        before = f"(?<![{_NUMERALS}])"
    if re.search(f"[{_DIGITS}]$", figure):
        after = f"(?![.,]?[{_DIGITS}])"
    found = re.search(f"{before}{re.escape(figure)}{after}", words)
    return found.start() if found else -1


def place_of(report: Report, narrative: MappedText, figure: Quantity) -> int:
    """Where a reported figure stands in the narrative: by its place in the document, else by its words; -1 where it
    does not stand there."""
    if figure.spans and offsets_of(report):
        start = figure.spans[0].start
        index = bisect_left(narrative.offsets, start)
        if index < len(narrative) and narrative.offsets[index] == start:
            return index
    return _find(narrative.text, figure.as_printed)


def narrative_of(report: Report) -> Passage:
    """The beginning of the narrative, with its place in the document where each of its characters has one."""
    offsets = offsets_of(report)
    whole = MappedText(report.narrative, offsets) if offsets else MappedText.original(report.narrative)
    return passage(whole.slice(0, _MOST_READ))


def offsets_of(report: Report) -> tuple[int, ...]:
    """Where each character of the narrative stands in the document; empty where that is not known."""
    if sum(span.end - span.start for span in report.spans) != len(report.narrative):
        return ()
    return tuple(place for span in report.spans for place in range(span.start, span.end))


@lru_cache(maxsize=8)
def _read(report: Report) -> _Read:
    """A report is read once for all the days of an item: one item can promise hundreds."""
    words = narrative_of(report)
    times = tuple(limit.as_printed for limit in report.deadlines[:MOST_TOLD])
    placed = bool(offsets_of(report))
    deeds = tuple(_deed(words, found, report, times, placed) for found in _told(words, report))
    return _Read(words.matching.text, deeds, tuple(_ahead(words)))


def _deed(words: Passage, found: _Found, report: Report, times: Sequence[str], placed: bool) -> _Deed:
    told = _quoted(words, found, report, placed)
    named = _subject(words.quote(found.start, found.end)[0], times)
    return _Deed(found.pattern, told, (found.start, found.end), named, _subject(words.quote(*found.sentence)[0], times))


def _promised(clause: str) -> list[Pattern]:
    text = passage(MappedText.original(clause)).matching.text
    return [pattern for pattern in telling()["promised"] if pattern.regex.search(text)]


def _told(words: Passage, report: Report) -> Iterator[_Found]:
    """Every deed that is told as done, in the order of the text."""
    text = words.matching.text
    found: list[_Found] = []
    for start, end in _parts(text, SENTENCE, 0, len(text)):
        for pattern in telling()["told"]:
            hits = pattern.regex.finditer(text, start, end)
            found.extend(_Found(pattern, hit.start(), hit.end(), (start, end)) for hit in hits)
    for each in sorted(found, key=lambda one: (one.start, one.end))[:MOST_TOLD]:
        if not _is_open(text, each) and not _is_later(words, each, report):
            yield each


def _is_open(text: str, found: _Found) -> bool:
    """Whether its clause leaves open whether it was done: before the words, and in English in them too."""
    clauses = _parts(text, CLAUSE, *found.sentence)
    start, end = next((a, b) for a, b in clauses if b >= found.start)
    stop = min(end, found.end) if text.isascii() else found.start
    return any(pattern.regex.search(text, min(start, found.start), stop) for pattern in telling()["ahead"])


def _is_later(words: Passage, found: _Found, report: Report) -> bool:
    """Whether the words name a day after the report's own."""
    quote = words.quote(found.start, found.end)[0]
    return report.as_of is not None and any(
        limit.as_printed in quote and limit.earliest is not None and limit.earliest > report.as_of
        for limit in report.deadlines[:MOST_TOLD]
        if limit.as_printed
    )


def _is_about(deed: _Deed, about: frozenset[str]) -> bool:
    """Whether the sentence speaks of what was promised; what is told as completed must itself be named in it."""
    if deed.pattern.data.get("named") and not about & deed.named:
        return False
    return _weight(deed.sentence & about) >= min(_LEAST_SHARED, _weight(about))


def _ahead(words: Passage) -> Iterator[tuple[int, int, frozenset[str]]]:
    """The clauses that speak of something as still ahead, with what they are made of."""
    text = words.matching.text
    for sentence in _parts(text, SENTENCE, 0, len(text)):
        ahead = False  # what comes after 「將會」 in its sentence lies ahead too, until something is told as done
        for start, end in _parts(text, CLAUSE, *sentence):
            done = any(pattern.regex.search(text, start, end) for pattern in telling()["told"])
            ahead = any(pattern.regex.search(text, start, end) for pattern in telling()["ahead"]) or (
                ahead and not done
            )
            if ahead:
                yield start, end, letters_of(words.quote(start, end)[0])


def _lies_ahead(read: _Read, deeds: Collection[Pattern], about: frozenset[str]) -> bool:
    """Whether a clause speaks of a promised deed upon the promised thing as still ahead."""
    patterns = tuple(deeds)
    for start, end, clause in read.ahead:
        if not clause & about:
            continue
        hits = [hit for pattern in patterns for hit in pattern.regex.finditer(read.text, start, end)]
        named = {pair for hit in hits for pair in letters_of(hit[0])}
        if hits and (clause & about) - named:
            return True
    return False


def _quoted(words: Passage, found: _Found, report: Report, placed: bool) -> Told:
    quote, spans = words.quote(found.start, found.end)
    days = [
        limit
        for limit in report.deadlines[:MOST_TOLD]
        if limit.as_printed and limit.as_printed in quote and limit.latest
    ]
    first = days[0].earliest or days[0].latest if days else None
    again = bool(found.pattern.data.get("again"))
    return Told(quote.strip(), spans if placed else (), first, days[0].latest if days else None, again)


def _is_of_another(told: Told, milestone: Milestone) -> bool:
    """Whether a deed that is done again and again is told of a time before the promised one."""
    return told.again and told.last is not None and milestone.since is not None and told.last < milestone.since


def _parts(text: str, border: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a text between borders, none of them empty."""
    cuts = [start, *(found.end() for found in border.finditer(text, start, end)), end]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def _subject(words: str, times: Sequence[str]) -> frozenset[str]:
    """What words are made of, the times in them left out."""
    for time in times:
        words = words.replace(time, " ") if time else words
    return letters_of(passage(MappedText.original(words)).matching.text)


def _weight(shared: frozenset[str]) -> float:
    return sum(_LATIN_WORD if word.isascii() else 1.0 for word in shared)
