"""`report`: reports made for hand-in, as DOCX, PDF, HTML or Markdown."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from deedline.errors import InputError
from deedline.serve.cli.output import print_json
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import FilePath, as_of_option, choice, plural
from deedline.serve.reports import Asked, Made, ReportFormat, ReportKind, make_report
from deedline.serve.words import CHINESE, ENGLISH

_STDOUT = Path("-")
_TONGUES = {"zh": CHINESE, "en": ENGLISH}
_COMPARING = (ReportKind.BRIEF, ReportKind.ADOPTION)


@click.command(
    cls=Verb,
    epilog="""
deedline report brief 2024 --against 2023 -o brief.docx
deedline report adoption party-submission.txt --against 2024 --language en
deedline report body ITIB --format html
deedline report indicators 2024 -o progress.pdf
""",
)
@click.argument("kind", type=choice(ReportKind), metavar="KIND")
@click.argument("subject", metavar="SUBJECT")
@click.option(
    "--against",
    metavar="EDITION",
    help="Of a brief: the edition to compare with, the one before it unless given. Of an adoption report: the edition "
    "to look in, the first that may have come after the submission unless given.",
)
@click.option("--format", "wanted", type=choice(ReportFormat), help="As what; as FILE's ending says, else pdf.")
@click.option(
    "--language",
    type=click.Choice(tuple(_TONGUES)),
    default="zh",
    show_default=True,
    help="Of the report's own words; documents' words stay as printed.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=FilePath(path_type=Path),
    help="A name of its own, here, unless given; - for the output.",
)
@as_of_option
def report(
    kind: str,
    subject: str,
    *,
    against: str | None,
    output: Path | None,
    as_of: date | None,
    **form: str | None,
) -> None:
    """Write a report for hand-in.

    KIND and SUBJECT: `brief` EDITION, what it holds, what is new, changed or no longer mentioned, what falls due and
    what its figures bear out; `adoption` SUBMISSION, what became of each proposal; `body` BODY, what it undertakes and
    how that stands; `indicators` EDITION, the table of progress in the official form with what was computed beside it.
    Every statement says where its words stand; the same register and question give the same bytes.
    """
    chosen = ReportKind(kind)
    if against is not None and chosen not in _COMPARING:
        raise click.UsageError(f"a report of kind {kind} is of one subject alone; leave --against out")
    wanted = _format(form["wanted"], output)
    if output == _STDOUT:
        _demand_printable(wanted)
    asked = Asked(chosen, subject, wanted, _TONGUES[form["language"] or "zh"], against, as_of)
    with settings().register() as register:
        made = make_report(register, asked)
    path = output or Path(made.name)
    if path == _STDOUT:
        _print(made)
        return
    _keep(made, path)
    if settings().as_json:
        print_json({"file": str(path), "media_type": made.media_type, "bytes": len(made.data)})
    elif not settings().quiet:
        say(f"Wrote {path} ({plural(len(made.data), 'byte')}).")


def _format(wanted: str | None, output: Path | None) -> ReportFormat:
    """The format that was named, else that of the file's ending, PDF where neither is; a usage error where the ending
    names none, or another."""
    ending = output.suffix.lower().lstrip(".") if output else ""
    known = ", ".join(f".{each}" for each in ReportFormat)
    if wanted is not None:
        if ending in tuple(ReportFormat) and ending != wanted:
            raise click.UsageError(f"{output}: ends in .{ending}, but --format says {wanted}; leave one of them out")
        return ReportFormat(wanted)
    if output == _STDOUT:
        raise click.UsageError(f"-o - needs --format: {', '.join(ReportFormat)}")
    if output is not None and ending not in tuple(ReportFormat):
        raise click.UsageError(f"{output}: no report ends so; end it in {known}, or give --format")
    return ReportFormat(ending or ReportFormat.PDF)


def _demand_printable(wanted: ReportFormat) -> None:
    """A usage error where a report cannot go to where the output goes."""
    if settings().as_json:
        raise click.UsageError("-o - writes the report where --json writes JSON; name a file, or leave --json out")
    if wanted in (ReportFormat.PDF, ReportFormat.DOCX) and sys.stdout.isatty():
        raise click.UsageError(f"{wanted} is nothing to show on a terminal; name a file with -o, or pipe it on")


def _print(made: Made) -> None:
    click.echo(made.data, nl=False)


def _keep(made: Made, path: Path) -> None:
    """Write the whole file or none of it."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(made.data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror}); name another file with -o") from error
