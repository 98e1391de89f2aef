"""`evaluate`: how a register stands beside readers' labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.shell import Verb, settings
from deedline.serve.cli.words import FilePath, as_of_option
from deedline.serve.evaluation import Evaluation, Figure, Miss, evaluate, read_gold


@click.command(
    "evaluate",
    cls=Verb,
    epilog="""
deedline evaluate labels/dev
deedline evaluate labels/dev --worst 20 --json
""",
)
@click.argument("gold", metavar="GOLD_DIR", type=FilePath(path_type=Path))
@click.option("--worst", "most", type=click.IntRange(0), default=5, show_default=True, help="Misses of a kind to show.")
@as_of_option
def evaluate_register(gold: Path, most: int, as_of: date | None) -> None:
    """Hold the register against readers' labels.

    GOLD_DIR holds items.jsonl, due.jsonl, attainment.jsonl and links.jsonl, or some of them. The first figures are
    those of the labels' own scorer. Then: how often links that are stated without review are true, readers' relations
    and verdicts against the register's, and the worst misses with both texts.
    """
    labels = read_gold(gold)
    with settings().register() as register:
        found = evaluate(register, labels, as_of=as_of, most=most)
    if settings().as_json:
        print_json(_as_json(found))
        return
    for figure in (*found.figures, *found.further):
        click.echo(str(figure))
    for title, confusion in (("relation", found.relations), ("verdict", found.verdicts)):
        if confusion:
            click.echo()
            _print_confusion(title, confusion)
    for miss in found.misses:
        _print_miss(miss)


def _as_json(found: Evaluation) -> dict[str, Any]:
    return {
        "figures": [_figure(figure) for figure in (*found.figures, *found.further)],
        "relations": _confusion(found.relations),
        "verdicts": _confusion(found.verdicts),
        "misses": [asdict(miss) for miss in found.misses],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"name": figure.name, "value": round(figure.value, 6), "behind": figure.behind}


def _confusion(counts: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"readers": want, "register": got, "count": count} for (want, got), count in sorted(counts.items())]


def _print_confusion(title: str, counts: Counter[tuple[str, str]]) -> None:
    """Readers' words down, the register's across."""
    across = sorted({got for _, got in counts})
    rows = [(want, *(counts[want, got] or "" for got in across)) for want in sorted({want for want, _ in counts})]
    print_table((f"{title}: readers ↓ register →", *across), rows, right=frozenset(range(1, len(across) + 1)))


def _print_miss(miss: Miss) -> None:
    said = f"{miss.given} {miss.score:.2f}{' sure' if miss.sure else ''}" if miss.given else "no link"
    head = f"\n{miss.task}: readers {miss.wanted or 'no link'}, register {said}"
    click.echo(click.style(head, bold=True))
    for name, text in zip((miss.query, miss.target), miss.texts, strict=True):
        click.echo(f"  {name}  {one_line(text)}")
