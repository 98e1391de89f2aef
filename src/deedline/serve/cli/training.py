"""`train`: learn linking anew from labels and judgements."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deedline.serve.cli.output import print_json, print_table
from deedline.serve.cli.shell import Verb, say, settings
from deedline.serve.cli.words import FilePath

if TYPE_CHECKING:
    from deedline.operations.training import Trained

_COLUMNS = ("strong", "stated_without_review", "related_or_stronger")


@click.command(
    "train",
    cls=Verb,
    epilog="""
deedline train --labels labels/ --out knowledge/link
""",
)
@click.option("--labels", type=FilePath(path_type=Path, exists=True), help="Folder of links.jsonl, or of such folders.")
@click.option("--out", type=FilePath(path_type=Path), required=True, help="Folder for the weights.")
def train(labels: Path | None, out: Path) -> None:
    """Learn linking anew, from labels and from what people judged.

    Without --labels it learns from the labels that come with Deedline and from judgements alone.
    A folder of labels holds links.jsonl, itself or in its folders; labels count where their documents are in the
    register. The figures printed are of labels held out: no weight
    that made them had seen them. The new weights are used where `--out` is the folder `link` of a folder named in
    DEEDLINE_KNOWLEDGE.
    """
    from deedline.operations.training import told_sources, train_links

    def tell(words: str) -> None:
        if not settings().quiet:
            say(words)

    with settings().register() as register:
        made = train_links(register, labels, out, tell)
    if settings().as_json:
        print_json(
            {
                "models": [
                    {"task": each.task, "file": str(each.file), "labels": each.sources, "report": each.report}
                    for each in made
                ]
            }
        )
        return
    for each in made:
        click.echo(f"{each.task}: {each.file}, {each.report['measured_on']}")
        click.echo(f"learned from {told_sources(each.sources)}")
        print_table(("labels", "queries", "what", "precision", "recall", "F1", "behind"), _rows(each))
        if "verdicts" in each.report:
            click.echo()
            heads = ("labels", "proposals", "verdicts right", "mean F1", "the commonest alone")
            print_table(heads, _verdicts(each.report["verdicts"]))
        click.echo()


def _rows(made: Trained) -> list[tuple[str, ...]]:
    return [
        (source, str(found["queries"]), what.replace("_", " "), *_figures(found[what]))
        for source, found in made.report.items()
        if isinstance(found, Mapping) and source != "verdicts"
        for what in _COLUMNS
    ]


def _verdicts(report: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, ...]]:
    return [
        (
            source,
            str(found["proposals"]),
            *(f"{found[name]:.3f}" for name in ("accuracy", "macro_f1", "of_the_commonest")),
        )
        for source, found in report.items()
    ]


def _figures(found: Mapping[str, Any]) -> tuple[str, ...]:
    behind = f"{found['right']} right, {found['wrong']} wrong, {found['missed']} missed"
    return f"{found['precision']:.3f}", f"{found['recall']:.3f}", f"{found['f1']:.3f}", behind
