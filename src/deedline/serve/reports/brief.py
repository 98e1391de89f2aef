"""The brief of an edition: what it holds, what is new, what went, what falls due, what the figures bear out."""

from __future__ import annotations

from collections import Counter

from deedline.model.item import ItemKind
from deedline.operations.reporting import EditionBrief, only_chapter
from deedline.serve.labels import when
from deedline.serve.reports.comparing import comparison
from deedline.serve.reports.counting import figure
from deedline.serve.reports.indicators import disagreements, standing_of_indicators
from deedline.serve.reports.listing import followed_table, not_reported
from deedline.serve.reports.paper import Block, Column, Heading, Paper, Paragraph, Table
from deedline.serve.reports.voice import Voice


def brief_paper(brief: EditionBrief, language: str) -> Paper:
    """The brief as a report in `language`."""
    voice = Voice(language)
    voice.letter(brief.edition)
    title = voice.say("Brief: %(edition)s", edition=brief.edition.metadata.title or brief.edition.name)
    subtitle = voice.say(
        "Edition of %(day)s, as known by %(as_of)s", day=when(brief.edition.metadata), as_of=brief.known.when
    )
    blocks = [
        *_counts(brief, voice),
        *comparison(brief, voice),
        *_due(brief, voice),
        *_indicators(brief, voice),
        *_slippage(brief, voice),
    ]
    return voice.paper(title, subtitle, brief.known.as_of, blocks, wide=True)


def _counts(brief: EditionBrief, voice: Voice) -> list[Block]:
    kinds = Counter(entry.item.kind for entry in brief.entries)
    text = voice.say(
        "What the edition holds: measures %(measures)s, indicators or parts of indicators %(indicators)s.",
        measures=kinds[ItemKind.MEASURE],
        indicators=kinds[ItemKind.INDICATOR],
    )
    note = voice.counted(brief.edition, brief.entries)
    blocks: list[Block] = [Heading(voice.say("What it holds")), Paragraph(text, (note,))]
    chapter = only_chapter(brief.entries)
    if chapter:
        blocks.append(
            Paragraph(voice.say("The edition as added is one chapter: “%(name)s”.", name=chapter), caution=True)
        )
    chapters: dict[str, Counter[str]] = {}
    for entry in brief.entries:
        top = entry.item.path[0] if entry.item.path else voice.say("(no chapter)")
        chapters.setdefault(top, Counter())[voice.label(entry.item.kind.value)] += 1
    if len(chapters) > 1:
        caption = voice.say("Items by chapter")
        blocks.append(figure(voice, caption, voice.say("Chapter"), chapters, (note,)))
    return blocks


def _due(brief: EditionBrief, voice: Voice) -> list[Block]:
    coming = [each for each in brief.waiting if (each.standing.days or 0) >= 0]
    past = [each for each in brief.waiting if (each.standing.days or 0) < 0]
    blocks: list[Block] = [Heading(voice.say("What falls due"))]
    text = voice.say(
        "Undertakings of this edition that fall due within %(within)s days of %(day)s: %(coming)s. Fell due before "
        "and are not reported done: %(past)s.",
        coming=len(coming),
        within=brief.within,
        day=brief.known.as_of,
        past=len(past),
    )
    blocks.append(Paragraph(text, (voice.counted(brief.edition, brief.entries),)))
    blocks.append(Paragraph(not_reported(voice), caution=True))
    if coming:
        blocks.append(followed_table(voice.say("Due next"), coming, voice))
    if past:
        blocks.append(followed_table(voice.say("Fell due, not reported done"), past, voice))
    return blocks


def _indicators(brief: EditionBrief, voice: Voice) -> list[Block]:
    if not brief.measured:
        return []
    return [
        Heading(voice.say("Indicators")),
        *disagreements(brief, voice),
        *standing_of_indicators(brief.measured, brief.edition, voice),
    ]


def _slippage(brief: EditionBrief, voice: Voice) -> list[Block]:
    if not brief.moved:
        return []
    columns = (
        Column(voice.say("Body"), 2.4),
        Column(voice.say("Restated"), 1, figures=True),
        Column(voice.say("Later"), 1, figures=True),
        Column(voice.say("Earlier"), 1, figures=True),
        Column(voice.say("Unmoved"), 1, figures=True),
        Column(voice.say("Days later, added up"), 1.2, figures=True),
    )
    rows = tuple(
        (
            voice.named(row.body_id),
            *(f"{count:,}" for count in (row.restated, row.later, row.earlier, row.unmoved, row.days_later)),
        )
        for row in brief.moved
    )
    documents = [document for document in brief.known.documents.values() if document.items.get(ItemKind.MEASURE)]
    letters = voice.listed(voice.letter(document) for document in documents)
    text = voice.say(
        "Dated undertakings that a later edition restates, by the bodies that undertake them; one that several "
        "undertake counts for each."
    )
    note = voice.say("Threads over %(letters)s, as known by %(day)s.", letters=letters, day=brief.known.when)
    table = Table(voice.say("How dates moved, by body"), columns, rows)
    return [Heading(voice.say("Slippage by body")), Paragraph(text, (note,)), table]
