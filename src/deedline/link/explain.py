"""Why two items are linked: what agrees, what changed, what is asked and not met, each with its words in both texts.

Every reason carries spans into the originals; a text whose characters cannot be traced one by one is pointed at as
a whole. The sentences stand in knowledge/link/reasons.toml.
"""

from __future__ import annotations

from functools import lru_cache

from deedline.knowledge.fold import fold
from deedline.knowledge.stages import moved_day
from deedline.link.reasons import Reason, told
from deedline.link.texts import bare, clauses_of
from deedline.model.entry import Entry
from deedline.model.item import Item
from deedline.model.text import Span, spans_of_part
from deedline.model.values import Basis, Role

_AT_HAND = 1024  # texts of which what was made is kept: a text is linked with several others in a row
_LEAST_RUN = 4  # characters in common that are worth showing
_MOST_RUNS = 4
_UNMET = 0.34  # a clause of which less than this share of two-character runs is found was not met


def explain(source: Entry, target: Entry, *, asked: bool, whole: bool = True) -> tuple[Reason, ...]:
    """Reasons for a link from `source` to `target`; `asked` where the source asks and the target promises.

    Not `whole` gives what agrees alone: of a mere candidate nobody asks what changed.
    """
    one, other = source.item, target.item
    reasons = [*_shared_names(one, other), *_shared_words(one, other)]
    if not whole:
        return tuple(reasons)
    reasons += _unmet(one, other) if asked else [*_moved(one, other), *_owners(one, other)]
    return (*reasons, *_figures(one, other))


def _spans(item: Item, start: int, end: int) -> tuple[Span, ...]:
    """Where characters `start` to `end` of an item's text stand in the original; all of it where none can tell."""
    return spans_of_part(item.spans, start, end) if item.is_traced else item.spans


def _shared_names(one: Item, other: Item) -> list[Reason]:
    """Printed names that both texts hold."""
    texts = _folded(one.text), _folded(other.text)
    names = {fold(name.as_printed): name.as_printed for item in (one, other) for name in item.names}
    reasons: dict[str, Reason] = {}
    for folded in sorted(names, key=lambda name: (-len(name), name)):
        at = [text.find(folded) for text in texts]
        if len(folded) > 1 and min(at) >= 0 and not any(folded in printed for printed in reasons):
            spans = [_spans(item, i, i + len(folded)) for item, i in zip((one, other), at, strict=True)]
            reasons[names[folded]] = Reason("name", told("name", name=names[folded]), *spans)
    return list(reasons.values())[:2]


def common_runs(one: str, other: str, least: int = _LEAST_RUN) -> list[tuple[int, int, int]]:
    """Runs that two folded texts share: (start in one, start in other, length), longest first, not overlapping."""
    places = _places(other, least)
    runs: list[tuple[int, int, int]] = []
    index = 0
    while index <= len(one) - least:
        best = (0, 0)
        for place in places.get(one[index : index + least], ())[:8]:
            size = least
            while index + size < len(one) and place + size < len(other) and one[index + size] == other[place + size]:
                size += 1
            best = max(best, (size, -place))
        if best[0]:
            runs.append((index, -best[1], best[0]))
        index += max(best[0], 1)
    return sorted(runs, key=lambda run: (-run[2], run[0]))


@lru_cache(maxsize=_AT_HAND)
def _places(text: str, size: int) -> dict[str, list[int]]:
    """Where each run of so many characters starts."""
    places: dict[str, list[int]] = {}
    for index in range(len(text) - size + 1):
        places.setdefault(text[index : index + size], []).append(index)
    return places


@lru_cache(maxsize=_AT_HAND)
def _folded(text: str) -> str:
    return fold(text)


def _shared_words(one: Item, other: Item) -> list[Reason]:
    """The longest runs of words in common."""
    texts = _folded(one.text), _folded(other.text)
    runs = [run for run in common_runs(*texts) if len(bare(texts[0][run[0] : run[0] + run[2]])) >= _LEAST_RUN]
    if not runs:
        return []
    shown = runs[:_MOST_RUNS]
    words = [one.text[start : start + size].strip(" ,.;，。；、") for start, _, size in shown]
    return [
        Reason(
            "words",
            told("words", words=words),
            tuple(span for start, _, size in shown for span in _spans(one, start, start + size)),
            tuple(span for _, start, size in shown for span in _spans(other, start, start + size)),
        )
    ]


def _moved(one: Item, other: Item) -> list[Reason]:
    """How far the time promised moved from the target (the earlier) to the source (the later)."""
    pair = moved_day(other, one)
    if pair is None:
        return []
    was, now = (each.due for each in pair)
    days = (now - was).days
    spans = [tuple(s for d in item.deadlines if d.promised for s in d.spans) for item in (one, other)]
    if not days:
        return [Reason("deadline-same", told("deadline-same", day=now), *spans)]
    sentence = "deadline-later" if days > 0 else "deadline-sooner"
    return [Reason("deadline-moved", told(sentence, earlier=was, day=now, days=abs(days)), *spans)]


def _owners(one: Item, other: Item) -> list[Reason]:
    """Whether the same bodies lead."""
    leads = [
        {mention.body_id: mention for mention in item.bodies if mention.body_id and mention.role is not Role.JOINT}
        for item in (one, other)
    ]
    if not leads[0] or not leads[1]:
        return []
    shared = sorted(leads[0].keys() & leads[1].keys())
    chosen = [[lead[key] for key in (shared or sorted(lead))] for lead in leads]
    spans = [tuple(span for mention in listed for span in mention.spans) for listed in chosen]
    names = [[mention.name for mention in listed] for listed in chosen]
    if shared:
        return [Reason("body-same", told("body-same", bodies=names[0]), *spans)]
    return [Reason("body-changed", told("body-changed", former=names[1], bodies=names[0]), *spans)]


def _figures(one: Item, other: Item) -> list[Reason]:
    """Figures of one unit that agree or differ, where each text has a single one of the unit."""
    by_unit = []
    for item in (one, other):
        units = [q.unit for q in item.quantities if q.basis is not Basis.CONTEXT]
        by_unit.append({q.unit: q for q in item.quantities if q.unit and units.count(q.unit) == 1})
    reasons = []
    for unit in sorted(by_unit[0].keys() & by_unit[1].keys()):
        new, old = by_unit[0][unit], by_unit[1][unit]
        spans = new.spans, old.spans
        if new.value == old.value:
            reasons.append(Reason("figure-same", told("figure-same", figure=new.as_printed), *spans))
        else:
            said = told("figure-differs", figure=new.as_printed, other=old.as_printed)
            reasons.append(Reason("figure-differs", said, *spans))
    return reasons[:2]


def _unmet(one: Item, other: Item) -> list[Reason]:
    """The clause of what is asked that the measure's words meet least, if it hardly meets it."""
    text, found = _folded(one.text), _pairs(bare(_folded(other.text)))
    worst: tuple[float, str] | None = None
    clauses = clauses_of(text)
    for clause in clauses if len(clauses) > 1 else ():
        wanted = _pairs(bare(clause))
        share = len(wanted & found) / len(wanted) if wanted else 1.0
        if share < _UNMET and (worst is None or share < worst[0]):
            worst = (share, clause)
    if worst is None:
        return []
    start = text.find(worst[1])
    if start < 0:
        return []
    words = one.text[start : start + len(worst[1])].strip()
    spans = _spans(one, start, start + len(worst[1]))
    return [Reason("ask-missing", told("ask-missing", words=words), spans, other.spans)]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
