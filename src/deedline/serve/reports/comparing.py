"""Two editions side by side in a report: what continues, moved, is new, and of what no mention was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from deedline.knowledge.stages import days_moved
from deedline.model.entry import Entry
from deedline.model.link import LinkState
from deedline.operations import Compared, Editions, Fate, FateCode
from deedline.operations.reporting import EditionBrief, only_chapter
from deedline.serve.reports.counting import figure
from deedline.serve.reports.listing import day
from deedline.serve.reports.paper import Block, Column, Figure, Heading, Paragraph, Table
from deedline.serve.reports.voice import Voice, titled, tongue

MOST_NEW = 60  # new items listed; the count tells of all, and a note where to see the others


def comparison(brief: EditionBrief, voice: Voice) -> list[Block]:
    """What became of the items between the edition and the other one."""
    found = brief.against
    blocks: list[Block] = [Heading(voice.say("Against another edition"))]
    if found is None:
        text = voice.say("No earlier edition was known by %(day)s to compare it with.", day=brief.known.when)
        return [*blocks, Paragraph(text)]
    if found.compared is Compared.NO:
        text = voice.say("%(earlier)s and %(later)s:", earlier=titled(found.earlier), later=titled(found.later))
        return [*blocks, Paragraph(text), *uncompared(found.compared, voice)]
    entries = {entry.id: entry for entry in found.entries}
    blocks.append(
        Paragraph(
            voice.say(
                "%(earlier)s is compared with %(later)s by the links that hold: those that a person accepted, and "
                "those of which the machine is sure.",
                earlier=titled(found.earlier),
                later=titled(found.later),
            ),
            tuple(
                voice.counted(document, [entry for entry in found.entries if entry.document_id == document.id])
                for document in (found.earlier, found.later)
            ),
        )
    )
    blocks.extend(uncompared(found.compared, voice))
    blocks.extend(Paragraph(text, caution=True) for text in _bounds(found, voice))
    blocks.append(_fates(found, voice))
    return [*blocks, *_lists(found, entries, voice)]


def uncompared(state: Compared, voice: Voice) -> list[Block]:
    """What to say of two documents that were not compared, or changed since; nothing where they were."""
    told = {
        Compared.NO: voice.say("Not compared yet; run deedline link."),
        Compared.CHANGED: voice.say("Changed since it was compared; run deedline link."),
    }
    return [Paragraph(told[state], caution=True)] if state in told else []


def _bounds(found: Editions, voice: Voice) -> Iterable[str]:
    """What the comparison cannot speak of."""
    if not found.ordered:
        yield voice.say("Their printed dates do not tell which came first.")
    sides = [
        only_chapter(entry for entry in found.entries if entry.document_id == document.id)
        for document in (found.earlier, found.later)
    ]
    if found.comparison.scope and all(sides):
        yield voice.say(
            "Each of the documents is one chapter (“%(earlier)s”, “%(later)s”): neither can show what is not mentioned "
            "in the other, or new in it.",
            earlier=sides[0],
            later=sides[1],
        )
    elif found.comparison.scope and sides[1]:
        yield voice.say(
            "The later document is one chapter (“%(name)s”): it cannot show that anything outside it is not mentioned.",
            name=sides[1],
        )
    elif found.comparison.scope:
        yield voice.say(
            "The earlier document is one chapter (“%(name)s”): what is outside it cannot be called new.", name=sides[0]
        )
    yield voice.say(
        "“No mention found” says that nothing in the later edition was found to continue an undertaking. It does not "
        "say that anything was given up."
    )


def _fates(found: Editions, voice: Voice) -> Figure:
    earlier = voice.say("Earlier edition, what became of it: %(name)s", name=titled(found.earlier))
    later = voice.say("Later edition, where it comes from: %(name)s", name=titled(found.later))
    counts = {earlier: _tally(found.comparison.earlier, voice), later: _tally(found.comparison.later, voice)}
    made = figure(voice, voice.say("What became of the items"), voice.say("Edition"), counts)
    table = replace(made.table, rows=made.table.rows[:2], summed=False)  # a sum over two editions would say nothing
    return replace(made, table=table, chart=replace(made.chart, even=True))


def _tally(fates: Iterable[Fate], voice: Voice) -> Mapping[str, int]:
    counts = Counter(fate.code for fate in fates)
    return {voice.label(code.value): counts[code] for code in FateCode}


def _lists(found: Editions, entries: Mapping[str, Entry], voice: Voice) -> list[Block]:
    fates: dict[FateCode, list[Fate]] = {code: [] for code in FateCode}
    for fate in found.comparison.earlier:
        fates[fate.code].append(fate)
    new = [fate for fate in found.comparison.later if fate.code is FateCode.NEW]
    return [
        *_continuing(voice.say("Changed"), fates[FateCode.CHANGED], found, entries, voice),
        *_continuing(voice.say("Next stage"), fates[FateCode.NEXT_STAGE], found, entries, voice),
        *_gone(fates[FateCode.NO_MENTION], found, entries, voice),
        *_new(new, found, entries, voice),
    ]


def _continuing(
    title: str, fates: Sequence[Fate], found: Editions, entries: Mapping[str, Entry], voice: Voice
) -> list[Block]:
    """Undertakings with what the later edition makes of them: their words, days and bodies on both sides."""
    if not fates:
        return []
    columns = (
        Column(voice.say("Earlier"), 3, language=tongue(found.earlier)),
        Column(voice.say("Due"), 1),
        Column(voice.say("Later"), 3, language=tongue(found.later)),
        Column(voice.say("Due"), 1),
        Column(voice.say("Moved"), 0.8, figures=True),
        Column(voice.say("Bodies"), 1.6),
        Column(voice.say("Source"), 0.9),
    )
    rows = [
        (
            before.item.text,
            day(before),
            after.item.text,
            day(after),
            _moved(before, after),
            _bodies(before, after, voice),
            f"{voice.cite(found.earlier, before.item)} → {voice.cite(found.later, after.item)}",
        )
        for fate in fates
        for before, after in ((entries[fate.entry_id], entries[key]) for key in fate.counterparts)
    ]
    caption = _counted(title, fates, voice)
    return [Heading(title, 2), Table(caption, columns, tuple(rows))]


def _counted(title: str, fates: Sequence[Fate], voice: Voice) -> str:
    return voice.many(
        "%(title)s: %(count)s item of the earlier edition",
        "%(title)s: %(count)s items of the earlier edition",
        len(fates),
        title=title,
        count=len(fates),
    )


def _moved(before: Entry, after: Entry) -> str:
    days = days_moved(before.item, after.item)
    return f"{days:+,}" if days else ""


def _bodies(before: Entry, after: Entry, voice: Voice) -> str:
    was, now = voice.bodies(before.item), voice.bodies(after.item)
    return now if was == now else f"{was or '–'} → {now or '–'}"


def _gone(fates: Sequence[Fate], found: Editions, entries: Mapping[str, Entry], voice: Voice) -> list[Block]:
    if not fates:
        return []
    columns = (
        Column(voice.say("Item"), 3, language=tongue(found.earlier)),
        Column(voice.say("Due"), 1),
        Column(voice.say("Bodies"), 1.5),
        Column(voice.say("Source"), 0.8),
        Column(voice.say("What came nearest (not counted)"), 3, language=tongue(found.later)),
    )
    rows = []
    for fate in fates:
        entry = entries[fate.entry_id]
        near = ""
        if fate.nearest is not None and fate.nearest.from_id in entries:
            other = entries[fate.nearest.from_id]
            rejected = fate.nearest.state is LinkState.REJECTED
            said = voice.say("rejected by a person") if rejected else f"{fate.nearest.score:.2f}"
            near = f"{other.item.text} [{voice.cite(found.later, other.item)}; {said}]"
        cited = voice.cite(found.earlier, entry.item)
        rows.append((entry.item.text, day(entry), voice.bodies(entry.item), cited, near or "–"))
    title = voice.say("No mention found")
    caption = _counted(title, fates, voice)
    return [Heading(title, 2), Table(caption, columns, tuple(rows))]


def _new(fates: Sequence[Fate], found: Editions, entries: Mapping[str, Entry], voice: Voice) -> list[Block]:
    if not fates:
        return []
    columns = (
        Column(voice.say("Item"), 4, language=tongue(found.later)),
        Column(voice.say("Due"), 1),
        Column(voice.say("Bodies"), 1.6),
        Column(voice.say("Source"), 0.8),
    )
    listed = [entries[fate.entry_id] for fate in fates[:MOST_NEW]]
    rows = tuple(
        (entry.item.text, day(entry), voice.bodies(entry.item), voice.cite(found.later, entry.item)) for entry in listed
    )
    title = voice.say("New")
    caption = voice.many(
        "%(title)s: %(shown)s of %(count)s item",
        "%(title)s: %(shown)s of %(count)s items",
        len(fates),
        title=title,
        shown=len(listed),
        count=len(fates),
    )
    blocks: list[Block] = [Heading(title, 2)]
    if len(fates) > len(listed):
        blocks.append(Paragraph(voice.say("`deedline compare` with `--only new` lists all of them.")))
    return [*blocks, Table(caption, columns, rows)]
