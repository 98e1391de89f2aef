"""`export`: the register as files for other programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from deedline import operations
from deedline.serve.cli.output import print_json, print_table
from deedline.serve.cli.progress import Bar
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import FilePath, as_of_option, plural
from deedline.serve.export import BUNDLES, FORMATS, export
from deedline.serve.export.tables import TABLES


@click.command(
    "export",
    cls=Verb,
    epilog="""
deedline export --format jsonl out/
deedline export --format xlsx workbooks/
deedline export --format datapackage open-data/
deedline export --format parquet data/ --force
""",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, *BUNDLES]),
    default="jsonl",
    show_default=True,
    help="Of files.",
)
@click.option("--force", is_flag=True, help="Write even into a folder that holds other files; these stay.")
@as_of_option
@click.argument("folder", metavar="DIR", type=FilePath(path_type=Path))
def export_register(folder: Path, form: str, force: bool, as_of: date | None) -> None:
    """Write the register into a folder.

    One file a table: jsonl (one object a line, UTF-8), csv (lists stand in tables of their own, and a cell that
    begins as a formula is led by an apostrophe), xlsx (workbooks with types and a filter), parquet (typed columns
    for data tools). Bundles: datapackage (CSV that datapackage.json documents), dcat (every format, and a catalogue
    of them), stratml (each edition's plan as XML, ISO 17469-1, with its indicators as Part 2). Percentages are
    ratios (20% is 0.2), money is in dollars. An earlier export in DIR is replaced as a whole.
    """
    asked = settings()
    bar = Bar("Writing", len(TABLES), hidden=asked.quiet)
    done = iter(range(len(TABLES)))
    with asked.register() as register:
        counts = export(
            register, folder, form, force=force, as_of=as_of, progress=lambda _: bar.show(next(done, len(TABLES)))
        )
        waiting = operations.without_verdicts(register, operations.scene(register, as_of))
    bar.clear()
    if asked.as_json:
        print_json({"folder": str(folder), "format": form, "files": counts})
    elif not asked.quiet:
        print_table(("rows", "file"), [(count, folder / name) for name, count in counts.items()], right=frozenset({0}))
    if waiting:
        say(f"{plural(waiting, 'pair')} of documents not compared yet, so without verdicts; run deedline link.")
