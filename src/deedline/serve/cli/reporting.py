"""`report`: reports made for hand-in, as DOCX, PDF, HTML or Markdown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from deedline.errors import InputError
from deedline.serve.cli.output import print_json
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import FilePath, as_of_option, choice, plural
from deedline.serve.reports import Asked, Made, ReportFormat, ReportKind, make_report
from deedline.serve.words import CHINESE, ENGLISH

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
    "-o", "--output", metavar="FILE", type=FilePath(path_type=Path), help="A name of its own, here, unless given."
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
    asked = Asked(chosen, subject, wanted, _TONGUES[form["language"] or "zh"], against, as_of)
    with settings().register() as register:
        made = make_report(register, asked)
    path = output or Path(made.name)
    _keep(made, path)
    if settings().as_json:
        print_json({"file": str(path), "media_type": made.media_type, "bytes": len(made.data)})
    elif not settings().quiet:
        say(f"Wrote {path} ({plural(len(made.data), 'byte')}).")


def _format(wanted: str | None, output: Path | None) -> ReportFormat:
    """The format that was named, else that of the file's ending, else PDF."""
    if wanted is not None:
        return ReportFormat(wanted)
    ending = output.suffix.lower().lstrip(".") if output else ""
    return ReportFormat(ending) if ending in tuple(ReportFormat) else ReportFormat.PDF


def _keep(made: Made, path: Path) -> None:
    """Write the whole file or none of it."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(made.data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror}); name another file with -o") from error
