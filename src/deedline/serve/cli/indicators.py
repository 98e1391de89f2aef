"""`indicators`: official status beside what figures and dates bear out."""

from __future__ import annotations

from datetime import date

import click

from deedline import operations
from deedline.model.assessment import Assessment, AssessmentCode
from deedline.operations import Measured, ProgressQuery
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import as_of_option, plural, reasons_told
from deedline.serve.export.tracked import reported_row
from deedline.serve.labels import numbered


@click.command(
    cls=Verb,
    epilog="""
deedline indicators --disagree
deedline indicators --late
deedline indicators --done-late
deedline indicators --body 運輸及物流局 --document supplement-2024 --json
""",
)
@click.option("--late", is_flag=True, help="Due before its own report, of which nothing says it is done.")
@click.option("--done-late", is_flag=True, help="Told as done upon a later day than promised, with these words.")
@click.option("--disagree", is_flag=True, help="Whose status the figures and dates do not bear out, with reasons.")
@click.option("--document", help="Of one document: id, beginning of it, file name or part of its title.")
@click.option("--body", help="Of one body: id, abbreviation, Chinese or English name, short form.")
@as_of_option
def indicators(
    late: bool, done_late: bool, disagree: bool, document: str | None, body: str | None, as_of: date | None
) -> None:
    """List indicators: official status beside what figures say.

    `share` is how much of what was promised was reached when it was reported; `bears out` is computed and never
    replaces the status. `behind` is a share that trails the time gone, of the window that the text prints or since the
    year in which the indicator was set; `short` one below the promise when it was due or called done, `near` one a
    little below an approximate promise. `told_done`: the words of the report tell it as done; `late`: it was due, and
    nothing of the report says it is done; `not_comparable`: reported as done, with no figure to hold against the
    promised one. docs/tracking.md tells how.
    """
    with settings().register() as register:
        only = ProgressQuery(late=late, done_late=done_late, disagree=disagree)
        asked = operations.reported(register, only, document=document, body=body, as_of=as_of)
    found = asked.found
    if settings().as_json:
        print_json(reported_row(asked, found))
        return
    if disagree or done_late:
        for each in found:
            _print_with_reasons(each)
    else:
        heads = ("item", "number", "due", "status", "share", "bears out", "", "text")
        print_table(heads, map(_brief, found), right=frozenset({1, 4}))
    if not settings().quiet:
        say(f"{len(found):,} of {plural(asked.of, 'reported indicator')}, as known by {asked.when}.")


def _brief(measured: Measured) -> tuple[object, ...]:
    item, assessment = measured.entry.item, measured.assessment
    shares = [assessment.share if assessment else None, *(each.share for each in measured.others)]
    return (
        measured.entry.id,
        numbered(item),
        item.due,
        item.report.status or item.report.as_printed if item.report else "",
        ", ".join(f"{share:.0%}" for share in shares if share is not None),
        assessment.verdict if assessment else "",
        _sign(assessment) if assessment and assessment.disagrees else "",
        item.text,
    )


def _sign(assessment: Assessment) -> str:
    """Between a status and what does not bear it out; a little below an approximate figure says less."""
    return "≈" if assessment.verdict is AssessmentCode.NEAR else "≠"


def _print_with_reasons(measured: Measured) -> None:
    item, assessment = measured.entry.item, measured.assessment
    if item.report is None or assessment is None:
        return
    sign = _sign(assessment) if assessment.disagrees else "·"
    judged = f"“{one_line(item.report.as_printed)}” {sign} {assessment.verdict}"
    head = f"{measured.entry.id}  {numbered(item)}  {judged}"
    click.echo(click.style(head, bold=True))
    click.echo(f"    promised  {one_line(item.text)}")
    click.echo(f"    reported  {one_line(item.report.narrative)}")
    for reason in assessment.reasons:
        click.echo(f"    because   {one_line(reasons_told([reason]))}")
