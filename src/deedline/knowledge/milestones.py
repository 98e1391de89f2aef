"""The days that an item promises, each with the words that promise it, and which of two items' days are alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby, pairwise

from deedline.knowledge.fold import fold
from deedline.knowledge.load import language_patterns, languages_of
from deedline.knowledge.patterns import Pattern
from deedline.model.item import Item
from deedline.model.values import Deadline, DeadlineKind

EITHER_ORDER = "day-month-year"  # the pattern whose days may be read in either order: 3/4/2026
_OPEN_KINDS = frozenset({DeadlineKind.EACH, DeadlineKind.FROM})
_VAGUE = frozenset({"vague", "month", "third", "day"})  # times that tell when something ends, not how long it takes
_LETTERS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]{4,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_STOP = re.compile(r"[,;:。!?](?!\d)|\.(?=\s)")
_LEAST_ALIKE = 0.34
_AROUND = 200  # characters on either side of a time that its own words may reach
_MOST_PAIRS = 400  # of days that are compared with each other: a text of more days is no promise
_FEW = 20  # times of one day, or from which something begins, that are looked at
_SENTENCE = 3  # the strength of what parts sentences
_TRIMMED = " \t\n,，;；:：、。"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day by which an item promises something.

    `due` is the last day of the promised time; `since` the first day of the window that the text itself prints for
    it, None where it prints none. `as_printed` is the time in the item's own words, empty where the day comes from a
    list's opening or from a person. `clause` are the item's words that say what is promised for it: the whole text
    where it promises one day alone; `near` are those between the commas about the time. `kind` says how the time
    binds. `counted` says that the words print no year, so that the day was counted from that of the document.
    """

    due: date
    since: date | None
    as_printed: str
    clause: str
    near: str
    kind: DeadlineKind | None
    counted: bool = False

    @property
    def begins(self) -> bool:
        """Whether something is promised to begin by that day, not to be done."""
        return self.kind is DeadlineKind.FROM


@dataclass(frozen=True, slots=True)
class _Placed:
    """A promised time with where it stands in the text; both -1 where its words do not stand there."""

    limit: Deadline
    start: int
    end: int


def milestones_of(item: Item) -> tuple[Milestone, ...]:
    """Every day that an item promises, the earliest first; the last of them is the day on which it is due.

    Several times that end on one day make one milestone. Empty for an item that is not due.
    """
    if item.due is None:
        return ()
    placed = [each for each in _placed(item) if each.limit.latest is not None and each.limit.latest <= item.due]
    clauses = _clauses(item.text, placed)
    by_day: dict[date, list[int]] = {}
    for number, each in enumerate(placed):
        by_day.setdefault(each.limit.latest or date.max, []).append(number)
    begun = [each for each in placed if each.limit.kind is DeadlineKind.FROM][:_FEW]
    found = [
        _milestone([placed[i] for i in same], [clauses[i] for i in same], item.text, begun)
        for _, same in sorted(by_day.items())
    ]
    if not found or found[-1].due != item.due:
        found.append(Milestone(item.due, None, "", item.text, item.text, None))
    return tuple(found)


def _placed(item: Item) -> list[_Placed]:
    """The promised times in the order of the text."""
    placed: list[_Placed] = []
    at = 0
    for limit in item.deadlines:
        start = item.text.find(limit.as_printed, at) if limit.as_printed else -1
        if start >= 0:
            at = start + len(limit.as_printed)
        if limit.promised and limit.latest is not None:
            placed.append(_Placed(limit, start, at if start >= 0 else -1))
    return placed


def _clauses(text: str, placed: Sequence[_Placed]) -> list[tuple[int, int]]:
    """For each time the part of the text that it is of; all of the text where it does not stand there."""
    clauses = [(0, len(text))] * len(placed)
    standing = [i for i, each in enumerate(placed) if each.start >= 0]
    folded = fold(text)
    start, group = _opening(folded, placed, standing), standing[:1]
    for before, after in pairwise(standing):
        gap = folded[placed[before].end : placed[after].start]
        if not _joined(gap):
            border = placed[before].end + _border(gap)
            for i in group:
                clauses[i] = (start, border)
            start, group = border, []
        group.append(after)
    for i in group:
        clauses[i] = (start, len(text))
    return clauses


def _opening(folded: str, placed: Sequence[_Placed], standing: Sequence[int]) -> int:
    """Where the promise of the first of several times begins: after a sentence that stands before it."""
    if len({placed[i].limit.latest for i in standing}) < 2:
        return 0
    sentences = [pattern for pattern in _patterns("parts") if pattern.data["strength"] == _SENTENCE]
    before = folded[: placed[standing[0]].start]
    return max((found.end() for pattern in sentences for found in pattern.regex.finditer(before)), default=0)


def _joined(gap: str) -> bool:
    """Whether nothing but a connective stands between two times, so that they are of one promise."""
    return any(pattern.regex.search(gap) for pattern in _patterns("joins"))


def _border(gap: str) -> int:
    """Where in the words between two times the promise of the second begins."""
    for _, alike in groupby(_patterns("parts"), key=lambda pattern: -int(pattern.data["strength"])):
        ends = [found.end() for pattern in alike for found in pattern.regex.finditer(gap)]
        if ends:
            return max(ends)
    return len(gap)


@cache
def _patterns(role: str) -> tuple[Pattern, ...]:
    """The patterns of a role in every language, the strongest first."""
    files = (language_patterns(language, "milestones") for language in languages_of("milestones"))
    fits = (pattern for file in files for pattern in file.patterns if pattern.data["role"] == role)
    return tuple(sorted(fits, key=lambda pattern: -int(pattern.data.get("strength", 0))))


def _milestone(
    same: Sequence[_Placed], parts: Sequence[tuple[int, int]], text: str, begun: Sequence[_Placed]
) -> Milestone:
    """The milestone of the times that end on one day."""
    limits = [each.limit for each in same]
    kind, due = limits[0].kind, limits[0].latest or date.max
    clause = text[min(start for start, _ in parts) : max(end for _, end in parts)].strip(_TRIMMED)
    starts = [limit.earliest for limit in limits if limit.earliest and _is_window(limit)]
    if not starts and kind not in _OPEN_KINDS:  # 「由2023年起…，至2027年…」: the window opens with an earlier time
        earlier = (other for other in begun if other.start < same[0].start)
        starts = [other.limit.earliest for other in earlier if other.limit.earliest and other.limit.earliest < due]
    printed = next((limit.as_printed for limit in limits if limit.as_printed), "")
    near = " ".join(_near(text, each) for each in same[:_FEW])
    counted = bool(printed) and _YEAR.search(fold(printed)) is None
    return Milestone(due, max(starts, default=None), printed, clause or text, near, kind, counted)


def _near(text: str, placed: _Placed) -> str:
    """The words between the commas about a time; with those before or after the comma where it stands there alone."""
    if placed.start < 0:
        return text
    before = fold(text[max(0, placed.start - _AROUND) : placed.start])
    after = fold(text[placed.end : placed.end + _AROUND])
    opens = max((found.end() for found in _STOP.finditer(before)), default=0)
    stop = _STOP.search(after, 1) if not _bare(before[opens:]) else _STOP.search(after)
    first = placed.start - len(before) + opens
    return text[first : placed.end + (stop.start() if stop else len(after))]


def _bare(words: str) -> str:
    return words.strip(_TRIMMED)


def _is_window(limit: Deadline) -> bool:
    if limit.kind in _OPEN_KINDS or limit.rule == EITHER_ORDER:  # a doubt between two days is no time between them
        return False
    return limit.precision not in _VAGUE and limit.earliest != limit.latest


def alike(earlier: Item, later: Item) -> tuple[tuple[Milestone, Milestone], ...]:
    """The milestones of two items that speak of the same, as pairs in the order of the later item's days.

    Where each promises one day, they are of the same. Where one promises several, each pair is the one whose words are
    most alike, of both ends; days whose words fit none of the other's are in no pair.
    """
    before, after = milestones_of(earlier), milestones_of(later)
    if len(before) == len(after) == 1:
        return ((before[0], after[0]),)
    if len(before) * len(after) > _MOST_PAIRS:
        return ()
    words = {id(each): _words(each) for each in (*before, *after)}
    scored = {(i, k): _likeness(words[id(a)], words[id(b)]) for i, a in enumerate(before) for k, b in enumerate(after)}
    pairs = [
        (i, k)
        for (i, k), score in scored.items()
        if score >= _LEAST_ALIKE
        and score == max(scored[i, other] for other in range(len(after)))
        and score == max(scored[other, k] for other in range(len(before)))
    ]
    once = [(i, k) for i, k in pairs if sum(i == a or k == b for a, b in pairs) == 1]
    return tuple((before[i], after[k]) for i, k in sorted(once, key=lambda pair: pair[1]))


def _words(milestone: Milestone) -> frozenset[str]:
    """What the words of a milestone are made of, the time left out."""
    return letters_of(milestone.near.replace(milestone.as_printed, " ") if milestone.as_printed else milestone.near)


def letters_of(text: str) -> frozenset[str]:
    """Neighbouring ideographs two by two, and Latin words of four letters or more, folded."""
    found: set[str] = set()
    for run in _LETTERS.findall(fold(text)):
        found |= {run.lower()} if run.isascii() else {run[i : i + 2] for i in range(len(run) - 1)}
    return frozenset(found)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter words the longer have too, 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
