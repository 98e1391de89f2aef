"""`coverage`: what became of every line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from deedline import operations
from deedline.operations import Covered
from deedline.serve.cli.output import print_json, print_table
from deedline.serve.cli.shell import FAILED, OK, Verb, complain, settings
from deedline.serve.cli.words import plural


@click.command(
    cls=Verb,
    epilog="""
deedline coverage supplement-2024.txt
deedline coverage supplement-2024.txt --summary
deedline coverage 5ce103c0a0c2 --json
""",
)
@click.argument("document", metavar="FILE-or-DOCUMENT")
@click.option("--summary", is_flag=True, help="Only how many lines became what, by which rule.")
def coverage(document: str, summary: bool) -> int:
    """Account for every line: what it became, by which rule.

    Every line that is not empty is listed. A FILE is read afresh and nothing is kept; a DOCUMENT is looked up in the
    register. The exit code is 1 where a line is not accounted for.
    """
    if Path(document).is_file():
        with settings().register_if_there() as known:
            covered = operations.coverage(known, document)
    else:
        with settings().register() as register:
            covered = operations.coverage(register, document)
    lost = [line.number for line in covered if line.line is None]
    counts = Counter((line.line.role.value, line.line.rule) if line.line else ("", "") for line in covered)
    if settings().as_json:
        print_json(_coverage_json(covered, counts, lost, summary=summary))
    elif summary:
        rows = [(count, role or "not accounted for", rule) for (role, rule), count in sorted(counts.items())]
        print_table(("lines", "became", "rule"), rows, right=frozenset({0}))
    else:
        lines = [(c.number, *((c.line.role, c.line.rule) if c.line else ("?", "")), c.text) for c in covered]
        print_table(("line", "became", "rule", "text"), lines, right=frozenset({0}))
    if lost:
        shown = ", ".join(map(str, lost[:10])) + (", …" if len(lost) > 10 else "")
        of = f"{len(lost):,} of {plural(len(covered), 'line')}"
        complain(f"{document}: {of} not accounted for: {shown}; please report it")
    return FAILED if lost else OK


def _coverage_json(
    covered: tuple[Covered, ...], counts: Counter[tuple[str, str]], lost: list[int], *, summary: bool
) -> dict[str, Any]:
    value: dict[str, Any] = {
        "total": len(covered),
        "not_accounted_for": lost,
        "summary": [{"role": role or None, "rule": rule, "lines": n} for (role, rule), n in sorted(counts.items())],
    }
    if not summary:
        value["lines"] = [
            {
                "line": line.number,
                "role": line.line.role.value if line.line else None,
                "rule": line.line.rule if line.line else None,
                "items": list(line.line.items) if line.line else [],
                "text": line.text,
            }
            for line in covered
        ]
    return value
