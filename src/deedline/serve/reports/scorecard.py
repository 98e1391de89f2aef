"""A body's scorecard: what it undertakes, what is due, late, moved and done; whose work it carries on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from deedline.model.body import Body
from deedline.operations import Followed
from deedline.operations.reporting import Scorecard
from deedline.serve.reports.counting import figure
from deedline.serve.reports.listing import day, followed_table, not_reported
from deedline.serve.reports.paper import Block, Column, Heading, Paper, Paragraph, Table
from deedline.serve.reports.voice import Voice, tongue

# The standings in the order in which they matter, each part of the report with those it lists.
_ORDER = ("no_report", "late", "due_soon", "not_yet_due", "recurring", "undated", "begun", "told_done", "done")


def scorecard_paper(card: Scorecard, language: str) -> Paper:
    """The scorecard as a report in `language`."""
    voice = Voice(language)
    name = voice.body(card.body)
    other = next((each for each in (card.body.name_en, card.body.name_zh) if each and each != name), "")
    subtitle = voice.say("As known by %(as_of)s", as_of=card.known.when)
    blocks = [*_summary(card, voice), *_moved(card, voice), *_lists(card.followed, voice)]
    title = voice.say("Scorecard: %(body)s", body=f"{name} ({other})" if other else name)
    return voice.paper(title, subtitle, card.known.as_of, blocks, wide=True)


def _summary(card: Scorecard, voice: Voice) -> list[Block]:
    counts = Counter(each.standing.code.value for each in card.followed)
    late = counts["no_report"] + counts["late"]
    notes = tuple(
        voice.counted(document, [each.entry for each in card.followed if each.document.id == document.id])
        for document in card.known.documents.values()
        if any(each.document.id == document.id for each in card.followed)
    )
    text = voice.many(
        "It undertakes %(total)s measure or indicator, first or with others, as the latest edition that speaks of it "
        "has it. Due soon: %(soon)s. Fell due and not reported done: %(late)s. Reported done: %(done)s. Dates that "
        "moved as they were restated: %(moved)s.",
        "It undertakes %(total)s measures and indicators, first or with others, each as the latest edition that speaks "
        "of it has it. Due soon: %(soon)s. Fell due and not reported done: %(late)s. Reported done: %(done)s. Dates "
        "that moved as they were restated: %(moved)s.",
        len(card.followed),
        total=len(card.followed),
        soon=counts["due_soon"],
        late=late,
        done=counts["done"],
        moved=len(card.threads),
    )
    blocks: list[Block] = [Heading(voice.say("Summary")), Paragraph(text, notes)]
    blocks.extend((*_kin(card, voice), Paragraph(not_reported(voice), caution=True)))
    if card.followed:
        standings = {voice.label(code): {voice.say("Items"): counts[code]} for code in _ORDER if counts[code]}
        caption = voice.say("Where its undertakings stand on %(day)s", day=card.known.as_of)
        blocks.append(figure(voice, caption, voice.say("Standing"), standings, notes))
    return blocks


def _kin(card: Scorecard, voice: Voice) -> list[Block]:
    """Its lifetime, the bodies whose work it carries on, and those that carry on its own."""
    body, lines = card.body, []
    if body.valid_from:
        lines.append(voice.say("It exists since %(day)s.", day=body.valid_from))
    if body.valid_until:
        lines.append(voice.say("It existed until %(day)s.", day=body.valid_until))
    for message, kin in (
        ("It carries on the work of %(bodies)s.", card.earlier),
        ("Its work is carried on by %(bodies)s.", card.later),
    ):
        if kin:
            lines.append(voice.say(message, bodies=voice.listed(_lifetime(each, voice) for each in kin)))
    if not lines:
        return []
    note = voice.say("From the list of bodies that Deedline carries, not from the documents cited.")
    return [Paragraph(" ".join(lines), (note,))]


def _lifetime(body: Body, voice: Voice) -> str:
    name = voice.body(body)
    return f"{name} (–{body.valid_until.isoformat()})" if body.valid_until else name


def _moved(card: Scorecard, voice: Voice) -> list[Block]:
    if not card.threads:
        return []
    steps = [step for thread in card.threads for step in thread.steps]
    tongues = {tongue(card.known.documents[step.entry.document_id]) for step in steps}
    columns = (
        Column(voice.say("Undertaking"), 4, language=tongues.pop() if len(tongues) == 1 else ""),
        Column(voice.say("Days promised, in turn"), 2),
        Column(voice.say("Moved by days"), 0.8, figures=True),
        Column(voice.say("Source"), 1.4),
    )
    rows = tuple(
        (
            thread.steps[-1].entry.item.text,
            " → ".join(day(step.entry) for step in thread.steps),
            f"{thread.slipped or 0:+,}",
            " → ".join(
                voice.cite(card.known.documents[step.entry.document_id], step.entry.item) for step in thread.steps
            ),
        )
        for thread in card.threads
    )
    return [Heading(voice.say("Dates that moved")), Table(voice.say("Undertakings whose date moved"), columns, rows)]


def _lists(found: Sequence[Followed], voice: Voice) -> list[Block]:
    blocks: list[Block] = []
    for code in _ORDER:
        listed = [each for each in found if each.standing.code.value == code]
        if listed:
            listed.sort(key=lambda each: (each.standing.due or date.max, each.entry.id))
            name = _capital(voice.label(code))
            caption = voice.say("%(standing)s: %(count)s", standing=name, count=len(listed))
            blocks.extend((Heading(name), followed_table(caption, listed, voice)))
    return blocks


def _capital(words: str) -> str:
    """The words as a heading begins; `capitalize` would make small what follows."""
    return words[:1].upper() + words[1:]
