"""Indicators in a report: the official table of progress beside what was computed, disagreements first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from deedline.model.assessment import AssessmentCode
from deedline.model.item import Item
from deedline.model.values import StatusCode
from deedline.operations import Measured
from deedline.operations.reporting import EditionBrief
from deedline.register import StoredDocument
from deedline.serve.labels import numbered, when
from deedline.serve.reports.counting import figure
from deedline.serve.reports.paper import Block, Column, Figure, Heading, Paper, Paragraph, Table
from deedline.serve.reports.voice import Voice, titled, tongue


def progress_paper(brief: EditionBrief, language: str) -> Paper:
    """The table of progress in the official form, with what was computed beside each part, as a report."""
    voice = Voice(language)
    voice.letter(brief.edition)
    title = voice.say("Progress of indicators: %(edition)s", edition=titled(brief.edition))
    subtitle = voice.say("As known by %(as_of)s", as_of=brief.known.when)
    blocks: list[Block] = [Heading(voice.say("Summary"))]
    if not brief.measured:
        blocks.append(Paragraph(voice.say("The edition holds no indicator with a report on its progress.")))
        return voice.paper(title, subtitle, brief.known.as_of, blocks, wide=True)
    blocks.extend(disagreements(brief, voice))
    blocks.extend(standing_of_indicators(brief.measured, brief.edition, voice))
    for path, found in groupby(brief.measured, key=lambda each: each.entry.item.path):
        caption = voice.listed(path) or voice.say("Indicators")
        blocks.extend((Heading(caption), _official(caption, tuple(found), voice)))
    return voice.paper(title, subtitle, brief.known.as_of, blocks, wide=True)


def _official(caption: str, found: Sequence[Measured], voice: Voice) -> Table:
    """Number, indicator, progress as the official table prints them; then the bodies and what was computed."""
    own = tongue(found[0].document)
    columns = (
        Column(voice.say("Number"), 0.6),
        Column(voice.say("Indicator"), 3, language=own),
        Column(voice.say("Bodies"), 1.2),
        Column(voice.say("Progress"), 3, language=own),
        Column(voice.say("Computed"), 1.5),
        Column(voice.say("Source"), 0.8),
    )
    parts = Counter(each.entry.item.number for each in found)
    rows, before = [], ("", "")
    for each in found:
        item = each.entry.item
        group = (item.number or "", item.lead_in)
        words = f"{item.lead_in} {item.text}" if item.lead_in and group != before else item.text
        before = group
        number = numbered(item) if parts[item.number] > 1 else item.number or ""
        cited = voice.cite(each.document, item)
        rows.append((number, words, voice.bodies(item), _progress(item, own), computed(each, voice), cited))
    return Table(caption, columns, tuple(rows))


def _progress(item: Item, own: str) -> str:
    """The status as printed and what follows it, as the official table runs them together."""
    if item.report is None:
        return "–"
    said = filter(None, (item.report.as_printed, item.report.narrative))
    return ("。" if own.startswith("zh") else ". ").join(said)


def computed(measured: Measured, voice: Voice) -> str:
    """What figures and dates bear out, with the attained part and the day it was due."""
    assessment, item = measured.assessment, measured.entry.item
    if assessment is None:
        return "–"
    parts = [voice.label(assessment.verdict.value)]
    if assessment.share is not None:
        parts.append(f"{assessment.share:.0%}")
    if item.due is not None:
        parts.append(voice.say("due %(day)s", day=item.due))
    if assessment.disagrees:
        sign = "≈" if assessment.verdict is AssessmentCode.NEAR else "≠"
        official = voice.say("official status")  # said apart: messages are not looked for within another text
        parts.append(f"{sign} {official}")
    return voice.listed(parts)


def disagreements(brief: EditionBrief, voice: Voice) -> list[Block]:
    """The indicators whose status says otherwise than their figures and dates."""
    found, of = brief.disagreeing, len(brief.measured)
    text = voice.many(
        "The official status of %(count)s of %(of)s reported indicator says otherwise than its figures and dates. "
        "The status is shown as it was given; what is computed stands beside it and does not replace it.",
        "The official status of %(count)s of %(of)s reported indicators says otherwise than their figures and dates. "
        "The status is shown as it was given; what is computed stands beside it and does not replace it.",
        of,
        count=len(found),
        of=of,
    )
    said = Paragraph(text, (voice.counted(brief.edition, [each.entry for each in brief.measured]),))
    if not found:
        return [said]
    return [Heading(voice.say("Disagreements"), 2), said, _disagreements(found, of, voice)]


def _disagreements(found: Sequence[Measured], of: int, voice: Voice) -> Table:
    """What was promised, reported, said and computed of each."""
    own = tongue(found[0].document)
    columns = (
        Column(voice.say("Number"), 0.6),
        Column(voice.say("Promised"), 2.6, language=own),
        Column(voice.say("Reported"), 2.6, language=own),
        Column(voice.say("Official status"), 1),
        Column(voice.say("Computed"), 1.2),
        Column(voice.say("Figures compared"), 1.6, language=own),
        Column(voice.say("Source"), 0.7),
    )
    caption = voice.many(
        "Disagreements: %(count)s of %(of)s reported indicator",
        "Disagreements: %(count)s of %(of)s reported indicators",
        of,
        count=len(found),
        of=of,
    )
    return Table(caption, columns, tuple(_disagreement(each, voice) for each in found))


def _disagreement(each: Measured, voice: Voice) -> tuple[str, ...]:
    item, report = each.entry.item, each.entry.item.report
    narrative, status = (report.narrative, report.as_printed) if report else ("", "")
    cited = voice.cite(each.document, item)
    return numbered(item), item.text, narrative, status, computed(each, voice), _compared(each, voice), cited


def _compared(measured: Measured, voice: Voice) -> str:
    attained, elapsed = measured.attainment, measured.assessment.elapsed if measured.assessment else None
    if attained is None:
        return "–"
    actual = attained.actual_quantity.as_printed or f"{attained.actual:g}"
    words = f"{actual} / {attained.target_quantity.as_printed or f'{attained.target:g}'}"
    if elapsed is None:
        return words
    return words + " " + voice.say("(%(part)s of the time gone)", part=f"{elapsed:.0%}")


def standing_of_indicators(found: Sequence[Measured], document: StoredDocument, voice: Voice) -> list[Block]:
    """How many indicators have which official status, by what was computed of them."""
    return [Heading(voice.say("Status and assessment"), 2), _cross(found, document, voice)]


def _cross(found: Sequence[Measured], document: StoredDocument, voice: Voice) -> Figure:
    none = voice.say("no status read")
    statuses = [*(code.value for code in StatusCode), ""]
    counts: dict[str, Counter[str]] = {}
    for status in statuses:
        listed = [each for each in found if _status(each) == status]
        if listed:
            verdicts = (voice.label(each.assessment.verdict.value) if each.assessment else "–" for each in listed)
            counts[voice.label(status) if status else none] = Counter(verdicts)
    caption = voice.many(
        "Official status of %(count)s reported indicator, by what was computed",
        "Official status of %(count)s reported indicators, by what was computed",
        len(found),
        count=len(found),
    )
    notes = (
        voice.counted(document, [each.entry for each in found]),
        voice.say(
            "Status and figures as reported on %(day)s; computed for that day.",
            day=_days(found) or when(document.metadata),
        ),
    )
    return figure(voice, caption, voice.say("Official status"), counts, notes)


def _status(measured: Measured) -> str:
    report = measured.entry.item.report
    return report.status.value if report and report.status else ""


def _days(found: Sequence[Measured]) -> str:
    days = {report.as_of for each in found if (report := each.entry.item.report) and report.as_of}
    return ", ".join(day.isoformat() for day in sorted(days))
