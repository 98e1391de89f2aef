"""What became of a submission's proposals in an edition: counts with their denominators, then every proposal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from deedline.model.entry import Entry
from deedline.model.link import Link, LinkState, Origin, Verdict, VerdictCode
from deedline.operations import AdoptionReport, Compared, Scene, Tally
from deedline.operations.reporting import only_chapter
from deedline.serve.labels import numbered
from deedline.serve.reports.comparing import uncompared
from deedline.serve.reports.counting import figure
from deedline.serve.reports.paper import Block, Column, Heading, Paper, Paragraph, Table
from deedline.serve.reports.voice import Voice, titled, tongue

MOST_MEASURES = 4  # measures named beside a proposal; a count tells of the others
MOST_WORDS = 70  # characters of a measure's words beside a proposal

Between = Mapping[tuple[str, str], Link]


def adoption_paper(report: AdoptionReport, known: Scene, language: str) -> Paper:
    """The report on a submission, as `known` by a day, in `language`."""
    voice = Voice(language)
    voice.letter(report.submission)
    voice.letter(report.edition)
    title = voice.say("What became of the proposals: %(submission)s", submission=titled(report.submission))
    subtitle = voice.say("In %(edition)s, as known by %(as_of)s", edition=titled(report.edition), as_of=known.when)
    blocks = [Heading(voice.say("Summary")), *uncompared(report.compared, voice)]
    if report.compared is not Compared.NO:
        blocks += [*_summary(report, voice), *_tallies(report, voice), *_proposals(report, voice)]
    return voice.paper(title, subtitle, known.as_of, blocks, wide=True)


def _summary(report: AdoptionReport, voice: Voice) -> list[Block]:
    notes = (
        voice.counted(report.submission, report.proposals),
        voice.counted(report.edition, tuple(report.entries.values())),
    )
    cautions = (Paragraph(text, caution=True) for text in _cautions(report, voice))
    return [Paragraph(_counts(report, voice), notes), *cautions]


def _counts(report: AdoptionReport, voice: Voice) -> str:
    """How many proposals had which verdict."""
    whole = next((tally for tally in report.tallies if not tally.scope), None)
    counts = whole.counts if whole else {}
    return voice.many(
        "Of %(total)s proposal: adopted %(adopted)s, partly %(partly)s, with measures on the same subject in the "
        "edition %(in_hand)s, nothing found %(none)s. Stated without review, of the adopted and partly adopted: "
        "%(stated)s; what else is called so is a guess. Promised before the proposals were made: %(there)s.",
        "Of %(total)s proposals: adopted %(adopted)s, partly %(partly)s, with measures on the same subject in the "
        "edition %(in_hand)s, nothing found %(none)s. Stated without review, of the adopted and partly adopted: "
        "%(stated)s; what else is called so is a guess. Promised before the proposals were made: %(there)s.",
        len(report.proposals),
        total=len(report.proposals),
        adopted=counts.get(VerdictCode.ADOPTED, 0),
        partly=counts.get(VerdictCode.PARTLY, 0),
        in_hand=counts.get(VerdictCode.IN_HAND, 0),
        none=counts.get(VerdictCode.NONE, 0),
        stated=whole.stated if whole else 0,
        there=whole.already_there if whole else 0,
    )


def _cautions(report: AdoptionReport, voice: Voice) -> Iterator[str]:
    """What the counts do not say."""
    unsure = sum(not verdict.sure for verdict in report.verdicts)
    yield voice.many(
        "“Adopted” and “partly” without a question mark rest on links that a person accepted or of which the "
        "machine is sure. The verdict on %(unsure)s proposal is its likeliest guess, by links that nobody "
        "reviewed: it is marked with a question mark.",
        "“Adopted” and “partly” without a question mark rest on links that a person accepted or of which the "
        "machine is sure. The verdicts on %(unsure)s proposals are its likeliest guess, by links that nobody "
        "reviewed: these are marked with a question mark.",
        unsure,
        unsure=unsure,
    )
    yield voice.say("“Nothing found” says that no measure was found; it does not say that nothing was done.")
    chapter = only_chapter(report.entries.values())
    if chapter:
        yield voice.say(
            "The edition is one chapter (“%(name)s”): it cannot show that nothing was done outside it.", name=chapter
        )
    if not report.ordered:
        yield voice.say("Their printed dates do not tell that the edition came after the submission.")


def _tallies(report: AdoptionReport, voice: Voice) -> list[Block]:
    scopes = [tally for tally in report.tallies if tally.scope]
    blocks: list[Block] = []
    if scopes:
        counts = {
            tally.scope: {voice.label(code.value): tally.counts[code] for code in VerdictCode} for tally in scopes
        }
        caption = voice.say("Verdicts by scope of the submission")
        note = voice.counted(report.submission, report.proposals)
        blocks.append(Heading(voice.say("By scope")))
        blocks.append(figure(voice, caption, voice.say("Scope"), counts, (note,)))
        blocks.append(_there(scopes, voice))
    if report.by_body:
        blocks.append(Heading(voice.say("By body")))
        text = voice.say(
            "A proposal counts once for each body of the measures that it met, so these totals do not add up to all."
        )
        blocks.extend((Paragraph(text), _by_body(report, voice)))
    return blocks


def _there(scopes: list[Tally], voice: Voice) -> Table:
    columns = (
        Column(voice.say("Scope"), 3),
        Column(voice.say("Already there"), 1, figures=True),
        Column(voice.say("Of"), 1, figures=True),
    )
    there, total = sum(tally.already_there for tally in scopes), sum(tally.total for tally in scopes)
    rows = [(tally.scope, f"{tally.already_there:,}", f"{tally.total:,}") for tally in scopes]
    rows.append((voice.say("Total"), f"{there:,}", f"{total:,}"))
    caption = voice.say("Proposals whose measures had been promised before")
    return Table(caption, columns, tuple(rows), summed=True)


def _by_body(report: AdoptionReport, voice: Voice) -> Table:
    columns = (
        Column(voice.say("Body"), 2.6),
        *(Column(voice.label(code.value), 1, figures=True) for code in VerdictCode),
        Column(voice.say("Of"), 0.8, figures=True),
        Column(voice.say("Already there"), 1, figures=True),
    )
    known = {each.name: each.body_id for entry in report.entries.values() for each in entry.item.bodies}
    rows = tuple(
        (
            voice.named(known.get(tally.scope) or "") or tally.scope,
            *(f"{tally.counts[code]:,}" for code in VerdictCode),
            f"{tally.total:,}",
            f"{tally.already_there:,}",
        )
        for tally in report.by_body
    )
    note = voice.counted(report.edition, tuple(report.entries.values()))
    return Table(voice.say("Verdicts by the bodies of the measures"), columns, rows, (note,))


def _proposals(report: AdoptionReport, voice: Voice) -> list[Block]:
    between = {(link.from_id, link.to_id): link for link in report.links}
    verdicts = {verdict.item_id: verdict for verdict in report.verdicts}
    blocks: list[Block] = [Heading(voice.say("Every proposal"))]
    for scope, found in groupby(report.proposals, key=lambda entry: entry.item.path[0] if entry.item.path else ""):
        proposals = tuple(found)
        caption = voice.many(
            "%(scope)s: %(count)s proposal",
            "%(scope)s: %(count)s proposals",
            len(proposals),
            scope=scope or "–",
            count=len(proposals),
        )
        rows = tuple(_row(entry, verdicts[entry.id], report, between, voice) for entry in proposals)
        blocks.extend((Heading(scope or "–", 2), Table(caption, _columns(report, voice), rows)))
    return blocks


def _columns(report: AdoptionReport, voice: Voice) -> tuple[Column, ...]:
    return (
        Column(voice.say("No."), 0.5),
        Column(voice.say("Proposal"), 3.4, language=tongue(report.submission)),
        Column(voice.say("Source"), 0.7),
        Column(voice.say("Verdict"), 1),
        Column(voice.say("Measures that show it"), 4, language=tongue(report.edition)),
    )


def _row(entry: Entry, verdict: Verdict, report: AdoptionReport, between: Between, voice: Voice) -> tuple[str, ...]:
    named = voice.label(verdict.verdict.value) + ("" if verdict.sure else " ?")
    shown = [_measure(verdict, key, report, between, voice) for key in verdict.links[:MOST_MEASURES]]
    left = len(verdict.links) - len(shown)
    if left:
        shown.append(voice.say("and %(count)s more", count=left))
    cited = voice.cite(report.submission, entry.item)
    return numbered(entry.item), entry.item.text, cited, named, "\n".join(shown) or "–"


def _measure(verdict: Verdict, key: str, report: AdoptionReport, between: Between, voice: Voice) -> str:
    """A measure's first words, where it stands, and how far its link may be relied on."""
    item = report.entries[key].item
    words = item.text if len(item.text) <= MOST_WORDS else item.text[: MOST_WORDS - 1] + "…"
    marks = [voice.cite(report.edition, item), _standing(between.get((verdict.item_id, key)), voice)]
    if key in verdict.already_there:
        marks.append(voice.say("already there"))
    return f"{words} [{'; '.join(filter(None, marks))}]"


def _standing(link: Link | None, voice: Voice) -> str:
    if link is None:
        return ""
    if link.state is LinkState.ACCEPTED:
        return voice.say("accepted by a person")
    score = f"{link.score:.2f}"
    if link.origin is Origin.MACHINE and link.sure:
        return voice.say("machine, sure, %(score)s", score=score)
    return voice.say("only suggested, %(score)s", score=score)
