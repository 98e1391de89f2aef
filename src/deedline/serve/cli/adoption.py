"""`adoption`: what became of a submission's proposals."""

from __future__ import annotations

from datetime import date

import click

from deedline import operations
from deedline.model.link import Verdict, VerdictCode
from deedline.operations import AdoptionReport, Compared, Tally
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import as_of_option, choice
from deedline.serve.export.tracked import adoption_row
from deedline.serve.labels import numbered, when


@click.command(
    cls=Verb,
    epilog="""
deedline adoption party-submission.txt
deedline adoption party-submission.txt --against supplement-2024 --only adopted --only partly
deedline adoption chamber --summary --json
""",
)
@click.argument("submission", metavar="SUBMISSION")
@click.option("--against", metavar="EDITION", help="One edition; every one that may have come after it unless given.")
@click.option("--only", type=choice(VerdictCode), multiple=True, help="Only with that verdict; may be repeated.")
@click.option("--summary", is_flag=True, help="Only the counts.")
@as_of_option
def adoption(submission: str, against: str | None, only: tuple[str, ...], summary: bool, as_of: date | None) -> None:
    """Show which proposals of a submission were taken up.

    `adopted` and `partly` rest on links that a person accepted or of which the machine is sure; with a question mark,
    a verdict is the likeliest guess by all candidates, and waits for review. `stated` counts those adopted or partly
    so without a question mark. `in_hand`: measures are about the same subject, not about what is asked. `already
    there` counts proposals whose measures an edition before the proposal had promised: taken up or not, they were
    under way.
    """
    with settings().register() as register:
        reports = operations.adoption(register, submission, against, as_of)
    if settings().as_json:
        rows = [adoption_row(report) for report in reports]
        for row in rows:
            row["verdicts"] = [v for v in row["verdicts"] if (not only or v["verdict"] in only) and not summary]
            if summary:
                del row["links"]
        print_json({"reports": rows, "total": len(rows)})
        return
    for report in reports:
        _print_report(report, only, summary=summary)


def _print_report(report: AdoptionReport, only: tuple[str, ...], *, summary: bool) -> None:
    sides = (report.submission, report.edition)
    names = " → ".join(f"{one_line(side.name)} ({when(side.metadata)})" for side in sides)
    click.echo(click.style(names, bold=True))
    if report.compared.told:
        say(report.compared.told)
    if report.compared is Compared.NO:
        click.echo("not compared yet\n")
        return
    unordered = "" if report.ordered else "Their printed dates do not tell that the edition came after the submission."
    for note in (report.scope, unordered):
        if note and not settings().quiet:
            say(note)
    heads = (*VerdictCode, "of", "stated", "already there")
    right = frozenset(range(len(heads)))
    print_table((*heads, "proposals about"), (_counts(tally, "all") for tally in report.tallies), right=right)
    if report.by_body:
        click.echo()
        print_table((*heads, "measures of"), (_counts(tally, "") for tally in report.by_body), right=right)
    if not summary:
        click.echo()
        texts = {proposal.id: proposal for proposal in report.proposals}
        rows = [
            (
                f"{verdict.verdict}{'' if verdict.sure else ' ?'}",
                verdict.item_id,
                numbered(texts[verdict.item_id].item),
                " ".join(_measure(verdict, key) for key in verdict.links[:4]),
                texts[verdict.item_id].item.text,
            )
            for verdict in report.verdicts
            if not only or verdict.verdict in only
        ]
        print_table(("verdict", "proposal", "number", "measures (* already there)", "text"), rows)
    click.echo()


def _counts(tally: Tally, whole: str) -> tuple[object, ...]:
    counts = (tally.counts[code] for code in VerdictCode)
    return (*counts, tally.total, tally.stated, tally.already_there, tally.scope or whole)


def _measure(verdict: Verdict, key: str) -> str:
    return f"{key}*" if key in verdict.already_there else key
