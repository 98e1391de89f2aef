"""The command line: parse what was typed, call operations, print. `main` is the program."""

from __future__ import annotations

import click

from deedline.serve.cli.adding import add
from deedline.serve.cli.adoption import adoption
from deedline.serve.cli.assisting import assist
from deedline.serve.cli.correcting import correct, settle
from deedline.serve.cli.covering import coverage
from deedline.serve.cli.describing import edit_document
from deedline.serve.cli.evaluating import evaluate_register
from deedline.serve.cli.exporting import export_register
from deedline.serve.cli.health import doctor
from deedline.serve.cli.indicators import indicators
from deedline.serve.cli.keeping import history, remove, undo
from deedline.serve.cli.learning import completion, show_help
from deedline.serve.cli.linking import link
from deedline.serve.cli.listing import documents, issues, items
from deedline.serve.cli.pairing import pair
from deedline.serve.cli.reporting import report
from deedline.serve.cli.reviewing import judge, review
from deedline.serve.cli.searching import search_items
from deedline.serve.cli.serving import serve
from deedline.serve.cli.shell import DEFAULT_REGISTER, Program, location_option, switches
from deedline.serve.cli.showing import show
from deedline.serve.cli.tabulating import columns
from deedline.serve.cli.tools import tools
from deedline.serve.cli.tracking import compare, due, thread
from deedline.serve.cli.training import train
from deedline.serve.cli.watching import watch

_EPILOG = """
Begin with:
  deedline add FILE…                 read documents
  deedline items --late              what was due, and no report says it is done
  deedline show ID                   one item, with the lines that prove it
  deedline compare EDITION EDITION   what went on, moved, or is no longer mentioned

Exit codes: 0 done; 1 some input could not be used (its message says why);
2 the command was not understood; 3 trouble with the register; 70 a fault of
Deedline's own; 130 stopped by Ctrl-C; 141 whoever read the output left.
"""


_REGISTER = location_option(envvar="DEEDLINE_REGISTER", show_envvar=True, default=DEFAULT_REGISTER, show_default=True)


@click.group(
    "deedline",
    cls=Program,
    epilog=_EPILOG,
    params=[_REGISTER, *switches()],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="deedline", message="deedline %(version)s")
def main() -> None:
    """Read what a government says it will do, and keep it to its word.

    Deedline reads policy documents and submissions into a register of measures, indicators, recommendations and
    proposals: who owns each, by when, what was reported. Every value leads back to the words it was read from.
    """


for verb in (
    add,
    columns,
    watch,
    documents,
    items,
    search_items,
    show,
    thread,
    due,
    indicators,
    compare,
    pair,
    adoption,
    report,
    review,
    judge,
    correct,
    settle,
    link,
    assist,
    issues,
    coverage,
    edit_document,
    remove,
    history,
    undo,
    export_register,
    evaluate_register,
    train,
    serve,
    tools,
    doctor,
    completion,
    show_help,
):
    main.add_command(verb)
